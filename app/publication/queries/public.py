"""What everybody may see of what was made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.areas.models import Area
from app.publication.models import Posting, PostingFile, PostingPlace
from app.publication.queries.conditions import concerns, holds, was_posted

PAGE = 20
FEED = 50


@dataclass(frozen=True)
class PublicPage:
    """One page of what was posted at a place."""

    postings: Sequence[Posting]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class HeadCount:
    """How much was posted under a head, and when last."""

    count: int
    last: date | None


def listed(session: Session, path: str, *, head: int | None = None, words: str = "", page: int = 1) -> PublicPage:
    """What was posted at a place, the latest first; ended and withdrawn postings stay to be found."""
    scope = [concerns(path), was_posted(), *holds(words), *([Posting.head == head] if head else [])]
    total = session.scalar(select(func.count(Posting.id)).join(Posting.area).where(*scope)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Posting).join(Posting.area).where(*scope).options(joinedload(Posting.area))
    query = query.order_by(Posting.since.desc(), Posting.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return PublicPage(session.scalars(query).all(), page, pages, total)


def current(session: Session, path: str, today: date, limit: int) -> Sequence[Posting]:
    """What hangs now at a place, the latest first."""
    hangs = and_(Posting.status == "posted", or_(Posting.until.is_(None), Posting.until >= today))
    query = select(Posting).join(Posting.area).where(concerns(path), hangs).options(joinedload(Posting.area))
    return session.scalars(query.order_by(Posting.since.desc(), Posting.id.desc()).limit(limit)).all()


def latest(session: Session, path: str) -> Sequence[Posting]:
    """The postings of a feed: those changed last first."""
    query = select(Posting).join(Posting.area).where(concerns(path), was_posted()).options(joinedload(Posting.area))
    return session.scalars(query.order_by(Posting.changed_at.desc(), Posting.id.desc()).limit(FEED)).all()


def posting(session: Session, public_id: str) -> Posting | None:
    """A posting that was ever posted, with its files and places."""
    query = select(Posting).where(Posting.public_id == public_id, was_posted())
    query = query.options(
        joinedload(Posting.area).joinedload(Area.parent),
        selectinload(Posting.files),
        selectinload(Posting.places).joinedload(PostingPlace.area),
    )
    return session.scalar(query)


def file(session: Session, public_id: str, posting_file_id: int) -> PostingFile | None:
    """A file of what is posted; of what was withdrawn nothing is handed out any more."""
    query = select(PostingFile).join(PostingFile.posting)
    query = query.where(Posting.public_id == public_id, Posting.status == "posted", PostingFile.id == posting_file_id)
    return session.scalar(query)


def counts(session: Session, path: str) -> dict[int, HeadCount]:
    """What was posted under each head; heads under which nothing was are missing."""
    query = select(Posting.head, func.count(Posting.id), func.max(Posting.since)).join(Posting.area)
    query = query.where(concerns(path), Posting.status == "posted").group_by(Posting.head)
    return {head: HeadCount(count, last) for head, count, last in session.execute(query)}
