"""Figures of a centre: past days as kept, today and days that are to be made anew from the ratings themselves."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from app.feedback.models import Rating, RatingReason, RatingSum, ReasonSum, SumDue, SumRun
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.rating import UNOFFICIAL_PAYMENT

# What the headline counts; the other figure counts what is held and what was excluded too.
HEADLINE = case((Rating.standing.in_(("counted", "restored")), True), else_=False)
_LIVE: dict[str, Any] = {
    "day": Rating.day,
    "counter_id": func.coalesce(Rating.counter_id, literal(0)),
    "group_id": func.coalesce(Rating.group_id, literal(0)),
    "officer_id": func.coalesce(Rating.officer_id, literal(0)),
    "tier": Rating.tier,
    "level": Rating.level,
    "headline": HEADLINE,
    "reason": RatingReason.reason,
}
_PLACES = ("counter_id", "group_id", "officer_id")


@dataclass(frozen=True)
class Asked:
    """Which ratings figures speak of: a centre, days from first to last, and a counter, group or officer; 0: none."""

    center_id: int
    first: date
    last: date
    counter_id: int | None = None
    group_id: int | None = None
    officer_id: int | None = None

    def since(self, first: date) -> "Asked":
        """The same from another first day on."""
        return replace(self, first=first)


@dataclass(frozen=True)
class Made:
    """Until which day figures are kept, and which of those days they do not speak for."""

    until: date | None
    due: tuple[date, ...]


def made(session: Session, center_id: int) -> Made:
    """What of a centre is kept; asked once for all figures of a page."""
    until = session.scalar(select(SumRun.until).where(SumRun.center_id == center_id))
    due = session.scalars(select(SumDue.day).distinct().where(SumDue.center_id == center_id).order_by(SumDue.day))
    return Made(until, tuple(due))


def counted(session: Session, kept: Made, asked: Asked, *by: str) -> Counter[tuple[Any, ...]]:
    """How many ratings there are of each combination of ``by``: names of columns of ``RatingSum``."""
    found: Counter[tuple[Any, ...]] = Counter()
    live = select(*_named(by)).where(_days(Rating.day, kept, asked, live=True), *_of(asked))
    if _some_live(kept, asked):
        _add(found, session, live)
    columns = [getattr(RatingSum, name) for name in by]
    places = [getattr(RatingSum, name) == getattr(asked, name) for name in _PLACES if _wanted(asked, name)]
    sums = select(*columns, func.sum(RatingSum.count)).where(
        RatingSum.center_id == asked.center_id, _days(RatingSum.day, kept, asked, live=False), *places
    )
    for *key, count in session.execute(sums.group_by(*columns)):
        found[tuple(key)] += int(count or 0)
    return found


def by_month(session: Session, kept: Made, asked: Asked, *by: str) -> Counter[tuple[Any, ...]]:
    """The same, with the month as 202611 before each combination. Asked month by month: to work the month of each row
    out takes the database longer than to look twelve times."""
    found: Counter[tuple[Any, ...]] = Counter()
    month = period_of("month", asked.first)
    while month.first <= asked.last:
        part = replace(asked, first=max(asked.first, month.first), last=min(asked.last, month.last))
        number = month_number(month)
        for key, n in counted(session, kept, part, *by).items():
            found[number, *key] = n
        month = month.next
    return found


def month_number(month: Period) -> int:
    """A month as rows name it: 202611."""
    return month.first.year * 100 + month.first.month


def reasons(session: Session, kept: Made, asked: Asked) -> Counter[str]:
    """How often each reason was chosen in ratings of the headline; officers have none of their own."""
    found: Counter[tuple[Any, ...]] = Counter()
    if _some_live(kept, asked):
        live = select(*_named(("reason",))).select_from(Rating).join(RatingReason, RatingReason.rating_id == Rating.id)
        where = (_days(Rating.day, kept, asked, live=True), *_of(asked), Rating.standing.in_(("counted", "restored")))
        _add(found, session, live.where(*where))
    places = [getattr(ReasonSum, name) == getattr(asked, name) for name in _PLACES[:2] if _wanted(asked, name)]
    sums = select(ReasonSum.reason, func.sum(ReasonSum.count)).where(
        ReasonSum.center_id == asked.center_id,
        _days(ReasonSum.day, kept, asked, live=False),
        ReasonSum.headline.is_(True),
        *places,
    )
    for reason, count in session.execute(sums.group_by(ReasonSum.reason)):
        found[(reason,)] += int(count)
    # That money was asked for is told to inspectors alone, as a report in their own inbox.
    return Counter({key[0]: n for key, n in found.items() if key[0] != UNOFFICIAL_PAYMENT})


def _named(by: tuple[str, ...]) -> list[Any]:
    return [_LIVE[name].label(name) for name in by]


def _add(found: Counter[tuple[Any, ...]], session: Session, rows: Select[Any]) -> None:
    inner = rows.subquery()
    columns = list(inner.c)
    for *key, count in session.execute(select(*columns, func.count()).group_by(*columns)):
        found[tuple(key)] += count


def _wanted(asked: Asked, name: str) -> bool:
    return getattr(asked, name) is not None


def _of(asked: Asked) -> list[ColumnElement[bool]]:
    wanted = [Rating.center_id == asked.center_id, Rating.undone_at.is_(None)]
    for name in _PLACES:
        value = getattr(asked, name)
        if value is not None:
            column = getattr(Rating, name)
            wanted.append(column == value if value else column.is_(None))
    return wanted


def _some_live(kept: Made, asked: Asked) -> bool:
    late = kept.until is None or asked.last > kept.until
    return late or any(asked.first <= day <= asked.last for day in kept.due)


def _days(column: Any, kept: Made, asked: Asked, *, live: bool) -> ColumnElement[bool]:
    """The days asked for that are counted from ratings, or those that are kept: every day is one of the two."""
    span = and_(column >= asked.first, column <= asked.last)
    due = [day for day in kept.due if asked.first <= day <= asked.last]
    fresh = column.in_(due) if due else false()
    later = true() if kept.until is None else column > kept.until
    counts_live = or_(later, fresh)
    return and_(span, counts_live) if live else and_(span, ~counts_live)
