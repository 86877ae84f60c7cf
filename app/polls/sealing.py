"""Sealed ballots: HPKE envelopes (RFC 9180) that only the holder of a poll's private key can open.

DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Every plaintext has one fixed size, so that its length says
nothing; every sealed ballot has both envelopes, so that the presence of a text says nothing either. Both are bound to
the poll's definition by its SHA-256: an envelope opened under another poll fails. Pure: no database, no web.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.core.tokens import BadToken, Keyring
from app.polls.rules.opinions import MOST_BYTES, clean_opinion

VERSION = 1
CHOICE_SIZE = 64
TEXT_SIZE = 2048
# An encapsulated key before and an authentication tag after the text.
OVERHEAD = 32 + 16

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CHOICE = b"danban choice 1 "
_TEXT = b"danban text 1 "
_WRAP = "poll key"
_KEY_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz_0123456789")


def new_poll_key(ballot_keys: Keyring, poll_public_id: str) -> tuple[bytes, bytes]:
    """A key pair for one poll: the public half, and the private half wrapped for this service and this poll."""
    private = X25519PrivateKey.generate()
    wrapped = ballot_keys.seal(_WRAP, private.private_bytes_raw(), poll_public_id.encode())
    return private.public_key().public_bytes_raw(), wrapped


def open_poll_key(ballot_keys: Keyring, poll_public_id: str, wrapped: bytes | None) -> X25519PrivateKey:
    """The private half again; raises ``BadToken`` when it is gone, or was wrapped for another poll or service."""
    if wrapped is None:
        raise BadToken(_WRAP)
    return X25519PrivateKey.from_private_bytes(ballot_keys.open(_WRAP, wrapped, poll_public_id.encode()))


def seal_choice(public: bytes, info: bytes, choice: str) -> bytes:
    """An envelope of ``CHOICE_SIZE`` + ``OVERHEAD`` bytes; ``info`` is the SHA-256 of the poll's definition."""
    plain = bytes([VERSION]) + choice.encode("ascii")
    if len(plain) >= CHOICE_SIZE:
        raise ValueError("the key of an option is too long to be sealed")
    return _SUITE.encrypt(plain.ljust(CHOICE_SIZE, b"\0"), _public_key(public), _CHOICE + info)


def seal_text(public: bytes, info: bytes, text: str = "") -> bytes:
    """An envelope of ``TEXT_SIZE`` + ``OVERHEAD`` bytes, whether there is a text or none."""
    raw = text.encode()
    if len(raw) > MOST_BYTES:
        raise ValueError("the text is too long to be sealed")
    plain = bytes([VERSION]) + len(raw).to_bytes(2, "big") + raw
    return _SUITE.encrypt(plain.ljust(TEXT_SIZE, b"\0"), _public_key(public), _TEXT + info)


def open_choice(private: X25519PrivateKey, info: bytes, envelope: bytes) -> str | None:
    """The choice in an envelope, or None where nothing sound is inside: that ballot is invalid, never a fault."""
    plain = _open(private, _CHOICE + info, envelope, CHOICE_SIZE)
    if plain is None or plain[0] != VERSION:
        return None
    key = plain[1:].rstrip(b"\0")
    return key.decode("ascii") if key and _KEY_LETTERS.issuperset(key) else None


def open_text(private: X25519PrivateKey, info: bytes, envelope: bytes) -> str | None:
    """The text in an envelope ("" where none was written), or None where nothing sound is inside."""
    plain = _open(private, _TEXT + info, envelope, TEXT_SIZE)
    if plain is None or plain[0] != VERSION:
        return None
    length = int.from_bytes(plain[1:3], "big")
    if length > MOST_BYTES or any(plain[3 + length :]):
        return None
    try:
        text = plain[3 : 3 + length].decode()
    except UnicodeDecodeError:
        return None
    return text if text == clean_opinion(text) else None


def _open(private: X25519PrivateKey, info: bytes, envelope: bytes, size: int) -> bytes | None:
    if len(envelope) != size + OVERHEAD:
        return None
    try:
        return _SUITE.decrypt(envelope, private, info)
    except (InvalidTag, ValueError):
        return None


@lru_cache(maxsize=1024)
def _public_key(raw: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(raw)
