"""What anybody may ask about a poll: its text, its turnout, and after the count its result."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.areas.models import Area
from app.polls.models import Ballot, Decision, OtherOpinion, Poll, Result, RollEntry


def public_poll(session: Session, public_id: str) -> Poll | None:
    """A poll that residents may see: opened once, or cancelled after that."""
    query = select(Poll).where(Poll.public_id == public_id, Poll.opened_at.is_not(None))
    return session.scalar(query.options(joinedload(Poll.area).joinedload(Area.parent), selectinload(Poll.team)))


def turnout(session: Session, poll: Poll) -> int:
    """How many households have a ballot; never what any of them holds."""
    return session.scalar(select(func.count()).select_from(Ballot).where(Ballot.poll_id == poll.id)) or 0


@dataclass(frozen=True)
class ClusterTurnout:
    """Turnout of one lane or cluster."""

    label: str
    voted: int
    total: int


def turnout_by_cluster(session: Session, poll: Poll) -> list[ClusterTurnout]:
    """Turnout by lane or cluster, for the team that goes from door to door."""
    voted = func.count(Ballot.entry_id)
    rows = session.execute(
        select(RollEntry.cluster, voted, func.count(RollEntry.id), func.min(RollEntry.position))
        .outerjoin(Ballot, (Ballot.poll_id == RollEntry.poll_id) & (Ballot.entry_id == RollEntry.id))
        .where(RollEntry.poll_id == poll.id)
        .group_by(RollEntry.cluster)
        .order_by(func.min(RollEntry.position))
    )
    return [ClusterTurnout(label, done, total) for label, done, total, _first in rows]


def result_of(session: Session, poll: Poll) -> Result | None:
    return session.get(Result, poll.id)


def decision_of(session: Session, poll: Poll) -> Decision | None:
    return session.get(Decision, poll.id)


def opinions(session: Session, poll: Poll, *, published_only: bool) -> Sequence[OtherOpinion]:
    """Texts of "ý kiến khác", in their shuffled order."""
    query = select(OtherOpinion).where(OtherOpinion.poll_id == poll.id)
    if published_only:
        query = query.where(OtherOpinion.published)
    return session.scalars(query.order_by(OtherOpinion.position)).all()
