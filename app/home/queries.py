"""What a place's home page tells: its polls by phase, its areas."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.areas.models import Area
from app.core.scope import within
from app.polls.models import Decision, Poll
from app.polls.rules.phases import PUBLIC_PHASES, Phase, phase

FINISHED_SHOWN = 10


@dataclass
class PlacePolls:
    """Polls that residents of a place may see, in the order in which they matter to them."""

    voting: list[Poll] = field(default_factory=list)
    upcoming: list[Poll] = field(default_factory=list)
    ended: list[Poll] = field(default_factory=list)
    finished: list[Poll] = field(default_factory=list)

    @property
    def none(self) -> bool:
        return not (self.voting or self.upcoming or self.ended or self.finished)


def place_polls(session: Session, path: str, now: datetime) -> PlacePolls:
    """Public polls at or below a place; ``now`` is the database's moment."""
    query = (
        select(Poll)
        .join(Area, Area.id == Poll.area_id)
        .options(joinedload(Poll.area))
        .where(within(Area.path, [path]), Poll.status.not_in(("preparing", "submitted", "cancelled")))
        .order_by(Poll.closes_at)
    )
    found = PlacePolls()
    kinds = {Phase.VOTING: found.voting, Phase.UPCOMING: found.upcoming, Phase.ENDED: found.ended}
    for poll in session.scalars(query):
        now_in = phase(poll, now)
        if now_in in PUBLIC_PHASES:
            kinds.get(now_in, found.finished).append(poll)
    found.finished = found.finished[::-1][:FINISHED_SHOWN]
    return found


def communes_in_use(session: Session, day: date) -> Sequence[Area]:
    """Communes that have at least one residential area, by name."""
    child = aliased(Area)
    used = exists().where(child.parent_id == Area.id, child.level == "residential")
    query = select(Area).where(Area.level == "commune", used, Area.valid_from <= day)
    return session.scalars(query.options(joinedload(Area.parent)).order_by(Area.path).limit(200)).all()


@dataclass(frozen=True)
class Duty:
    """A decision that must still be sent to UBND and UBMTTQ."""

    poll: Poll
    since: datetime


def unsent_decisions(session: Session, places: Sequence[str]) -> list[Duty]:
    """Counted polls whose decision has not been sent, the oldest first."""
    query = (
        select(Poll)
        .join(Area, Area.id == Poll.area_id)
        .outerjoin(Decision, Decision.poll_id == Poll.id)
        .options(joinedload(Poll.area))
        .where(
            within(Area.path, places),
            Poll.kind == "decision",
            Poll.status.in_(("opened", "closed", "counted", "decided")),
            Poll.closes_at < func.current_timestamp(),
            Decision.sent_committee_at.is_(None),
        )
        .order_by(Poll.closes_at)
        .limit(100)
    )
    return [Duty(poll, poll.closes_at) for poll in session.scalars(query) if poll.closes_at]
