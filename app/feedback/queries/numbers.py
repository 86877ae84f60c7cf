"""What the dashboard of a centre shows: shares with how many and how sure, tiers, reasons, the own past."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.feedback.models import DossierCount, Officer, ProcedureGroup, ServiceCenter, ServiceCounter
from app.feedback.queries.sums import Asked, Made, counted, made, reasons
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.shares import Tally, tally, told

OWN_WEEKS = 12
_BY = ("counter_id", "group_id", "tier", "level", "headline")
Rows = Mapping[tuple[Any, ...], int]


@dataclass(frozen=True)
class Line:
    """Figures of one thing: ``headline`` without what is held or excluded, ``whole`` with it; ``tiers`` 0, 1, 2 of
    the headline; ``returned``: dossiers returned meanwhile, None where nobody told."""

    key: int
    name: str
    headline: Tally = field(default_factory=Tally)
    whole: Tally = field(default_factory=Tally)
    tiers: tuple[int, int, int] = (0, 0, 0)
    returned: int | None = None

    @property
    def left_out(self) -> int:
        """How many a rule holds or a reviewer excluded."""
        return self.whole.n - self.headline.n

    @property
    def response(self) -> float | None:
        """Ratings of the whole for each dossier returned; above 1 where people rate more than what was returned."""
        return self.whole.n / self.returned if self.returned else None


@dataclass(frozen=True)
class Point:
    """One period of a trend; ``hidden``: too few of an officer's ratings to be told."""

    period: Period
    found: Tally
    hidden: bool = False


@dataclass(frozen=True)
class Dashboard:
    """The figures of a page. ``officers``: those that may be told; ``silent``: how many may not be."""

    center: ServiceCenter
    period: Period
    asked: Asked
    total: Line
    counters: Sequence[Line] = ()
    groups: Sequence[Line] = ()
    officers: Sequence[Line] = ()
    silent: int = 0
    trend: Sequence[Point] = ()
    reasons: Sequence[tuple[str, int]] = ()
    hidden: bool = False

    @property
    def previous(self) -> Point:
        """The period before: the only thing the present one is compared with."""
        return self.trend[-2]


def dashboard(session: Session, center: ServiceCenter, period: Period, asked: Asked, *, officers: bool) -> Dashboard:
    """The figures of a centre in a period; ``officers``: whether the asker may see those of single ones."""
    kept = made(session, center.id)
    if asked.officer_id is not None:
        return _of_officer(session, center, period, asked, kept) if officers else _closed(center, period, asked)
    # One look at the rows tells of counters, groups and officers alike.
    finest = counted(session, kept, asked, "officer_id", *_BY)
    rows, returned = _dropped(finest), _returned(session, asked)
    shown, silent = _officers(session, finest) if officers and _whole(asked) else ((), 0)
    return Dashboard(
        center=center,
        period=period,
        asked=asked,
        total=_line(0, center.name, rows.items(), _sum(returned.values())),
        counters=_lines(session, ServiceCounter, center.id, rows, 0, returned),
        groups=_lines(session, ProcedureGroup, center.id, rows, 1, returned),
        officers=shown,
        silent=silent,
        trend=_trend(session, kept, asked, period),
        reasons=reasons(session, kept, asked).most_common(),
    )


def _whole(asked: Asked) -> bool:
    """Officers are told of the whole centre alone: figures of parts would let small numbers be worked out."""
    return asked.counter_id is None and asked.group_id is None


def _closed(center: ServiceCenter, period: Period, asked: Asked) -> Dashboard:
    empty = [Point(one, Tally(), hidden=True) for one in (period.previous, period)]
    return Dashboard(center, period, asked, Line(0, ""), trend=empty, hidden=True)


def _of_officer(session: Session, center: ServiceCenter, period: Period, asked: Asked, kept: Made) -> Dashboard:
    """One officer in this period and the one before; nothing where too few would be told."""
    officer = session.get_one(Officer, asked.officer_id)
    centre = Asked(center.id, period.first, period.last)
    points = []
    for one in (period.previous, period):
        of, shown = _by_officer(session, kept, replace(centre, first=one.first, last=one.last))
        found = of.get(officer.id, Tally()) if officer.id in shown else Tally()
        points.append(Point(one, found, hidden=officer.id not in shown))
    if points[-1].hidden:
        return replace(_closed(center, period, asked), total=Line(officer.id, officer.full_name), trend=points)
    rows = counted(session, kept, asked, *_BY)
    line = replace(_line(officer.id, officer.full_name, rows.items(), None), whole=points[-1].found)
    return Dashboard(center, period, asked, line, trend=points)


def _dropped(rows: Rows) -> Rows:
    """The same without the first part of the key."""
    found: Counter[tuple[Any, ...]] = Counter()
    for key, n in rows.items():
        found[key[1:]] += n
    return found


def _by_officer(session: Session, kept: Made, asked: Asked) -> tuple[dict[int, Tally], set[int]]:
    return _tallies(counted(session, kept, asked, "officer_id", "level", "headline"))


