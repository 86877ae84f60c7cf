"""Which opinions say the same: fingerprints of texts, likeness of two, and groups of many.

Everything is pure and gives the same answer in whatever order the texts come. A group here is only a suggestion;
a person decides (``operations.grouping``).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from app.lib.text import fold

LIKENESS = 0.6
"""Least share of common three-word runs (Jaccard) between a text and the leader of its group."""

WORDS_IN_RUN = 3
MAX_CANDIDATES = 150
"""Most leaders one text is compared with: keeps 50,000 texts that share half a sentence within a minute."""

FAR = 24
"""Texts of ``LONG`` runs and more whose simhashes differ in more than this many of 64 bits are never alike."""

LONG = 24
_WORD = re.compile(r"[^\W_]+")
_RUN_SALT = b"danban-run"
_NOT = {"ko": "khong", "k": "khong", "hong": "khong", "khg": "khong", "kg": "khong"}
# Words that turn the sense of a sentence. One more or one less of them: another opinion, however alike the rest is.
_TURNING = frozenset({"khong", "chua", "tang", "giam", "giu", "them", "bot"})
_FIELD = 16  # bits of one counter; a text has fewer than 2**15 runs that count
_MAX_RUNS = 2**15 - 1


def _spread() -> list[list[int]]:
    """Return, for each byte of a hash and each value, its eight bits as counters of ``_FIELD`` bits."""
    return [
        [sum(1 << ((place * 8 + bit) * _FIELD) for bit in range(8) if value >> bit & 1) for value in range(256)]
        for place in range(8)
    ]


_SPREAD = _spread()


class Fingerprint(NamedTuple):
    """``text_hash``: equal for texts of the same words (case, marks, tones aside); ``simhash``: 64 bits, signed."""

    text_hash: str
    simhash: int


@dataclass(frozen=True)
class Text:
    """One text to be grouped. ``key`` names it and must be unique."""

    key: int
    text: str


@dataclass(frozen=True)
class Cluster:
    """Texts that say the same. ``keys`` ascending; ``leader`` is the key of the text all the others resemble."""

    leader: int
    keys: tuple[int, ...]
    same_text: bool


@dataclass(frozen=True)
class _Kind:
    """Texts of exactly the same words, taken together."""

    digest: str
    keys: tuple[int, ...]
    runs: frozenset[int]
    sense: tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words that count: folded, without punctuation."""
    return [_NOT.get(word, word) for word in _WORD.findall(fold(text))]


def _hash64(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8, key=_RUN_SALT).digest(), "little")


def _runs(found: Sequence[str]) -> frozenset[int]:
    if len(found) < WORDS_IN_RUN:
        return frozenset({_hash64(" ".join(found))}) if found else frozenset()
    return frozenset(
        _hash64(" ".join(found[start : start + WORDS_IN_RUN])) for start in range(len(found) - WORDS_IN_RUN + 1)
    )


def _digest(found: Sequence[str]) -> str:
    return blake2b(" ".join(found).encode(), digest_size=32).hexdigest() if found else ""


