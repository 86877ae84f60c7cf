"""Signing in: each step, each refusal, what is counted and what is recorded."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.permissions import Role
from app.core.tokens import Keyring
from app.identity import operations, passwords, totp
from app.identity.errors import Disabled, Locked, WrongCode, WrongSignIn
from app.identity.models import Account, StaffSession
from app.identity.operations import Lifetime
from app.identity.operations.signing_in import digest
from tests.support.cast import make_account, make_area, make_grant
from tests.support.passwords import QUICK

PASSWORD = "mua nang len"
HASH = QUICK.hash(PASSWORD)
KEYRING = Keyring("secret-of-the-tests-" * 2)
LIFETIME = Lifetime(hours=10, idle_minutes=60)


@pytest.fixture
def account(session: Session) -> Account:
    account = make_account(session, login="canbo", password_hash=HASH)
    make_grant(session, account, Role.AREA_HEAD, make_area(session))
    return account


def sign_in(session: Session, login: str = "canbo", password: str = PASSWORD) -> StaffSession:
    proof = operations.prove_password(session, login, password)
    token = operations.sign_in(session, proof, LIFETIME, browser="Chrome, Windows")
    session.flush()
    return session.scalars(select(StaffSession).where(StaffSession.token_hash == digest(token))).one()


def fail(session: Session, account: Account, times: int = 1, at: str = "password") -> None:
    for _ in range(times):
        operations.count_failure(session, account.id, at=at)


def enrol(account: Account) -> bytes:
    secret = totp.new_secret()
    account.totp_secret = totp.seal(KEYRING, account.id, secret)
    account.totp_confirmed_at = clock.now()
    return secret


def digits(secret: bytes, drift: int = 0) -> str:
    return totp.code(secret, totp.step_of(clock.now()) + drift)


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_right_password_opens_a_session(session: Session, account: Account) -> None:
    row = sign_in(session, login=" CanBo ")
    assert row.account_id == account.id
    assert row.ended_at is None
    assert row.second_factor_at is None
    assert row.expires_at - row.created_at == timedelta(hours=10)
    [entry] = session.scalars(select(AuditEntry))
    assert (entry.action, entry.account_id, entry.actor_name) == (
        "identity.session.open",
        account.id,
        account.full_name,
    )
    assert entry.path.startswith("79/")
    assert PASSWORD not in str(entry.detail)


def test_every_session_has_a_key_of_its_own(session: Session, account: Account) -> None:
    assert sign_in(session).token_hash != sign_in(session).token_hash


@pytest.mark.parametrize(
    ("login", "password"),
    [("canbo", "mua nang xuong"), ("canbo", ""), ("nobody", PASSWORD), ("", ""), ("canbo", PASSWORD + "x" * 200)],
)
def test_anything_else_is_one_and_the_same_refusal(
    session: Session, account: Account, login: str, password: str
) -> None:
    with pytest.raises(WrongSignIn) as refusal:
        sign_in(session, login, password)
    assert str(refusal.value) == "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert session.scalars(select(StaffSession)).all() == []


def test_a_password_changed_meanwhile_no_longer_counts(session: Session, account: Account) -> None:
    proof = operations.prove_password(session, "canbo", PASSWORD)
    account.password_hash = passwords.hash_password("gio mua moi")
    session.flush()
    with pytest.raises(WrongSignIn):
        operations.sign_in(session, proof, LIFETIME)


def test_who_knows_the_password_is_told_that_the_account_is_disabled(session: Session, account: Account) -> None:
    account.disabled_at = clock.now()
    with pytest.raises(Disabled):
        sign_in(session)
    with pytest.raises(WrongSignIn):
        sign_in(session, password="mua nang xuong")


def test_the_fifth_failure_locks_even_for_the_right_password(session: Session, account: Account) -> None:
    fail(session, account, 4)
    assert account.locked_until is None
    fail(session, account)
    with pytest.raises(Locked) as refusal:
        sign_in(session)
    assert "15 phút" in str(refusal.value)
    assert 0 < refusal.value.retry_after <= 15 * 60
    assert acts(session) == ["identity.session.refuse"] * 5


def test_the_lock_ends_by_itself_and_the_next_is_longer(
    session: Session, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    at(monkeypatch, start)
    fail(session, account, 5)
    at(monkeypatch, start + timedelta(minutes=14, seconds=59))
    with pytest.raises(Locked):
        sign_in(session)
    at(monkeypatch, start + timedelta(minutes=15))
    fail(session, account, 5)
    assert account.locked_until == start + timedelta(minutes=45)
    at(monkeypatch, start + timedelta(minutes=45))
    sign_in(session)
    assert account.failures == 0
    assert account.locked_until is None


def test_failures_of_a_login_nobody_has_are_counted_nowhere(session: Session) -> None:
    operations.count_failure(session, None, at="password")
    assert acts(session) == []


def test_a_hash_of_old_parameters_is_renewed(session: Session, account: Account) -> None:
    account.password_hash = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    session.flush()
    sign_in(session)
    assert account.password_hash.startswith(f"$argon2id$v=19$m={QUICK.memory_cost}")
    sign_in(session)


def test_with_a_second_factor_the_password_alone_forgives_and_records_nothing(
    session: Session, account: Account
) -> None:
    enrol(account)
    fail(session, account, 3)
    sign_in(session)
    assert account.failures == 3
    assert "identity.session.open" not in acts(session)


def prove(session: Session, half: StaffSession, code: str) -> StaffSession:
    token = operations.prove_second_factor(session, KEYRING, half.id, code, LIFETIME)
    session.flush()
    return session.scalars(select(StaffSession).where(StaffSession.token_hash == digest(token))).one()


def test_the_digits_end_the_half_open_session_and_open_a_full_one(session: Session, account: Account) -> None:
    secret = enrol(account)
    half = sign_in(session)
    fail(session, account, 2, at="code")
    full = prove(session, half, digits(secret))
    assert half.ended_at is not None
    assert full.id != half.id and full.token_hash != half.token_hash
    assert full.second_factor_at is not None
    assert account.failures == 0
    assert acts(session)[-1] == "identity.session.open"


def test_digits_are_worth_nothing_a_second_time(session: Session, account: Account) -> None:
    secret = enrol(account)
    code = digits(secret)
    prove(session, sign_in(session), code)
    with pytest.raises(WrongCode):
        prove(session, sign_in(session), code)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "12345678"])
def test_wrong_digits(session: Session, account: Account, code: str) -> None:
    secret = enrol(account)
    half = sign_in(session)
    if code == digits(secret):
        pytest.skip("one in a million")
    with pytest.raises(WrongCode):
        prove(session, half, code)
    assert half.ended_at is None


def test_another_accounts_digits(session: Session, account: Account) -> None:
    enrol(account)
    other = make_account(session, login="khac", password_hash=HASH)
    secret = enrol(other)
    with pytest.raises(WrongCode):
        prove(session, sign_in(session), digits(secret))


def test_wrong_digits_lock_too(session: Session, account: Account) -> None:
    secret = enrol(account)
    half = sign_in(session)
    fail(session, account, 5, at="code")
    with pytest.raises(Locked):
        prove(session, half, digits(secret))


def test_without_an_enrolled_second_factor_no_digits_do(session: Session, account: Account) -> None:
    half = sign_in(session)
    with pytest.raises(WrongCode):
        prove(session, half, "000000")


def values_of(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def test_the_key_itself_is_kept_nowhere(session: Session, account: Account) -> None:
    proof = operations.prove_password(session, "canbo", PASSWORD)
    token = operations.sign_in(session, proof, LIFETIME)
    session.flush()
    rows = [*session.scalars(select(StaffSession)), *session.scalars(select(AuditEntry))]
    assert rows and not any(token in str(values_of(row)) for row in rows)
