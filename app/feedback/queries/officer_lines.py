"""Figures of single officers: never of fewer than ten ratings, and never so that those of another can be worked out.

Leaders and overseers are told of months that are over; a quarter or a year is what its months told, so that nothing is
left when one is taken from the other. An officer is told of own weeks that are over (Law Đ34, secrecy of who rated).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import Officer
from app.feedback.queries.lines import Line, Point, Rows, levels_and_mix
from app.feedback.queries.sums import Asked, Made, counted, made
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.shares import told

OWN_WEEKS = 12
_BY = ("officer_id", "tier", "level", "headline")
# What may be told of an officer: how many ratings of each (tier, level); none at all of who may not be told.
Told = Counter[tuple[int, int]]


def of_period(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> dict[int, Told]:
    """What the months over by ``until`` tell of each officer who was rated."""
    months = period.months(until)
    if not months:
        return {}
    span = replace(asked, first=months[0].first, last=months[-1].last, officer_id=None)
    rows = counted(session, kept, span, "month", *_BY)
    found: dict[int, Told] = defaultdict(Counter)
    for month in months:
        for officer, of_month in told_of(_of_month(rows, month.first.year * 100 + month.first.month)).items():
            found[officer].update(of_month)
    return found


def _of_month(rows: Rows, month: int) -> Rows:
    """The rows of a month, by ``_BY``."""
    return {tuple(key): n for (of, *key), n in rows.items() if of == month}


def told_of(rows: Rows) -> dict[int, Told]:
    """What may be told of each officer who was rated, of rows by ``_BY``."""
    of: dict[int, Told] = defaultdict(Counter)
    for (officer, tier, level, headline), n in rows.items():
        if headline:
            of[officer][tier, level] += n
    # Ratings of nobody are told nowhere as such: they too hide what is left over.
    shown = told({officer: found.total() for officer, found in of.items()}, silent=0)
    return {officer: found if officer in shown else Counter() for officer, found in of.items()}


def line(officer: Officer, of: Told) -> Line:
    """The line of an officer; hidden where nothing may be told."""
    found, tiers = levels_and_mix(of)
    return Line(officer.id, officer.full_name, found, found, tiers, n=found.n, hidden=not found.n)


def officers(session: Session, of: dict[int, Told]) -> tuple[list[Line], int]:
    """Lines of officers by name, never by how well they do, and how many others there are."""
    query = select(Officer).where(Officer.id.in_(of)).order_by(Officer.sort_key, Officer.id)
    found = session.scalars(query).all() if of else []
    lines = [line(one, of[one.id]) for one in found if of[one.id]]
    return lines, len(found) - len(lines)


def points(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> list[Point]:
    """An officer in this period and the one before; nothing where too few would be told."""
    officer = asked.officer_id or 0
    both = (period.previous, period)
    return [_point(one, of_period(session, kept, asked, one, until).get(officer, Counter())) for one in both]


def _point(period: Period, of: Told) -> Point:
    return Point(period, *levels_and_mix(of), hidden=not of)


def own_weeks(session: Session, officer: Officer, today: date) -> Sequence[Point]:
    """The finished weeks of an officer, the newest first; a week with too few ratings tells nothing."""
    week = period_of("week", today).previous
    kept, found = made(session, officer.center_id), []
    for _ in range(OWN_WEEKS):
        asked = Asked(officer.center_id, week.first, week.last)
        found.append(_point(week, told_of(counted(session, kept, asked, *_BY)).get(officer.id, Counter())))
        week = week.previous
    return found
