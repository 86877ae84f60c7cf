"""A proof of work, asked only of senders whose signs are bad: a phone reckons for a second or two, a flood for hours.

Nothing is fetched from anybody, there is no puzzle for people, and who runs no script, or does not want to wait, sends
without it: then a person reads first. The number sought lies below a bound, so that no phone ever reckons endlessly.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.tokens import BadToken, Keyring, same

CHALLENGE, NUMBER = "proof_challenge", "proof"
THRESHOLD = 50
"""Risk from which a proof is asked for."""

LIFE = 24 * 3600
EASY = 60_000
"""Numbers to try at most at the threshold: about 0.2 s on a desk, 2 s on a cheap phone; twice as many when worst."""

_PURPOSE = "visitor proof"
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Challenge:
    """Find the number from 0 up to ``most`` whose hash behind ``salt`` is ``target``. ``token`` carries it signed."""

    salt: str
    target: str
    most: int
    token: str


def make(keyring: Keyring, salt: str, risk: int, signs: Sequence[str]) -> Challenge:
    """A challenge for one form; ``salt`` is the form's own, so that a proof serves once. Keeps the signs in mind."""
    most = EASY * (2 if risk >= 100 else 1)
    target = digest(salt, secrets.randbelow(most + 1))
    return Challenge(salt, target, most, keyring.sign(_PURPOSE, [salt, target, most, list(signs)]))


def digest(salt: str, number: int | str) -> str:
    return hashlib.sha256(f"{salt}:{number}".encode()).hexdigest()


def signs_before(keyring: Keyring, form: Mapping[str, Any], salt: str) -> tuple[str, ...] | None:
    """What spoke against the sender when the proof was asked for; None when none was asked for this form."""
    held = _read(keyring, form)
    return tuple(held[3]) if held and held[0] == salt else None


def is_proven(keyring: Keyring, form: Mapping[str, Any], salt: str) -> bool:
    """Whether the form carries the number sought by the challenge that was made for it."""
    held = _read(keyring, form)
    number = str(form.get(NUMBER, ""))
    if not held or held[0] != salt or not (number.isascii() and number.isdigit()) or len(number) > _LONGEST:
        return False
    return same(digest(salt, number), held[1])


def _read(keyring: Keyring, form: Mapping[str, Any]) -> list[Any] | None:
    try:
        held: list[Any] = keyring.read(_PURPOSE, str(form.get(CHALLENGE, "")), max_age=LIFE)
    except BadToken:
        return None
    return held
