"""Forgetting who sent what: once a day, everything older than a form can be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.jobs.operations import enqueue
from app.jobs.work import Later, Work
from app.visitors.models import FormUse
from app.visitors.token import LIFE

FORGET = "visitors.forget"
AT_ONCE = 5000
PAUSE = timedelta(days=1)


def forget(work: Work) -> dict[str, Any] | None:
    """Delete what no token can refer to any more, then come back tomorrow."""
    gone, before = 0, work.at - LIFE
    while True:
        with work.database.transaction() as session:
            some = _delete_some(session, before)
        gone += some
        if some < AT_ONCE:
            raise Later(work.at + PAUSE)
        work.progress(gone)


def see_to_it(session: Session, now: datetime) -> None:
    """Let the forgetting begin, unless it goes on already."""
    enqueue(session, FORGET, {}, unique_key=FORGET, run_at=now + PAUSE)


def _delete_some(session: Session, before: datetime) -> int:
    old = select(FormUse.nonce).where(FormUse.used_at < before).limit(AT_ONCE)
    gone = session.scalars(delete(FormUse).where(FormUse.nonce.in_(old)).returning(FormUse.nonce))
    return len(gone.all())


HANDLERS: dict[str, Callable[[Work], dict[str, Any] | None]] = {FORGET: forget}
