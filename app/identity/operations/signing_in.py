"""Signing in: a password, then six digits for accounts that have a second factor.

The hash is compared before anything is written: Argon2 takes a tenth of a second, during which nobody else may have
to wait. A failure is counted by ``count_failure``, outside the savepoint that the refusal rolls back.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.permissions import Actor
from app.core.tokens import Keyring
from app.identity import passwords, queries, rules, totp
from app.identity.errors import Disabled, Locked, WrongCode, WrongSignIn
from app.identity.models import Account, StaffSession


@dataclass(frozen=True)
class Proof:
    """What comparing a password gave: whose account, against which hash, and whether it was right."""

    account_id: int | None
    compared: str = ""
    right: bool = False
    renewed: str | None = None


@dataclass(frozen=True)
class Lifetime:
    """How long a session holds: at most, and without being used."""

    hours: int
    idle_minutes: int

    def ends(self, moment: datetime) -> datetime:
        return moment + timedelta(hours=self.hours)

    def idle_since(self, moment: datetime) -> datetime:
        """Sessions last seen before this moment have been idle for too long."""
        return moment - timedelta(minutes=self.idle_minutes)


def digest(token: str) -> str:
    """What is kept of a session's key."""
    return hashlib.sha256(token.encode()).hexdigest()


def prove_password(session: Session, login: str, password: str) -> Proof:
    """Compare a password with the account's; writes nothing, and costs the same when nobody has the login."""
    account = queries.by_login(session, rules.login_key(login))
    right = passwords.verify(account.password_hash if account else None, password[: rules.MAX_PASSWORD])
    right = right and len(password) <= rules.MAX_PASSWORD
    if account is None:
        return Proof(account_id=None)
    renewed = passwords.renewed(account.password_hash, password) if right else None
    return Proof(account.id, account.password_hash, right, renewed)


def sign_in(session: Session, proof: Proof, lifetime: Lifetime, *, browser: str = "") -> str:
    """Open a session and return its key.

    Raises ``Locked`` while the account is locked (whatever the password), ``WrongSignIn``, and ``Disabled``. An
    account with a second factor still has to prove it: until then its session opens nothing.
    """
    account = _locked_row(session, proof.account_id)
    if account is None:
        raise WrongSignIn
    _refuse_while_locked(account)
    if not proof.right or account.password_hash != proof.compared:
        raise WrongSignIn
    if account.disabled_at is not None:
        raise Disabled
    if proof.renewed:
        account.password_hash = proof.renewed
    if account.totp_confirmed_at is None:
        _forgive(account)
    return _open(session, account, lifetime, browser, second_factor_at=None)


def prove_second_factor(session: Session, keyring: Keyring, session_id: int, code: str, lifetime: Lifetime) -> str:
    """Check the six digits, end the half-open session and return the key of a full one.

    Raises ``WrongCode`` for wrong, late and already used digits, and ``Locked``.
    """
    half = session.get_one(StaffSession, session_id)
    account = _locked_row(session, half.account_id)
    if account is None or account.totp_secret is None or account.totp_confirmed_at is None:
        raise WrongCode
    _refuse_while_locked(account)
    now = clock.now()
    secret = totp.unseal(keyring, account.id, account.totp_secret)
    step = totp.accepted_step(secret, code, at=now, last=account.totp_last_step)
    if step is None:
        raise WrongCode
    account.totp_last_step = step
    _forgive(account)
    half.ended_at = now
    return _open(session, account, lifetime, half.browser, second_factor_at=now)


def count_failure(session: Session, account_id: int | None, *, at: str) -> None:
    """Count a wrong password (``at="password"``) or wrong digits (``"code"``); every fifth locks the account."""
    if account_id is None:
        return
    statement = update(Account).where(Account.id == account_id).values(failures=Account.failures + 1)
    failures = session.scalar(statement.returning(Account.failures)) or 0
    duration = rules.lock_after(failures)
    until = clock.now() + duration if duration else None
    if until:
        session.execute(update(Account).where(Account.id == account_id).values(locked_until=until))
    account = session.get_one(Account, account_id, populate_existing=True)
    _note(session, account, "identity.session.refuse", at=at, failures=failures, locked_until=until)


def _locked_row(session: Session, account_id: int | None) -> Account | None:
    query = select(Account).where(Account.id == account_id).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def _refuse_while_locked(account: Account) -> None:
    left = account.locked_until - clock.now() if account.locked_until else timedelta(0)
    if left > timedelta(0):
        raise Locked(seconds=-(-left // timedelta(seconds=1)))


def _forgive(account: Account) -> None:
    account.failures = 0
    account.locked_until = None


def _open(
    session: Session, account: Account, lifetime: Lifetime, browser: str, *, second_factor_at: datetime | None
) -> str:
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = StaffSession(
        account_id=account.id,
        token_hash=digest(token),
        created_at=now,
        last_seen_at=now,
        expires_at=lifetime.ends(now),
        second_factor_at=second_factor_at,
        browser=browser[:200],
    )
    session.add(row)
    if account.totp_confirmed_at is None or second_factor_at is not None:
        _note(session, account, "identity.session.open", browser=browser[:200])
    return token


def _note(session: Session, account: Account, action: str, **detail: object) -> None:
    by = Actor(account_id=account.id, name=account.full_name, login=account.login)
    path = queries.home_path(session, account.id)
    record(session, by, action, subject=("account", account.id), path=path, **detail)
