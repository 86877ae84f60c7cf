"""The telephone somebody leaves with an opinion: sealed under the service's key, never in a list or an export."""

from app.consultations.models import Comment
from app.core.tokens import Keyring

_PURPOSE = "comment phone"


def sealed_phone(keyring: Keyring, phone: str, code: str) -> bytes | None:
    """What is kept of a number; bound to the comment by its code, so that it cannot be moved to another."""
    return keyring.seal(_PURPOSE, phone.encode(), code.encode()) if phone else None


def phone_of(keyring: Keyring, comment: Comment) -> str | None:
    """The number, to write to the author and for nothing else; None where none was left."""
    if comment.phone is None:
        return None
    return keyring.open(_PURPOSE, comment.phone, comment.code.encode()).decode()
