"""How far a rating can be trusted, told by what its page was opened with; and using a dossier's code up, once.

Of a code is kept that it was used, and the rating does not know of any dossier: neither the office nor whoever holds
the database can tell which dossier's owner said what (Law Đ9). A moment, or a day on which few rated, would join the
two again. For the same reason the page behind a code is the same before and after its use: the office that printed it
could look every evening.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.core.tokens import Keyring
from app.feedback.models import DossierCode, RatingPoint
from app.feedback.queries.trust import display_of, dossier_of, present_point
from app.feedback.rules.trust import slot_holds
from app.feedback.rules.trust_keys import slot_mac
from app.lib.i18n import N_


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a rating can be trusted. ``dossier_id``: the code to use up with ``spend`` when the rating is saved.

    ``tier``: 0 printed code, 1 rotating code or tablet, 2 code of a dossier. ``kiosk``: it came from a tablet.
    """

    tier: int
    dossier_id: int | None = None
    kiosk: bool = False


class CodeOver(Refusal):
    """A rotating code is not, or no longer, or not yet one of its point."""


class DossierUsed(Refusal):
    """The dossier's one rating was made."""


class DossierOver(Refusal):
    """The dossier's code is unknown, revoked, past its day, or of another centre."""


class DisplayEnded(Refusal):
    """The tablet is unknown here, or was ended by staff."""


_CODE_OVER = N_(
    "Mã trên màn hình này đã hết hạn. Mời Ông/Bà quét lại mã đang hiện trên màn hình ở quầy, hoặc quét mã in tại quầy."
)
_USED = N_("Hồ sơ này đã được dùng để đánh giá. Mỗi hồ sơ đánh giá một lần.")
_EXPIRED = N_("Mã hồ sơ này đã hết hạn. Mời Ông/Bà quét mã tại quầy để đánh giá.")
_REVOKED = N_("Mã hồ sơ này đã bị thu hồi. Mời Ông/Bà quét mã tại quầy để đánh giá.")
_UNKNOWN = N_("Không có mã hồ sơ này. Mời Ông/Bà xem lại mã trên giấy hẹn.")
_ENDED = N_("Máy tính bảng này đã ngừng nhận đánh giá. Mời Ông/Bà quét mã in tại quầy.")


def tier_of(
    session: Session,
    keyring: Keyring,
    point: RatingPoint,
    *,
    slot_code: str = "",
    dossier_code: str = "",
    display_secret: str = "",
    at: datetime,
) -> Standing:
    """How far a rating at the point can be trusted at a moment; asks nothing of the database for a screen's code.

    Raises ``CodeOver``, ``DossierOver`` or ``DisplayEnded``, each with words for the person; whether a dossier's code
    was used is asked by ``use_up`` alone. ``at`` is when the rating comes in, by the clock that the screens go by.
    """
    if dossier_code:
        return Standing(2, dossier_id=_holding(session, keyring, point, dossier_code, at).id)
    if display_secret:
        display = display_of(session, display_secret, "kiosk")
        if display is None or display.ended_at is not None or present_point(session, display.point).id != point.id:
            raise DisplayEnded(_ENDED)
        return Standing(1, kiosk=True)
    if slot_code:
        if not slot_holds(slot_mac(keyring), point.code, slot_code, at):
            raise CodeOver(_CODE_OVER)
        return Standing(1)
    return Standing(0)


def spend(session: Session, dossier_id: int) -> bool:
    """Use a dossier's code up; False when somebody else did first. In the transaction that saves the rating.

    Of two people with one code at once exactly one gets True: the second waits for the row and finds it used.
    """
    unused = (DossierCode.id == dossier_id, DossierCode.used.is_(False), DossierCode.revoked_at.is_(None))
    taken = update(DossierCode).where(*unused).values(used=True).returning(DossierCode.id)
    return session.execute(taken).first() is not None


def use_up(
    session: Session,
    keyring: Keyring,
    point: RatingPoint,
    *,
    dossier_code: str,
    at: datetime,
    repeated: Callable[[], bool],
) -> int:
    """The dossier (its row) for whose one rating this sending stands: used up now, or when the same came before.

    ``repeated`` asks whether this very sending made its rating already. Raises ``DossierOver`` and ``DossierUsed``.
    """
    found = _holding(session, keyring, point, dossier_code, at)
    # Of two taps of one thumb the second waits in ``spend`` for the first, and is then asked about once more.
    if repeated() or spend(session, found.id) or repeated():
        return found.id
    raise DossierUsed(_USED)


def free(session: Session, dossier_id: int) -> None:
    """Let a dossier rate again, because its rating was taken back within two minutes.

    Which dossier that was is known to the signed token of the thanks page alone, in the person's own browser.
    """
    session.execute(update(DossierCode).where(DossierCode.id == dossier_id).values(used=False))


def _holding(session: Session, keyring: Keyring, point: RatingPoint, typed: str, at: datetime) -> DossierCode:
    """The dossier of a code that holds, whether used or not; raises ``DossierOver``."""
    found = dossier_of(session, keyring, typed)
    if found is None or found.center_id != point.center_id:
        raise DossierOver(_UNKNOWN)
    if found.revoked_at is not None:
        raise DossierOver(_REVOKED)
    if clock.local(at).date() > found.expires_on:
        raise DossierOver(_EXPIRED)
    return found
