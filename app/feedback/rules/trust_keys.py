"""What the service's keyring makes of codes: the keyed hashes behind them, and what is kept instead of them."""

import hashlib
from datetime import datetime

from app.core.tokens import Keyring
from app.feedback.rules import trust

_SLOT, _DOSSIER, _DOSSIER_HASH = "feedback rotating code", "feedback dossier code", "feedback dossier hash"


def slot_mac(keyring: Keyring) -> trust.Mac:
    """The keyed hash of rotating codes."""
    return lambda value: keyring.mac(_SLOT, value)


def dossier_mac(keyring: Keyring) -> trust.Mac:
    """The keyed hash of which the codes of dossiers are made."""
    return lambda value: keyring.mac(_DOSSIER, value)


def current_slot_code(keyring: Keyring, point_code: str, at: datetime) -> str:
    """What the screen of a point shows at a moment."""
    return trust.slot_code(slot_mac(keyring), point_code, trust.slot_of(at))


def dossier_hash(keyring: Keyring, code: str) -> str:
    """What is kept of a dossier's code. Keyed: 45 bits could be tried through by whoever has the database alone."""
    return keyring.mac(_DOSSIER_HASH, code.encode()).hex()


def secret_hash(secret: str) -> str:
    """What is kept of a secret of 130 bits: of so many a plain hash is enough, and can be found by index."""
    return hashlib.sha256(b"danban feedback 1 " + secret.encode()).hexdigest()
