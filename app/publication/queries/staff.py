"""Lists of staff: postings inside their reach, what ends soon, the plan, the list of a quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.areas.models import Area
from app.core.permissions import Actor, covers
from app.core.scope import within
from app.publication.models import PlannedPosting, Posting, PostingFile, PostingPlace
from app.publication.queries.conditions import concerns, holds, state_is, was_posted, within_reach
from app.publication.rules.quarters import Quarter
from app.publication.rules.states import State

PAGE = 25
SHOWN = 50
MOST_LISTED = 2000


@dataclass(frozen=True)
class Page:
    """One page of a list; ``counts`` says how many there are in each state, whatever state was asked for."""

    postings: Sequence[Posting]
    page: int
    pages: int
    counts: dict[State, int]


@dataclass(frozen=True)
class Reached:
    """A posting with the place at which the asker reaches it: its own, or the part of it where they work."""

    posting: Posting
    path: str


@dataclass(frozen=True)
class Found:
    """Something of a posting (a file, a place) with the place at which the asker reaches it."""

    posting: Posting
    thing: PostingFile | PostingPlace
    path: str


@dataclass(frozen=True)
class PlanLine:
    """A line of a plan with the commune it belongs to."""

    area: Area
    line: PlannedPosting


def listed(
    session: Session, actor: Actor, today: date, *, state: State | None = None, head: int | None = None,
    words: str = "", page: int = 1,
) -> Page:  # fmt: skip
    """Postings within the asker's reach, those changed last first."""
    scope = [within_reach(actor), *holds(words), *([Posting.head == head] if head else [])]
    counts = {
        one: session.scalar(select(func.count(Posting.id)).join(Posting.area).where(*scope, state_is(one, today))) or 0
        for one in State
    }
    total = counts[state] if state else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Posting).join(Posting.area).where(*scope, *([state_is(state, today)] if state else []))
    query = query.options(joinedload(Posting.area)).order_by(Posting.changed_at.desc(), Posting.id.desc())
    return Page(session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all(), page, pages, counts)


def ending(session: Session, actor: Actor, today: date) -> Sequence[Posting]:
    """Postings of the asker's reach that end within days, the first to end first."""
    query = select(Posting).join(Posting.area).where(within_reach(actor), state_is(State.ENDING, today))
    return session.scalars(query.order_by(Posting.until, Posting.id).limit(SHOWN)).all()


def late_lines(session: Session, places: Sequence[str], today: date) -> Sequence[PlannedPosting]:
    """Lines of plans whose day is past and of which nothing was posted, the oldest first."""
    query = select(PlannedPosting).join(Area, Area.id == PlannedPosting.area_id).where(within(Area.path, places))
    query = query.where(
        PlannedPosting.due_on < today, PlannedPosting.posting_id.is_(None), PlannedPosting.removed_at.is_(None)
    )
    return session.scalars(query.order_by(PlannedPosting.due_on, PlannedPosting.id).limit(SHOWN)).all()


def reached(session: Session, actor: Actor, posting_id: int) -> Reached | None:
    """A posting inside the asker's reach."""
    query = select(Posting).join(Posting.area).where(Posting.id == posting_id, within_reach(actor))
    found = session.scalar(query.options(joinedload(Posting.area).joinedload(Area.parent)))
    if found is None:
        return None
    own = found.area.path
    return Reached(found, own if actor.sees(own) else next(g.path for g in actor.grants if covers(own, g.path)))


def file_reached(session: Session, actor: Actor, posting_id: int, posting_file_id: int) -> Found | None:
    at = reached(session, actor, posting_id)
    file = session.get(PostingFile, posting_file_id) if at else None
    return Found(at.posting, file, at.path) if at and file and file.posting_id == posting_id else None


def place_reached(session: Session, actor: Actor, posting_id: int, place_id: int) -> Found | None:
    """A place of a posting; the right to change it is asked where it is."""
    at = reached(session, actor, posting_id)
    place = session.get(PostingPlace, place_id) if at else None
    if at is None or place is None or place.posting_id != posting_id:
        return None
    return Found(at.posting, place, place.area.path if actor.sees(place.area.path) else at.path)


def plan_of(session: Session, area: Area, year: int) -> Sequence[PlannedPosting]:
    """The lines of a commune's plan, in the order of their days."""
    query = select(PlannedPosting).where(PlannedPosting.area_id == area.id, PlannedPosting.year == year)
    query = query.where(PlannedPosting.removed_at.is_(None)).options(joinedload(PlannedPosting.posting))
    return session.scalars(query.order_by(PlannedPosting.due_on, PlannedPosting.id)).all()


def choices_for(session: Session, area: Area, head: int) -> Sequence[Posting]:
    """Postings that may fulfil a line: of the commune and under the same head, the latest first."""
    query = select(Posting).join(Posting.area).where(within(Area.path, [area.path]), was_posted(), Posting.head == head)
    return session.scalars(query.order_by(Posting.since.desc(), Posting.id.desc()).limit(SHOWN)).all()


def published_in(session: Session, area: Area, quarter: Quarter) -> Sequence[Posting]:
    """What was made public in a commune in a quarter, with where it hung, by head and day."""
    query = select(Posting).join(Posting.area).where(concerns(area.path), was_posted())
    query = query.where(Posting.since.between(quarter.first, quarter.last))
    query = query.options(joinedload(Posting.area), selectinload(Posting.places).joinedload(PostingPlace.area))
    return session.scalars(query.order_by(Posting.head, Posting.since, Posting.id).limit(MOST_LISTED)).all()
