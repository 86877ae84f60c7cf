"""What the dashboard of a centre shows: shares with how many and how sure, tiers, reasons, the own past."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.feedback.models import Officer, ServiceCenter
from app.feedback.queries import lines, officer_lines
from app.feedback.queries.lines import BY, COUNTER, GROUP, Line, Point, Rows, shown_of
from app.feedback.queries.sums import Asked, Made, counted, made, reasons
from app.feedback.rules.periods import Period, told_until


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
    """The figures of a centre in a period; ``officers``: whether the asker may see those of single ones."""
    kept, until = made(session, center.id), told_until(today)
    whole, asked = asked, replace(asked, last=period.told(until))
    if asked.officer_id is not None:
        return _of_officer(session, center, period, asked, kept, until, may=officers)
    rows, returned = counted(session, kept, asked, *BY), lines.returned_in(session, asked)
    shown = _shown(session, kept, asked, rows)
    total = lines.line(0, center.name, rows.items(), lines.total(returned.values()))
    total = total if shown.tells(asked) or not total.n else total.silent()
    of = officer_lines.of_period(session, kept, asked, period, until) if officers and _whole(asked) else {}
    told, silent = officer_lines.officers(session, of)
    return Dashboard(
        center=center,
        period=period,
        asked=asked,
        until=until,
        total=total,
        counters=lines.lines(session, asked, COUNTER, rows, returned, shown.beside(asked, COUNTER)),
        groups=lines.lines(session, asked, GROUP, rows, returned, shown.beside(asked, GROUP)),
        officers=told,
        silent=silent,
        trend=lines.trend(session, kept, asked, period, until),
        reasons=[] if total.hidden else reasons(session, kept, asked).most_common(),
        since=_since(session, kept, whole, until),
    )


def _whole(asked: Asked) -> bool:
    """Officers are told of the whole centre alone: figures of parts would let small numbers be worked out."""
    return asked.counter_id is None and asked.group_id is None


def _shown(session: Session, kept: Made, asked: Asked, rows: Rows) -> lines.Shown:
    """What may be told; of the whole centre the rows at hand know it."""
    if not _whole(asked):
        return lines.shown_in(session, kept, asked)
    cells: Counter[Any] = Counter()
    for (counter, group, _tier, _level, headline), n in rows.items():
        cells[counter, group] += n if headline else 0
    return shown_of(+cells)


def _since(session: Session, kept: Made, asked: Asked, until: date) -> int:
    """How many ratings of the part came in the period after the days that are told."""
    after = replace(asked, first=max(asked.first, until + timedelta(days=1)))
    return sum(counted(session, kept, after, "headline").values())


def _of_officer(
    session: Session, center: ServiceCenter, period: Period, asked: Asked, kept: Made, until: date, *, may: bool
) -> Dashboard:
    """One officer in this period and the one before."""
    officer = session.get_one(Officer, asked.officer_id)
    if may:
        points = officer_lines.points(session, kept, asked, period, until)
    else:
        points = [Point(one, hidden=True) for one in (period.previous, period)]
    now, name = points[-1], officer.full_name if may else ""
    total = Line(officer.id, name, now.found, now.found, now.tiers, n=now.found.n, hidden=now.hidden)
    return Dashboard(center, period, asked, until, total, trend=points)


def recent_public(session: Session, center: ServiceCenter, until: date, days: int) -> tuple[Line, list[Line]]:
    """The centre and its counters over the last days, for the public board."""
    asked = Asked(center.id, until - timedelta(days=days - 1), until)
    kept = made(session, center.id)
    rows, returned = counted(session, kept, asked, *BY), lines.returned_in(session, asked)
    shown = _shown(session, kept, asked, rows)
    total = lines.line(0, center.name, rows.items(), lines.total(returned.values()))
    return total, lines.lines(session, asked, COUNTER, rows, returned, shown.parts[COUNTER])


__all__ = ["Asked", "Dashboard", "Line", "Point", "dashboard", "recent_public"]
