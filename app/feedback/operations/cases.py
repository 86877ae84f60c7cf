"""What becomes of a note: a case, a report for inspectors alone, or words for the moderators (Law Đ9.2, Đ34, Đ35)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import clock
from app.core.entries import clean_prose
from app.core.errors import Refusal
from app.core.tokens import Keyring
from app.feedback.models import Case, CaseAct, Rating, RatingNote, ServiceCenter, ServiceCounter
from app.feedback.operations.restricting import Photo, free_code, restrict
from app.feedback.rules import cases as rules
from app.feedback.rules import restricted
from app.feedback.sealing import sealed_phone
from app.lib.calendar import CalendarTable
from app.lib.i18n import N_
from app.lib.text import BadPhone, normalise_phone
from app.moderation.operations.submitting import submit, text_key

KIND = rules.KIND
PHOTO_ALONE = "(Chỉ có ảnh, không có lời.)"
CASE, RESTRICTED, NOTE = "case", "restricted", "note"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a note became. ``code``: as the person keeps it ("PA-7K3M-9QTR"), shown once; empty for a plain note.

    ``kind``: ``case``, ``restricted`` or ``note``. ``explain``: ``complaint`` or ``denunciation`` where the words are
    such a one, which has a law of its own (the sentence is in ``rules.restricted.EXPLAINED``); else empty.
    """

    code: str
    kind: str
    explain: str = ""


def take_in(
    session: Session,
    keyring: Keyring,
    rating: Rating,
    note: RatingNote,
    *,
    reasons: AbstractSet[str],
    phone: str,
    wants_answer: bool,
    holidays: CalendarTable,
    photo: Photo | None = None,
    seed: str = "",
) -> TakenIn:
    """Keep a note (not written before, or only in this transaction) and let happen what must.

    Money asked for and accusations of a person go to the inspectors alone: of those the note keeps neither words nor
    photo nor number, and the photo is stored sealed. Everything else waits for a moderator; who wants an answer gets a
    case and its code, with or without a telephone. A number is kept only of who wants an answer. Where
    the same may be sent again, its code comes from ``seed``. Raises ``Refusal`` at ``text`` or ``phone``.
    """
    note.rating_id, note.path, note.center_id = rating.id, rating.path, rating.center_id
    note.text = clean_prose(note.text or "", "text", rules.MOST_TEXT)
    number = _number(phone) if wants_answer else ""
    explain = restricted.own_procedure(note.text)
    kind = restricted.restricted_kind(reasons, note.text)
    if kind:
        code = restrict(session, keyring, note, kind, phone=number, photo=photo, seed=seed)
        return TakenIn(code, RESTRICTED, explain)
    if wants_answer and not (note.text or reasons or photo):
        raise Refusal(N_("Ghi điều Ông/Bà muốn được trả lời."), field="text")
    note.photo_key = photo.keep() if photo else ""
    note.wants_answer, note.phone = wants_answer, sealed_phone(keyring, rating.id, number)
    note.text_key = text_key(note.text) if note.text else ""
    session.add(note)
    session.flush()
    _to_moderators(session, rating, note)
    if not wants_answer:
        return TakenIn("", NOTE, explain)
    return TakenIn(_open_case(session, keyring, rating, note, holidays, seed), CASE, explain)


def _open_case(
    session: Session, keyring: Keyring, rating: Rating, note: RatingNote, holidays: CalendarTable, seed: str
) -> str:  # fmt: skip
    code, kept = free_code(session, keyring, seed)
    now = clock.now()
    case = Case(
        code_hash=kept, note_id=note.id, center_id=rating.center_id, counter_id=rating.counter_id, path=rating.path,
        status=rules.NEW, opened_at=now, due_at=rules.deadline("answer", now, holidays),
    )  # fmt: skip
    session.add(case)
    session.flush()
    session.add(CaseAct(case_id=case.id, verb="open", at=now))
    return rules.shown_code(code)


def _to_moderators(session: Session, rating: Rating, note: RatingNote) -> None:
    """Let a person read what may be shown one day; a photo alone has no words that could be a duplicate."""
    if not (note.text or note.photo_key):
        return
    center = session.get_one(ServiceCenter, rating.center_id)
    counter = session.get(ServiceCounter, rating.counter_id) if rating.counter_id else None
    submit(
        session,
        kind=KIND,
        subject_id=note.id,
        path=rating.path,
        about=" · ".join(part for part in (center.name, counter.name if counter else "") if part),
        collection=f"center:{center.id}",
        text=note.text or PHOTO_ALONE,
        mode="before",
        device_hash=note.device_hash if note.text else "",
    )


def _number(phone: str) -> str:
    try:
        return normalise_phone(phone) or ""
    except BadPhone:
        raise Refusal(
            N_("Số điện thoại không đúng. Nhập số di động có 10 chữ số, ví dụ 0912345678."), field="phone"
        ) from None
