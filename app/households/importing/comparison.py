"""What a roll read from a file would change in the present one."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.households.importing.checks import number_key
from app.households.importing.likeness import AnyEntry, Doubt, Entry, entry, possible_duplicates
from app.households.importing.records import ParsedHousehold, PresentHousehold
from app.lib.text import fold, spelling_key

__all__ = ["Change", "Doubt", "Pair", "PresentHousehold", "RollComparison", "compare"]

_COMPARED = ("number", "full_name", "address", "phone", "cluster")
_OPTIONAL = frozenset({"number", "phone", "cluster"})

Key = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one household: what it says now, and what the file says."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A present household and the line of the file that is the same household."""

    present: PresentHousehold
    incoming: ParsedHousehold
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RollComparison:
    """Present and incoming roll side by side. Every household of either stands in one of the first four."""

    new: tuple[ParsedHousehold, ...]
    gone: tuple[PresentHousehold, ...]
    changed: tuple[Pair, ...]
    unchanged: tuple[Pair, ...]
    possible_duplicates: tuple[Doubt, ...]

    def counts(self) -> dict[str, int]:
        """Return how many households are new, gone, changed, unchanged, and how many doubts there are."""
        names = ("new", "gone", "changed", "unchanged", "possible_duplicates")
        return {name: len(getattr(self, name)) for name in names}


def _differences(present: PresentHousehold, incoming: ParsedHousehold) -> tuple[Change, ...]:
    """Return the fields that differ. What the file leaves blank changes nothing.

    Nor do case, the place of a tone, and zeros before a number.
    """
    changes = []
    for field in _COMPARED:
        before, after = getattr(present, field) or "", getattr(incoming, field) or ""
        if before == after or (not after and field in _OPTIONAL):
            continue
        key = number_key if field == "number" else spelling_key
        if key(before) != key(after):
            changes.append(Change(field, before, after))
    return tuple(changes)


def _number_and_name(one: AnyEntry) -> Key:
    return (one.area, one.number, one.name) if one.number else None


def _number_and_address(one: AnyEntry) -> Key:
    return (one.area, one.number, one.address) if one.number else None


def _address_and_name(one: AnyEntry) -> Key:
    return (one.area, one.address, one.name)


def _address(one: AnyEntry) -> Key:
    return (one.area, one.address)


def _name_and_phone(one: AnyEntry) -> Key:
    return (one.area, one.name, one.phone) if one.phone else None


def _number(one: AnyEntry) -> Key:
    return (one.area, one.number) if one.number else None


class _Matching:
    """Pairs households step by step; what one step has paired the next does not see."""

    def __init__(self, present: list[Entry[PresentHousehold]], incoming: list[Entry[ParsedHousehold]]) -> None:
        self.present = present
        self.incoming = incoming
        self.pairs: list[Pair] = []

    def by(self, key_of: Callable[[AnyEntry], Key], shared: frozenset[Key] | None = None) -> None:
        """Pair by equal keys. With ``shared`` given, only keys outside it that stand once on each side."""
        waiting: dict[Key, list[Entry[PresentHousehold]]] = {}
        for there in self.present:
            waiting.setdefault(key_of(there), []).append(there)
        keys = [key_of(one) for one in self.incoming]
        counts = Counter(keys)
        left, taken = [], set()
        for one, key in zip(self.incoming, keys, strict=True):
            here = waiting.get(key, []) if key is not None else []
            ambiguous = shared is not None and (key in shared or counts[key] > 1 or len(here) > 1)
            if not here or ambiguous:
                left.append(one)
                continue
            match = here.pop(0).home
            taken.add(match.id)
            self.pairs.append(Pair(match, one.home, _differences(match, one.home)))
        self.incoming = left
        self.present = [there for there in self.present if there.home.id not in taken]


def _shared_addresses(*sides: Iterable[AnyEntry]) -> frozenset[Key]:
    counted = (Counter(map(_address, side)) for side in sides)
    return frozenset(key for counts in counted for key, count in counts.items() if count > 1)


def _match(present: list[Entry[PresentHousehold]], incoming: list[Entry[ParsedHousehold]]) -> _Matching:
    """Match by number where name or address agrees, by address, by name and telephone, by number alone.

    A number is trusted first only together with something else, for renumbered rolls are common. An address
    decides alone only where it stands once in both rolls: many households may share one.
    """
    matching = _Matching(present, incoming)
    shared = _shared_addresses(present, incoming)
    nothing: frozenset[Key] = frozenset()
    matching.by(_number_and_name)
    matching.by(_number_and_address)
    matching.by(_address_and_name)
    matching.by(_address, shared)
    matching.by(_name_and_phone, nothing)
    matching.by(_number, nothing)
    return matching


def _place(household: ParsedHousehold) -> str:
    return fold(household.area_name)


def compare(
    present: Iterable[PresentHousehold],
    incoming: Iterable[ParsedHousehold],
    area_of: Callable[[ParsedHousehold], str] = _place,
) -> RollComparison:
    """Return what the incoming roll changes. Time grows with the number of households, not with its square.

    ``area_of`` gives an incoming household's area as ``PresentHousehold.area`` names it; by default the folded
    name written in the file. Pass only the present households of the areas the file speaks for: whoever it does
    not name is "gone".
    """
    entries = [entry(home, area_of(home)) for home in incoming]
    matching = _match([entry(home, home.area) for home in present], entries)
    pairs = sorted(matching.pairs, key=lambda pair: pair.incoming.row)
    changed = tuple(pair for pair in pairs if pair.changes)
    fresh = {one.home.row for one in matching.incoming} | {pair.incoming.row for pair in changed}
    return RollComparison(
        new=tuple(one.home for one in matching.incoming),
        gone=tuple(one.home for one in matching.present),
        changed=changed,
        unchanged=tuple(pair for pair in pairs if not pair.changes),
        possible_duplicates=tuple(possible_duplicates(matching.present, entries, fresh)),
    )
