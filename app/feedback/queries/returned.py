"""Dossiers returned, by day, and the names under which counters and groups are found in a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.feedback.models import DossierCount
from app.feedback.queries import places
from app.feedback.rules.minting import counter_key
from app.lib.text import fold

SHOWN_DAYS = 62


@dataclass(frozen=True)
class Day:
    """What is kept of one day, all counters together."""

    day: date
    rows: int
    returned: int
    early: int
    on_time: int
    late: int
    once: int


def known_places(session: Session, center_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """Counters by ``counter_key`` and groups by ``fold``, closed ones too: files speak of the past."""
    counters: dict[str, int] = {}
    for counter in reversed(places.counters(session, center_id, closed=True)):
        counters[counter_key(counter.name)] = counter.id
    for counter in reversed(places.counters(session, center_id, closed=True)):
        counters[counter_key(counter.number)] = counter.id
    groups = {fold(group.name): group.id for group in places.groups(session, center_id, closed=True)}
    return counters, groups


def days(session: Session, center_id: int) -> list[Day]:
    """The latest days of which figures are kept."""
    figures = (DossierCount.returned, DossierCount.early, DossierCount.on_time, DossierCount.late, DossierCount.once)
    query = select(DossierCount.day, func.count(), *(func.sum(figure) for figure in figures))
    query = query.where(DossierCount.center_id == center_id).group_by(DossierCount.day)
    found: Iterable[Any] = session.execute(query.order_by(DossierCount.day.desc()).limit(SHOWN_DAYS))
    return [Day(*row) for row in found]


def kept_rows(session: Session, center_id: int, of_days: Iterable[date]) -> dict[date, int]:
    """How many rows are kept of each of these days that has any."""
    asked = (DossierCount.center_id == center_id, DossierCount.day.in_(list(of_days)))
    query = select(DossierCount.day, func.count()).where(*asked).group_by(DossierCount.day)
    return {row[0]: row[1] for row in session.execute(query)}
