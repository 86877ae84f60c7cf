"""Keys, signatures and sealed cookies derived from the service's secret."""

import base64
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadData, URLSafeTimedSerializer

NONCE = 12


class BadToken(Exception):
    """The token was not made by this service, was altered, or is too old."""


class Keyring:
    """Derives one independent key per purpose, so that a token of one kind never passes as another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._keys: dict[str, bytes] = {}
        self._ciphers: dict[str, AESGCM] = {}

    def key(self, purpose: str) -> bytes:
        """32 bytes for the purpose, always the same for one secret."""
        if purpose not in self._keys:
            hkdf = HKDF(algorithm=SHA256(), length=32, salt=b"danban", info=purpose.encode())
            self._keys[purpose] = hkdf.derive(self._secret)
        return self._keys[purpose]

    def sign(self, purpose: str, value: Any) -> str:
        """A signed, dated, readable token; never put a secret in it."""
        return str(URLSafeTimedSerializer(self.key(purpose), salt=purpose).dumps(value))

    def read(self, purpose: str, token: str, *, max_age: int) -> Any:
        """The value of a token made by ``sign`` at most ``max_age`` seconds ago; raises ``BadToken``."""
        try:
            return URLSafeTimedSerializer(self.key(purpose), salt=purpose).loads(token, max_age=max_age)
        except BadData as fault:
            raise BadToken(purpose) from fault

    def mac(self, purpose: str, value: bytes) -> bytes:
        return hmac.digest(self.key(purpose), value, "sha256")

    def seal(self, purpose: str, plain: bytes, bound: bytes = b"") -> bytes:
        """Encrypt for this service only; ``bound`` must be given again to open."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(purpose).encrypt(nonce, plain, bound)

    def open(self, purpose: str, sealed: bytes, bound: bytes = b"") -> bytes:
        """Decrypt what ``seal`` made; raises ``BadToken``."""
        try:
            return self._cipher(purpose).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except (InvalidTag, ValueError) as fault:
            raise BadToken(purpose) from fault

    def _cipher(self, purpose: str) -> AESGCM:
        if purpose not in self._ciphers:
            self._ciphers[purpose] = AESGCM(self.key(purpose))
        return self._ciphers[purpose]


def same(left: str | bytes, right: str | bytes) -> bool:
    """Equality in constant time."""
    a, b = (x.encode() if isinstance(x, str) else x for x in (left, right))
    return hmac.compare_digest(a, b)


def text_of(raw: bytes) -> str:
    """URL-safe text of bytes, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The reverse of ``text_of``; raises ``BadToken`` for anything else."""
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError as fault:
        raise BadToken("base64") from fault
