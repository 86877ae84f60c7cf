"""Reminding households that have not voted: a tick for the team that goes from door to door."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.permissions import Actor
from app.polls.models import Poll, RollEntry
from app.polls.operations.editing import done, must
from app.polls.operations.slips import must_be_usable


def mark_reminded(session: Session, by: Actor, poll: Poll, entries: list[int]) -> int:
    """Note that these households of the roll were reminded; returns how many had not been before."""
    must(by, "polls:absent:view", poll)
    must_be_usable(session, poll)
    query = update(RollEntry).where(
        RollEntry.poll_id == poll.id, RollEntry.id.in_(entries), RollEntry.reminded_at.is_(None)
    )
    marked = session.scalars(query.values(reminded_at=database_now(session)).returning(RollEntry.id)).all()
    if marked:
        done(session, by, poll, "reminder.mark", households=len(marked))
    return len(marked)
