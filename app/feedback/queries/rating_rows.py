"""Single ratings for taking along: by the day, in no order of time, without anything that tells of whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.feedback.models import ProcedureGroup, Rating, RatingNote, RatingReason, ServiceCounter
from app.feedback.rules.rating import UNOFFICIAL_PAYMENT

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating as it leaves: no officer, no device, no moment; of words only what everybody may read."""

    day: date
    counter: str
    group: str
    level: int
    tier: int
    standing: str
    reasons: tuple[str, ...]
    text: str


def how_many(session: Session, center_id: int, first: date, last: date) -> int:
    """How many rows there will be."""
    asked = select(func.count()).select_from(Rating).where(*_wanted(center_id, first, last))
    return session.scalar(asked) or 0


def _wanted(center_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (Rating.center_id == center_id, Rating.day >= first, Rating.day <= last, Rating.undone_at.is_(None))


def each(session: Session, center_id: int, first: date, last: date) -> Iterator[RatingRow]:
    """The ratings of a centre from a cursor of the server's, a few thousand in memory at once.

    Within a day they stand by their random number: the order in which people came would tell who said what.
    """
    named = (ServiceCounter, ProcedureGroup)
    counters, groups = (
        dict(session.execute(select(t.id, t.name).where(t.center_id == center_id)).all()) for t in named
    )
    chosen = (RatingReason.rating_id == Rating.id, RatingReason.reason != UNOFFICIAL_PAYMENT)
    listed = select(func.aggregate_strings(RatingReason.reason, ",")).where(*chosen).scalar_subquery()
    shown = (RatingNote.rating_id == Rating.id, RatingNote.visible.is_(True), RatingNote.restricted.is_(False))
    query = select(
        Rating.day, Rating.counter_id, Rating.group_id, Rating.level, Rating.tier, Rating.standing, listed,
        RatingNote.shown_text,
    ).outerjoin(RatingNote, and_(*shown))  # fmt: skip
    query = query.where(*_wanted(center_id, first, last)).order_by(Rating.day, Rating.client_uuid)
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    for day, counter, group, level, tier, standing, reasons, text in rows:
        names = counters.get(counter or 0, ""), groups.get(group or 0, "")
        yield RatingRow(
            day, *names, level, tier, standing, tuple(sorted(reasons.split(","))) if reasons else (), text or ""
        )
