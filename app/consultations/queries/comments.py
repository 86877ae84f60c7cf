"""What people said: counts, pages of what may be shown, and the one comment somebody holds the code of.

Questions for the public ask for the columns that may be shown and for no others.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, literal_column, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.areas.models import Area
from app.consultations.models import Comment, CommentFile, Consultation
from app.moderation.models import ModerationItem

PAGE = 10
"""Comments on one page."""


@dataclass(slots=True)
class Counts:
    """How many people said what, about one article or about the whole draft; what is hidden does not count."""

    agree: int = 0
    change: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.change + self.other


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that may be shown."""

    id: int
    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as everybody sees it: never the original, a hidden name, a telephone or a code.

    ``item_id`` is what a report of abuse names; None for what nobody had to look at.
    """

    id: int
    item_id: int | None
    anchor: str
    stance: str
    text: str
    name: str
    area: str
    source: str
    weight: int
    at: datetime
    files: list[ShownFile] = field(default_factory=list)


def counts(session: Session, consultation_id: int, anchor: str | None = None) -> dict[str, Counts]:
    """What was said about each article, by its anchor ("" is the whole draft); answered from an index alone.

    ``anchor``: only of this one.
    """
    query = (
        select(Comment.article_anchor, Comment.stance, func.sum(Comment.weight))
        .where(Comment.consultation_id == consultation_id, Comment.visible.is_(True))
        .group_by(Comment.article_anchor, Comment.stance)
    )
    if anchor is not None:
        query = query.where(Comment.article_anchor == anchor)
    found: dict[str, Counts] = defaultdict(Counts)
    for anchor, stance, number in session.execute(query):
        setattr(found[anchor], stance, int(number))
    return found


def shown(session: Session, consultation_id: int, anchor: str, before: int | None = None) -> list[ShownComment]:
    """At most ``PAGE`` + 1 comments with something to read, the newest first, older than the comment ``before``.

    The one too many tells that there are older ones. Costs the same however many there are.
    """
    query = _columns().where(
        Comment.consultation_id == consultation_id,
        Comment.article_anchor == anchor,
        Comment.visible.is_(True),
        Comment.shown_text != literal_column("''"),
    )
    if before is not None:
        query = query.where(Comment.id < before)
    found = [_shown(row) for row in session.execute(query.order_by(Comment.id.desc()).limit(PAGE + 1))]
    _add_files(session, found)
    return found


def shown_one(session: Session, consultation_id: int, comment_id: int) -> ShownComment | None:
    """One comment that may be shown."""
    query = _columns().where(
        Comment.consultation_id == consultation_id, Comment.id == comment_id, Comment.visible.is_(True)
    )
    found = [_shown(row) for row in session.execute(query)]
    _add_files(session, found)
    return found[0] if found else None


def shown_file(session: Session, consultation_id: int, comment_id: int, file_id: int) -> CommentFile | None:
    """A file that may be shown: its comment is visible and somebody has looked at it."""
    query = (
        select(CommentFile)
        .join(Comment, Comment.id == CommentFile.comment_id)
        .where(CommentFile.id == file_id, Comment.id == comment_id, Comment.consultation_id == consultation_id)
        .where(CommentFile.visible.is_(True), Comment.visible.is_(True))
    )
    return session.scalar(query)


def by_uuid(session: Session, client_uuid: str) -> Comment | None:
    """The comment that one sending made."""
    return session.scalar(select(Comment).where(Comment.client_uuid == client_uuid))


def by_code(session: Session, code: str) -> tuple[Comment, Consultation] | None:
    """The comment of a receipt code, with its consultation."""
    query = (
        select(Comment, Consultation)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.code == code)
        .options(joinedload(Consultation.area).joinedload(Area.parent))
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def _columns() -> Any:
    place = aliased(Area)
    columns = (Comment.id, Comment.article_anchor, Comment.stance, Comment.shown_text, Comment.shown_name)
    more = (place.name.label("area"), Comment.source, Comment.weight, Comment.received_at)
    item = (ModerationItem.kind == literal_column("'comment'")) & (ModerationItem.subject_id == Comment.id)
    query = select(*columns, *more, ModerationItem.id.label("item_id"))
    return query.outerjoin(place, place.id == Comment.resident_of).outerjoin(ModerationItem, item)


def _shown(row: Row[Any]) -> ShownComment:
    return ShownComment(
        id=row.id,
        item_id=row.item_id,
        anchor=row.article_anchor,
        stance=row.stance,
        text=row.shown_text or "",
        name=row.shown_name,
        area=row.area or "",
        source=row.source,
        weight=row.weight,
        at=row.received_at,
    )


def _add_files(session: Session, found: Iterable[ShownComment]) -> None:
    by_id = {one.id: one for one in found}
    if not by_id:
        return
    query = select(CommentFile).where(CommentFile.comment_id.in_(by_id), CommentFile.visible.is_(True))
    for file in session.scalars(query.order_by(CommentFile.id)):
        by_id[file.comment_id].files.append(ShownFile(file.id, file.filename, file.media_type, file.size))
