"""What changed between two texts: words gone and new; and between two versions: pieces same, changed, gone and new."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.consultations.rules.markers import CLAUSE, POINT
from app.consultations.rules.pieces import SplitPiece, parents

SAME, GONE, NEW, CHANGED = "same", "gone", "new", "changed"
Run = tuple[str, str]
"""What became of a stretch of text (``same``, ``gone`` or ``new``), and its words."""
Finer = Callable[[str, str], Iterator[Run]]

_WORDS = re.compile(r"\s*\S+|\s+$")
_SENTENCES = re.compile(r".*?[.;:](?=\s|$)|.+$", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+$")
# Above so many pairs, what is met everywhere is not followed one by one.
_MANY_PAIRS = 2_000_000


def word_differences(old: str, new: str) -> list[Run]:
    """The way from one text to the other, word by word, never two runs of one kind in a row.

    Joined, what is same or new is ``new`` exactly, and what is same or gone has the words of ``old``. Texts of 100 kB
    take well under a second: lines are held against each other first, then sentences, then words.
    """
    found: list[Run] = []
    for op, text in _compare(_LINES, old, new, _by_sentences):
        if found and text and found[-1][0] == op:
            found[-1] = (op, found[-1][1] + text)
        elif text:
            found.append((op, text))
    return [(op, _apart(found, place) if op == GONE else text) for place, (op, text) in enumerate(found)]


def _apart(runs: list[Run], place: int) -> str:
    """Words that are gone, with a space where they would touch what stands beside them."""
    text = runs[place][1]
    before = place > 0 and not runs[place - 1][1][-1].isspace() and not text[0].isspace()
    after = place + 1 < len(runs) and not text[-1].isspace() and not runs[place + 1][1][0].isspace()
    return " " * before + text + " " * after


def _by_sentences(old: str, new: str) -> Iterator[Run]:
    return _compare(_SENTENCES, old, new, _by_words)


def _by_words(old: str, new: str) -> Iterator[Run]:
    return _compare(_WORDS, old, new, None)


def _compare(parts: re.Pattern[str], old: str, new: str, finer: Finer | None) -> Iterator[Run]:
    """The runs between two texts cut into parts; what was replaced is cut finer."""
    theirs, ours = parts.findall(old), parts.findall(new)
    for op, a, b, c, d in _opcodes([part.strip() for part in theirs], [part.strip() for part in ours]):
        gone, come = "".join(theirs[a:b]), "".join(ours[c:d])
        if op == "equal":
            yield SAME, come
        elif gone and come and finer is not None:
            yield from finer(gone, come)
        else:
            yield GONE, gone
            yield NEW, come


def _opcodes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What leads from one list to the other; the same beginning and end are found first, which costs nothing."""
    most, head, tail = min(len(old), len(new)), 0, 0
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    yield "equal", 0, head, 0, head
    hurry = len(middle) * len(other) > _MANY_PAIRS
    for op, a, b, c, d in SequenceMatcher(None, middle, other, autojunk=hurry).get_opcodes():
        yield op, a + head, b + head, c + head, d + head
    yield "equal", len(old) - tail, len(old), len(new) - tail, len(new)


@dataclass(frozen=True)
class Change:
    """What became of one piece: ``same``, ``changed``, ``gone`` (no ``new``) or ``new`` (no ``old``)."""

    status: str
    old: SplitPiece | None
    new: SplitPiece | None
    inside: tuple[SplitPiece, ...] = ()
    """The clauses and points in which the piece lies, and itself, the outermost first."""

    @property
    def piece(self) -> SplitPiece:
        """The piece as it is now, or as it was."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change has a piece")
        return found

    @property
    def runs(self) -> list[Run]:
        """The words of the piece, label and heading too, with what became of them."""
        return word_differences(self.old.words if self.old else "", self.new.words if self.new else "")


@dataclass(frozen=True)
class ArticleChange:
    """What became of an article with everything in it; or of a heading or lead that lies in none."""

    status: str
    anchor: str
    title: str
    changes: tuple[Change, ...]


def by_article(changes: Sequence[Change]) -> list[ArticleChange]:
    """Changes together with their articles: ``same`` where all is, ``new`` or ``gone`` where the article is."""
    runs: list[list[Change]] = []
    for change in changes:
        if runs and _unit(runs[-1][0]) == _unit(change):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [_article(run) for run in runs]


def _unit(change: Change) -> str:
    return change.piece.article_anchor or change.piece.anchor


def _article(run: list[Change]) -> ArticleChange:
    found = {change.status for change in run}
    piece = run[0].piece
    return ArticleChange(found.pop() if len(found) == 1 else CHANGED, _unit(run[0]), piece.title, tuple(run))


def compare(old: Sequence[SplitPiece], new: Sequence[SplitPiece]) -> list[Change]:
    """Two versions held against each other by their anchors, in the order of the new one.

    What is gone stands after the piece that it followed.
    """
    before = {piece.anchor: piece for piece in old}
    kept = {piece.anchor for piece in new}
    gone: dict[str, list[Change]] = {}
    last = ""
    for piece, inside in zip(old, _insides(old), strict=True):
        if piece.anchor in kept:
            last = piece.anchor
        else:
            gone.setdefault(last, []).append(Change(GONE, piece, None, inside))
    found = gone.get("", [])
    for piece, inside in zip(new, _insides(new), strict=True):
        found.append(Change(_status(before.get(piece.anchor), piece), before.get(piece.anchor), piece, inside))
        found += gone.get(piece.anchor, [])
    return found


def _insides(pieces: Sequence[SplitPiece]) -> list[tuple[SplitPiece, ...]]:
    found: list[tuple[SplitPiece, ...]] = []
    for piece, up in zip(pieces, parents(pieces), strict=True):
        above = found[up] if up is not None else ()
        found.append((*above, piece) if piece.level in (CLAUSE, POINT) else ())
    return found


def _status(old: SplitPiece | None, new: SplitPiece) -> str:
    if old is None:
        return NEW
    return SAME if old.words == new.words else CHANGED
