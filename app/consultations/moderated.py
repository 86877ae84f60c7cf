"""What the moderation queue knows of comments: what surrounds one, and what a decision does to it."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.consultations.models import Comment, CommentFile, Consultation, Piece
from app.consultations.operations.commenting import KIND
from app.consultations.rules.markers import label
from app.consultations.rules.pieces import title
from app.consultations.rules.saying import STANCES, author, unsigned
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.kinds import Context, Plain
from app.moderation.models import ModerationItem
from app.moderation.rules.visibility import visible

_MOST = 2000
"""Characters of an article shown beside a comment on it."""


class CommentKind(Plain):
    """Opinions on drafts."""

    name = KIND
    label = N_("Ý kiến góp ý")

    def context(self, session: Session, subject_ids: Sequence[int]) -> dict[int, Context]:
        """The draft, and the article that is spoken of; never who wrote."""
        query = (
            select(Comment, Consultation)
            .join(Consultation, Consultation.id == Comment.consultation_id)
            .where(Comment.id.in_(subject_ids))
        )
        return {comment.id: _context(session, comment, of) for comment, of in session.execute(query)}

    def apply(self, session: Session, item: ModerationItem) -> None:
        """Show or hide the comment as the item now says; its files only once somebody has looked at them."""
        comment = session.get(Comment, item.subject_id)
        if comment is None:
            return
        shown = visible(item.mode, item.status)
        text = item.original if item.shown_text is None else item.shown_text
        words, name = unsigned(text, author(comment.naming, comment.name, comment.body))
        seen = {"visible": shown, "shown_text": words if shown else None, "shown_name": name if shown else ""}
        for field, value in seen.items():
            # Most that comes in is hidden as it was born: nothing is written then.
            if getattr(comment, field) != value:
                setattr(comment, field, value)
        # What had to be covered in the text may stand in a file too.
        looked_at = shown and item.status == "approved" and item.shown_text is None
        if looked_at or item.version > 1:
            session.execute(update(CommentFile).where(CommentFile.comment_id == comment.id).values(visible=looked_at))
        session.flush()


def _context(session: Session, comment: Comment, of: Consultation) -> Context:
    parts: list[tuple[str, str]] = [(N_("Ý kiến"), STANCES[comment.stance])]
    if comment.article_anchor:
        parts.append(_article(session, comment))
    else:
        parts.append((N_("Cả dự thảo"), of.summary[:_MOST]))
    names = [file.filename for file in comment.files]
    if names:
        parts.append((N_("Tệp gửi kèm"), ", ".join(names)))
    address = f"/gop-y/{of.public_id}" + (f"/{comment.article_anchor}" if comment.article_anchor else "")
    return Context(of.title, address, tuple(parts))


def _article(session: Session, comment: Comment) -> tuple[str, str]:
    """Heading and text of the article in the version that was read."""
    query = (
        select(Piece)
        .where(Piece.version_id == comment.version_id, Piece.article_anchor == comment.article_anchor)
        .order_by(Piece.position)
    )
    pieces = session.scalars(query).all()
    head = next((piece for piece in pieces if piece.anchor == comment.article_anchor), None)
    name = title(head.level, head.number, head.heading) if head else comment.article_anchor
    lines = [piece.text if piece is head else _words(piece) for piece in pieces]
    return name, "\n".join(line for line in lines if line)[:_MOST]


def _words(piece: Piece) -> str:
    return " ".join(part for part in (label(piece.level, piece.number), piece.heading, piece.text) if part)


def register() -> None:
    """Let comments be moderated."""
    kinds.register(CommentKind())
