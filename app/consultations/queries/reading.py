"""What pages and hot paths ask of a draft: its contents, one article, which version was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from app.consultations.models import Consultation, ConsultationChange, ConsultationFile, DraftVersion, Piece
from app.consultations.rules.markers import GROUPS, LEAD
from app.consultations.rules.pieces import title


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: something that is commented, or the heading of a part or chapter above some."""

    anchor: str
    title: str
    short: str
    commented: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of the draft."""

    id: int
    number: int


def newest(session: Session, consultation_id: int) -> Version | None:
    """The version that is put before the people now."""
    return next(iter(_versions(session, consultation_id)), None)


def place_read(
    session: Session, consultation_id: int, number: int | None, anchor: str
) -> tuple[int, str | None] | None:
    """The published draft with this number, or the newest: its id, and the title of what is commented there.

    No title where that version has nothing to comment under this anchor; None where no draft is published.
    """
    query = (
        select(DraftVersion.id, DraftVersion.number, Piece.level, Piece.number.label("no"), Piece.heading)
        .outerjoin(
            Piece,
            (Piece.version_id == DraftVersion.id) & (Piece.anchor == anchor) & (Piece.article_anchor == anchor),
        )
        .where(DraftVersion.consultation_id == consultation_id, DraftVersion.purpose == "draft")
        .where(DraftVersion.published_at.is_not(None))
        .order_by(DraftVersion.number.desc())
    )
    found = session.execute(query).all()
    row = next((row for row in found if row.number == number), next(iter(found), None))
    if row is None:
        return None
    return row.id, title(row.level, row.no, row.heading) if row.level and anchor else None


def version_with(session: Session, consultation_id: int, anchor: str) -> Version | None:
    """The newest published version that has something under this anchor: a correction may have removed it since."""
    query = (
        select(DraftVersion.id, DraftVersion.number)
        .join(Piece, Piece.version_id == DraftVersion.id)
        .where(DraftVersion.consultation_id == consultation_id, DraftVersion.purpose == "draft")
        .where(DraftVersion.published_at.is_not(None), Piece.anchor == anchor)
        .order_by(DraftVersion.number.desc())
    )
    found = session.execute(query.limit(1)).first()
    return Version(found.id, found.number) if found else None


def contents(session: Session, version_id: int) -> list[Entry]:
    """The table of contents, in order, without any text."""
    query = (
        select(Piece.anchor, Piece.article_anchor, Piece.level, Piece.number, Piece.heading)
        .where(Piece.version_id == version_id)
        .where(or_(Piece.anchor == Piece.article_anchor, Piece.level.in_(GROUPS)))
        .order_by(Piece.position)
    )
    return [
        Entry(
            anchor=row.anchor,
            title=title(row.level, row.number, row.heading),
            short=title(row.level, row.number, ""),
            commented=row.anchor == row.article_anchor,
        )
        for row in session.execute(query)
    ]


def leads(session: Session, version_id: int) -> Sequence[Piece]:
    """What stands before and after everything that has a number: the legal bases, the signature."""
    query = select(Piece).where(Piece.version_id == version_id, Piece.level == LEAD, Piece.article_anchor == "")
    return session.scalars(query.order_by(Piece.position)).all()


def article_pieces(session: Session, version_id: int, anchor: str) -> Sequence[Piece]:
    """The pieces of what is read and commented under this anchor, in order."""
    query = select(Piece).where(Piece.version_id == version_id, Piece.article_anchor == anchor)
    return session.scalars(query.order_by(Piece.position)).all()


def article_of(session: Session, version_id: int, anchor: str) -> str | None:
    """The anchor under which the piece with this anchor is read; None for no such piece."""
    query = select(Piece.article_anchor).where(Piece.version_id == version_id, Piece.anchor == anchor)
    return session.scalar(query)


def article_heading(session: Session, version_id: int, anchor: str) -> str | None:
    """The title of what is commented under this anchor ("Điều 5. Mức đóng góp"); None where the version has none."""
    query = select(Piece.level, Piece.number, Piece.heading).where(
        Piece.version_id == version_id, Piece.anchor == anchor, Piece.article_anchor == anchor
    )
    found = session.execute(query).first()
    return title(found.level, found.number, found.heading) if found else None


def public_files(session: Session, consultation: Consultation) -> Sequence[ConsultationFile]:
    """The draft as it was sent, what to read with it, and once it is adopted the final text; the plan is for staff."""
    file = ConsultationFile
    published = exists().where(
        DraftVersion.consultation_id == consultation.id,
        DraftVersion.file_id == file.id,
        DraftVersion.published_at.is_not(None),
    )
    kinds = [file.kind == "reading", and_(file.kind == "draft", published)]
    if consultation.status == "adopted":
        kinds.append(file.kind == "adopted")
    query = select(file).where(file.consultation_id == consultation.id, file.removed_at.is_(None), or_(*kinds))
    return session.scalars(query.order_by(file.id)).all()


def changes(session: Session, consultation_id: int) -> Sequence[ConsultationChange]:
    """What changed after publication, the newest first."""
    query = select(ConsultationChange).where(ConsultationChange.consultation_id == consultation_id)
    return session.scalars(query.order_by(ConsultationChange.id.desc())).all()


def _versions(session: Session, consultation_id: int) -> list[Version]:
    """Published drafts, the newest first."""
    published = (
        select(DraftVersion.id, DraftVersion.number)
        .where(DraftVersion.consultation_id == consultation_id, DraftVersion.purpose == "draft")
        .where(DraftVersion.published_at.is_not(None))
        .order_by(DraftVersion.number.desc())
    )
    return [Version(*row) for row in session.execute(published)]
