"""Managing others' accounts: only by who could have granted every role that the account has."""

from datetime import date
from typing import Any

from sqlalchemy import true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor, Role
from app.identity import passwords, queries, rules
from app.identity.models import Account
from app.identity.operations.own_account import end_all_sessions
from app.identity.operations.roles import grant_role, refuse_oneself
from app.lib.i18n import N_
from app.lib.text import BadPhone, fold, normalise_phone, sort_key, squeeze, strange_characters, tidy


def create_account(
    session: Session,
    by: Actor,
    *,
    login: str,
    full_name: str,
    phone: str = "",
    role: Role,
    area: Area,
    last_day: date | None = None,
) -> tuple[Account, str]:
    """Make an account with its first role; returns it and the password to be handed over once.

    Raises ``Refusal`` at the field at fault (a login already taken, no name, no phone number), and whatever
    ``grant_role`` raises.
    """
    # Before the first statement: nobody waits for the database meanwhile.
    password = passwords.temporary()
    kept = passwords.hash_password(password)
    key = rules.login_key(login)
    if not rules.is_login(key):
        raise Refusal(
            N_("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm, gạch; bắt đầu bằng chữ."),
            field="login",
        )
    if queries.by_login(session, key) is not None:
        raise Refusal(N_("Tên đăng nhập này đã có người dùng."), field="login")
    account = Account(login=key, password_hash=kept, must_change_password=True, created_at=clock.now())
    _describe(account, full_name, phone)
    session.add(account)
    try:
        session.flush()
    except IntegrityError:
        raise Refusal(N_("Tên đăng nhập này đã có người dùng."), field="login") from None
    _note(session, by, "identity.account.create", account, area.path)
    grant_role(session, by, account, role=role, area=area, last_day=last_day)
    return account, password


def update_account(session: Session, by: Actor, account: Account, *, full_name: str, phone: str) -> None:
    """Change name and telephone; the login stays."""
    _must_manage(session, by, account)
    _describe(account, full_name, phone)
    _note(session, by, "identity.account.update", account)


def disable_account(session: Session, by: Actor, account: Account) -> None:
    """Nobody signs in with the account any more, and its sessions end at once."""
    _must_manage(session, by, account)
    if account.disabled_at is not None:
        raise WrongMoment(N_("Tài khoản này đã bị khóa từ trước."))
    account.disabled_at = clock.now()
    end_all_sessions(session, account)
    _note(session, by, "identity.account.disable", account)


def enable_account(session: Session, by: Actor, account: Account) -> None:
    """The account may sign in again."""
    _must_manage(session, by, account)
    if account.disabled_at is None:
        raise WrongMoment(N_("Tài khoản này đang dùng được."))
    account.disabled_at = None
    _note(session, by, "identity.account.enable", account)


def reset_password(session: Session, by: Actor, account: Account) -> str:
    """Give a temporary password, to be shown once and changed at the next sign-in; ends sessions and the lock."""
    _must_manage(session, by, account)
    password = passwords.temporary()
    account.password_hash = passwords.hash_password(password)
    account.must_change_password = True
    account.failures = 0
    account.locked_until = None
    end_all_sessions(session, account)
    _note(session, by, "identity.password.reset", account)
    return password


def reset_second_factor(session: Session, by: Actor, account: Account) -> None:
    """Take the second factor off a lost telephone: a new one must be enrolled at the next sign-in."""
    _must_manage(session, by, account)
    if account.totp_secret is None:
        raise WrongMoment(N_("Tài khoản này chưa bật xác thực hai bước."))
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.totp_last_step = 0
    end_all_sessions(session, account)
    _note(session, by, "identity.second_factor.reset", account)


def may_manage(session: Session, by: Actor, account: Account) -> bool:
    """Whether ``by`` may manage the account: not their own, and every role of it within what they may grant.

    An account whose roles have all ended stays with those who could have granted them.
    """
    if by == SYSTEM:
        return True
    held = queries.grants_of(session, account.id, queries.outstanding(clock.now()))
    held = held or queries.grants_of(session, account.id, true())
    return by.account_id != account.id and rules.may_manage(by.grants, held)


def _must_manage(session: Session, by: Actor, account: Account) -> None:
    refuse_oneself(by, account)
    if not may_manage(session, by, account):
        raise Forbidden(N_("Tài khoản này có vai trò ngoài quyền quản trị của Ông/Bà."))


def _describe(account: Account, full_name: str, phone: str) -> None:
    name = squeeze(tidy(full_name))
    if not name:
        raise Refusal(N_("Ghi họ và tên."), field="full_name")
    if len(name) > 100 or strange_characters(name):
        raise Refusal(N_("Họ và tên tối đa 100 ký tự và không có ký tự lạ."), field="full_name")
    try:
        account.phone = normalise_phone(phone) or ""
    except BadPhone:
        raise Refusal(N_("Số điện thoại di động gồm 10 chữ số, bắt đầu bằng 0."), field="phone") from None
    account.full_name = name
    account.sort_key = sort_key(name)
    account.search = fold(f"{name} {account.login}")[:200]


def _note(session: Session, by: Actor, action: str, account: Account, path: str | None = None) -> None:
    place = path if path is not None else queries.home_path(session, account.id)
    detail: dict[str, Any] = {"login": account.login, "full_name": account.full_name}
    record(session, by, action, subject=("account", account.id), path=place, **detail)
