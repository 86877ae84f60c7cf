"""Covering parts of a text: which places, and what others see instead."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARK = "[đã che]"
"""What stands in place of a covered part. It says nothing of its length."""

Span = tuple[int, int]
_GAP = r"[\s.\-–()]*"


@dataclass(frozen=True)
class Segment:
    """A run of a text in which the same spans hold; ``marks`` are the places of those spans in what was given."""

    text: str
    marks: tuple[int, ...] = ()


def merged(spans: Iterable[Sequence[int]], length: int) -> list[Span]:
    """The spans inside a text of that length, in order, those that touch as one; empty ones left out."""
    found: list[Span] = []
    for first, end in sorted((max(0, int(one[0])), min(length, int(one[1]))) for one in spans):
        if first >= end:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((first, end))
    return found


def cover(text: str, spans: Iterable[Sequence[int]]) -> str:
    """The text with a mark in place of each covered part. Line breaks around a part stay."""
    parts, at = [], 0
    for first, end in merged(spans, len(text)):
        parts += [text[at:first], MARK]
        at = end
    return "".join([*parts, text[at:]])


def places_of(words: str, text: str) -> list[Span]:
    """Where the words stand in the text: whole words, in small or capital letters, with any space between them.

    A number is found however its digits are grouped. Both must be in NFC. No words, no places.
    """
    asked = unicodedata.normalize("NFC", words).split()
    if not asked:
        return []
    digits = "".join(asked)
    if re.fullmatch(r"[\d.\-–()+]+", digits):
        figures = [re.escape(c) for c in digits if c.isdigit() or c == "+"]
        pattern = r"(?<!\d)" + _GAP.join(figures) + r"(?!\d)" if figures else ""
    else:
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, asked)) + r"(?!\w)"
    return [found.span() for found in re.finditer(pattern, text, re.I)] if pattern else []


def segments(text: str, spans: Sequence[Sequence[int]]) -> list[Segment]:
    """The text cut where spans begin and end, each run with the spans that hold in it; joined they are the text."""
    inside = [(max(0, one[0]), min(len(text), one[1])) for one in spans]
    cuts = sorted({0, len(text), *(place for first, end in inside if first < end for place in (first, end))})
    return [
        Segment(text[at:next_], tuple(i for i, (first, end) in enumerate(inside) if first <= at and next_ <= end))
        for at, next_ in zip(cuts, cuts[1:], strict=False)
    ]
