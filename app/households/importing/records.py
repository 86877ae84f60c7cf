"""The plain values an import hands from step to step."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

NAME_MAX = 100
ADDRESS_MAX = 300
NUMBER_MAX = 30
PLACE_MAX = 100
"""Longest name, address, household number, and cluster or area name kept, in characters."""

REQUIRED = ("full_name", "address")
"""Fields without which a table is no roll."""


def _places(value: Any) -> tuple[int, ...]:
    return tuple(int(place) for place in value or ())


@dataclass(frozen=True)
class Columns:
    """Which column (from 0) holds what. A name or an address may lie in several, joined in order.

    ``number`` is a household's own code; ``serial`` (STT) merely counts rows, changes with every file and never
    identifies a household. ``first_row`` is the file row below the headings. ``area_kind`` and ``cluster_kind``
    ("Khu phố", "Tổ") are put before cells that hold a bare number.
    """

    full_name: tuple[int, ...] = ()
    address: tuple[int, ...] = ()
    number: int | None = None
    serial: int | None = None
    phone: int | None = None
    cluster: int | None = None
    area_name: int | None = None
    area_kind: str = ""
    cluster_kind: str = ""
    first_row: int = 1

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that have no column."""
        return tuple(name for name in REQUIRED if not getattr(self, name))

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can carry."""
        return {
            field.name: list(value) if isinstance(value := getattr(self, field.name), tuple) else value
            for field in fields(self)
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Columns":
        """Return the columns ``as_dict`` was made of. Raises ValueError or TypeError for other shapes."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        for name in REQUIRED:
            known[name] = _places(known.get(name))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class ParsedHousehold:
    """One household as read. ``row`` is the file's row; "" stands for what the file does not say."""

    row: int
    number: str
    full_name: str
    address: str
    phone: str | None
    cluster: str
    area_name: str
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What must be mended in one cell. ``detail`` is the other row, the old encoding, the characters or the limit."""

    row: int
    field: str
    problem: str
    value: str
    detail: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class ParsedRoll:
    """A file as read: ``households`` may be imported, ``faulty`` ones may not until their ``faults`` are mended."""

    households: tuple[ParsedHousehold, ...]
    faulty: tuple[ParsedHousehold, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class PresentHousehold:
    """A household of the present roll. ``area`` is whatever ``compare``'s ``area_of`` gives for the incoming."""

    id: int
    area: str
    number: str
    full_name: str
    address: str
    phone: str | None = None
    cluster: str = ""
