"""What a cast leaves in the log: digests, and the receipt that proves it without telling the choice.

A leaf names the household by its slot tag, so two households can never share a line; the nonce makes the digest of an
open ballot say nothing, and follows from the key of the sending, so a sending repeated finds its leaf again.
"""

import hashlib

from app.lib.canonical import canonical_json
from app.lib.codes import code_of

RECEIPT_LENGTH = 12
_NONCE_BYTES = 16


def nonce_of(idempotency_key: str) -> str:
    """The nonce of the leaf of one sending, as 32 hexadecimal digits; the key cannot be found from it."""
    return hashlib.sha256(b"danban nonce 1 " + idempotency_key.encode()).hexdigest()[: _NONCE_BYTES * 2]


def sealed_digest(envelope: bytes, other_envelope: bytes) -> str:
    """SHA-256 over both envelopes of a sealed ballot; their sizes are fixed, so nothing stands between them."""
    return hashlib.sha256(envelope + other_envelope).hexdigest()


def open_digest(nonce: str, choice: str, other_text: str) -> str:
    """A commitment to an open ballot: opened by whoever knows the nonce and the choice, and saying nothing before."""
    return hashlib.sha256(canonical_json([nonce, choice, other_text]).encode()).hexdigest()


def cast_leaf(public_id: str, slot_tag: str, digest: str, nonce: str) -> bytes:
    """The canonical text of a cast leaf: what its receipt is made from."""
    leaf = {"kind": "cast", "poll": public_id, "slot": slot_tag, "digest": digest, "nonce": nonce}
    return canonical_json(leaf).encode()


def receipt_of(public_id: str, slot_tag: str, digest: str, nonce: str) -> str:
    """Twelve characters (60 bits) of the hash of the leaf; nothing in it depends on an unsealed choice."""
    return code_of(hashlib.sha256(cast_leaf(public_id, slot_tag, digest, nonce)).digest(), RECEIPT_LENGTH)
