"""A household's credential: the secret in the QR code, the code typed instead, and how each is kept.

The secret has 130 bits, so its hash can be a plain one and found by index. The code has 60 bits, so its hash is slow
and salted; household number and rate limits come on top. Both are readable only while a slip is printed.
"""

import hashlib
import re
import secrets

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.lib.codes import new_code, normalise

SECRET_LENGTH = 26
CODE_LENGTH = 12
SALT_BYTES = 16
# 3.5 ms and 2 MB a code: a thousand slips take two seconds on two cores, and 2⁵⁹ tries take longer than matters.
_COST, _BLOCK, _PARALLEL, _KEY_BYTES = 2**11, 8, 1, 32
# The secret is the last part of the address in the QR code.
_LAST_PART = re.compile(r"[^/?#]+(?=[/?#]*$)")


def new_secret() -> str:
    return new_code(SECRET_LENGTH)


def new_typed_code() -> str:
    return new_code(CODE_LENGTH)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def secret_in(scanned: str) -> str | None:
    """The secret in what was scanned or typed: an address ending in it, or the secret alone; None for anything else."""
    found = _LAST_PART.search(scanned.strip())
    return normalise(found[0], SECRET_LENGTH) if found else None


def secret_hash(secret: str) -> str:
    """SHA-256 as 64 hexadecimal digits: what is kept of a secret."""
    return hashlib.sha256(b"danban slip 1 " + secret.encode()).hexdigest()


def code_hash(code: str, salt: bytes) -> bytes:
    """scrypt: what is kept of a code. Releases the interpreter while it works."""
    return _scrypt(salt).derive(code.encode())


def code_matches(code: str, salt: bytes, kept: bytes) -> bool:
    """Whether the code is the one kept, in constant time."""
    try:
        _scrypt(salt).verify(code.encode(), kept)
    except InvalidKey:
        return False
    return True


def waste_a_try(code: str) -> None:
    """Take as long as ``code_matches``: an unknown household must not be told by the time its refusal takes."""
    code_matches(code, bytes(SALT_BYTES), bytes(_KEY_BYTES))


def _scrypt(salt: bytes) -> Scrypt:
    return Scrypt(salt=salt, length=_KEY_BYTES, n=_COST, r=_BLOCK, p=_PARALLEL)
