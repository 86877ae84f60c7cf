"""What people add to a rating: reasons, words, a photo, and whether they want an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.tokens import Keyring
from app.feedback.models import Case, Rating, RatingNote, RatingReason, RestrictedReport
from app.feedback.operations.cases import CASE, NOTE, RESTRICTED, TakenIn, take_in
from app.feedback.operations.restricting import Photo, codes
from app.feedback.operations.sums import ask
from app.feedback.rules.cases import shown_code
from app.feedback.rules.rating import LONGEST_TEXT, UNOFFICIAL_PAYMENT, reasons_for
from app.feedback.rules.restricted import own_procedure
from app.feedback.sealing import code_hash
from app.gateways.storage import Storage
from app.holidays.queries import calendar_lately
from app.lib.i18n import N_


@dataclass(frozen=True, slots=True)
class Added:
    """What somebody adds. ``photo``: a picture already clean of everything but what can be seen.

    ``repeat_key``: a secret of the phone that may send the same again, should the answer be lost. The code that leads
    to an answer comes from it and is told again; the service keeps nothing of it.
    """

    reasons: tuple[str, ...] = ()
    text: str = ""
    photo: bytes = b""
    wants_answer: bool = False
    phone: str = ""
    device_hash: str = ""
    repeat_key: str = ""

    @property
    def is_more_than_reasons(self) -> bool:
        return bool(self.text or self.photo or self.wants_answer or UNOFFICIAL_PAYMENT in self.reasons)


def add(
    session: Session, keyring: Keyring, storage: Storage, rating_id: int, added: Added, *, repeated: bool = False
) -> TakenIn:  # fmt: skip
    """Keep what is added to a rating, once. Raises ``Refusal`` at its field, ``WrongMoment`` the second time.

    ``repeated``: this very sending was taken before; with its ``repeat_key`` it is answered as it was then.
    """
    rating = session.get(Rating, rating_id, with_for_update=True)
    if rating is None or rating.undone_at is not None:
        raise WrongMoment(N_("Đánh giá này đã được bỏ. Mời Ông/Bà đánh giá lại."))
    if len(added.text) > LONGEST_TEXT:
        raise Refusal(N_("Tối đa %(most)d ký tự. Mời rút ngắn."), field="text", most=LONGEST_TEXT)
    reasons = [slug for slug in dict.fromkeys(added.reasons) if slug in reasons_for(rating.level)]
    told = _told_before(session, keyring, rating_id, added) if repeated and added.repeat_key else None
    if told is not None:
        return told
    _refuse_second(session, rating_id)
    if not (reasons or added.is_more_than_reasons):
        raise Refusal(N_("Ông/Bà chưa chọn hoặc viết gì. Không có gì để gửi thêm."))
    _keep_reasons(session, rating, reasons)
    if not added.is_more_than_reasons:
        return TakenIn("", NOTE)
    note = RatingNote(
        rating_id=rating.id,
        path=rating.path,
        center_id=rating.center_id,
        text=added.text,
        device_hash=added.device_hash,
        added_at=clock.now(),
    )
    wants, phone = added.wants_answer, added.phone
    return take_in(
        session, keyring, rating, note, reasons=set(reasons), phone=phone, wants_answer=wants,
        holidays=calendar_lately(session), photo=Photo(storage, added.photo) if added.photo else None,
        seed=_seed(rating_id, added),
    )  # fmt: skip


def _seed(rating_id: int, added: Added) -> str:
    return f"{rating_id} {added.repeat_key}" if added.repeat_key else ""


def _told_before(session: Session, keyring: Keyring, rating_id: int, added: Added) -> TakenIn | None:
    """What this sending was answered; None where it left nothing, or its code comes from another key."""
    note = session.scalar(select(RatingNote).where(RatingNote.rating_id == rating_id))
    explain = own_procedure(added.text)
    if note is None:
        reasoned = session.scalar(select(RatingReason.reason).where(RatingReason.rating_id == rating_id).limit(1))
        return TakenIn("", NOTE) if reasoned else None
    case = session.scalar(select(Case.code_hash).where(Case.note_id == note.id))
    report = session.scalar(select(RestrictedReport.code_hash).where(RestrictedReport.rating_id == rating_id))
    kept = report or case
    if kept is None:
        return TakenIn("", NOTE, explain)
    code = next((one for one in codes(keyring, _seed(rating_id, added)) if code_hash(keyring, one) == kept), None)
    return TakenIn(shown_code(code), RESTRICTED if report else CASE, explain) if code else None


def _refuse_second(session: Session, rating_id: int) -> None:
    noted = select(RatingNote.id).where(RatingNote.rating_id == rating_id)
    reasoned = select(RatingReason.rating_id).where(RatingReason.rating_id == rating_id)
    if session.scalar(noted) is not None or session.scalar(reasoned.limit(1)) is not None:
        raise WrongMoment(N_("Ông/Bà đã gửi thêm ý kiến cho đánh giá này rồi."))


def _keep_reasons(session: Session, rating: Rating, reasons: Iterable[str]) -> None:
    rows = [RatingReason(rating_id=rating.id, reason=slug) for slug in reasons]
    if rows:
        session.add_all(rows)
        session.flush()
        ask(session, rating.center_id, rating.day)
