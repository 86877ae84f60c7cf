"""A note comes to the inspectors late, by a moderator or by what the person adds; its code goes on working."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound, WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, RatingNote, RestrictedAct, RestrictedReport
from app.feedback.operations.restricting import Photo, empty, fill, free_code
from app.feedback.queries.cases import answers_of
from app.feedback.sealing import phone_of
from app.gateways.storage import Storage
from app.lib.calendar import format_date
from app.lib.i18n import N_

# Kept inside what is sealed, so in the language of who wrote.
SAID = {"answer": "Trung tâm trả lời ngày", "reopen": "Người dân hỏi lại ngày"}


def hand_over(
    session: Session, by: Actor, keyring: Keyring, storage: Storage, note_id: int, kind: str, *,
    verb: str = "hand_over", added: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """Seal words, number and photo of a note into a report of this kind; the stored files to be deleted.

    A case of the note is no more: its code is the code of the report, and what was written to and fro is sealed with
    it, and what the person has ``added`` today. Without a case nobody holds a code. ``verb`` is what the inspectors
    read of how it came. Who may, and the record, are the caller's. Raises ``WrongMoment`` for what is sealed already.
    """
    note = session.get(RatingNote, note_id)
    if note is None:
        raise NotFound(N_("Không tìm thấy nội dung này."))
    lock(session, note)
    if note.restricted:
        raise WrongMoment(N_("Nội dung này đã ở trong hộp kín."))
    case = session.scalar(select(Case).where(Case.note_id == note.id).with_for_update())
    kept = case.code_hash if case is not None else free_code(session, keyring)[1]
    report = RestrictedReport(
        code_hash=kept, rating_id=note.rating_id, center_id=note.center_id, path=note.path, kind=kind,
        received_at=clock.now(),
    )  # fmt: skip
    said = _exchange(session, case) if case is not None else []
    said += [_said("reopen", clock.today(), added)] if added else []
    text = "\n\n".join([note.text, *said]).strip()
    photo, gone = _photo(storage, note.photo_key)
    fill(keyring, report, text, phone_of(keyring, note), photo)
    if case is not None:
        session.execute(delete(CaseAct).where(CaseAct.case_id == case.id))
        session.delete(case)
    session.add(report)
    session.flush()
    session.add(RestrictedAct(report_id=report.id, verb=verb, by=by.account_id, at=report.received_at))
    empty(note)
    session.flush()
    return gone


def _exchange(session: Session, case: Case) -> list[str]:
    said = answers_of(session, case.id)
    return [_said(act.verb, clock.local(act.at).date(), act.text) for act in said]


def _said(verb: str, day: date, text: str) -> str:
    return f"{SAID[verb]} {format_date(day)}:\n{text}"


def _photo(storage: Storage, key: str) -> tuple[Photo | None, tuple[str, ...]]:
    """The photo as it lies open in the storage, and its key; a file that is lost leaves neither."""
    if not key:
        return None, ()
    try:
        return Photo(storage, storage.get(key)), (key,)
    except KeyError:
        return None, ()
