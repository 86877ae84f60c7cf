"""Whether who approves an account is somebody else than who entered it: two accounts of one person are not two people.

An administrator can make a second account, or set the leader's password anew and sign in as the leader. Both stand in
the record: neither of the two may have had the other's account in hand, and nobody may have set the approver's anew
once the payee was entered.
"""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Refusal
from app.identity.models import Account
from app.lib.i18n import N_
from app.payments.models import PayeeAccount

_TAKE_IN_HAND = (
    "identity.account.create",
    "identity.account.update",
    "identity.role.grant",
    "identity.password.reset",
    "identity.second_factor.reset",
)
_SAME_PHONE = N_("Người duyệt và người ghi tài khoản này có cùng số điện thoại. Mời một người khác duyệt.")
_IN_HAND = N_(
    "Một trong hai người, người ghi và người duyệt, đã lập, sửa, giao quyền hoặc đặt lại mật khẩu, xác thực hai bước"
    " cho người kia. Mời một người khác duyệt."
)
_SET_ANEW = N_(
    "Sau khi tài khoản nhận tiền này được ghi, tài khoản cán bộ của Ông/Bà mới được lập, giao quyền, sửa hoặc đặt lại"
    " mật khẩu, xác thực hai bước. Mời một người khác duyệt; hoặc chọn không duyệt, rồi để người ghi ghi lại."
)


def must_be_two(session: Session, payee: PayeeAccount, approver_id: int) -> None:
    """Refuse an approver who may be the same person as who entered the payee; says why."""
    entered, approver = session.get_one(Account, payee.entered_by), session.get_one(Account, approver_id)
    if approver.phone and approver.phone == entered.phone:
        raise Refusal(_SAME_PHONE)
    each_other = or_(*(
        and_(AuditEntry.account_id == by.id, AuditEntry.subject_id == str(on.id))
        for by, on in ((entered, approver), (approver, entered))
    ))  # fmt: skip
    if _found(session, each_other):
        raise Refusal(_IN_HAND)
    if _found(session, and_(AuditEntry.subject_id == str(approver.id), AuditEntry.at > payee.entered_at)):
        raise Refusal(_SET_ANEW)


def _found(session: Session, which: ColumnElement[bool]) -> bool:
    acts = select(AuditEntry.id).where(
        AuditEntry.subject_kind == "account", AuditEntry.action.in_(_TAKE_IN_HAND), which
    )
    return session.scalar(acts.limit(1)) is not None
