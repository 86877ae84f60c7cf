"""What an import changes of a household, as plain values: taken before and after, and put back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.households.models import Household, Representative
from app.lib.text import fold

# Databases limit how many values one statement may carry.
CHUNK = 5_000
SEARCH_MAX = 700

State = dict[str, Any]


def search_text(number: str, address: str, cluster: str) -> str:
    """What a household is found by."""
    return fold(f"{number} {address} {cluster}")[:SEARCH_MAX]


def state_of(home: Household, active: Representative | None) -> State:
    """A household as it is now, with whoever represents it."""
    return {
        "number": home.number,
        "address": home.address,
        "cluster": home.cluster,
        "full_name": active.full_name if active else None,
        "phone": active.phone if active else None,
        "ended": home.ended_at is not None,
        "representative": active.id if active else None,
    }


def load(session: Session, keys: Iterable[int]) -> dict[int, tuple[Household, Representative | None]]:
    """Households by id, read anew, each with its active representative."""
    wanted = list(keys)
    homes: dict[int, Household] = {}
    people: dict[int, Representative] = {}
    for some in chunks(wanted):
        query = select(Household).where(Household.id.in_(some)).execution_options(populate_existing=True)
        homes |= {home.id: home for home in session.scalars(query)}
        active = select(Representative).where(Representative.household_id.in_(some), Representative.until.is_(None))
        found = session.scalars(active.execution_options(populate_existing=True))
        people |= {person.household_id: person for person in found}
    return {key: (homes[key], people.get(key)) for key in wanted}


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """The keys in portions that one statement can carry."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def end(home: Household, at: datetime, reason: str) -> None:
    """Take a household off the roll."""
    home.ended_at, home.end_reason = at, reason


def assign(session: Session, wanted: Mapping[int, tuple[Household, State]], *, revive: bool = False) -> None:
    """Give households number, address and cluster; with ``revive`` also their place on the roll.

    Two may exchange their numbers: each lets go of its own before any takes another's.
    """
    for home, values in wanted.values():
        if home.number != values["number"]:
            home.number = f"~{home.id}"
    session.flush()
    for home, values in wanted.values():
        home.number, home.address, home.cluster = values["number"], values["address"], values["cluster"]
        home.search = search_text(home.number, home.address, home.cluster)
        if revive:
            home.ended_at, home.end_reason = None, ""
    session.flush()
