"""Figures of single officers: never of fewer than ten ratings, and never so that those of another can be worked out.

Leaders and overseers are told of months that are over; a quarter or a year is what its months told, so that nothing is
left when one is taken from the other. An officer is told of own weeks that are over (Law Đ34, secrecy of who rated).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import Officer
from app.feedback.queries.lines import Line, Point, Rows
from app.feedback.queries.sums import Asked, Made, counted, made
from app.feedback.rules.periods import Period, period_of
from app.feedback.rules.shares import Tally, tally, told

OWN_WEEKS = 12


def of_period(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> dict[int, Tally]:
    """The headline by officer, None of those who had ratings and may not be told: what the months over by ``until``
    tell of them."""
    months = period.months(until)
    if not months:
        return {}
    span = replace(asked, first=months[0].first, last=months[-1].last, officer_id=None)
    rows = counted(session, kept, span, "month", "officer_id", "level", "headline")
    levels: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for month in months:
        number = month.first.year * 100 + month.first.month
        for officer, found in told_of(_dropped(rows, number)).items():
            levels[officer] += [(level, n) for level, n in enumerate(found.levels, start=1)]
    return {officer: tally(counts) for officer, counts in levels.items()}


def _dropped(rows: Rows, month: int) -> Rows:
    """The rows of a month, by (officer, level, headline)."""
    return {tuple(key): n for (of, *key), n in rows.items() if of == month}


def told_of(rows: Rows) -> dict[int, Tally]:
    """The headline of each officer, of rows by (officer, level, headline); an empty tally for who may not be told."""
    of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (officer, level, headline), n in rows.items():
        if headline:
            of[officer].append((level, n))
    tallies = {officer: tally(counts) for officer, counts in of.items()}
    # Ratings of nobody are told nowhere as such: they too hide what is left over.
    shown = told({officer: one.n for officer, one in tallies.items()}, silent=0)
    return {officer: one if officer in shown else Tally() for officer, one in tallies.items()}


def officers(session: Session, of: dict[int, Tally]) -> tuple[list[Line], int]:
    """Lines of officers by name, never by how well they do, and how many others there are."""
    query = select(Officer).where(Officer.id.in_(of)).order_by(Officer.sort_key, Officer.id)
    found = session.scalars(query).all() if of else []
    lines = [Line(one.id, one.full_name, of[one.id], n=of[one.id].n) for one in found if of[one.id].n]
    return lines, len(found) - len(lines)


def points(session: Session, kept: Made, asked: Asked, period: Period, until: date) -> list[Point]:
    """An officer in this period and the one before; nothing where too few would be told."""
    made_of = []
    for one in (period.previous, period):
        found = of_period(session, kept, asked, one, until).get(asked.officer_id or 0, Tally())
        made_of.append(Point(one, found, hidden=not found.n))
    return made_of


def own_weeks(session: Session, officer: Officer, today: date) -> Sequence[Point]:
    """The finished weeks of an officer, the newest first; a week with too few ratings tells nothing."""
    week = period_of("week", today).previous
    kept, found = made(session, officer.center_id), []
    for _ in range(OWN_WEEKS):
        asked = Asked(officer.center_id, week.first, week.last)
        rows: Any = counted(session, kept, asked, "officer_id", "level", "headline")
        own = told_of(rows).get(officer.id, Tally())
        found.append(Point(week, own, hidden=not own.n))
        week = week.previous
    return found
