"""Passwords: Argon2id, hashed again when the parameters grow, the same work for a login nobody has."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Letters and digits that are not mistaken for one another when read out over the telephone.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4

# RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes.
hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The Argon2id hash to keep; about 0.1 s of work and 64 MiB."""
    return hasher.hash(_normal(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; ``None`` (nobody has the login) costs the same and is False."""
    try:
        hasher.verify(kept if kept is not None else _nobody(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def same(left: str, right: str) -> bool:
    """Whether two typed passwords are one and the same."""
    return _normal(left) == _normal(right)


def renewed(kept: str, password: str) -> str | None:
    """A new hash of a password just verified, when the kept one was made with other parameters."""
    return hash_password(password) if hasher.check_needs_rehash(kept) else None


def temporary() -> str:
    """A password to be handed over once and changed at once: 16 characters in groups, 79 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


@cache
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe())


def _normal(password: str) -> bytes:
    # Keyboards differ in how they compose Vietnamese letters; the same password must stay the same.
    return unicodedata.normalize("NFKC", password).encode()
