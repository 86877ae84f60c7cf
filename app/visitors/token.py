"""The token of a form: which form it is, when it was shown, and a number used once, under the service's signature.

It lives as long as a form may wait in a phone without network.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.tokens import BadToken, Keyring, bytes_of, same, text_of

LIFE = timedelta(days=7)
_NONCE, _MOMENT, _MAC = 16, 6, 16


@dataclass(frozen=True, slots=True)
class FormToken:
    """A form as it was shown: its number, and the moment in milliseconds since 1970."""

    nonce: bytes
    shown: int

    def age(self, now: datetime) -> timedelta:
        """How long ago the form was shown; negative when this machine's clock has gone back."""
        return timedelta(milliseconds=_milliseconds(now) - self.shown)

    @property
    def client_uuid(self) -> str:
        """A name for what is sent with the form that stays the same when it is sent again."""
        return self.nonce.hex()


def new(now: datetime) -> FormToken:
    return FormToken(secrets.token_bytes(_NONCE), _milliseconds(now))


def write(keyring: Keyring, purpose: str, token: FormToken) -> str:
    """The token as text for a hidden field."""
    raw = token.nonce + token.shown.to_bytes(_MOMENT, "big")
    return text_of(raw + _mac(keyring, purpose, raw))


def read(keyring: Keyring, purpose: str, text: str) -> FormToken:
    """The token of a text made by ``write`` for the same purpose, however old; raises ``BadToken``."""
    whole = bytes_of(text)
    raw, mac = whole[: _NONCE + _MOMENT], whole[_NONCE + _MOMENT :]
    if len(whole) != _NONCE + _MOMENT + _MAC or not same(mac, _mac(keyring, purpose, raw)):
        raise BadToken(purpose)
    return FormToken(raw[:_NONCE], int.from_bytes(raw[_NONCE:], "big"))


def _mac(keyring: Keyring, purpose: str, raw: bytes) -> bytes:
    return keyring.mac("visitor form", purpose.encode() + b"\0" + raw)[:_MAC]


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
