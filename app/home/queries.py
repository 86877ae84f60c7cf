"""What a place's home page tells: its polls by phase, its areas, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.areas.models import Area
from app.core.scope import within
from app.polls.models import Decision, Poll, Result
from app.polls.queries.facts import public_result
from app.polls.queries.listing import phase_is
from app.polls.rules.facts import DECISION
from app.polls.rules.phases import Phase, phase

SHOWN = 10
STAFF_SHOWN = 100
CANCELLED_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Verdict:
    """A counted poll with what everybody may know of its result."""

    poll: Poll
    passed: bool
    lead: str


@dataclass(frozen=True)
class PlacePolls:
    """Polls that residents of a place may see, in the order in which they matter to them."""

    deciding: list[Poll] = field(default_factory=list)
    asking: list[Poll] = field(default_factory=list)
    finished: list[Verdict] = field(default_factory=list)
    upcoming: list[Poll] = field(default_factory=list)
    ended: list[Poll] = field(default_factory=list)
    cancelled: list[Poll] = field(default_factory=list)


def place_polls(session: Session, path: str, now: datetime) -> PlacePolls:
    """Polls at or below a place that were opened; ``now`` is the database's moment."""
    found = PlacePolls(finished=_verdicts(session, path))
    recently = and_(Poll.status == "cancelled", Poll.cancelled_at > now - CANCELLED_SHOWN_FOR)
    query = _polls([path]).where(Poll.opened_at.is_not(None))
    for poll in session.scalars(query.where(or_(Poll.status.in_(("opened", "closed")), recently))):
        voting = found.deciding if poll.kind == DECISION else found.asking
        lists = {Phase.VOTING: voting, Phase.UPCOMING: found.upcoming, Phase.CANCELLED: found.cancelled}
        lists.get(phase(poll, now), found.ended).append(poll)
    return found


def _polls(places: Sequence[str]) -> Select[Poll]:
    query = select(Poll).join(Poll.area).where(within(Area.path, places))
    return query.options(joinedload(Poll.area)).order_by(Poll.closes_at, Poll.id)


def _verdicts(session: Session, path: str) -> list[Verdict]:
    query = select(Poll, Result).join(Result, Result.poll_id == Poll.id).join(Poll.area)
    query = query.where(within(Area.path, [path]), Poll.status.in_(("counted", "decided")))
    query = query.options(joinedload(Poll.area)).order_by(Poll.closes_at.desc(), Poll.id.desc()).limit(SHOWN)
    rows = [(poll, public_result(poll, result)) for poll, result in session.execute(query)]
    return [Verdict(poll, shown.passed, shown.lead) for poll, shown in rows]


def staff_polls(session: Session, places: Sequence[str], phase: Phase, now: datetime) -> Sequence[Poll]:
    """Polls of the places in one phase, the next to close first."""
    return session.scalars(_polls(places).where(phase_is(phase, now)).limit(STAFF_SHOWN)).all()


def communes_in_use(session: Session, day: date) -> Sequence[Area]:
    """Communes that have at least one residential area, by name."""
    child = aliased(Area)
    used = exists().where(child.parent_id == Area.id, child.level == "residential")
    query = select(Area).where(Area.level == "commune", used, Area.valid_from <= day)
    return session.scalars(query.options(joinedload(Area.parent)).order_by(Area.path).limit(200)).all()


def unsent_decisions(session: Session, places: Sequence[str], now: datetime) -> Sequence[Poll]:
    """Polls past their close whose decision has not been sent to UBND and UBMTTQ, the oldest first (Law Đ20)."""
    query = _polls(places).outerjoin(Decision, Decision.poll_id == Poll.id)
    query = query.where(
        Poll.kind == DECISION,
        Poll.status.in_(("opened", "closed", "counted", "decided")),
        Poll.closes_at < now,
        Decision.sent_committee_at.is_(None),
    )
    return session.scalars(query.limit(STAFF_SHOWN)).all()
