"""Anchors: the names by which comments, answers and links hold on to pieces, the same over all versions of a text.

A first version is named by its numbers: ``dieu-1-khoan-2-diem-a``. In later versions a piece that is recognised,
whatever its number has become, keeps its anchor; what is new gets one that was never used.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.consultations.rules import markers
from app.consultations.rules.markers import ARTICLE, CHAPTER, CLAUSE, GROUPS, LEAD, PART, POINT, SECTION
from app.consultations.rules.numerals import letters_only, plain_number
from app.consultations.rules.pieces import SplitPiece, parents, units

BEGINNING, END = "mo-dau", "ket-thuc"
_NAMES = {PART: "phan", CHAPTER: "chuong", SECTION: "muc", ARTICLE: "dieu", CLAUSE: "khoan", POINT: "diem"}
_ALIKE = 0.5
"""Share of common words from which two pieces are the same one, changed (Dice)."""
_MOST_PAIRS = 40_000
"""Where more pairs would have to be tried, the order of the text alone decides."""


def with_anchors(
    pieces: Sequence[SplitPiece],
    previous: Sequence[SplitPiece] = (),
    used: Iterable[str] = (),
    version_no: int = 1,
) -> list[SplitPiece]:
    """The pieces with anchors, unique among them.

    ``previous``: the version before, with its anchors. ``used``: anchors of any earlier version, which are never
    given to something else. ``version_no`` tells new pieces from old ones whose number they have taken.
    """
    new, old = _Text(pieces), _Text(previous)
    kept = {place: previous[match].anchor for place, match in _recognise(old, new).items()}
    namer = _Namer(set(used) | {piece.anchor for piece in previous}, set(kept.values()), version_no)
    anchors: list[str] = []
    for place in range(len(pieces)):
        anchors.append(kept.get(place) or namer.name(_base(pieces, new.inside, anchors, place)))
    found = units(pieces, new.inside)
    articles = ["" if unit is None else anchors[unit] for unit in found]
    return [
        replace(piece, anchor=anchor, article_anchor=article)
        for piece, anchor, article in zip(pieces, anchors, articles, strict=True)
    ]


def _base(pieces: Sequence[SplitPiece], inside: Sequence[int | None], anchors: list[str], place: int) -> str:
    """The anchor a piece would have by its number alone."""
    piece = pieces[place]
    if piece.level == LEAD:
        return END if any(p.level != LEAD for p in pieces[:place]) else BEGINNING
    own = _own(piece)
    up = inside[place]
    if up is None or piece.level in (PART, CHAPTER, ARTICLE):
        return own
    if piece.level == CLAUSE and pieces[up].level == CLAUSE and not markers.is_numeral(pieces[up].number):
        # "2.1" says itself that it lies in "2".
        while up is not None and pieces[up].level == CLAUSE and not markers.is_numeral(pieces[up].number):
            up = inside[up]
        return own if up is None else f"{anchors[up]}-{own}"
    return f"{anchors[up]}-{own}"


def _own(piece: SplitPiece) -> str:
    plain = plain_number if piece.level in GROUPS else letters_only
    return f"{_NAMES[piece.level]}-{plain(piece.number) or '0'}"


@dataclass
class _Namer:
    """Hands out anchors: none twice, none of another piece of an earlier version."""

    used: set[str]
    kept: set[str]
    version_no: int

    def __post_init__(self) -> None:
        self.given: set[str] = set()
        self.times: Counter[str] = Counter()

    def name(self, base: str) -> str:
        anchor = next(name for name in self._candidates(base) if self._free(name))
        self.given.add(anchor)
        return anchor

    def _candidates(self, base: str) -> Iterator[str]:
        yield base
        if base in self.used and base not in self.given:
            yield f"{base}-ban-{self.version_no}"
        while True:
            self.times[base] += 1
            yield f"{base}-lan-{self.times[base] + 1}"

    def _free(self, name: str) -> bool:
        return name not in self.used and name not in self.kept and name not in self.given


# ------------------------------------------------------------------------------------------------ recognising


class _Text:
    """A text as a tree: what lies in what, and the words of a piece with all that lies in it."""

    def __init__(self, pieces: Sequence[SplitPiece]) -> None:
        self.pieces = pieces
        self.inside = parents(pieces)
        self.children: dict[int | None, list[int]] = {}
        for place, up in enumerate(self.inside):
            self.children.setdefault(up, []).append(place)

    @cached_property
    def words(self) -> list[Counter[str]]:
        """The words of each piece and, below articles, of the pieces in it."""
        found = [Counter(f"{piece.heading} {piece.text}".lower().split()) for piece in self.pieces]
        for place in range(len(found) - 1, -1, -1):
            up = self.inside[place]
            if up is not None and self.pieces[up].level not in GROUPS:
                found[up] = found[up] + found[place]
        return found

    def of(self, *levels: str) -> list[int]:
        return [place for place, piece in enumerate(self.pieces) if piece.level in levels]

    def below(self, up: int | None, level: str) -> list[int]:
        return [place for place in self.children.get(up, []) if self.pieces[place].level == level]


def _recognise(old: _Text, new: _Text) -> dict[int, int]:
    """Which piece of the new text is which of the old: by place in ``new``, the place in ``old``."""
    found: dict[int, int] = {}
    if not old.pieces:
        return found
    for level in (LEAD, PART, CHAPTER, SECTION, ARTICLE):
        found |= _match(old, new, old.of(level), new.of(level))
    waiting: list[tuple[int | None, int | None]] = [(None, None), *((there, here) for here, there in found.items())]
    while waiting:
        there, here = waiting.pop()
        for level in (CLAUSE, POINT):
            pairs = _match(old, new, old.below(there, level), new.below(here, level))
            found |= pairs
            waiting += [(old_place, new_place) for new_place, old_place in pairs.items()]
    return found


def _match(old: _Text, new: _Text, theirs: list[int], ours: list[int]) -> dict[int, int]:
    """Pair pieces of one level: the same words first, then the same number, then likeness, then what lies between."""
    found: dict[int, int] = {}
    for key, likeness in ((_by_words, _same), (_by_number, _alike), (_all, _alike)):
        gone = set(found.values())
        left = _buckets(old, [place for place in theirs if place not in gone], key)
        right = _buckets(new, [place for place in ours if place not in found], key)
        for name, places in right.items():
            if len(places) * len(left.get(name, ())) <= _MOST_PAIRS:
                _pair(old, new, left.get(name, []), places, found, likeness)
    _between(theirs, ours, found)
    return found


Words = Counter[str]
Likeness = Callable[[Words, Words], float]
Key = Callable[[_Text, int], Hashable]


def _by_words(text: _Text, place: int) -> Hashable:
    return frozenset(text.words[place].items())


def _by_number(text: _Text, place: int) -> Hashable:
    return text.pieces[place].number


def _all(_text: _Text, _place: int) -> Hashable:
    return ""


def _same(_theirs: Words, _ours: Words) -> float:
    return 1


def _alike(theirs: Words, ours: Words) -> float:
    shorter, longer = sorted((theirs.total(), ours.total()))
    if shorter * 3 < longer:
        return 0
    share = 2 * (theirs & ours).total() / (shorter + longer) if longer else 1
    return share if share >= _ALIKE else 0


def _buckets(text: _Text, places: list[int], key: Key) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place in places:
        found.setdefault(key(text, place), []).append(place)
    return found


def _pair(
    old: _Text, new: _Text, theirs: list[int], ours: list[int], found: dict[int, int], likeness: Likeness
) -> None:
    """Add the pairs a likeness finds: the most alike first, then those of one number, then the nearest."""
    scored = [
        (-score, old.pieces[a].number != new.pieces[b].number, abs(a - b), b, a)
        for a in theirs
        for b in ours
        if (score := likeness(old.words[a], new.words[b]))
    ]
    gone: set[int] = set()
    for *_order, b, a in sorted(scored):
        if b not in found and a not in gone:
            found[b] = a
            gone.add(a)


def _between(theirs: list[int], ours: list[int], found: dict[int, int]) -> None:
    """What stands unrecognised between the same two neighbours, as many here as there, was written anew in place."""
    gone = {a: b for b, a in found.items()}
    old_runs, new_runs = _runs(theirs, gone.keys()), _runs(ours, found.keys())
    for before, run in new_runs.items():
        other = old_runs.get(found.get(before, -1) if before >= 0 else -1, [])
        if len(run) == len(other):
            found.update(zip(run, other, strict=True))


def _runs(places: list[int], known: Iterable[int]) -> dict[int, list[int]]:
    """Unrecognised places by the recognised one before them (-1 at the beginning)."""
    known, before = set(known), -1
    runs: dict[int, list[int]] = {}
    for place in places:
        if place in known:
            before = place
        else:
            runs.setdefault(before, []).append(place)
    return runs
