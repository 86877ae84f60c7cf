"""Polls that are over for good, and what of them is still kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from app.polls.models import Decision, Poll, Result, RollEntry
from app.polls.rules.facts import ONLINE_CONSENT


def finished_at(session: Session, poll: Poll) -> datetime | None:
    """When a poll was over for good: decided, called off, or (asking for consent only) counted; None when it is not."""
    if poll.status == "cancelled":
        return poll.cancelled_at
    if poll.status == "decided":
        decision = session.get(Decision, poll.id)
        return decision.signed_at if decision else None
    if poll.status == "counted" and poll.kind == ONLINE_CONSENT:
        result = session.get(Result, poll.id)
        return result.counted_at if result else None
    return None


def roll_is_purged(session: Session, poll: Poll) -> bool:
    """Whether the frozen roll was forgotten; an opened poll always had one."""
    return poll.opened_at is not None and not session.scalar(select(exists().where(RollEntry.poll_id == poll.id)))


def with_key(session: Session, before: datetime) -> Sequence[Poll]:
    """Polls over for good before the moment whose key still exists, the oldest first."""
    return _finished(session, before, Poll.wrapped_key.is_not(None))


def with_roll(session: Session, before: datetime) -> Sequence[Poll]:
    """Polls over for good before the moment whose roll is still kept, the oldest first."""
    return _finished(session, before, exists().where(RollEntry.poll_id == Poll.id))


def _finished(session: Session, before: datetime, kept: ColumnElement[bool]) -> Sequence[Poll]:
    ends = or_(Poll.status.in_(("cancelled", "decided")), (Poll.status == "counted") & (Poll.kind == ONLINE_CONSENT))
    query = select(Poll).where(ends, kept, Poll.closes_at < before).options(joinedload(Poll.area))
    found = session.scalars(query.order_by(Poll.closes_at, Poll.id)).all()
    return [poll for poll in found if (over := finished_at(session, poll)) is not None and over < before]
