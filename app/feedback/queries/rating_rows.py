"""Single ratings for taking along: by the day, in no order of time, without anything that tells of whom."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.feedback.models import ProcedureGroup, Rating, RatingNote, RatingReason, ServiceCounter
from app.feedback.rules.rating import UNOFFICIAL_PAYMENT

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rating as it leaves: no officer, no device, no moment; of words only what everybody may read."""

    day: date
    counter: str
    group: str
    level: int
    tier: int
    standing: str
    reasons: tuple[str, ...]
    text: str


def how_many(session: Session, center_id: int, first: date, last: date) -> int:
    """How many rows there will be."""
    asked = select(func.count()).select_from(Rating).where(*_wanted(center_id, first, last))
    return session.scalar(asked) or 0


def _wanted(center_id: int, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (Rating.center_id == center_id, Rating.day >= first, Rating.day <= last, Rating.undone_at.is_(None))


def each(session: Session, center_id: int, first: date, last: date) -> Iterator[RatingRow]:
    """The ratings of a centre from a cursor of the server's, a few thousand in memory at once.

    Within a day they stand by their random number: the order in which people came would tell who said what.
    """
    named = (ServiceCounter, ProcedureGroup)
    counters, groups = (
        dict(session.execute(select(t.id, t.name).where(t.center_id == center_id)).all()) for t in named
    )
    query = select(
        Rating.id, Rating.day, Rating.counter_id, Rating.group_id, Rating.level, Rating.tier, Rating.standing
    ).where(*_wanted(center_id, first, last))
    query = query.order_by(Rating.day, Rating.client_uuid).execution_options(yield_per=AT_ONCE)
    for part in session.execute(query).partitions():
        ids = [row.id for row in part]
        chosen, texts = _reasons(session, ids), _texts(session, ids)
        for key, day, counter, group, level, tier, standing in part:
            yield RatingRow(
                day, counters.get(counter or 0, ""), groups.get(group or 0, ""), level, tier, standing,
                tuple(chosen.get(key, ())), texts.get(key, ""),
            )  # fmt: skip


def _reasons(session: Session, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(RatingReason.rating_id, RatingReason.reason).where(RatingReason.rating_id.in_(ids))
    query = query.where(RatingReason.reason != UNOFFICIAL_PAYMENT)
    for key, reason in session.execute(query.order_by(RatingReason.reason)):
        found[key].append(reason)
    return found


def _texts(session: Session, ids: list[int]) -> dict[int, str]:
    shown = (RatingNote.rating_id.in_(ids), RatingNote.visible.is_(True), RatingNote.restricted.is_(False))
    return {
        key: text or ""
        for key, text in session.execute(select(RatingNote.rating_id, RatingNote.shown_text).where(*shown))
    }
