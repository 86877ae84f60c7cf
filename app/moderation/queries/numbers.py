"""What the public learns of moderation at a place: how much was hidden, for what reasons, how long it took."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.clock import VIETNAM
from app.core.scope import within
from app.moderation.models import Appeal, ModerationItem
from app.moderation.rules import reasons
from app.moderation.rules.disclosure import LEAST, grouped, small
from app.moderation.rules.visibility import visible

Item = ModerationItem


@dataclass(frozen=True)
class Numbers:
    """Numbers of one year; None stands for one to four, which could point at one author.

    ``reasons``: (label, count) largest first; ``other_reasons`` all those too rare to be named. ``median_minutes`` and
    ``late`` speak of first decisions, and are None while there are fewer than five.
    """

    received: int | None
    shown: int
    waiting: int
    hidden: int | None
    covered: int | None
    reasons: Sequence[tuple[str, int]]
    other_reasons: int
    median_minutes: int | None
    decided: int | None
    late: int | None
    appeals: int | None
    upheld: int | None


def numbers(session: Session, path: str, year: int) -> Numbers:
    """The numbers of texts that came in that year at the place and below."""
    here = _here(path, year)
    covered = Item.shown_text.is_not(None)
    query = select(Item.status, Item.mode, Item.reason_key, covered, func.count()).where(*here)
    rows = session.execute(query.group_by(Item.status, Item.mode, Item.reason_key, covered)).all()
    shown = _sum(rows, lambda row: visible(row[1], row[0]))
    hidden = _sum(rows, lambda row: row[0] in ("rejected", "referred"))
    why: Counter[str] = Counter()
    for status, _mode, key, _covered, count in rows:
        if status in ("rejected", "referred"):
            why[reasons.label_of(key)] += count
    named, others = grouped(why) if not small(hidden) else ([], 0)
    made, upheld = _appeals(session, here)
    median, decided, late = _times(session, here)
    return Numbers(
        # With what is shown and what waits, the whole would tell the number that is left out.
        received=None if small(hidden) else _sum(rows, lambda row: True),
        shown=shown,
        waiting=_sum(rows, lambda row: row[0] == "pending" and row[1] == "before"),
        hidden=_told(hidden),
        covered=_told(_sum(rows, lambda row: row[0] == "approved" and bool(row[3]))),
        reasons=named,
        other_reasons=others,
        median_minutes=median,
        decided=decided,
        late=late,
        appeals=_told(made),
        # Of few, how many were agreed with is as telling as their number.
        upheld=None if small(made) else _told(upheld),
    )


def _sum(rows: Sequence[Any], wanted: Any) -> int:
    return sum(row[4] for row in rows if wanted(row))


def _told(count: int) -> int | None:
    return None if small(count) else count


def _here(path: str, year: int) -> tuple[ColumnElement[bool], ...]:
    first, last = (datetime(one, 1, 1, tzinfo=VIETNAM) for one in (year, year + 1))
    return within(Item.path, [path]), Item.submitted_at >= first, Item.submitted_at < last


def _appeals(session: Session, here: tuple[ColumnElement[bool], ...]) -> tuple[int, int]:
    query = select(Appeal.outcome, func.count()).join(Item, Item.id == Appeal.item_id).where(*here)
    found: dict[str | None, int] = {row[0]: row[1] for row in session.execute(query.group_by(Appeal.outcome))}
    return sum(found.values()), found.get("upheld", 0)


def _times(session: Session, here: tuple[ColumnElement[bool], ...]) -> tuple[int | None, int | None, int | None]:
    taken = (*here, Item.minutes_taken.is_not(None))
    late = func.count().filter(Item.late)
    row = session.execute(select(func.count(), late).where(*taken)).one()
    count, after_the_day = row
    if count < LEAST:
        return None, None, None
    middle = select(Item.minutes_taken).where(*taken).order_by(Item.minutes_taken).offset((count - 1) // 2).limit(1)
    return session.scalar(middle), count, after_the_day