def _tallies(rows: Rows) -> tuple[dict[int, Tally], set[int]]:
    """Tallies of the headline by officer, of rows by (officer, …, level, headline), and who of them may be told."""
    of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (officer, *_between, level, headline), n in rows.items():
        if headline:
            of[officer].append((level, n))
    tallies = {officer: tally(counts) for officer, counts in of.items()}
    # Ratings of nobody are told nowhere as such: they too hide what is left over.
    return tallies, told({officer: one.n for officer, one in tallies.items()}, silent=0)


def _officers(session: Session, rows: Rows) -> tuple[list[Line], int]:
    """Lines of officers by name, never by how well they do, and how many others there are."""
    of, shown = _tallies(rows)
    query = select(Officer).where(Officer.id.in_(of)).order_by(Officer.sort_key, Officer.id)
    found = session.scalars(query).all() if of else []
    lines = [Line(one.id, one.full_name, of[one.id]) for one in found if one.id in shown]
    return lines, len(found) - len(lines)


def _line(key: int, name: str, rows: Iterable[tuple[tuple[Any, ...], int]], returned: int | None) -> Line:
    headline: list[tuple[int, int]] = []
    whole: list[tuple[int, int]] = []
    tiers = [0, 0, 0]
    for (_counter, _group, tier, level, counts), n in rows:
        whole.append((level, n))
        if counts:
            headline.append((level, n))
            tiers[tier] += n
    return Line(key, name, tally(headline), tally(whole), (tiers[0], tiers[1], tiers[2]), returned)


def _lines(session: Session, table: Any, center_id: int, rows: Rows, place: int, returned: Rows) -> list[Line]:
    """A line for each counter or group that has ratings or is open, in their order; 0, where none is named, last."""
    found = session.scalars(select(table).where(table.center_id == center_id).order_by(table.position, table.id))
    parts: dict[int, list[tuple[tuple[Any, ...], int]]] = defaultdict(list)
    for key, n in rows.items():
        parts[key[place]].append((key, n))
    lines = []
    for one in found:
        if one.id in parts or one.closed_at is None:
            dossiers = _sum(n for key, n in returned.items() if key[place] == one.id)
            lines.append(_line(one.id, one.name, parts.get(one.id, ()), dossiers))
    return [*lines, _line(0, "", parts[0], None)] if 0 in parts else lines


def _returned(session: Session, asked: Asked) -> dict[tuple[Any, ...], int]:
    """Dossiers returned by (counter, group)."""
    query = select(DossierCount.counter_id, DossierCount.group_id, func.sum(DossierCount.returned)).where(
        DossierCount.center_id == asked.center_id, DossierCount.day >= asked.first, DossierCount.day <= asked.last
    )
    for name in ("counter_id", "group_id"):
        if getattr(asked, name):
            query = query.where(getattr(DossierCount, name) == getattr(asked, name))
    rows = session.execute(query.group_by(DossierCount.counter_id, DossierCount.group_id))
    return {(counter, group): int(n) for counter, group, n in rows}


def _sum(numbers: Iterable[int]) -> int | None:
    return sum(numbers) or None


def _trend(session: Session, kept: Made, asked: Asked, period: Period) -> list[Point]:
    periods = period.trend()
    rows = counted(session, kept, asked.since(periods[0].first), "day", "level", "headline")
    return [Point(one, found) for one, found in zip(periods, _split(rows, periods), strict=True)]


def _split(rows: Rows, periods: Sequence[Period]) -> list[Tally]:
    """Tallies of the headline by period, of rows by (day, level, headline)."""
    of: dict[date, list[tuple[int, int]]] = defaultdict(list)
    days: dict[date, date] = {}
    for (day, level, headline), n in rows.items():
        if headline:
            if day not in days:
                days[day] = period_of(periods[0].kind, day).first
            of[days[day]].append((level, n))
    return [tally(of[one.first]) for one in periods]


def own_weeks(session: Session, officer: Officer, today: date) -> list[Point]:
    """The finished weeks of an officer, the newest first; a week with too few ratings tells nothing."""
    week = period_of("week", today).previous
    kept, points = made(session, officer.center_id), []
    for _ in range(OWN_WEEKS):
        of, shown = _by_officer(session, kept, Asked(officer.center_id, week.first, week.last))
        hidden = officer.id not in shown
        points.append(Point(week, Tally() if hidden else of[officer.id], hidden))
        week = week.previous
    return points


def recent_public(session: Session, center: ServiceCenter, today: date, days: int) -> tuple[Line, list[Line]]:
    """The centre and its counters over the last days, for the public board."""
    asked = Asked(center.id, today - timedelta(days=days - 1), today)
    rows, returned = counted(session, made(session, center.id), asked, *_BY), _returned(session, asked)
    total = _line(0, center.name, rows.items(), _sum(returned.values()))
    return total, _lines(session, ServiceCounter, center.id, rows, 0, returned)


__all__ = ["Asked", "Dashboard", "Line", "Point", "dashboard", "own_weeks", "recent_public"]
