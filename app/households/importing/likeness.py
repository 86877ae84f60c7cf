"""Households that may be one and the same: for a person to look at, never decided here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from app.households.importing.checks import is_one_house, number_key
from app.households.importing.records import ParsedHousehold, PresentHousehold
from app.lib.text import fold

_CROWD = 3  # a telephone or house shared by more households says nothing about any two of them
_LOOK_BACK = 8  # earlier households of the same name that one is compared with
_ALIKE = 0.85
_NOISE = frozenset({"so", "nha", "sn"})
_SHORT = {"kp": "khu pho", "tdp": "to dan pho", "d": "duong", "p": "phuong", "x": "xa"}
_WORDS = re.compile(r"[a-z0-9/]+")
_DIGITS = re.compile(r"\d+")

Home = TypeVar("Home", ParsedHousehold, PresentHousehold)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Home]):
    """A household of either roll with what it is compared by, folded once."""

    home: Home
    area: str
    number: str
    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two households that may be one. ``first`` is an earlier line of the file, or a present household.

    ``reason`` is "same_phone", "like_name_and_address" or "same_address".
    """

    reason: str
    first: ParsedHousehold | PresentHousehold
    second: ParsedHousehold


AnyEntry = Entry[ParsedHousehold] | Entry[PresentHousehold]


def entry(home: Home, area: str) -> Entry[Home]:
    """Return a household with its number, name and address folded."""
    number = number_key(home.number) if home.number else ""
    return Entry(home, area, number, fold(home.full_name), fold(home.address), home.phone or "")


def _words(address: str) -> list[str]:
    words = " ".join(_SHORT.get(word, word) for word in _WORDS.findall(address)).split()
    return [word for word in words if word not in _NOISE]


def nearly_same(one: str, other: str) -> bool:
    """Tell whether two folded addresses may be one: the end left out, abbreviations, a slip of the pen.

    The first number must agree: neighbours' addresses differ in nothing else.
    """
    first, second = _words(one), _words(other)
    if first == second:
        return True
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    house = [_DIGITS.findall(" ".join(words))[:1] for words in (short, long)]
    if house[0] != house[1]:
        return False
    head = " ".join(long[: len(short)])
    return SequenceMatcher(None, " ".join(short), head).ratio() >= _ALIKE


def _of_crowds(groups: Iterable[list[AnyEntry]]) -> Iterator[tuple[AnyEntry, AnyEntry]]:
    """Yield the pairs of groups small enough to mean something."""
    for group in groups:
        if 2 <= len(group) <= _CROWD:
            yield from ((group[0], other) for other in group[1:])


def _of_namesakes(groups: Iterable[list[AnyEntry]]) -> Iterator[tuple[AnyEntry, AnyEntry]]:
    for group in groups:
        for place, second in enumerate(group):
            for first in group[max(0, place - _LOOK_BACK) : place]:
                if nearly_same(first.address, second.address):
                    yield first, second
                    break


def _grouped(entries: list[AnyEntry], kind: str) -> Iterable[list[AnyEntry]]:
    groups: dict[tuple[str, ...], list[AnyEntry]] = {}
    for one in entries:
        if kind == "phone":
            key: tuple[str, ...] = (one.phone,)
        else:
            key = (one.area, one.name if kind == "name" else " ".join(_words(one.address)))
        wanted = kind != "address" or is_one_house(one.home.address)
        if key[-1] and wanted:
            groups.setdefault(key, []).append(one)
    return groups.values()


def possible_duplicates(
    gone: list[Entry[PresentHousehold]], incoming: list[Entry[ParsedHousehold]], fresh: set[int]
) -> list[Doubt]:
    """Return pairs that may be one household, each once, in file order; time grows with the number of entries.

    Looked at are the lines of the file, and households of the present roll the file does not name. ``fresh``
    holds the rows that are new or changed: two households both known and unchanged are not doubted again.
    """
    entries: list[AnyEntry] = [*gone, *incoming]
    doubts: dict[tuple[int, int], Doubt] = {}
    for reason, pairs in (
        ("like_name_and_address", _of_namesakes(_grouped(entries, "name"))),
        ("same_phone", _of_crowds(_grouped(entries, "phone"))),
        ("same_address", _of_crowds(_grouped(entries, "address"))),
    ):
        for first, second in pairs:
            before, after = first.home, second.home
            if not isinstance(after, ParsedHousehold):
                continue
            place = before.row if isinstance(before, ParsedHousehold) else -before.id
            if {place, after.row} & fresh:
                doubts.setdefault((place, after.row), Doubt(reason, before, after))
    return sorted(doubts.values(), key=lambda doubt: doubt.second.row)
