"""The demo's payment code: an account that no bank has, approved by a second person a day ago, and what it is for."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.demo.commune import OPEN, Commune
from app.payments.models import Collection
from app.payments.operations import accounts, collections

# No bank has this number, so that nobody who scans the demo's code can send money.
NO_BANK = "999999"
HOLDER = "TAI KHOAN THU NGHIEM KHONG CHUYEN TIEN"


def collected(session: Session, made: Commune, ward: Area) -> Collection:
    """A community contribution of the area with the open vote, on the ward's one account."""
    officer = made.actors["", Role.COMMUNE_OFFICER]
    payee = accounts.propose(
        session, officer, ward, bank=NO_BANK, number="0000000000", holder=HOLDER,
        document="Tài khoản thử nghiệm, không có ở ngân hàng nào.",
    )  # fmt: skip
    accounts.approve(session, made.actors["", Role.LEADER], payee)
    # As if it had been approved yesterday.
    earlier = timedelta(hours=25)
    if payee.decided_at is None or payee.shown_from is None:
        raise LookupError("an approved account has its moments")
    payee.entered_at -= earlier
    payee.decided_at -= earlier
    payee.shown_from -= earlier
    return collections.create(
        session, officer, made.areas[OPEN], payee, kind="contribution", title="Quỹ thắp sáng hẻm 12 (thử nghiệm)",
        basis="Nghị quyết số 01/NQ-KP6 của cộng đồng dân cư khu phố 6.", purpose="Quy thap sang hem 12",
        opens_on=clock.today(), amount=50_000,
    )  # fmt: skip
