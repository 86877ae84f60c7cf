"""Making the figures of a day anew. What is kept is at every moment equal to a recount of the days it speaks for."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.feedback.models import Rating, RatingReason, RatingSum, ReasonSum, ServiceCenter, SumDue, SumRun
from app.feedback.queries.sums import HEADLINE

JOB = "feedback.sums"
PAUSE = timedelta(minutes=10)
_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def ask(session: Session, center_id: int, day: date) -> None:
    """Let the figures of a past day be made anew; until then the day is counted from its ratings.

    Adds a row that nobody else touches: people who rate at once do not wait for each other. Today needs no asking.
    """
    session.execute(insert(SumDue).values(center_id=center_id, day=day, asked_at=database_now(session)))


def remake(session: Session, center_id: int, day: date) -> None:
    """Make the figures of one day of a centre anew, in the caller's transaction.

    Only askings seen before the recount are taken away: one that comes meanwhile stays and is seen to next time.
    """
    _hold(session, center_id)
    seen = list(session.scalars(select(SumDue.id).where(SumDue.center_id == center_id, SumDue.day == day)))
    for table in (RatingSum, ReasonSum):
        session.execute(delete(table).where(table.center_id == center_id, table.day == day))
    _fill(session, center_id, day)
    for start in range(0, len(seen), 500):
        session.execute(delete(SumDue).where(SumDue.id.in_(seen[start : start + 500])))


def _hold(session: Session, center_id: int) -> SumRun:
    """The run of the centre, held until the end of the transaction: two workers never make one day at once."""
    made: Any = _INSERT[session.get_bind().dialect.name](SumRun).values(center_id=center_id, until=None)
    session.execute(made.on_conflict_do_nothing(index_elements=["center_id"]))
    held = select(SumRun).where(SumRun.center_id == center_id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def _fill(session: Session, center_id: int, day: date) -> None:
    counter, group = func.coalesce(Rating.counter_id, 0), func.coalesce(Rating.group_id, 0)
    officer = func.coalesce(Rating.officer_id, 0)
    of_day = (Rating.center_id == center_id, Rating.day == day, Rating.undone_at.is_(None))
    parts: tuple[Any, ...] = (
        Rating.day,
        Rating.center_id,
        counter,
        group,
        officer,
        Rating.tier,
        Rating.level,
        HEADLINE,
    )
    # Grouped by place, not by repeating expressions: their parameters would count as different ones.
    inner = select(*(part.label(name) for part, name in zip(parts, _SUM, strict=True))).where(*of_day).subquery()
    columns = [inner.c[name] for name in _SUM]
    counted = select(*columns, func.count()).group_by(*columns)
    session.execute(insert(RatingSum).from_select([*_SUM, "count"], counted))
    parts = (Rating.day, Rating.center_id, counter, group, RatingReason.reason, HEADLINE)
    chosen: Any = select(*(part.label(name) for part, name in zip(parts, _REASON, strict=True)))
    found = chosen.select_from(Rating).join(RatingReason, RatingReason.rating_id == Rating.id).where(*of_day).subquery()
    columns = [found.c[name] for name in _REASON]
    session.execute(
        insert(ReasonSum).from_select([*_REASON, "count"], select(*columns, func.count()).group_by(*columns))
    )


_SUM = ("day", "center_id", "counter_id", "group_id", "officer_id", "tier", "level", "headline")
_REASON = ("day", "center_id", "counter_id", "group_id", "reason", "headline")


def centers(session: Session) -> list[int]:
    """Every centre, also a closed one: its ratings may still be decided upon."""
    return list(session.scalars(select(ServiceCenter.id).order_by(ServiceCenter.id)))


def due_days(session: Session, center_id: int, today: date) -> list[date]:
    """Days before today whose figures are to be made: never made yet, or asked for; the oldest first."""
    asked = set(session.scalars(select(SumDue.day).distinct().where(SumDue.center_id == center_id, SumDue.day < today)))
    until = session.scalar(select(SumRun.until).where(SumRun.center_id == center_id))
    first = until + timedelta(days=1) if until else _first_day(session, center_id)
    if first is not None:
        asked |= {first + timedelta(days=n) for n in range((today - first).days)}
    return sorted(asked)


def _first_day(session: Session, center_id: int) -> date | None:
    return session.scalar(select(func.min(Rating.day)).where(Rating.center_id == center_id))


def remake_past(session: Session, center_id: int, day: date) -> None:
    """Make a day, and note that it was, when it is the one after the last that was made."""
    remake(session, center_id, day)
    run = _hold(session, center_id)
    earliest = run.until is None and day == _first_day(session, center_id)
    if earliest or (run.until is not None and day == run.until + timedelta(days=1)):
        run.until = day
        session.flush()
