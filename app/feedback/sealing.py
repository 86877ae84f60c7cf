"""What people leave at a counter and only some may read: sealed under the service's key, bound to its place."""

from app.core.tokens import Keyring
from app.feedback.models import RatingNote, RestrictedReport

_PHONE, _RESTRICTED_PHONE, _RESTRICTED_TEXT = "rating note phone", "restricted report phone", "restricted report text"
_RESTRICTED_PHOTO = "restricted report photo"
SEALED_PHOTOS = "sealed"
"""The folder of photos that only the service's key opens."""
_CODE = "rating case code"


def code_hash(keyring: Keyring, code: str) -> str:
    """What is kept of a code: whoever has the database and not the key finds no code by trying."""
    return keyring.mac(_CODE, code.encode()).hex()


def sealed_phone(keyring: Keyring, rating_id: int, phone: str) -> bytes | None:
    """The number as a note keeps it; None for none."""
    return keyring.seal(_PHONE, phone.encode(), _bound(rating_id)) if phone else None


def phone_of(keyring: Keyring, note: RatingNote) -> str:
    """The number of a note, to write to the person and for nothing else; empty where none was left."""
    return keyring.open(_PHONE, note.phone, _bound(note.rating_id)).decode() if note.phone else ""


def seal_report(keyring: Keyring, report: RestrictedReport, text: str, phone: str) -> None:
    """Put words and number into a report, each sealed to its code; what is empty stays empty."""
    bound = report.code_hash.encode()
    report.sealed_text = keyring.seal(_RESTRICTED_TEXT, text.encode(), bound) if text else None
    report.sealed_phone = keyring.seal(_RESTRICTED_PHONE, phone.encode(), bound) if phone else None


def open_report(keyring: Keyring, report: RestrictedReport) -> tuple[str, str]:
    """Words and number of a report; for inspectors alone, who are recorded when they read it."""
    bound = report.code_hash.encode()
    text = keyring.open(_RESTRICTED_TEXT, report.sealed_text, bound) if report.sealed_text else b""
    phone = keyring.open(_RESTRICTED_PHONE, report.sealed_phone, bound) if report.sealed_phone else b""
    return text.decode(), phone.decode()


def seal_photo(keyring: Keyring, report: RestrictedReport, photo: bytes) -> bytes:
    """What is stored of the photo of a report, in the folder ``SEALED_PHOTOS``: bound to its code as the words are."""
    return keyring.seal(_RESTRICTED_PHOTO, photo, report.code_hash.encode())


def open_photo(keyring: Keyring, report: RestrictedReport, stored: bytes) -> bytes:
    """The photo of a report, for inspectors alone; one in another folder was never sealed and is given as it is."""
    if not report.photo_key.startswith(f"{SEALED_PHOTOS}/"):
        return stored
    return keyring.open(_RESTRICTED_PHOTO, stored, report.code_hash.encode())


def _bound(rating_id: int) -> bytes:
    return str(rating_id).encode()
