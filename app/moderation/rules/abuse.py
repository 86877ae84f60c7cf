"""Words of a list in a text, however they are hidden: without marks, drawn out, cut by dots, starred, with figures."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.lib.text import spelling_key
from app.moderation.rules.abuse_words import Word
from app.moderation.rules.folding import Folded, Span
from app.moderation.rules.folding import fold as folded_of

_TOKEN = re.compile(r"[^\W_]+")
# Single letters cut apart: "đ.ị.t", "l-ồ-n", "c ặ c".
_CUT = re.compile(r"(?<![^\W_])[^\W\d_](?:(?:[.\-_*~'’ ]{1,2})[^\W\d_](?![^\W_])){2,11}")
_STARRED = re.compile(r"(?<![^\W_*])([^\W\d_])([*#@%$]{1,3})([^\W\d_]{1,2})(?![^\W_*])")
_FIGURES = str.maketrans("013457@$!", "oieastasi")
_DISGUISED = re.compile(r"(?<![^\W_])(?=[^\W\d_]*[\d@$!][^\W_@$!]*[^\W\d_])[a-zđ][a-zđ\d@$!]{1,11}(?![^\W_@$!])")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the list, and where it stands."""

    word: Word
    span: Span


def abusive(folded: Folded, words: Sequence[Word]) -> list[Hit]:
    """Every hit, in the order of the text."""
    listed = _listed(tuple(words))
    hits = [*_plain(folded, listed), *_cut(folded, listed), *_starred(folded, listed), *_disguised(folded, listed)]
    return sorted(hits, key=lambda hit: hit.span)


@dataclass(frozen=True, slots=True)
class _List:
    by_first: dict[str, list[tuple[tuple[str, ...], Word]]]
    single: dict[str, list[Word]]


@lru_cache(maxsize=64)
def _listed(words: tuple[Word, ...]) -> _List:
    by_first: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    single: dict[str, list[Word]] = {}
    for word in words:
        parts = tuple(_TOKEN.findall(word.folded))
        if parts:
            by_first.setdefault(parts[0], []).append((parts, word))
        if len(parts) == 1:
            single.setdefault(parts[0], []).append(word)
    return _List(by_first, single)


def _plain(folded: Folded, listed: _List) -> Iterator[Hit]:
    """Whole words side by side, drawn-out letters counted once."""
    tokens = [(_short(found[0]), found.span()) for found in _TOKEN.finditer(folded.text)]
    for at, (token, (first, _end)) in enumerate(tokens):
        for parts, word in listed.by_first.get(token, ()):
            run = tokens[at : at + len(parts)]
            if tuple(one for one, _span in run) != parts:
                continue
            span = folded.span(first, run[-1][1][1])
            if _same(folded.original[slice(*span)], word) and not _a_measure(folded, first, word):
                yield Hit(word, span)


def _cut(folded: Folded, listed: _List) -> Iterator[Hit]:
    for found in _CUT.finditer(folded.text):
        joined = "".join(_TOKEN.findall(found[0]))
        span = folded.span(*found.span())
        letters = "".join(_TOKEN.findall(unicodedata.normalize("NFC", folded.original[slice(*span)])))
        yield from (Hit(word, span) for word in listed.single.get(joined, ()) if _same(letters, word))


def _starred(folded: Folded, listed: _List) -> Iterator[Hit]:
    """ "đ*t", "l*n": first and last letters stand, stars hide the rest."""
    for found in _STARRED.finditer(folded.text):
        head, stars, tail = found.groups()
        for parts, words in listed.single.items():
            alike = len(parts) == len(head + stars + tail) and parts.startswith(head) and parts.endswith(tail)
            if alike and len(parts) >= 3:
                yield from (Hit(word, folded.span(*found.span())) for word in words[:1])


def _disguised(folded: Folded, listed: _List) -> Iterator[Hit]:
    """ "l0n", "d!t": figures for letters. Codes in capitals ("C4C") are left alone."""
    for found in _DISGUISED.finditer(folded.text):
        span = folded.span(*found.span())
        written = folded.original[slice(*span)]
        if written.upper() == written:
            continue
        yield from (Hit(word, span) for word in listed.single.get(found[0].translate(_FIGURES), ())[:1])


def _same(written: str, word: Word) -> bool:
    """With marks, the spelling must be the word's own; without any, it is enough where the word is not ``exact``."""
    plain = unicodedata.normalize("NFC", _short(written.lower()))
    if spelling_key(" ".join(_TOKEN.findall(plain))) == spelling_key(word.word):
        return True
    return not word.exact and plain.isascii()


def _a_measure(folded: Folded, first: int, word: Word) -> bool:
    """ "10 đm" is ten decimetres."""
    return len(word.folded) == 2 and folded.text[:first].rstrip()[-1:].isdigit()


def _short(token: str) -> str:
    return _DRAWN_OUT.sub(r"\1", token)


def listed_word(word: str, *, exact: bool = False) -> Word:
    """A word as a commune adds it to its list. Raises ``ValueError`` when nothing is left of it."""
    written = " ".join(unicodedata.normalize("NFC", word).split())
    folded = " ".join(_TOKEN.findall(folded_of(written).text))
    if not folded:
        raise ValueError("no letter or figure in the word")
    return Word(folded, written, exact)
