"""How something comes into the inspectors' box: words, number and photo sealed, nothing of them left outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.core.tokens import Keyring
from app.feedback.models import Case, RatingNote, RestrictedAct, RestrictedReport
from app.feedback.rules import cases as rules
from app.feedback.sealing import SEALED_PHOTOS, code_hash, seal_photo, seal_report
from app.gateways.storage import Storage
from app.lib.codes import code_of, new_code
from app.lib.i18n import N_

PHOTOS = "ratings"
TRIES = 3


@dataclass(frozen=True, slots=True, repr=False)
class Photo:
    """A picture on its way into the storage, already clean of everything but what can be seen."""

    storage: Storage
    data: bytes

    def keep(self) -> str:
        """Store it as it is; its key."""
        return self.storage.put(PHOTOS, self.data)


def restrict(
    session: Session, keyring: Keyring, note: RatingNote, kind: str, *, phone: str = "", photo: Photo | None = None,
    seed: str = "",
) -> str:  # fmt: skip
    """Seal what somebody sends into a report, and keep none of it in the note; the report's code."""
    code, kept = free_code(session, keyring, seed)
    report = RestrictedReport(
        code_hash=kept, rating_id=note.rating_id, center_id=note.center_id, path=note.path, kind=kind,
        received_at=clock.now(),
    )  # fmt: skip
    fill(keyring, report, note.text, phone, photo)
    session.add(report)
    session.flush()
    session.add(RestrictedAct(report_id=report.id, verb="receive", at=report.received_at))
    empty(note)
    session.add(note)
    session.flush()
    return rules.shown_code(code)


def fill(keyring: Keyring, report: RestrictedReport, text: str, phone: str, photo: Photo | None) -> None:
    """Seal words, number and photo into a report that has its code."""
    seal_report(keyring, report, text, phone)
    if photo is not None:
        report.photo_key = photo.storage.put(SEALED_PHOTOS, seal_photo(keyring, report, photo.data))


def empty(note: RatingNote) -> None:
    """Leave of a note no more than that there was one."""
    note.text, note.photo_key, note.text_key, note.phone = "", "", "", None
    note.visible, note.shown_text, note.photo_visible = False, None, False
    note.wants_answer, note.restricted = False, True


def codes(keyring: Keyring, seed: str = "") -> Iterator[str]:
    """Codes to try. From a ``seed``, of which the service keeps nothing, come the same each time."""
    for place in range(TRIES):
        made = keyring.mac("code of a note", f"{place} {seed}".encode()) if seed else b""
        yield code_of(made, rules.CODE_LENGTH) if made else new_code(rules.CODE_LENGTH)


def free_code(session: Session, keyring: Keyring, seed: str = "") -> tuple[str, str]:
    """A code that nobody has, and what is kept of it."""
    for code in codes(keyring, seed):
        kept = code_hash(keyring, code)
        taken = [select(table.id).where(table.code_hash == kept) for table in (Case, RestrictedReport)]
        if all(session.scalar(query) is None for query in taken):
            return code, kept
    raise Refusal(N_("Chưa gửi được. Mời Ông/Bà bấm gửi lại."))
