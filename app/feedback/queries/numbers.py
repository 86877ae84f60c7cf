"""What the dashboard of a centre shows: shares with how many and how sure, tiers, reasons, the own past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import Officer, ProcedureGroup, ServiceCenter, ServiceCounter
from app.feedback.queries import lines, officer_lines
from app.feedback.queries.lines import BY, COUNTER, GROUP, OFFICER, PARTS, Line, Point
from app.feedback.queries.sums import Asked, Made, by_month, counted, made, reasons
from app.feedback.rules.periods import Period, told_until

_NAMES = {COUNTER: ServiceCounter.name, GROUP: ProcedureGroup.name, OFFICER: Officer.full_name}


@dataclass(frozen=True)
class Dashboard:
    """The figures of a page, of days up to ``until``. ``officers``: those that may be told; ``silent``: how many may
    not be; ``since``: how many ratings came after those days, of which nothing else is told yet."""

    center: ServiceCenter
    period: Period
    asked: Asked
    until: date
    total: Line
    counters: Sequence[Line] = ()
    groups: Sequence[Line] = ()
    officers: Sequence[Line] = ()
    silent: int = 0
    trend: Sequence[Point] = ()
    reasons: Sequence[tuple[str, int]] = ()
    since: int = 0

    @property
    def hidden(self) -> bool:
        """Whether the part asked for has too few ratings to be told."""
        return self.total.hidden

    @property
    def previous(self) -> Point:
        """The period before: the only thing the present one is compared with."""
        return self.trend[-2]


def dashboard(
    session: Session, center: ServiceCenter, period: Period, asked: Asked, *, today: date, officers: bool
) -> Dashboard:
    """The figures of a centre, or of one counter, group or officer of it, in a period.

    ``officers``: whether the asker may see those of single ones.
    """
    kept, until = made(session, center.id), told_until(today)
    asked = replace(asked, last=period.told(until))
    for place, name in enumerate(PARTS):
        key = getattr(asked, name)
        if key is not None:
            may = officers or place != OFFICER
            return _of_part(session, center, period, asked, kept, until, place=place, key=key, may=may)
    rows, returned = by_month(session, kept, asked, *BY), lines.returned_in(session, asked)
    shown = lines.shown_by_month(rows, period.months(until))
    told, silent = officer_lines.officers(session, rows, shown) if officers else ([], 0)
    total = lines.line(0, center.name, rows, lines.total(returned.values()))
    return Dashboard(
        center=center,
        period=period,
        asked=asked,
        until=until,
        total=total,
        counters=lines.parts(_things(session, center, ServiceCounter), COUNTER, rows, shown, returned),
        groups=lines.parts(_things(session, center, ProcedureGroup), GROUP, rows, shown, returned),
        officers=told,
        silent=silent,
        trend=lines.trend(session, kept, asked, period, until),
        reasons=[] if total.hidden else reasons(session, kept, asked).most_common(),
        since=_since(session, kept, asked, period, until),
    )


def _things(session: Session, center: ServiceCenter, table: type[ServiceCounter | ProcedureGroup]) -> Sequence[object]:
    return session.scalars(select(table).where(table.center_id == center.id).order_by(table.position, table.id)).all()


def _since(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> int:
    """How many ratings of the centre or part came in the period after the days that are told."""
    after = replace(asked, first=max(asked.first, until + timedelta(days=1)), last=period.last)
    return sum(counted(session, kept, after, "headline").values())


def _of_part(
    session: Session,
    center: ServiceCenter,
    period: Period,
    asked: Asked,
    kept: Made,
    until: date,
    *,
    place: int,
    key: int,
    may: bool,
) -> Dashboard:
    """One counter, group or officer in this period and those before; of an officer in the one before alone."""
    whole = Asked(center.id, asked.first, asked.last)
    if not may:
        points = [Point(one, hidden=True) for one in (period.previous, period)]
        return Dashboard(center, period, asked, until, Line(key, "", hidden=True), trend=points)
    rows = by_month(session, kept, whole, *BY)
    shown, own = lines.shown_by_month(rows, period.months(until)), lines.split(rows, place).get(key, {})
    if place == OFFICER:
        found = officer_lines.line(session.get_one(Officer, key), own, shown)
        points = lines.part_trend(session, kept, whole, place, key, period, until, periods=2)
        points = [replace(one, hidden=not one.found.n) for one in points]
        return Dashboard(center, period, asked, until, found, trend=points)
    returned = lines.returned_in(session, whole)
    dossiers = lines.total(n for cell, n in returned.items() if cell[place] == key)
    return Dashboard(
        center,
        period,
        asked,
        until,
        lines.part(key, _name(session, center, place, key) or "", place, own, shown, dossiers),
        trend=lines.part_trend(session, kept, whole, place, key, period, until),
        since=_since(session, kept, asked, period, until),
    )


def known(session: Session, center: ServiceCenter, part: Mapping[str, int]) -> bool:
    """Whether the centre has the counter, group or officer, by the name of its column."""
    return all(_name(session, center, PARTS.index(column), key) is not None for column, key in part.items())


def _name(session: Session, center: ServiceCenter, place: int, key: int) -> str | None:
    table = _NAMES[place].class_
    return session.scalar(select(_NAMES[place]).where(table.id == key, table.center_id == center.id))


def recent_public(
    session: Session, center: ServiceCenter, until: date, weeks: int, months: Sequence[Period]
) -> tuple[Line, list[Line]]:
    """The centre over the last weeks, and its counters over months that are over, for the public board."""
    kept = made(session, center.id)
    asked = Asked(center.id, until - timedelta(days=7 * weeks - 1), until)
    rows, returned = by_month(session, kept, asked, *BY), lines.returned_in(session, asked)
    total = lines.line(0, center.name, rows, lines.total(returned.values()))
    asked = replace(asked, first=months[0].first, last=months[-1].last)
    rows = by_month(session, kept, asked, *BY)
    shown = lines.shown_by_month(rows, months)
    return total, lines.parts(_things(session, center, ServiceCounter), COUNTER, rows, shown, {})


__all__ = ["Asked", "Dashboard", "Line", "Point", "dashboard", "recent_public"]
