"""The present roll of an area: its households with their representatives, in the order slips are brought round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.households.models import Household, Representative, RollDecision
from app.polls.rules.roll import RollLine, delivery_key, fingerprint


@dataclass(frozen=True)
class RollRow:
    """One household of the roll as it is now."""

    household_id: int
    number: str
    representative: str
    sort_key: str
    search: str
    address: str
    cluster: str
    position: int


@dataclass(frozen=True)
class RollDifference:
    """What became of a roll since a moment, by numbers of households; ``total`` is how many there are now."""

    total: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


def present_roll(session: Session, area_id: int) -> list[RollRow]:
    """Every present household that has an active representative, in delivery order."""
    rows = session.execute(
        select(
            Household.id,
            Household.number,
            Representative.full_name,
            Representative.sort_key,
            Household.search,
            Household.address,
            Household.cluster,
            Household.position,
        )
        .join(Representative, Representative.household_id == Household.id)
        .where(Household.area_id == area_id, Household.ended_at.is_(None), Representative.until.is_(None))
    )
    return sorted(
        (RollRow(*row) for row in rows), key=lambda x: delivery_key(x.cluster, x.position, x.address, x.number)
    )


def roll_fingerprint(roll: Sequence[RollRow]) -> str:
    """SHA-256 of the roll; the order does not matter."""
    return fingerprint(RollLine(row.number, row.representative, row.address) for row in roll)


def count_households(session: Session, area_id: int) -> int:
    """All present households of the area, those without a representative too."""
    present = select(func.count()).where(Household.area_id == area_id, Household.ended_at.is_(None))
    return session.scalar(present) or 0


def last_roll_rule(session: Session, area_id: int) -> str:
    """The area's latest decision on which households count, or ""."""
    query = select(RollDecision.rule).where(RollDecision.area_id == area_id).order_by(RollDecision.id.desc())
    return session.scalar(query.limit(1)) or ""


def difference_since(session: Session, area_id: int, since: datetime) -> RollDifference:
    """Which households came, went, or changed their representative since a moment."""
    households = session.execute(
        select(Household.number, Household.started_at, Household.ended_at).where(Household.area_id == area_id)
    ).all()
    new = [x.number for x in households if x.started_at > since and x.ended_at is None]
    gone = [x.number for x in households if x.started_at <= since and x.ended_at is not None and x.ended_at > since]
    changed = session.scalars(
        select(Household.number)
        .join(Representative, Representative.household_id == Household.id)
        .where(Household.area_id == area_id, Household.ended_at.is_(None), Representative.until.is_(None))
        .where(Household.started_at <= since, Representative.since > since)
    )
    return RollDifference(
        total=count_households(session, area_id),
        new=tuple(sorted(new)),
        gone=tuple(sorted(gone)),
        changed=tuple(sorted(changed)),
    )