def _simhash(runs: Iterable[int]) -> int:
    total = count = 0
    for run in sorted(runs)[:_MAX_RUNS]:
        count += 1
        for place, value in enumerate(run.to_bytes(8, "little")):
            total += _SPREAD[place][value]
    counters = total.to_bytes(64 * _FIELD // 8, "little")
    bits = sum(
        1 << place for place in range(64) if 2 * int.from_bytes(counters[place * 2 : place * 2 + 2], "little") > count
    )
    return bits - (1 << 64) if bits >> 63 else bits


def fingerprint(text: str) -> Fingerprint:
    """Return what is kept with a comment to find its likes. A text without words gives ``("", 0)``."""
    found = words(text)
    return Fingerprint(_digest(found), _simhash(_runs(found))) if found else Fingerprint("", 0)


def distance(one: int, other: int) -> int:
    """Return in how many of 64 bits two simhashes differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()


def _sense(found: Sequence[str]) -> tuple[str, ...]:
    """Return the words that may not differ: those that turn the sense, and in a short text the numbers too."""
    short = len(found) < LONG
    return tuple(sorted(word for word in found if word in _TURNING or (short and any(c.isdigit() for c in word))))


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def likeness(one: str, other: str) -> float:
    """Return the share of common three-word runs of two texts, 0 to 1 (Jaccard)."""
    return _alike(_runs(words(one)), _runs(words(other)))


def near(one: str, other: str) -> bool:
    """Say whether two texts are the same but for small changes.

    Long texts whose simhashes are far apart are refused at once; all others are really compared. Texts with another
    "không", "tăng", "giảm" …, and short ones with other numbers, are never near: they say something else.
    """
    first, second = words(one), words(other)
    if not first or not second or _sense(first) != _sense(second):
        return False
    left, right = _runs(first), _runs(second)
    if min(len(left), len(right)) >= LONG and distance(_simhash(left), _simhash(right)) > FAR:
        return False
    return _alike(left, right) >= LIKENESS


def _kinds(texts: Iterable[Text]) -> list[_Kind]:
    """Put texts of the same words together; those with most copies first, then by their hash: any order gives this."""
    keys: dict[str, list[int]] = defaultdict(list)
    first: dict[str, tuple[frozenset[int], tuple[str, ...]]] = {}
    for text in texts:
        found = words(text.text)
        if not found:
            continue
        digest = _digest(found)
        keys[digest].append(text.key)
        if digest not in first:
            first[digest] = (_runs(found), _sense(found))
    kinds = [_Kind(digest, tuple(sorted(keys[digest])), *first[digest]) for digest in keys]
    return sorted(kinds, key=lambda kind: (-len(kind.keys), kind.digest))


def _least_overlap(size: int) -> int:
    """Return how many runs a text of ``size`` runs must share at least with any text alike."""
    return -int(-size * LIKENESS // 1)


class _Leaders:
    """Texts that lead a group, found again by their rarest runs.

    Two texts that share ``LIKENESS`` of their runs share at least one among the rarest ``size - least + 1`` of
    each, so only these are looked up (prefix filter): nothing alike is missed unless ``MAX_CANDIDATES`` cut it off.
    """

    def __init__(self, kinds: Sequence[_Kind]) -> None:
        self._seen = Counter(run for kind in kinds for run in kind.runs)
        self._by_run: dict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
        self._kinds: list[_Kind] = []

    def _rarest(self, kind: _Kind) -> list[int]:
        ordered = sorted(kind.runs, key=lambda run: (self._seen[run], run))
        return ordered[: len(ordered) - _least_overlap(len(ordered)) + 1]

    def _candidates(self, kind: _Kind, rarest: Sequence[int]) -> Iterator[int]:
        found: set[int] = set()
        low, high = len(kind.runs) * LIKENESS, len(kind.runs) / LIKENESS
        for run in rarest:
            for place in self._by_run.get((run, kind.sense), ())[: 4 * MAX_CANDIDATES]:
                if place not in found and low <= len(self._kinds[place].runs) <= high:
                    found.add(place)
                    yield place
                    if len(found) >= MAX_CANDIDATES:
                        return

    def join(self, kind: _Kind) -> int | None:
        """Return the place of the leader most alike, or make ``kind`` a leader and return None."""
        rarest = self._rarest(kind)
        best: tuple[float, int] | None = None
        for place in self._candidates(kind, rarest):
            alike = _alike(kind.runs, self._kinds[place].runs)
            if alike >= LIKENESS and (best is None or (alike, -place) > best):
                best = (alike, -place)
        if best is not None:
            return -best[1]
        for run in rarest:
            self._by_run[run, kind.sense].append(len(self._kinds))
        self._kinds.append(kind)
        return None


def cluster(texts: Iterable[Text]) -> Iterator[tuple[int, int, list[Cluster]]]:
    """Group texts that say the same, yielding ``(done, total, [])`` on the way and the groups with the last.

    Texts of the same words are always together; every other member resembles the leader by ``LIKENESS`` or more (no
    chains: a may be like b and b like c without a and c ending together). Groups of one are left out; the largest
    comes first. The order of ``texts`` changes nothing. 50,000 texts take well under a minute and about 4 kB each.
    """
    kinds = _kinds(texts)
    leaders = _Leaders(kinds)
    members: list[list[_Kind]] = []
    for done, kind in enumerate(kinds):
        if done % 1000 == 0:
            yield done, len(kinds), []
        place = leaders.join(kind)
        if place is None:
            members.append([kind])
        else:
            members[place].append(kind)
    yield len(kinds), len(kinds), sorted(_clusters(members), key=lambda found: (-len(found.keys), found.keys))


def _clusters(members: Iterable[list[_Kind]]) -> Iterator[Cluster]:
    for kinds in members:
        keys = tuple(sorted(key for kind in kinds for key in kind.keys))
        if len(keys) > 1:
            yield Cluster(kinds[0].keys[0], keys, same_text=len(kinds) == 1)


def clusters(texts: Iterable[Text]) -> list[Cluster]:
    """Return the groups of ``cluster`` at once."""
    *_steps, (_done, _total, found) = cluster(texts)
    return found
