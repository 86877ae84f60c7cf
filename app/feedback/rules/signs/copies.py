"""Words that were copied: a sketch of a text that hardly changes when a few letters of it do."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from app.lib.text import fold

SHORTEST = 30
PIECE = 4
BITS = 64
NEAR = 6
# Sketches that differ in no more bits than that are equal in one part of as many and one more.
_EDGES = [part * BITS // (NEAR + 1) for part in range(NEAR + 2)]
# One number holds a counter for every bit, so that a piece of text is counted by one addition.
_LANE = 16
_LANES = [sum(1 << bit * _LANE for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def sketch(text: str) -> int:
    """64 bits of which two nearly equal texts share all but a few; 0 for a text so short that many would write it."""
    letters = "".join(c for c in fold(text) if c.isalnum())
    if len(letters) < SHORTEST:
        return 0
    count = len(letters) - PIECE + 1
    counted = sum(_counters(letters[start : start + PIECE]) for start in range(count))
    lane = (1 << _LANE) - 1
    return sum(1 << bit for bit in range(BITS) if (counted >> bit * _LANE & lane) * 2 > count) or 1


@lru_cache(maxsize=50_000)
def _counters(piece: str) -> int:
    digest = blake2b(piece.encode(), digest_size=BITS // 8).digest()
    return sum(_LANES[byte] << place * 8 * _LANE for place, byte in enumerate(digest))


def groups(sketches: Sequence[int]) -> list[list[int]]:
    """Places of sketches that are alike, each group in order; a sketch of 0 is like nothing."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, value in enumerate(sketches):
        if value:
            places[value].append(place)
    leaders = _leaders(sorted(places))
    found: dict[int, list[int]] = defaultdict(list)
    for value, same in places.items():
        found[_leader(leaders, value)] += same
    return sorted(sorted(group) for group in found.values() if len(group) > 1)


def _leaders(values: Sequence[int]) -> dict[int, int]:
    """For each value one of those like it, or itself."""
    leaders = {value: value for value in values}
    for first, end in pairwise(_EDGES):
        known: dict[int, list[int]] = defaultdict(list)
        for value in values:
            known[value >> first & (1 << end - first) - 1].append(value)
        for bucket in known.values():
            for i, one in enumerate(bucket):
                for other in bucket[i + 1 :]:
                    if (one ^ other).bit_count() <= NEAR:
                        a, b = sorted((_leader(leaders, one), _leader(leaders, other)))
                        leaders[b] = a
    return leaders


def _leader(leaders: dict[int, int], value: int) -> int:
    while leaders[value] != value:
        value = leaders[value]
    return value
