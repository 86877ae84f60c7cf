"""Questions about the queue, one module a subject; what other slices ask stands here."""

from app.moderation.queries.authors import AppealView, AuthorView, for_author

__all__ = ["AppealView", "AuthorView", "for_author"]
