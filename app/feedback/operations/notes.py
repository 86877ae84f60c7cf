"""What people add to a rating: reasons, words, a photo, and whether they want an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.tokens import Keyring
from app.feedback.models import Rating, RatingNote, RatingReason
from app.feedback.operations.cases import TakenIn, take_in
from app.feedback.operations.restricting import Photo
from app.feedback.operations.sums import ask
from app.feedback.rules.rating import LONGEST_TEXT, UNOFFICIAL_PAYMENT, reasons_for
from app.gateways.storage import Storage
from app.holidays.queries import calendar_lately
from app.lib.i18n import N_


@dataclass(frozen=True, slots=True)
class Added:
    """What somebody adds. ``photo``: a picture already clean of everything but what can be seen."""

    reasons: tuple[str, ...] = ()
    text: str = ""
    photo: bytes = b""
    wants_answer: bool = False
    phone: str = ""
    device_hash: str = ""

    @property
    def is_more_than_reasons(self) -> bool:
        return bool(self.text or self.photo or self.wants_answer or UNOFFICIAL_PAYMENT in self.reasons)


def add(session: Session, keyring: Keyring, storage: Storage, rating_id: int, added: Added) -> TakenIn:
    """Keep what is added to a rating, once. Raises ``Refusal`` at its field, ``WrongMoment`` the second time."""
    rating = session.get(Rating, rating_id, with_for_update=True)
    if rating is None or rating.undone_at is not None:
        raise WrongMoment(N_("Đánh giá này đã được bỏ. Mời Ông/Bà đánh giá lại."))
    if len(added.text) > LONGEST_TEXT:
        raise Refusal(N_("Tối đa %(most)d ký tự. Mời rút ngắn."), field="text", most=LONGEST_TEXT)
    reasons = [slug for slug in dict.fromkeys(added.reasons) if slug in reasons_for(rating.level)]
    _refuse_second(session, rating_id)
    if not (reasons or added.is_more_than_reasons):
        raise Refusal(N_("Ông/Bà chưa chọn hoặc viết gì. Không có gì để gửi thêm."))
    _keep_reasons(session, rating, reasons)
    if not added.is_more_than_reasons:
        return TakenIn("", "note")
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
    )  # fmt: skip


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
