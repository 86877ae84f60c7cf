"""What members of staff do with their own account: password, second factor, sessions."""

import secrets

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.tokens import Keyring
from app.identity import passwords, queries, rules, totp
from app.identity.errors import WrongCode, WrongSignIn
from app.identity.models import Account, StaffSession
from app.identity.operations.signing_in import Proof, digest
from app.lib.i18n import N_


def change_password(session: Session, by: Actor, proof: Proof, *, present: str, new: str) -> None:
    """Set a password of one's own choice and end every other session of the account.

    ``proof`` comes from comparing ``present`` beforehand (``prove_password``). Raises ``WrongSignIn`` when that was
    wrong, and all problems of the new password at once.
    """
    problems = rules.password_problems(new, login=by.login, full_name=by.name)
    if passwords.same(present, new):
        problems.append(N_("Mật khẩu mới phải khác mật khẩu hiện tại."))
    kept = "" if problems else passwords.hash_password(new)
    account = _own(session, by)
    if not proof.right or proof.account_id != account.id or account.password_hash != proof.compared:
        raise WrongSignIn(N_("Mật khẩu hiện tại chưa đúng."), field="present")
    if problems:
        raise ManyRefusals(N_("Mật khẩu mới chưa dùng được."), [Refusal(problem, field="new") for problem in problems])
    account.password_hash = kept
    account.must_change_password = False
    _end_sessions(session, account.id, StaffSession.id != by.session_id)
    _note(session, by, "identity.password.change")


def begin_second_factor(session: Session, by: Actor, keyring: Keyring) -> None:
    """Make a secret to be shown as a QR code; it counts once a code of it was typed (``confirm_second_factor``).

    Raises ``WrongMoment`` when the account has a second factor: only an administrator takes that away.
    """
    account = _own(session, by)
    _refuse_second(account)
    account.totp_secret = totp.seal(keyring, account.id, totp.new_secret())
    account.totp_last_step = 0
    _note(session, by, "identity.second_factor.begin")


def confirm_second_factor(session: Session, by: Actor, keyring: Keyring, code: str) -> str:
    """Turn the second factor on, and return the new key of this session; all other sessions end.

    Raises ``WrongCode``, and ``WrongMoment`` when nothing was begun or it is on already.
    """
    account = _own(session, by)
    _refuse_second(account)
    if account.totp_secret is None:
        raise WrongMoment(N_("Mời Ông/Bà bắt đầu lại việc bật xác thực hai bước."))
    now = clock.now()
    secret = totp.unseal(keyring, account.id, account.totp_secret)
    step = totp.accepted_step(secret, code, at=now, last=account.totp_last_step)
    if step is None:
        raise WrongCode
    account.totp_confirmed_at = now
    account.totp_last_step = step
    _end_sessions(session, account.id, StaffSession.id != by.session_id)
    _note(session, by, "identity.second_factor.confirm")
    return _renew_key(session, by)


def sign_out(session: Session, by: Actor) -> None:
    """End the session with which the request came."""
    _end_sessions(session, by.account_id, StaffSession.id == by.session_id)
    _note(session, by, "identity.session.close")


def end_session(session: Session, by: Actor, session_id: int) -> None:
    """End one of one's own sessions; raises ``NotFound`` for anybody else's."""
    found = session.scalar(
        select(StaffSession).where(StaffSession.id == session_id, StaffSession.account_id == by.account_id)
    )
    if found is None:
        raise NotFound(N_("Không tìm thấy phiên làm việc này."))
    _end_sessions(session, by.account_id, StaffSession.id == session_id)
    _note(session, by, "identity.session.close")


def sign_out_everywhere(session: Session, by: Actor) -> None:
    """End all sessions of one's own account, this one too."""
    _end_sessions(session, by.account_id)
    _note(session, by, "identity.session.close_all")


def end_all_sessions(session: Session, account: Account) -> None:
    """End every session of an account."""
    _end_sessions(session, account.id)


def _own(session: Session, by: Actor) -> Account:
    query = select(Account).where(Account.id == by.account_id).with_for_update()
    account = session.scalar(query.execution_options(populate_existing=True))
    if account is None or account.disabled_at is not None:
        raise Forbidden(N_("Chỉ chủ tài khoản làm được việc này."))
    return account


def _refuse_second(account: Account) -> None:
    if account.totp_confirmed_at is not None:
        raise WrongMoment(N_("Xác thực hai bước đã bật. Để đổi điện thoại, mời Ông/Bà liên hệ quản trị viên."))


def _end_sessions(session: Session, account_id: int | None, *which: ColumnElement[bool]) -> None:
    own = StaffSession.account_id == account_id
    statement = update(StaffSession).where(own, StaffSession.ended_at.is_(None), *which)
    session.execute(statement.values(ended_at=clock.now()))


def _renew_key(session: Session, by: Actor) -> str:
    token = secrets.token_urlsafe(32)
    row = session.get_one(StaffSession, by.session_id)
    row.token_hash = digest(token)
    row.second_factor_at = clock.now()
    return token


def _note(session: Session, by: Actor, action: str) -> None:
    path = queries.home_path(session, by.account_id or 0)
    record(session, by, action, subject=("account", by.account_id), path=path)
