"""The roll of a poll as lines of text: what fixes who has a vote, and in which order slips are brought round.

``number`` is the household's number as written on its papers; ``number_key`` is the same number as people type it.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.lib.canonical import canonical_json
from app.lib.text import fold, nfc

_NOT_IN_KEY = re.compile(r"[^0-9a-z]+")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_NOT_BETWEEN_DIGITS = re.compile(r"(?<![0-9])-|-(?![0-9])")
_DIGITS = re.compile(r"([0-9]+)")
# Between the parts of a tag: no number and no salt holds it.
_BETWEEN = "|"

NaturalKey = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class RollLine:
    """One household with its representative: all that the law lets be asked (NĐ59 Đ5.3)."""

    number: str
    representative: str
    address: str


def number_key(number: str) -> str:
    """The number as typed by anybody: "Hộ 012-A", "12a" and "012 a" are one household's, "12/3" is not "123".

    Marks, spaces, punctuation, the word "hộ" or "số" in front, and leading zeros do not count; what parts two
    runs of digits does.
    """
    key = _NOT_IN_KEY.sub(" ", fold(number)).split()
    while len(key) > 1 and key[0] in ("ho", "so"):
        key = key[1:]
    return _NOT_BETWEEN_DIGITS.sub("", _LEADING_ZEROS.sub("", "-".join(key)))


def fingerprint(lines: Iterable[RollLine]) -> str:
    """SHA-256 of the roll, whatever order it comes in: one line of canonical JSON for each household, sorted."""
    texts = sorted(canonical_json([nfc(x.number), nfc(x.representative), nfc(x.address)]) for x in lines)
    return hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()


def slot_tag(public_id: str, number: str, salt: str) -> str:
    """The household's name in the public log: only who holds its slip (and so the salt) can compute it."""
    return hashlib.sha256(_BETWEEN.join((public_id, nfc(number), salt)).encode()).hexdigest()


def same_when_typed(numbers: Iterable[str]) -> list[list[str]]:
    """Groups of different numbers that are one when typed; with such a pair a slip could open for the wrong door."""
    groups: dict[str, list[str]] = {}
    for number in numbers:
        groups.setdefault(number_key(number), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def natural_key(text: str) -> NaturalKey:
    """Order as people read it: "Cụm 2" before "Cụm 10"."""
    parts = (part for part in _DIGITS.split(fold(text)) if part)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def delivery_key(cluster: str, position: int, address: str, number: str) -> tuple[object, ...]:
    """Order of the round from door to door: cluster (none last), place in the roll, address, number."""
    return (not cluster, natural_key(cluster), position, natural_key(address), natural_key(number))
