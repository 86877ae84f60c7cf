"""Single ratings for taking along: by the month, in no order of time, without anything that tells of whom.

With the roster, a few ratings of a counter would speak of one officer; with the list of dossiers, a few of a group of
one citizen. A counter is named in months that are over where it may be told, by the rules of the figures; no procedure
is, and no counter of ratings that do not count: those are few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.feedback.models import Rating, RatingNote, RatingReason, ServiceCounter
from app.feedback.queries.about import about
from app.feedback.queries.lines import BY, COUNTER, NOTHING, shown_by_month
from app.feedback.queries.sums import Asked, by_month, made, month_number
from app.feedback.rules.periods import period_of
from app.feedback.rules.rating import UNOFFICIAL_PAYMENT
from app.feedback.rules.standing import IN_HEADLINE

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating as it leaves: no officer, no device, no moment, no source; of words only what everybody may read.
    ``month``: its first day. ``counter``: "" where it may not be told."""

    month: date
    counter: str
    level: int
    standing: str
    reasons: tuple[str, ...]
    text: str


def how_many(session: Session, center_id: int, first: date, last: date) -> int:
    """How many rows there will be."""
    asked = select(func.count()).select_from(Rating).where(*_wanted(center_id, first, last))
    return session.scalar(asked) or 0


def _wanted(center_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (Rating.center_id == center_id, Rating.day >= first, Rating.day <= last, Rating.undone_at.is_(None))


def each(
    session: Session, center_id: int, first: date, last: date, *, reader: int | None = None
) -> Iterator[RatingRow]:  # fmt: skip
    """The ratings of a centre from a cursor of the server's, a few thousand in memory at once.

    ``reader``: the account that takes them along; of ratings that speak of it the words stay out. Within a month they
    stand by their random number: the order in which people came would tell who said what.
    """
    named = select(ServiceCounter.id, ServiceCounter.name).where(ServiceCounter.center_id == center_id)
    names: dict[int | None, str] = dict(session.execute(named).all())
    for month, told in sorted(_months(session, center_id, first, last).items()):
        span = max(first, month), min(last, period_of("month", month).last)
        rows = session.execute(_single(center_id, *span, reader).execution_options(yield_per=AT_ONCE))
        for counter, level, standing, listed, text in rows:
            name = names.get(counter, "") if counter in told and standing in IN_HEADLINE else ""
            reasons = tuple(sorted(listed.split(","))) if listed else ()
            yield RatingRow(month, name, level, standing, reasons, text or "")


def _months(session: Session, center_id: int, first: date, last: date) -> dict[date, set[int]]:
    """The months that have ratings, by their first day, and the counters that each tells: none that is not whole."""
    rows = by_month(session, made(session, center_id), Asked(center_id, first, last), *BY)
    found = [period_of("month", date(number // 100, number % 100, 1)) for number in {row[0] for row in rows}]
    shown = shown_by_month(rows, [one for one in found if first <= one.first and one.last <= last])
    return {one.first: shown.get(month_number(one), NOTHING)[COUNTER] for one in found}


def _single(center_id: int, first: date, last: date, reader: int | None) -> Select[Any]:
    chosen = (RatingReason.rating_id == Rating.id, RatingReason.reason != UNOFFICIAL_PAYMENT)
    listed = select(func.aggregate_strings(RatingReason.reason, ",")).where(*chosen).scalar_subquery()
    shown = [RatingNote.rating_id == Rating.id, RatingNote.visible.is_(True), RatingNote.restricted.is_(False)]
    if reader is not None:
        shown.append(~about(reader))
    query = select(
        Rating.counter_id, Rating.level, Rating.standing, listed, RatingNote.shown_text
    ).outerjoin(RatingNote, and_(*shown))  # fmt: skip
    return query.where(*_wanted(center_id, first, last)).order_by(Rating.client_uuid)
