"""Guessing codes of dossiers: a network that tried many unknown ones is told to wait.

Only what could be a code counts: the check character finds every usual slip of the finger, so that people behind one
office's address are never stopped for mistyping.
"""

from app.feedback.rules.trust import read_dossier_code
from app.identity import limits
from app.visitors.device import network_hash
from app.web import current

MOST, SECONDS = 60, 3600


def check() -> None:
    """Raise ``TooMany`` when the network has tried too many unknown codes; before a code is looked up."""
    limits.check(current.services().database, _key(), MOST, SECONDS)


def note(typed: str) -> None:
    """Count a code that was not found; before the request's own transaction begins to write."""
    if read_dossier_code(typed) is not None:
        limits.hit(current.services().database, _key(), MOST, SECONDS)


def _key() -> str:
    return f"dossier codes {network_hash()}"
