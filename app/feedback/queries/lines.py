"""Lines of figures: of a centre, and of its counters, groups and officers; which of them may be told.

With the roster at hand a counter's few ratings would speak of one officer, and a group's of few people. Whatever is
finer than the centre is told by months that are over, each by itself: what is below ``LEAST`` in a month, or would be
worked out from what is told of it, shows how many ratings there are and not what they chose. A quarter or a year is the
sum of what its months told, so that nothing is left when one is taken from the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.feedback.models import DossierCount
from app.feedback.queries.sums import Asked, Made, by_month, counted, month_number
from app.feedback.rules.periods import Period
from app.feedback.rules.shares import LEAST, Tally, hold_back, tally, told

Key = tuple[Any, ...]
Rows = Mapping[Key, int]
Mix = tuple[int, int, int]
PARTS = ("counter_id", "group_id", "officer_id")
COUNTER, GROUP, OFFICER = range(3)
# Of what rows are made; the month stands before it.
BY = (*PARTS, "tier", "level", "headline")


@dataclass(frozen=True)
class Line:
    """Figures of one thing: ``headline`` without what is held or excluded, ``whole`` with it; ``tiers`` 0, 1, 2 of
    the headline; ``returned``: dossiers returned meanwhile, None where nobody told. ``n`` and ``left_out``: how many
    ratings count and how many do not, of all days; of a ``hidden`` line nothing else is told. ``whole`` is empty where
    it would tell what few that do not count chose."""

    key: int
    name: str
    headline: Tally = field(default_factory=Tally)
    whole: Tally = field(default_factory=Tally)
    tiers: Mix = (0, 0, 0)
    returned: int | None = None
    n: int = 0
    left_out: int = 0
    hidden: bool = False

    @property
    def response(self) -> float | None:
        """Ratings of the whole for each dossier returned; above 1 where people rate more than what was returned."""
        return (self.n + self.left_out) / self.returned if self.returned else None


@dataclass(frozen=True)
class Point:
    """One period of a trend; ``tiers`` 0, 1, 2 of what was found; ``hidden``: its ratings are too few to be told."""

    period: Period
    found: Tally = field(default_factory=Tally)
    tiers: Mix = (0, 0, 0)
    hidden: bool = False


Shown = tuple[set[int], set[int], set[int]]
"""The counters, groups and officers that may be told of a month."""
NOTHING: Shown = (set(), set(), set())


def shown_of(cells: Mapping[tuple[int, int, int], int]) -> Shown:
    """What may be told of a month, by how many ratings of the headline each (counter, group, officer) has."""
    sums = [_sums(cells, place) for place in range(3)]
    counters = told(sums[COUNTER])
    groups = hold_back(_pairs(cells, COUNTER, GROUP), counters, told(sums[GROUP]))
    # Ratings of nobody are told nowhere as such: they too hide what is left over.
    officers = hold_back(_pairs(cells, COUNTER, OFFICER), counters, told(sums[OFFICER], silent=0))
    officers = hold_back(_pairs(cells, GROUP, OFFICER), groups, officers)
    return counters, groups, hold_back(_pairs(cells, COUNTER, OFFICER), counters, officers)


def _sums(cells: Mapping[tuple[int, int, int], int], place: int) -> Counter[int]:
    found: Counter[int] = Counter()
    for cell, n in cells.items():
        found[cell[place]] += n
    return found


def _pairs(cells: Mapping[tuple[int, int, int], int], row: int, column: int) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for cell, n in cells.items():
        found[cell[row], cell[column]] += n
    return found


def shown_by_month(rows: Rows, months: Iterable[Period]) -> dict[int, Shown]:
    """What may be told of each month that is over, of rows by month and ``BY``; its key is as 202611."""
    cells: dict[int, Counter[tuple[int, int, int]]] = defaultdict(Counter)
    for (month, counter, group, officer, _tier, _level, headline), n in rows.items():
        if headline:
            cells[month][counter, group, officer] += n
    return {number: shown_of(cells[number]) for number in map(month_number, months)}


def levels_and_mix(counts: Mapping[tuple[int, int], int]) -> tuple[Tally, Mix]:
    """Levels and tiers of counts by (tier, level)."""
    tiers = [0, 0, 0]
    for (tier, _level), n in counts.items():
        tiers[tier] += n
    return tally((level, n) for (_tier, level), n in counts.items()), (tiers[0], tiers[1], tiers[2])


def line(key: int, name: str, rows: Rows, returned: int | None) -> Line:
    """A line of rows by month and ``BY``, all of which may be told; hidden where they are too few."""
    headline: dict[tuple[int, int], int] = defaultdict(int)
    whole: dict[int, int] = defaultdict(int)
    for row, n in rows.items():
        tier, level, counts = row[-3:]
        whole[level] += n
        if counts:
            headline[tier, level] += n
    (found, tiers), every = levels_and_mix(headline), tally(whole.items())
    made = Line(key, name, found, every, tiers, returned, found.n, every.n - found.n)
    silent = replace(made, headline=Tally(), whole=Tally(), tiers=(0, 0, 0), hidden=True)
    return silent if every.n and few(found) else made


def few(found: Tally) -> bool:
    """Whether too few ratings were found for their levels to be told."""
    return found.n < LEAST


def part(key: int, name: str, place: int, rows: Rows, shown: Mapping[int, Shown], returned: int | None = None) -> Line:
    """The line of a counter, group or officer of its rows by ``BY``: how many of all, and what its months tell."""
    may_tell = {row: n for row, n in rows.items() if row[0] in shown and key in shown[row[0]][place]}
    made = line(key, name, may_tell, returned)
    whole = made.whole if made.left_out == 0 or made.left_out >= LEAST else Tally()
    counts = sum(n for row, n in rows.items() if row[-1])
    left_out = sum(rows.values()) - counts
    return replace(made, whole=whole, n=counts, left_out=left_out, hidden=made.hidden or (not may_tell and bool(rows)))


def parts(things: Sequence[Any], place: int, rows: Rows, shown: Mapping[int, Shown], returned: Rows) -> list[Line]:
    """A line for each counter or group that has ratings or is open, in their order; 0, where none is named, last."""
    of = split(rows, place)
    made = []
    for one in things:
        if one.id in of or one.closed_at is None:
            dossiers = total(n for key, n in returned.items() if key[place] == one.id)
            made.append(part(one.id, one.name, place, of.get(one.id, {}), shown, dossiers))
    return [*made, part(0, "", place, of[0], shown)] if 0 in of else made


def split(rows: Rows, place: int) -> dict[int, dict[Key, int]]:
    """The rows by ``BY`` of each counter, group or officer."""
    found: dict[int, dict[Key, int]] = defaultdict(dict)
    for key, n in rows.items():
        found[key[1 + place]][key] = n
    return dict(found)


def returned_in(session: Session, asked: Asked) -> dict[Key, int]:
    """Dossiers returned by (counter, group)."""
    query = select(DossierCount.counter_id, DossierCount.group_id, func.sum(DossierCount.returned)).where(
        DossierCount.center_id == asked.center_id, DossierCount.day >= asked.first, DossierCount.day <= asked.last
    )
    rows = session.execute(query.group_by(DossierCount.counter_id, DossierCount.group_id))
    return {(counter, group): int(n) for counter, group, n in rows}


def total(numbers: Iterable[int]) -> int | None:
    """Their sum; None for nothing, which is not known rather than none."""
    return sum(numbers) or None


def trend(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> list[Point]:
    """The headline of the whole centre in the periods up to this one; too few ratings are hidden in each."""
    points = []
    for one in period.trend():
        rows = counted(
            session, kept, replace(asked, first=one.first, last=one.told(until)), "tier", "level", "headline"
        )
        found = {(tier, level): n for (tier, level, headline), n in rows.items() if headline}
        points.append(Point(one, *levels_and_mix(found)))
    return [Point(one.period, hidden=True) if one.found.n and few(one.found) else one for one in points]


def part_trend(
    session: Session, kept: Made, asked: Asked, place: int, key: int, period: Period, until: date, *, periods: int = 0
) -> list[Point]:
    """What the months that are over tell of a counter, group or officer, in the periods up to this one."""
    trend = period.trend()[-periods:]
    months = [month for one in trend for month in one.months(until)]
    if not months:
        return [Point(one, hidden=True) for one in trend]
    span = replace(asked, first=months[0].first, last=months[-1].last)
    rows = by_month(session, kept, span, *BY)
    shown, own = shown_by_month(rows, months), split(rows, place).get(key, {})
    return [_point(key, place, one, own, shown, until) for one in trend]


def _point(key: int, place: int, period: Period, own: Rows, shown: Mapping[int, Shown], until: date) -> Point:
    months = {month_number(month) for month in period.months(until)}
    found = part(key, "", place, {row: n for row, n in own.items() if row[0] in months}, shown)
    return Point(period, found.headline, found.tiers, hidden=found.hidden or not months)
