"""Asking for work, and the steps of a worker that does it. Each is one transaction of the caller's."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Executable, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.permissions import Actor
from app.jobs import rules
from app.jobs.models import Job

_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class LostLock(Exception):
    """Another worker holds the job by now; whoever meets this stops at once and writes nothing more."""


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    unique_key: str | None = None,
    run_at: datetime | None = None,
    by: Actor | None = None,
) -> Job:
    """Ask for work in the transaction that makes it necessary; it exists only if that transaction does.

    ``payload`` holds ids, never content. With a ``unique_key`` whose work is unfinished, that work is returned and
    nothing changes; work that begins only after ``run_at`` (now unless given) sees everything committed before.
    """
    now = database_now(session)
    values = {
        "kind": kind,
        "payload": payload,
        "unique_key": unique_key,
        "status": "waiting",
        "run_at": run_at or now,
        "attempts": 0,
        "done": 0,
        "fault": "",
        "created_by": by.account_id if by else None,
        "created_at": now,
    }
    found: Job | None = None
    while found is None:
        # Somebody else's uncommitted work of the same name is waited for; it may be finished when it is looked at.
        added = session.scalar(_insert_once(session, values))
        found = session.get_one(Job, added) if added is not None else _unfinished(session, unique_key)
    return found


def _insert_once(session: Session, values: dict[str, Any]) -> Executable:
    made: Any = _INSERT[session.get_bind().dialect.name](Job).values(values)
    unfinished = text("finished_at IS NULL")
    made = made.on_conflict_do_nothing(index_elements=["unique_key"], index_where=unfinished).returning(Job.id)
    return cast(Executable, made)


def _unfinished(session: Session, unique_key: str | None) -> Job | None:
    return session.scalar(select(Job).where(Job.unique_key == unique_key, Job.finished_at.is_(None)))


def take(session: Session, *, hold: timedelta = rules.HOLD, at: datetime | None = None) -> Job | None:
    """Take the job that is due the longest, for as long as ``hold``; None when none is due at ``at`` (now).

    A job held by somebody else's transaction is passed over. One whose worker let the time pass is taken up again,
    unless that happened too often: then it has failed.
    """
    now = at or database_now(session)
    while (job := _due(session, now)) is not None:
        if job.attempts >= rules.MAX_ATTEMPTS:
            _finish(job, now, "failed", fault=rules.BROKEN_OFF)
            session.flush()
            continue
        job.status, job.locked_until = "running", now + hold
        job.attempts += 1
        session.flush()
        return job
    return None


def _due(session: Session, now: datetime) -> Job | None:
    free = or_(Job.locked_until.is_(None), Job.locked_until <= now)
    due = select(Job).where(Job.finished_at.is_(None), Job.run_at <= now, free).order_by(Job.run_at, Job.id)
    # SQLite knows no locked rows: there the transaction began with the lock of the whole database.
    return session.scalar(due.limit(1).with_for_update(skip_locked=True).execution_options(populate_existing=True))


def renew(
    session: Session, job_id: int, attempt: int, *, done: int, total: int | None, hold: timedelta = rules.HOLD
) -> None:
    """Note how far the work is and hold it longer; raises ``LostLock``. The attempt's number tells holders apart."""
    values: dict[str, Any] = {"done": done, "locked_until": database_now(session) + hold}
    if total is not None:
        values["total"] = total
    held = update(Job).where(Job.id == job_id, Job.attempts == attempt, Job.status == "running")
    if session.scalar(held.values(values).returning(Job.id)) is None:
        raise LostLock


def succeed(session: Session, job_id: int, attempt: int, result: dict[str, Any] | None) -> None:
    """The work is done, with what it found; raises ``LostLock``."""
    job = _held(session, job_id, attempt)
    _finish(job, database_now(session), "done", result=result)


def fail(session: Session, job_id: int, attempt: int, fault: str, *, final: bool) -> None:
    """The work failed; unless ``final`` or tried too often it waits for its next attempt. Raises ``LostLock``."""
    job = _held(session, job_id, attempt)
    now = database_now(session)
    if final or not rules.may_try_again(attempt):
        _finish(job, now, "failed", fault=fault)
        return
    job.status, job.locked_until, job.fault = "waiting", None, fault
    job.run_at = now + rules.pause(attempt)


def give_back(session: Session, job_id: int, attempt: int, run_at: datetime | None = None) -> None:
    """Lay the work down unfinished, as if it had not been begun, until ``run_at`` (now). Raises ``LostLock``."""
    job = _held(session, job_id, attempt)
    job.status, job.locked_until = "waiting", None
    job.attempts = attempt - 1
    job.run_at = run_at or database_now(session)


def forget_finished(session: Session, before: datetime) -> None:
    """Remove what was finished before the moment: ids of old work serve nobody."""
    session.query(Job).filter(Job.finished_at < before).delete(synchronize_session=False)


def _held(session: Session, job_id: int, attempt: int) -> Job:
    held = select(Job).where(Job.id == job_id, Job.attempts == attempt, Job.status == "running")
    job = session.scalar(held.with_for_update().execution_options(populate_existing=True))
    if job is None:
        raise LostLock
    return job


def _finish(job: Job, now: datetime, status: str, *, result: dict[str, Any] | None = None, fault: str = "") -> None:
    job.status, job.finished_at, job.locked_until = status, now, None
    job.result, job.fault = result, fault
    if status == "done" and job.total is not None:
        job.done = job.total
