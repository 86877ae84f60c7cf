"""Reading a table by its headings: which column is which, and where something in it is at fault."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.lib.sheets import Row, Sheet
from app.lib.text import fold, squeeze

HEADINGS_WITHIN = 15
"""Among so many rows from the top the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place: ``row`` as the file or the list counts, ``column`` one of the known names or ""."""

    row: int
    column: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""


@dataclass(frozen=True, slots=True)
class Headed:
    """A table under its headings: the rows with their numbers in the file, each cell by its column's name."""

    rows: list[tuple[int, dict[str, str]]]
    missing: tuple[str, ...] = ()


def headed(sheets: Sequence[Sheet], names: Mapping[str, Iterable[str]], needed: Iterable[str]) -> Headed:
    """The first sheet that has every needed heading; without one, what is missing in the most likely sheet.

    ``names`` maps each column to the headings that mean it, as ``fold`` writes them.
    """
    wanted = tuple(needed)
    best: tuple[str, ...] = wanted
    for sheet in sheets:
        for at, (_number, cells) in enumerate(sheet.rows[:HEADINGS_WITHIN]):
            columns = _columns(cells, names)
            missing = tuple(name for name in wanted if name not in columns)
            if not missing:
                return Headed(list(_under(sheet.rows[at + 1 :], columns)))
            best = min(best, missing, key=len)
    return Headed([], best)


def _columns(cells: Sequence[str], names: Mapping[str, Iterable[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        heading = fold(squeeze(cell))
        for name, headings in names.items():
            if heading in headings and name not in found:
                found[name] = place
    return found


def _under(rows: Iterable[Row], columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in rows:
        read = {name: squeeze(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if any(read.values()):
            yield number, read
