"""Codes that show how far a rating can be trusted: one that turns on a screen, and one of a single dossier.

Pure: the keyed hash comes in as a function, the moment as a value.
"""

import hmac
from collections.abc import Callable
from datetime import date, datetime, timedelta

from app.lib.codes import ALPHABET, code_of, new_code, normalise

Mac = Callable[[bytes], bytes]

SLOT_SECONDS = 60
ACCEPTED_SECONDS = 600
_SHOWN_TODAY = 12 * 3600
SLOT_CODE_LENGTH = 5
"""25 bits: of ten codes that hold at a moment, one guess in three million finds one."""

DOSSIER_CODE_LENGTH = 10
_DATA_LENGTH = DOSSIER_CODE_LENGTH - 1
VALID_DAYS = 60
MOST_DAYS = 365
SECRET_LENGTH = 26

# Arithmetic of the field with 32 elements (x⁵ + x² + 1): each character of the alphabet is one of them.
_MODULUS = 0b100101


def slot_of(moment: datetime) -> int:
    """The number of the minute in which the moment lies, since 1970; a naive moment raises ``ValueError``."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone lies in no slot")
    return int(moment.timestamp() // SLOT_SECONDS)


def slot_code(mac: Mac, point_code: str, slot: int) -> str:
    """What the screen of a point shows during one minute."""
    return code_of(mac(f"{point_code}:{slot}".encode()), SLOT_CODE_LENGTH)


def slot_holds(mac: Mac, point_code: str, typed: str, at: datetime) -> bool:
    """Whether a code is one of those that the point's screen showed lately.

    A code is accepted from the second in which its minute began, and less than ten minutes after it: ``start <= at <
    start + 600 s``. All ten candidates are compared, each in constant time, whichever of them fits.
    """
    return _is_of(mac, point_code, typed, slot_of(at), ACCEPTED_SECONDS // SLOT_SECONDS)


def is_slot_guess(mac: Mac, point_code: str, typed: str, *moments: datetime) -> bool:
    """Whether a code that holds no more was a guess: it could be one, and the point's screen never showed it.

    Looked at are the twelve hours before each moment, so that a page opened again after work is none.
    """
    if normalise(typed, SLOT_CODE_LENGTH) is None:
        return False
    return not any(_is_of(mac, point_code, typed, slot_of(at), _SHOWN_TODAY // SLOT_SECONDS) for at in moments)


def _is_of(mac: Mac, point_code: str, typed: str, last: int, slots: int) -> bool:
    """Whether a code is one of so many slots up to the last."""
    code = normalise(typed, SLOT_CODE_LENGTH)
    found = False
    for slot in range(last - slots + 1, last + 1):
        found |= hmac.compare_digest(slot_code(mac, point_code, slot), code or "")
    return found


def dossier_code(mac: Mac, center_id: int, dossier: str, generation: int) -> str:
    """The code of a dossier: always the same for one generation, so that asking again needs no kept code."""
    data = code_of(mac(f"{center_id}\n{dossier}\n{generation}".encode()), _DATA_LENGTH)
    return data + check_character(data)


def check_character(data: str) -> str:
    """The last character: a weighted sum over the field, so that any one wrong or any two swapped are noticed."""
    total = 0
    for place, letter in enumerate(data, start=1):
        total ^= _times(_power(place), ALPHABET.index(letter))
    return ALPHABET[total]


def read_dossier_code(typed: str) -> str | None:
    """The code that was meant, or None when what was typed, scanned or read aloud cannot be one."""
    code = normalise(typed, DOSSIER_CODE_LENGTH)
    if code is None or check_character(code[:-1]) != code[-1]:
        return None
    return code


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _MODULUS
        right >>= 1
    return product


def _power(place: int) -> int:
    """2 to the ``place`` in the field: differs for each of the places, and is never one."""
    value = 1
    for _step in range(place):
        value = _times(value, 2)
    return value


def expires_on(minted_on: date, days: int = VALID_DAYS) -> date:
    """The last day on which a code minted that day is taken."""
    return minted_on + timedelta(days=days)


def slot_address(base_url: str, point_code: str, code: str) -> str:
    """What a screen's QR code says: at most 40 characters on a short host, so that cheap phones read it."""
    return f"{base_url.rstrip('/')}/r/{point_code}/{code}"


def dossier_address(base_url: str, code: str) -> str:
    """What the QR code on an appointment slip says."""
    return f"{base_url.rstrip('/')}/h/{code}"


def display_address(base_url: str, kind: str, secret: str) -> str:
    """What a screen or a tablet is opened with, once."""
    return f"{base_url.rstrip('/')}/{'man-hinh' if kind == 'screen' else 'quay'}/{secret}"


def new_secret() -> str:
    """The secret in a display's address, or in a key of the interface: 130 bits."""
    return new_code(SECRET_LENGTH)
