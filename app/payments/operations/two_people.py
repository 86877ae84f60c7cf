"""Whether who approves an account is somebody else than who entered it: two accounts of one person are not two people.

An administrator can make a second account for himself, or set the leader's password anew and sign in as the leader.
Both leave a date. So whoever approves must have held account and right for a week before the payee was entered, with
nothing set anew by an administrator since: who plans that has to begin a week earlier, under the eyes of the record.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Grant, Role, covers
from app.identity.models import Account, RoleGrant
from app.identity.queries import live
from app.lib.i18n import N_
from app.lib.text import fold
from app.payments.models import PayeeAccount

SETTLED = timedelta(days=7)
"""So long before the payee was entered who approves it has had account and right."""
_BY_ADMINISTRATORS = ("identity.password.reset", "identity.second_factor.reset", "identity.account.update")
_SAME_PHONE = N_("Người duyệt và người ghi tài khoản này có cùng số điện thoại. Mời một người khác duyệt.")
_SAME_NAME = N_("Người duyệt và người ghi tài khoản này có cùng họ tên. Mời một người khác duyệt.")
_NEW_ACCOUNT = N_(
    "Tài khoản cán bộ của Ông/Bà được lập chưa đủ %(days)d ngày trước khi tài khoản nhận tiền này được ghi. Mời một"
    " người khác duyệt; hoặc chọn không duyệt, rồi để người ghi ghi lại khi đã đủ %(days)d ngày."
)
_NEW_RIGHT = N_(
    "Ông/Bà được giao quyền duyệt chưa đủ %(days)d ngày trước khi tài khoản nhận tiền này được ghi. Mời một người"
    " khác duyệt; hoặc chọn không duyệt, rồi để người ghi ghi lại khi đã đủ %(days)d ngày."
)
_SET_ANEW = N_(
    "Người quản trị đã đặt lại mật khẩu, đặt lại xác thực hai bước hoặc sửa tên, số điện thoại của Ông/Bà trong"
    " %(days)d ngày trước khi tài khoản nhận tiền này được ghi, hoặc sau đó. Mời một người khác duyệt; hoặc chọn không"
    " duyệt, rồi để người ghi ghi lại khi đã đủ %(days)d ngày."
)


def must_be_two(session: Session, payee: PayeeAccount, approver_id: int, permission: str) -> None:
    """Refuse an approver who may be the same person as who entered the payee; says why.

    ``permission``: the right by which it is approved.
    """
    entered, approver = session.get_one(Account, payee.entered_by), session.get_one(Account, approver_id)
    if approver.phone and approver.phone == entered.phone:
        raise Refusal(_SAME_PHONE)
    if fold(approver.full_name) == fold(entered.full_name):
        raise Refusal(_SAME_NAME)
    since = payee.entered_at - SETTLED
    if approver.created_at > since:
        raise Refusal(_NEW_ACCOUNT, days=SETTLED.days)
    if not _held_right(session, payee.path, approver_id, permission, since):
        raise Refusal(_NEW_RIGHT, days=SETTLED.days)
    if _set_anew(session, approver_id, since):
        raise Refusal(_SET_ANEW, days=SETTLED.days)


def _held_right(session: Session, path: str, account_id: int, permission: str, since: datetime) -> bool:
    query = select(RoleGrant.role, Area.path).join(Area, Area.id == RoleGrant.area_id)
    query = query.where(RoleGrant.account_id == account_id, RoleGrant.since <= since, live(clock.now()))
    held = (Grant(Role(role), place) for role, place in session.execute(query))
    return any(permission in grant.permissions and covers(grant.path, path) for grant in held)


def _set_anew(session: Session, account_id: int, since: datetime) -> bool:
    of_account = (AuditEntry.subject_kind == "account", AuditEntry.subject_id == str(account_id))
    acts = select(AuditEntry.id).where(*of_account, AuditEntry.action.in_(_BY_ADMINISTRATORS), AuditEntry.at > since)
    return session.scalar(acts.limit(1)) is not None
