"""Addresses of points, and where points are missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Longer addresses make a larger code, which older phones read badly from a distance.
LONGEST_ADDRESS = 40
CODE_LENGTH = 6


@dataclass(frozen=True)
class Place:
    """Where a point can stand: the whole centre, a counter, or a group of procedures at a counter."""

    counter_id: int | None = None
    group_id: int | None = None

    @property
    def key(self) -> str:
        """The place as forms name it: "0-0", "3-0", "3-7"."""
        return f"{self.counter_id or 0}-{self.group_id or 0}"


def places(counters: Iterable[int], handled: Mapping[int, Sequence[int]]) -> list[Place]:
    """Every place of a centre in the order of its counters: the centre, each counter, each of a counter's groups."""
    found = [Place()]
    for counter_id in counters:
        found.append(Place(counter_id))
        found += [Place(counter_id, group_id) for group_id in handled.get(counter_id, ())]
    return found


def address(base_url: str, code: str) -> str:
    """The address a printed code stands for."""
    return f"{base_url.rstrip('/')}/r/{code}"


def typed_address(base_url: str, code: str) -> str:
    """The address as people type it: without the scheme."""
    return address(base_url, code).partition("://")[2]


def is_short(base_url: str) -> bool:
    """Whether addresses of points stay within 40 characters."""
    return len(address(base_url, "0" * CODE_LENGTH)) <= LONGEST_ADDRESS
