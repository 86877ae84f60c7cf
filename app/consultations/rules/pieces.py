"""A piece of a draft: what it is, its words, and where it is found."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.consultations.rules.markers import ARTICLE, CLAUSE, GROUPS, LEAD, POINT, depth, label

HEADING = 500
"""Longest heading; longer ones are text."""
NUMBER = 20

_RANKS = {"part": 0, "chapter": 1, "section": 2, ARTICLE: 3, CLAUSE: 4, POINT: 20}


@dataclass(frozen=True)
class SplitPiece:
    """One piece with its own words only, not those of the pieces below it. Paragraphs of the text are lines.

    ``number`` as it is written: "5", "2.1", "đ", "IV". ``anchor`` and ``article_anchor`` are empty until given by
    ``anchors``.
    """

    level: str
    number: str
    heading: str
    text: str
    anchor: str = ""
    article_anchor: str = ""

    @property
    def label(self) -> str:
        """What stands before its words: "Điều 5.", "a)"."""
        return label(self.level, self.number)

    @property
    def title(self) -> str:
        """As people name it: "Điều 5. Mức đóng góp"."""
        return title(self.level, self.number, self.heading)

    @property
    def words(self) -> str:
        """Everything that is read, in paragraphs, its label first."""
        label = f"{self.label} " if self.label else ""
        return f"{label}{self.heading}\n{self.text}".strip() if self.heading else f"{label}{self.text}".strip()


def rank(level: str, number: str) -> int:
    """How deep a piece stands: a piece lies inside the nearest earlier one of a smaller rank. Leads lie in nothing."""
    return _RANKS.get(level, -1) + (depth(number) if level == CLAUSE else 0)


def parents(pieces: Sequence[SplitPiece]) -> list[int | None]:
    """For each piece the place of the one it lies in, or None."""
    found: list[int | None] = []
    around: list[tuple[int, int]] = []
    for place, piece in enumerate(pieces):
        own = rank(piece.level, piece.number)
        while around and around[-1][0] >= own:
            around.pop()
        inside = around[-1][1] if around and piece.level != LEAD else None
        found.append(inside)
        if piece.level == LEAD:
            around.clear()
        else:
            around.append((own, place))
    return found


def units(pieces: Sequence[SplitPiece], inside: Sequence[int | None]) -> list[int | None]:
    """For each piece the place of what it is read and commented under, or None.

    That is its article. In a text without any article it is the nearest part, chapter or section, and outside those
    the clause that lies in nothing.
    """
    has_articles = any(piece.level == ARTICLE for piece in pieces)
    found: list[int | None] = []
    for place, piece in enumerate(pieces):
        up = inside[place]
        above = found[up] if up is not None else None
        own = piece.level == ARTICLE if has_articles else piece.level in GROUPS or (
            piece.level == CLAUSE and above is None
        )  # fmt: skip
        found.append(place if own else above)
    return found


def title(level: str, number: str, heading: str) -> str:
    """A piece as people name it: "Điều 5. Mức đóng góp", "Chương II. QUY ĐỊNH CHUNG", "Điều 5", "a) Khen thưởng"."""
    short = label(level, number).removesuffix(".")
    if not (short and heading):
        return short or heading
    return f"{short} {heading}" if short.endswith(")") else f"{short}. {heading}"


def fingerprint(pieces: Sequence[SplitPiece]) -> str:
    """Sixteen characters that differ as soon as any piece does: which state of a text somebody has seen."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(repr((piece.level, piece.number, piece.heading, piece.text)).encode())
    return digest.hexdigest()[:16]
