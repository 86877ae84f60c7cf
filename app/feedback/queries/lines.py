"""Lines of figures: of a centre, its counters and its groups, and which of them may be told.

With the roster at hand a counter's few ratings would speak of one officer, and a group's of few people: what is below
``LEAST``, or would be worked out from what is told, shows how many ratings there are and not what they chose.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.feedback.models import DossierCount, ProcedureGroup, ServiceCounter
from app.feedback.queries.sums import Asked, Made, counted
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.shares import LEAST, Tally, tally, told, told_cells

BY = ("counter_id", "group_id", "tier", "level", "headline")
Key = tuple[Any, ...]
Rows = Mapping[Key, int]
Mix = tuple[int, int, int]
COUNTER, GROUP = 0, 1
PLACES: dict[str, int] = {"counter_id": COUNTER, "group_id": GROUP}
_TABLES: tuple[Any, Any] = (ServiceCounter, ProcedureGroup)


@dataclass(frozen=True)
class Line:
    """Figures of one thing: ``headline`` without what is held or excluded, ``whole`` with it; ``tiers`` 0, 1, 2 of
    the headline; ``returned``: dossiers returned meanwhile, None where nobody told. Of a ``hidden`` line only ``n``
    and ``left_out`` are told: how many ratings the headline has, and how many it leaves out."""

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

    def silent(self) -> "Line":
        """The line without what people chose."""
        return replace(self, headline=Tally(), whole=Tally(), tiers=(0, 0, 0), hidden=True)


@dataclass(frozen=True)
class Point:
    """One period of a trend; ``tiers`` 0, 1, 2 of what was found; ``hidden``: its ratings are too few to be told."""

    period: Period
    found: Tally = field(default_factory=Tally)
    tiers: Mix = (0, 0, 0)
    hidden: bool = False


@dataclass(frozen=True)
class Shown:
    """What may be told of a span: counters, groups, and the ratings of a group at a counter."""

    parts: tuple[set[int], set[int]]
    cells: set[tuple[int, int]]

    def tells(self, asked: Asked) -> bool:
        """Whether the part asked for may be told; the whole always."""
        key = asked.counter_id, asked.group_id
        if key[COUNTER] is not None and key[GROUP] is not None:
            return key in self.cells
        return all(part is None or part in self.parts[place] for place, part in enumerate(key))

    def beside(self, asked: Asked, place: int) -> set[int]:
        """Which counters (groups) may be told on the page of the part asked for."""
        other = (asked.counter_id, asked.group_id)[1 - place]
        if other is None:
            return self.parts[place]
        return {cell[place] for cell in self.cells if cell[1 - place] == other}


def shown_of(cells: Mapping[tuple[int, int], int]) -> Shown:
    """What may be told, by how many ratings of the headline each group has at each counter."""
    sums: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for cell, n in cells.items():
        for place in (COUNTER, GROUP):
            sums[place][cell[place]] += n
    return Shown((told(sums[COUNTER]), told(sums[GROUP])), told_cells(cells))


def shown_in(session: Session, kept: Made, asked: Asked) -> Shown:
    """What may be told of the days asked for, whatever part of the centre is asked for."""
    whole = replace(asked, counter_id=None, group_id=None)
    rows = counted(session, kept, whole, "counter_id", "group_id", "headline")
    return shown_of({(counter, group): n for (counter, group, headline), n in rows.items() if headline})


def levels_and_mix(counts: Mapping[tuple[int, int], int]) -> tuple[Tally, Mix]:
    """Levels and tiers of counts by (tier, level)."""
    tiers = [0, 0, 0]
    for (tier, _level), n in counts.items():
        tiers[tier] += n
    return tally((level, n) for (_tier, level), n in counts.items()), (tiers[0], tiers[1], tiers[2])


def line(key: int, name: str, rows: Iterable[tuple[Key, int]], returned: int | None) -> Line:
    """A line of rows by ``BY``; silent where its ratings are too few."""
    headline: Counter[tuple[int, int]] = Counter()
    whole: list[tuple[int, int]] = []
    for (_counter, _group, tier, level, counts), n in rows:
        whole.append((level, n))
        headline[tier, level] += n if counts else 0
    (found, tiers), every = levels_and_mix(headline), tally(whole)
    made = Line(key, name, found, every, tiers, returned, found.n, every.n - found.n)
    return made.silent() if every.n and found.n < LEAST else made


def lines(session: Session, asked: Asked, place: int, rows: Rows, returned: Rows, may_tell: set[int]) -> list[Line]:
    """A line for each counter or group that has ratings or is open, in their order; 0, where none is named, last."""
    table = _TABLES[place]
    found = session.scalars(select(table).where(table.center_id == asked.center_id).order_by(table.position, table.id))
    parts: dict[int, list[tuple[Key, int]]] = defaultdict(list)
    for key, n in rows.items():
        parts[key[place]].append((key, n))
    made = []
    for one in found:
        if one.id in parts or one.closed_at is None:
            dossiers = total(n for key, n in returned.items() if key[place] == one.id)
            made.append(line(one.id, one.name, parts.get(one.id, ()), dossiers))
    made += [line(0, "", parts[0], None)] if 0 in parts else []
    return [one if one.key in may_tell or one.key not in parts else one.silent() for one in made]


def returned_in(session: Session, asked: Asked) -> dict[Key, int]:
    """Dossiers returned by (counter, group)."""
    query = select(DossierCount.counter_id, DossierCount.group_id, func.sum(DossierCount.returned)).where(
        DossierCount.center_id == asked.center_id, DossierCount.day >= asked.first, DossierCount.day <= asked.last
    )
    for name in PLACES:
        if getattr(asked, name):
            query = query.where(getattr(DossierCount, name) == getattr(asked, name))
    rows = session.execute(query.group_by(DossierCount.counter_id, DossierCount.group_id))
    return {(counter, group): int(n) for counter, group, n in rows}


def total(numbers: Iterable[int]) -> int | None:
    """Their sum; None for nothing, which is not known rather than none."""
    return sum(numbers) or None


def trend(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> list[Point]:
    """The headline of the part asked for in the periods up to this one; too few ratings are hidden in each."""
    periods = period.trend()
    span = replace(asked, first=periods[0].first, last=period.told(until))
    rows = counted(session, kept, span, _unit(period), "tier", "level", "headline")
    own = _by_period(period.kind, {(at, (tier, level), headline): n for (at, tier, level, headline), n in rows.items()})
    may_tell = _may_tell(session, kept, span, periods)
    points = [Point(one, *levels_and_mix(own[one.first])) for one in periods]
    few = [one.found.n < LEAST or one.period.first not in may_tell for one in points]
    return [Point(one.period, hidden=True) if no and one.found.n else one for one, no in zip(points, few, strict=True)]


def _may_tell(session: Session, kept: Made, span: Asked, periods: Sequence[Period]) -> set[date]:
    """The first days of the periods in which the part may be told beside the others."""
    if span.counter_id is None and span.group_id is None:
        return {one.first for one in periods}
    whole = replace(span, counter_id=None, group_id=None)
    rows = counted(session, kept, whole, _unit(periods[0]), "counter_id", "group_id", "headline")
    cells = _by_period(
        periods[0].kind, {(at, (counter, group), headline): n for (at, counter, group, headline), n in rows.items()}
    )
    return {one.first for one in periods if shown_of(cells[one.first]).tells(span)}


def _unit(period: Period) -> str:
    """The finest part of time its rows need: months keep a trend of years small."""
    return "day" if period.kind == "week" else "month"


def _by_period(kind: str, rows: Rows) -> dict[date, Counter[Any]]:
    """Counts of the headline by the first day of the period, of rows by (day or month, what, headline)."""
    of: dict[date, Counter[Any]] = defaultdict(Counter)
    for (at, what, headline), n in rows.items():
        if headline:
            day = date(at // 100, at % 100, 1) if isinstance(at, int) else at
            of[period_of(kind, day).first][what] += n
    return of
