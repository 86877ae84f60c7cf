"""Text without case, marks and tones whose every character remembers its place in the original."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
"""Characters [first, end) of a text as it was written."""

_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
# Letters of other scripts and keyboards that look like ours.
_LOOK_ALIKES = str.maketrans("аеорсухіѕјᴀ", "aeopcyxisja")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` folded, and for each of its characters the place it came from."""

    text: str
    places: tuple[int, ...]
    original: str

    def span(self, first: int, end: int) -> Span:
        """The part of the original that became [first, end), with the marks that belong to its last letter."""
        if first >= end:
            raise ValueError("an empty part has no place")
        last = self.places[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return self.places[first], last

    def spans(self, pattern: re.Pattern[str], group: int | str = 0) -> Iterator[Span]:
        """Where the pattern, written without marks, stands in the original."""
        return (self.span(*found.span(group)) for found in pattern.finditer(self.text))


# Every rule asks for the same few texts, one after another.
@lru_cache(maxsize=32)
def fold(text: str) -> Folded:
    """Small letters without marks, đ as d, digits of every script as ours, white space as a space or line end."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _plain(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), tuple(places), text)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if "!" <= character <= "~":
        return character.lower()
    if character.isspace():
        return "\n" if character in _LINE_ENDS else " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None and category != "No":
        return str(digit)
    low = unicodedata.normalize("NFKD", character).lower() if category != "No" else character
    low = unicodedata.normalize("NFD", low).translate(_LOOK_ALIKES).replace("đ", "d").replace("ð", "d")
    return "".join(c for c in low if not unicodedata.combining(c))


def text_key(text: str) -> str:
    """The words of a text alone: equal for texts that differ in case, marks, punctuation and spaces."""
    return " ".join(re.findall(r"[^\W_]+", fold(text).text))
