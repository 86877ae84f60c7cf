"""Numbers as Vietnamese legal texts write them: Chương IV, Phần thứ hai, khoản 2.1, điểm đ."""

import re

from app.lib.text import fold

ROMAN = r"(?=[IVXL])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = "nhat hai ba tu nam sau bay tam chin muoi".split()
_ORDINAL_NAMES = {"mot": 1, "bon": 4} | {name: n for n, name in enumerate(_ORDINALS, start=1)}
ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""Letters of points in their order; f, j, w and z are no Vietnamese letters, and are met all the same."""


def roman_value(text: str) -> int | None:
    """The number that Roman digits up to 99 stand for, or None for anything else."""
    if not re.fullmatch(ROMAN, text):
        return None
    values = [_VALUES[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def ordinal_value(text: str) -> int | None:
    """The number of "thứ nhất", "nhất", "thứ mười"; None for anything else."""
    words = fold(text).split()
    return _ORDINAL_NAMES.get(words[-1]) if words and words[:-1] in ([], ["thu"]) else None


def plain_number(number: str) -> str:
    """A number as it stands in an anchor: "IV" and "thứ tư" give "4", "2.1" gives "2-1", "đ" gives "dd"."""
    value = roman_value(number.rstrip(".")) or ordinal_value(number)
    if value is not None:
        return str(value)
    return letters_only(number)


def letters_only(number: str) -> str:
    """The number in the letters of an address; "đ" becomes "dd", so that it differs from "d"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(number.lower().replace("đ", "dd"))).strip("-")


def following_letters(letter: str) -> set[str]:
    """The letters with which the point after this one may begin."""
    after = {chr(ord(letter) + 1)} if "a" <= letter < "z" else set()
    place = ALPHABET.find(letter)
    return after | set(ALPHABET[place + 1 : place + 2]) if place >= 0 else after
