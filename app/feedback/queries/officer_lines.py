"""Figures of single officers: never of fewer than ten ratings, and never so that those of another can be worked out.

Leaders and overseers are told of months that are over, as of counters; an officer is told of own weeks that are over
(Law Đ34, secrecy of who rated).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import Officer
from app.feedback.queries.lines import OFFICER, Line, Point, Rows, Shown, levels_and_mix, part, split
from app.feedback.queries.sums import Asked, counted, made
from app.feedback.rules.periods import period_of
from app.feedback.rules.shares import told

OWN_WEEKS = 12


def officers(session: Session, rows: Rows, shown: Mapping[int, Shown]) -> tuple[list[Line], int]:
    """Lines of officers by name, never by how well they do, and how many others were rated in months that are over."""
    of = split({row: n for row, n in rows.items() if row[0] in shown and row[-1]}, OFFICER)
    rated = [key for key in of if key]
    query = select(Officer).where(Officer.id.in_(rated)).order_by(Officer.sort_key, Officer.id)
    found = session.scalars(query).all() if rated else []
    lines = [line(one, of[one.id], shown) for one in found]
    told_of = [one for one in lines if not one.hidden]
    return told_of, len(lines) - len(told_of)


def line(officer: Officer, rows: Rows, shown: Mapping[int, Shown]) -> Line:
    """What months that are over tell of an officer; of those that do not, not even how many rated."""
    may_tell = {row: n for row, n in rows.items() if row[0] in shown}
    found = part(officer.id, officer.full_name, OFFICER, may_tell, shown)
    return replace(found, n=found.headline.n, left_out=0, hidden=not found.headline.n)


def own_weeks(session: Session, officer: Officer, today: date) -> Sequence[Point]:
    """The finished weeks of an officer, the newest first; a week with too few ratings tells nothing."""
    week = period_of("week", today).previous
    kept, found = made(session, officer.center_id), []
    for _ in range(OWN_WEEKS):
        asked = Asked(officer.center_id, week.first, week.last)
        of: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
        for (who, tier, level, headline), n in counted(
            session, kept, asked, "officer_id", "tier", "level", "headline"
        ).items():
            of[who][tier, level] += n if headline else 0
        may_tell = officer.id in told({who: counts.total() for who, counts in of.items()}, silent=0)
        found.append(Point(week, *levels_and_mix(of[officer.id] if may_tell else {}), hidden=not may_tell))
        week = week.previous
    return found
