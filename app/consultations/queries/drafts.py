"""The versions of a draft: their pieces, their articles, and which one another is held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationFile, DraftVersion, Piece
from app.consultations.queries.loading import in_scope
from app.consultations.rules.pieces import SplitPiece, title
from app.core.permissions import Actor


@dataclass(frozen=True)
class Article:
    """What is read and commented under one anchor: most often an article, with its clauses and points."""

    anchor: str
    level: str
    number: str
    heading: str
    pieces: tuple[SplitPiece, ...]

    @property
    def title(self) -> str:
        """As people name it: "Điều 5. Mức đóng góp"."""
        return title(self.level, self.number, self.heading)


@dataclass(frozen=True)
class FoundVersion:
    """A version at the place of its consultation."""

    consultation: Consultation
    version: DraftVersion

    @property
    def area(self) -> Area:
        return self.consultation.area


@dataclass(frozen=True)
class FoundPiece(FoundVersion):
    """A piece of a version, at the place of its consultation."""

    piece: Piece


def found_version(session: Session, actor: Actor, consultation_id: int, version_no: int) -> FoundVersion | None:
    """A version of a consultation inside the asker's scope."""
    consultation = in_scope(session, actor, consultation_id)
    version = numbered(session, consultation, version_no) if consultation else None
    return FoundVersion(consultation, version) if consultation and version else None


def found_piece(
    session: Session, actor: Actor, consultation_id: int, version_no: int, piece_id: int
) -> FoundPiece | None:
    """A piece of a version inside the asker's scope."""
    found = found_version(session, actor, consultation_id, version_no)
    piece = session.get(Piece, piece_id) if found else None
    if found is None or piece is None or piece.version_id != found.version.id:
        return None
    return FoundPiece(found.consultation, found.version, piece)


def versions(session: Session, consultation: Consultation) -> Sequence[DraftVersion]:
    """All versions, the newest first."""
    query = select(DraftVersion).where(DraftVersion.consultation_id == consultation.id)
    return session.scalars(query.order_by(DraftVersion.number.desc())).all()


def numbered(session: Session, consultation: Consultation, number: int) -> DraftVersion | None:
    """The version with this number."""
    return session.scalar(select(DraftVersion).filter_by(consultation_id=consultation.id, number=number))


def current(session: Session, consultation: Consultation) -> DraftVersion | None:
    """The draft people read: the newest published one; before publication the newest there is."""
    drafts = [version for version in versions(session, consultation) if version.purpose == "draft"]
    published = [version for version in drafts if version.published_at is not None]
    return next(iter(published or drafts), None)


def final(session: Session, consultation: Consultation) -> DraftVersion | None:
    """The text that was adopted, once it is published."""
    found = versions(session, consultation)
    return next((version for version in found if version.purpose == "final" and version.published_at), None)


def published_before(session: Session, version: DraftVersion) -> DraftVersion | None:
    """The published draft against which a version is held: the newest one before it."""
    query = select(DraftVersion).where(
        DraftVersion.consultation_id == version.consultation_id,
        DraftVersion.purpose == "draft",
        DraftVersion.published_at.is_not(None),
        DraftVersion.id != version.id,
    )
    if version.purpose == "draft" and version.published_at is not None:
        query = query.where(DraftVersion.number < version.number)
    return session.scalar(query.order_by(DraftVersion.number.desc()).limit(1))


def pieces_of(session: Session, version: DraftVersion | None) -> list[SplitPiece]:
    """The pieces of a version in order; none of no version."""
    return [as_split(piece) for piece in rows_of(session, version)]


def rows_of(session: Session, version: DraftVersion | None) -> Sequence[Piece]:
    """The same as rows, which can be changed."""
    if version is None:
        return []
    return session.scalars(select(Piece).where(Piece.version_id == version.id).order_by(Piece.position)).all()


def as_split(piece: Piece) -> SplitPiece:
    """A row as the rules know pieces."""
    return SplitPiece(piece.level, piece.number, piece.heading, piece.text, piece.anchor, piece.article_anchor)


def articles(session: Session, version: DraftVersion) -> list[Article]:
    """What is commented in a version, in order, each with its pieces; text outside every article is left out."""
    return _articles(pieces_of(session, version))


def _articles(pieces: Iterable[SplitPiece]) -> list[Article]:
    by_anchor: dict[str, list[SplitPiece]] = {}
    for piece in pieces:
        if piece.article_anchor:
            by_anchor.setdefault(piece.article_anchor, []).append(piece)
    return [
        Article(anchor, found[0].level, found[0].number, found[0].heading, tuple(found))
        for anchor, found in by_anchor.items()
    ]


def used_anchors(session: Session, consultation_id: int) -> set[str]:
    """Anchors of every published version: what they name is fixed for ever."""
    query = select(Piece.anchor).join(DraftVersion, DraftVersion.id == Piece.version_id)
    query = query.where(DraftVersion.consultation_id == consultation_id, DraftVersion.published_at.is_not(None))
    return set(session.scalars(query.distinct()))


def next_number(session: Session, consultation: Consultation) -> int:
    """The number of the version that comes next."""
    query = select(func.max(DraftVersion.number)).where(DraftVersion.consultation_id == consultation.id)
    return (session.scalar(query) or 0) + 1


def file_of(session: Session, version: DraftVersion | None) -> ConsultationFile | None:
    """The file a version came from."""
    return session.get(ConsultationFile, version.file_id) if version and version.file_id else None


def files_by_version(session: Session, found: Sequence[DraftVersion]) -> dict[int, ConsultationFile]:
    """The files of versions, by the versions' ids."""
    keys = {version.file_id: version.id for version in found if version.file_id}
    query = select(ConsultationFile).where(ConsultationFile.id.in_(keys))
    return {keys[file.id]: file for file in session.scalars(query)}
