"""What pages and commands read of background work."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.jobs.models import Job


def latest(session: Session, unique_key: str) -> Job | None:
    """The newest work of this name, finished or not: for showing its progress."""
    return session.scalar(select(Job).where(Job.unique_key == unique_key).order_by(Job.id.desc()).limit(1))


def is_due(session: Session) -> bool:
    """Whether any work could be taken now; asked before taking, as taking locks."""
    now = database_now(session)
    free = or_(Job.locked_until.is_(None), Job.locked_until <= now)
    due = select(Job.id).where(Job.finished_at.is_(None), Job.run_at <= now, free).limit(1)
    return session.scalar(due) is not None


def next_run(session: Session) -> datetime | None:
    """When the first of the unfinished work may begin; None when there is none."""
    return session.scalar(select(func.min(Job.run_at)).where(Job.finished_at.is_(None)))


def listed(session: Session, *, unfinished: bool = False, limit: int = 50) -> list[Job]:
    """The newest jobs, newest first."""
    asked = select(Job).order_by(Job.id.desc()).limit(limit)
    return list(session.scalars(asked.where(Job.finished_at.is_(None)) if unfinished else asked))
