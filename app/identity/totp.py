"""The second factor: six digits that change every 30 seconds (RFC 6238), as every authenticator app makes them."""

import hmac
import os
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from app.core.tokens import Keyring

STEP = 30
DIGITS = 6
SECRET_BYTES = 20
# Telephones' clocks stray: the step before and the step after count too.
DRIFT = 1
ISSUER = "Dân Bàn"
PURPOSE = "totp"


def new_secret() -> bytes:
    return os.urandom(SECRET_BYTES)


def seal(keyring: Keyring, account_id: int, secret: bytes) -> bytes:
    """The secret as it is kept: useless in another account's row and without the service's key."""
    return keyring.seal(PURPOSE, secret, str(account_id).encode())


def unseal(keyring: Keyring, account_id: int, sealed: bytes) -> bytes:
    """The reverse of ``seal``; raises ``BadToken``."""
    return keyring.open(PURPOSE, sealed, str(account_id).encode())


def code(secret: bytes, step: int) -> str:
    """The digits of a step (the number of 30-second steps since 1970)."""
    return _totp(secret).generate(step * STEP).decode()


def step_of(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def accepted_step(secret: bytes, typed: str, *, at: datetime, last: int) -> int | None:
    """The step whose digits were typed, or None when they are wrong.

    Only a step later than ``last`` (the one accepted before) counts: a code seen over the shoulder is worth nothing.
    """
    digits = "".join(typed.split())
    found = None
    for step in range(step_of(at) - DRIFT, step_of(at) + DRIFT + 1):
        if hmac.compare_digest(code(secret, step).encode(), digits.encode()) and step > last:
            found = step
    return found


def text_secret(secret: bytes) -> str:
    """The secret for typing, in groups of four."""
    text = b32encode(secret).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def uri(secret: bytes, login: str) -> str:
    """The address that an authenticator app reads from the QR code.

    Six digits, 30 seconds and SHA-1 are what every app assumes, so they need not make the drawing denser.
    """
    typed = b32encode(secret).decode()
    return f"otpauth://totp/{quote(f'{ISSUER}:{login}', safe='')}?secret={typed}&issuer={quote(ISSUER)}"


def _totp(secret: bytes) -> TOTP:
    # SHA-1 is what the apps support; inside HMAC its collisions do not matter.
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303
