"""What taking an opinion asks, in one statement: the draft it is about, the moment, whether it was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, literal_column, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation, ConsultationArea, DraftVersion, Piece
from app.consultations.queries.loading import was_published
from app.consultations.rules.pieces import title
from app.consultations.rules.saying import Saying
from app.core.db import DATABASE_NOW, UTCDateTime
from app.core.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Place:
    """A published version, and the title of what is commented there; None where it has nothing such."""

    version_id: int
    number: int
    heading: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A consultation as far as taking an opinion about one article, or about the whole draft, needs it.

    ``path`` is that of its area; ``places`` has its published versions, the newest first. ``now`` is the database's
    moment, ``same`` the opinion in which this device has said exactly the same about this article before.
    """

    id: int
    public_id: str
    title: str
    path: str
    status: str
    audience: str
    moderation: str
    opens_at: datetime | None
    closes_at: datetime | None
    withdraw_reason: str
    now: datetime
    same: int | None
    places: Sequence[Place]

    def place(self, number: int | None) -> Place | None:
        """The version with this number, or the newest; None where no draft is published."""
        return next((place for place in self.places if place.number == number), next(iter(self.places), None))


def public_draft(session: Session, public_id: str, said: Saying, text_hash: str) -> Draft | None:
    """The draft of an address, once it was put before the people."""
    return _draft(_BY_ADDRESS.ask(session, public_id=public_id, **_asked(said, text_hash)))


def draft_of(session: Session, consultation_id: int, said: Saying, text_hash: str) -> Draft | None:
    """The draft of a consultation in whatever state."""
    session.flush()
    return _draft(_BY_ID.ask(session, consultation_id=consultation_id, **_asked(said, text_hash)))


def area_paths(session: Session, consultation_id: int) -> Sequence[str]:
    """The paths of the areas whose residents a draft is put before."""
    query = select(Area.path).join(ConsultationArea, ConsultationArea.area_id == Area.id)
    return session.scalars(query.where(ConsultationArea.consultation_id == consultation_id)).all()


def _asked(said: Saying, text_hash: str) -> dict[str, Any]:
    # No device is the same as none.
    device_hash = said.device_hash or None
    about = {"anchor": said.anchor, "stance": said.stance, "text": said.text}
    return {**about, "text_hash": text_hash, "device_hash": device_hash}


def _draft(rows: list[dict[str, Any]]) -> Draft | None:
    if not rows:
        return None
    first = {name: rows[0][name] for name in _OF_DRAFT}
    places = [
        Place(row["version_id"], row["version_no"], _heading(row)) for row in rows if row["version_id"] is not None
    ]
    return Draft(**first, places=places)


def _heading(row: dict[str, Any]) -> str | None:
    return title(row["level"], row["number"], row["heading"]) if row["level"] else None


_OF_DRAFT = tuple(name for name in Draft.__dataclass_fields__ if name != "places")
_ASKED_APART = ("path", "now", "same")


def _drafts(condition: ColumnElement[bool]) -> Prepared:
    """One row for each published version, one without any where there is none."""
    version, piece, anchor = DraftVersion, Piece, bindparam("anchor", type_=Piece.anchor.type)
    columns: list[Any] = [getattr(Consultation, name) for name in _OF_DRAFT if name not in _ASKED_APART]
    of_version: list[Any] = [version.id.label("version_id"), version.number.label("version_no")]
    of_piece: list[Any] = [piece.level, piece.number, piece.heading]
    published = (version.consultation_id == Consultation.id) & (version.purpose == "draft")
    question: Select[Any] = (
        select(*columns, Area.path, *of_version, *of_piece, _same().label("same"))
        .join(Area, Area.id == Consultation.area_id)
        .outerjoin(version, published & version.published_at.is_not(None))
        .outerjoin(
            piece,
            (piece.version_id == version.id)
            & (piece.anchor == anchor)
            & (piece.article_anchor == anchor)
            & (anchor != ""),
        )
        .where(condition)
        .order_by(version.number.desc())
    )

    def make(engine: str) -> Select[Any]:
        now: Any = literal_column(DATABASE_NOW[engine], UTCDateTime())
        return question.add_columns(now.label("now"))

    return Prepared(make)


def _same() -> ScalarSelect[int]:
    query = select(Comment.id).where(
        Comment.consultation_id == Consultation.id,
        Comment.text_hash == bindparam("text_hash"),
        Comment.device_hash == bindparam("device_hash", type_=Comment.device_hash.type),
        Comment.article_anchor == bindparam("anchor", type_=Piece.anchor.type),
        Comment.stance == bindparam("stance"),
        Comment.text == bindparam("text"),
    )
    return query.limit(1).correlate(Consultation).scalar_subquery()


_BY_ADDRESS = _drafts((Consultation.public_id == bindparam("public_id")) & was_published())
_BY_ID = _drafts(Consultation.id == bindparam("consultation_id"))
