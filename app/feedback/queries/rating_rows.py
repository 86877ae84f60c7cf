"""Single ratings for taking along: by the week, in no order of time, without anything that tells of whom.

With the roster, a few ratings of a counter would speak of one officer; with the list of dossiers, a few of a group of
one citizen. A counter or group is named where it may be told, by the rules of the figures; where it may not, the cell
stays empty.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.feedback.models import ProcedureGroup, Rating, RatingNote, RatingReason, ServiceCounter
from app.feedback.queries.about import about
from app.feedback.queries.lines import Shown, shown_of
from app.feedback.queries.sums import HEADLINE
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.rating import UNOFFICIAL_PAYMENT

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating as it leaves: no officer, no device, no moment, no source; of words only what everybody may read.
    ``week``: the Monday of its week. ``counter`` and ``group``: "" where too few people rated it that week."""

    week: date
    counter: str
    group: str
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

    ``reader``: the account that takes them along; of ratings that speak of it the words stay out. Within a week they
    stand by their random number: the order in which people came would tell who said what.
    """
    counters, groups = (_names(session, table, center_id) for table in (ServiceCounter, ProcedureGroup))
    for week, shown in sorted(_weeks(session, center_id, first, last).items()):
        of_week = Period("week", week)
        span = max(first, week), min(last, of_week.last)
        rows = session.execute(_single(center_id, *span, reader).execution_options(yield_per=AT_ONCE))
        for counter, group, level, standing, listed, text in rows:
            place, handled = _told(shown, counter or 0, group or 0)
            reasons = tuple(sorted(listed.split(","))) if listed else ()
            yield RatingRow(
                week, counters.get(place, ""), groups.get(handled, ""), level, standing, reasons, text or ""
            )


def _names(session: Session, table: Any, center_id: int) -> dict[int, str]:
    return dict(session.execute(select(table.id, table.name).where(table.center_id == center_id)).all())


def _told(shown: Shown, counter: int, group: int) -> tuple[int, int]:
    """The counter and the group of a row, 0 for what it does not name."""
    if (counter, group) in shown.cells:
        return counter, group
    return (counter if counter in shown.parts[0] else 0), 0


def _weeks(session: Session, center_id: int, first: date, last: date) -> dict[date, Shown]:
    """What may be told of each week that has ratings, by its Monday."""
    query = select(Rating.day, Rating.counter_id, Rating.group_id, HEADLINE, func.count())
    query = query.where(*_wanted(center_id, first, last))
    cells: dict[date, Counter[tuple[int, int]]] = defaultdict(Counter)
    grouped: Any = query.group_by(Rating.day, Rating.counter_id, Rating.group_id, Rating.standing)
    for day, counter, group, headline, n in session.execute(grouped):
        cells[period_of("week", day).first][counter or 0, group or 0] += n if headline else 0
    return {week: shown_of(+of) for week, of in cells.items()}


def _single(center_id: int, first: date, last: date, reader: int | None) -> Select[Any]:
    chosen = (RatingReason.rating_id == Rating.id, RatingReason.reason != UNOFFICIAL_PAYMENT)
    listed = select(func.aggregate_strings(RatingReason.reason, ",")).where(*chosen).scalar_subquery()
    shown = [RatingNote.rating_id == Rating.id, RatingNote.visible.is_(True), RatingNote.restricted.is_(False)]
    if reader is not None:
        shown.append(~about(reader))
    query = select(
        Rating.counter_id, Rating.group_id, Rating.level, Rating.standing, listed, RatingNote.shown_text
    ).outerjoin(RatingNote, and_(*shown))  # fmt: skip
    return query.where(*_wanted(center_id, first, last)).order_by(Rating.client_uuid)
