"""Vietnamese text as people write it: normal form, search key, name order, initials, phone numbers.

Everything here is pure. ``legacy_encoding`` and ``decode_legacy`` live in ``app.lib.legacy_fonts`` and are
offered here too, so that one import serves whoever reads what people typed.
"""

import re
import unicodedata
from functools import lru_cache

from app.lib.legacy_fonts import decode_legacy, legacy_encoding

__all__ = [
    "BadPhone",
    "decode_legacy",
    "fold",
    "initials",
    "legacy_encoding",
    "name_key",
    "nfc",
    "normalise_phone",
    "proper_name",
    "sort_key",
    "spelling_key",
    "squeeze",
    "strange_characters",
    "tidy",
]

SORT_KEY_MAX = 600
"""Longest ``sort_key``, in characters: enough for any name of 100 letters."""

_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
# The Icelandic letter looks exactly like the Vietnamese one and comes from old keyboards.
_ICELANDIC_D = re.compile(r"(?<!\w)Ð(?=\w)")
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_UNKNOWN = 100  # letters outside the alphabet sort after it, by code point
_DIGITS64 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"

NameKey = list[tuple[tuple[int, ...], tuple[int, ...]]]


def nfc(s: str) -> str:
    """Return the text in Unicode NFC, one code point for each Vietnamese letter."""
    return unicodedata.normalize("NFC", s)


def squeeze(s: str) -> str:
    """Return the text with every run of white space (line breaks and no-break spaces too) as one space."""
    return " ".join(s.split())


def tidy(s: str) -> str:
    """Return what was typed as it should be kept: NFC, single spaces, a true Đ for its look-alike."""
    if s.isascii():
        return squeeze(s)
    return _ICELANDIC_D.sub("Đ", squeeze(nfc(s)))


def fold(s: str) -> str:
    """Return the search key: "ĐẶNG Thị Hường" gives "dang thi huong", and "Hoà" equals "Hòa"."""
    s = s.lower()
    if not s.isascii():
        s = unicodedata.normalize("NFD", s.translate(_APOSTROPHES))
        s = "".join(c for c in s if not unicodedata.combining(c)).lower()
        s = s.replace("đ", "d").replace("ð", "d")
    return squeeze(s)


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    marks = "".join(sorted(c for c in unicodedata.normalize("NFD", word) if c in _TONES))
    rest = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES)
    return unicodedata.normalize("NFC", rest) + marks


def spelling_key(s: str) -> str:
    """Return a key that keeps every tone and letter but ignores case, spaces and where the tone is written.

    "HOÀ" equals "Hòa", while "An" differs from "Ân": for saying that two spellings are the same word.
    """
    return " ".join(_spelling(word) for word in s.lower().split())


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    base: list[int] = []
    tone: list[int] = []
    for letter in nfc(word.lower()):
        first, *marks = list(unicodedata.normalize("NFD", letter))
        kept = nfc(first + "".join(m for m in marks if m not in _TONES))
        base.append(_LETTERS.get(kept, _UNKNOWN + ord(kept[0])))
        tone.append(next((_TONES[m] for m in reversed(marks) if m in _TONES), 0))
    return tuple(base), tuple(tone)


def name_key(full_name: str) -> NameKey:
    """Return the key of Vietnamese name order: given name (last word), then family and middle names.

    Letters go a ă â b c d đ e ê …, tones level, huyền, hỏi, ngã, sắc, nặng, as in a Vietnamese dictionary.
    """
    *others, given = full_name.split() or [""]
    return [_word_key(given), *(_word_key(word) for word in others)]


def _letter_code(place: int) -> str:
    if place < _UNKNOWN:
        return chr(ord("A") + place)
    code = "~"
    for shift in (18, 12, 6, 0):
        code += _DIGITS64[(place >> shift) & 63]
    return code


@lru_cache(maxsize=20_000)
def _word_code(word: str) -> str:
    base, tone = _word_key(word)
    return "".join(map(_letter_code, base)) + " " + "".join(map(str, tone))


def sort_key(full_name: str) -> str:
    """Return ASCII text whose plain binary order is the order of ``name_key``.

    SQLite compares so by itself, PostgreSQL with COLLATE "C". At most ``SORT_KEY_MAX`` characters.
    """
    *others, given = full_name.split() or [""]
    return "".join(map(_word_code, [given, *others]))[:SORT_KEY_MAX]


def initials(full_name: str) -> str:
    """Return the name for an open slip: "Nguyễn Văn An" gives "Nguyễn V. A."; one word gives its letter."""
    words = tidy(full_name).split()
    if len(words) < 2:
        return "".join(word[0].upper() + "." for word in words)
    return " ".join([words[0], *(word[0].upper() + "." for word in words[1:])])


def _capital(word: str) -> str:
    return re.sub(r"(?:^|(?<=['’\-]))\w", lambda m: m[0].upper(), word.lower())


def proper_name(full_name: str) -> str:
    """Return a name fit to be printed: "  HOÀNG CÔNG ẤN" gives "Hoàng Công Ấn"; mixed case stays as it is."""
    name = tidy(full_name)
    if name == name.upper() or name == name.lower():
        return nfc(" ".join(_capital(word) for word in name.split()))
    return name


class BadPhone(ValueError):
    """The text is not a Vietnamese mobile number."""


_NO_PHONE = frozenset({"", "-", "--", "0", "khong", "khong co", "ko", "ko co", "chua co"})
_PHONE_NOISE = re.compile(r"[\s.\-()'\u2010-\u2015]+")
_MOBILE = re.compile(r"(?:(?:\+|00)?840?|0)?([35789][0-9]{8})")


def normalise_phone(value: str | float | None) -> str | None:
    """Return ten digits from 0, or None where nothing (or "không có", "-") is written.

    Accepts +84, 84, spaces, dots, dashes, and a number whose leading zero a spreadsheet has eaten (878684335
    or 878684335.0). Raises ``BadPhone`` for everything else, landlines and two numbers in a cell included.
    """
    text = re.sub(r"(?<=[0-9])\.0$", "", squeeze("" if value is None else str(value)))
    if fold(text).replace("–", "-").replace("—", "-") in _NO_PHONE:
        return None
    found = _MOBILE.fullmatch(_PHONE_NOISE.sub("", text))
    if found is None:
        raise BadPhone(text)
    return "0" + found[1]


# Tab, line feed and carriage return are white space in a cell, not trickery.
_ALLOWED_CONTROLS = frozenset("\t\n\r")
_PLAIN = re.compile(r"[ -~À-ÖØ-öø-ɏẠ-ỹ]*")
_STRANGE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def strange_characters(s: str) -> tuple[str, ...]:
    """Name the characters no honest name holds ("U+202E"): direction, control, zero-width, stacked marks.

    An empty tuple means the text is clean. Text should be in NFC: marks still standing apart are counted.
    """
    if _PLAIN.fullmatch(s):
        return ()
    found: dict[str, None] = {}
    stacked = 0
    for c in s:
        stacked = stacked + 1 if unicodedata.combining(c) else 0
        bad = unicodedata.category(c) in _STRANGE and c not in _ALLOWED_CONTROLS
        if bad or stacked > 1 or c in "\ufffd\u2028\u2029\u115f\u3164":
            found[f"U+{ord(c):04X}"] = None
    return tuple(found)
