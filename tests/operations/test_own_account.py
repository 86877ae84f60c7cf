"""One's own account: password, second factor, sessions."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, NotFound, WrongMoment
from app.core.permissions import ANONYMOUS, SYSTEM, Actor, Grant, Role
from app.identity import operations, passwords, totp
from app.identity.errors import WrongCode, WrongSignIn
from app.identity.models import Account, StaffSession
from tests.operations.test_signing_in import HASH, KEYRING, LIFETIME, PASSWORD, digits, sign_in
from tests.support.cast import actor_of, make_account, make_area, make_grant

NEW = "con mèo ba chân"


@pytest.fixture
def account(session: Session) -> Account:
    account = make_account(session, login="canbo", password_hash=HASH, must_change_password=True)
    make_grant(session, account, Role.FRONT, make_area(session))
    return account


@pytest.fixture
def own(session: Session, account: Account) -> Actor:
    """The account in a browser of its own."""
    row = sign_in(session)
    return replace(actor_of(account, Grant(Role.FRONT, "79")), session_id=row.id)


def change(session: Session, by: Actor, present: str = PASSWORD, new: str = NEW) -> None:
    proof = operations.prove_password(session, by.login, present)
    operations.change_password(session, by, proof, present=present, new=new)


def ended(session: Session, *ids: int | None) -> list[bool]:
    session.flush()
    session.expire_all()
    return [session.get_one(StaffSession, one).ended_at is not None for one in ids]


def last(session: Session) -> str:
    return session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() or ""


def test_a_new_password_ends_every_other_session(session: Session, account: Account, own: Actor) -> None:
    other = sign_in(session)
    change(session, own)
    assert passwords.verify(account.password_hash, NEW)
    assert account.must_change_password is False
    assert ended(session, own.session_id, other.id) == [False, True]
    assert last(session) == "identity.password.change"


def test_the_present_password_must_be_right(session: Session, account: Account, own: Actor) -> None:
    with pytest.raises(WrongSignIn) as refusal:
        change(session, own, present="mua nang xuong")
    assert str(refusal.value) == "Mật khẩu hiện tại chưa đúng."
    assert account.password_hash == HASH


def test_a_proof_of_another_account_is_no_proof(session: Session, own: Actor) -> None:
    make_account(session, login="khac", password_hash=HASH)
    proof = operations.prove_password(session, "khac", PASSWORD)
    with pytest.raises(WrongSignIn):
        operations.change_password(session, own, proof, present=PASSWORD, new=NEW)


@pytest.mark.parametrize("new", ["ngan", "matkhau123", "canbo", PASSWORD, "x" * 300])
def test_a_poor_password_is_refused_at_its_field(session: Session, account: Account, own: Actor, new: str) -> None:
    with pytest.raises(ManyRefusals) as refusals:
        change(session, own, new=new)
    assert all(one.field == "new" for one in refusals.value.problems)
    assert account.must_change_password is True


def test_the_present_password_typed_another_way_is_still_the_same(session: Session, own: Actor) -> None:
    with pytest.raises(ManyRefusals, match="chưa dùng được"):
        change(session, own, new=PASSWORD)


@pytest.mark.parametrize("by", [ANONYMOUS, SYSTEM])
def test_only_the_owner_of_an_account_changes_its_password(session: Session, account: Account, by: Actor) -> None:
    with pytest.raises(Forbidden):
        change(session, by)


def test_a_disabled_account_changes_nothing(session: Session, account: Account, own: Actor) -> None:
    account.disabled_at = clock.now()
    with pytest.raises(Forbidden):
        change(session, own)
    with pytest.raises(Forbidden):
        operations.begin_second_factor(session, own, KEYRING)


def begin(session: Session, account: Account, own: Actor) -> bytes:
    operations.begin_second_factor(session, own, KEYRING)
    assert account.totp_secret is not None
    return totp.unseal(KEYRING, account.id, account.totp_secret)


def test_the_second_factor_counts_once_a_code_was_typed(session: Session, account: Account, own: Actor) -> None:
    other = sign_in(session)
    row = session.get_one(StaffSession, own.session_id)
    before = row.token_hash
    secret = begin(session, account, own)
    assert account.totp_confirmed_at is None
    operations.confirm_second_factor(session, own, KEYRING, digits(secret))
    assert account.totp_confirmed_at is not None
    assert row.second_factor_at is not None
    assert row.token_hash != before
    assert ended(session, own.session_id, other.id) == [False, True]
    assert last(session) == "identity.second_factor.confirm"


def test_the_code_of_the_enrolment_does_not_sign_in(session: Session, account: Account, own: Actor) -> None:
    secret = begin(session, account, own)
    code = digits(secret)
    operations.confirm_second_factor(session, own, KEYRING, code)
    half = sign_in(session)
    with pytest.raises(WrongCode):
        operations.prove_second_factor(session, KEYRING, half.id, code, LIFETIME)


def test_beginning_again_makes_another_secret(session: Session, account: Account, own: Actor) -> None:
    first, second = begin(session, account, own), begin(session, account, own)
    assert first != second
    with pytest.raises(WrongCode):
        operations.confirm_second_factor(session, own, KEYRING, digits(first))


def test_wrong_digits_turn_nothing_on(session: Session, account: Account, own: Actor) -> None:
    begin(session, account, own)
    with pytest.raises(WrongCode):
        operations.confirm_second_factor(session, own, KEYRING, "abcdef")
    assert account.totp_confirmed_at is None


def test_nothing_is_confirmed_before_it_was_begun(session: Session, own: Actor) -> None:
    with pytest.raises(WrongMoment, match="bắt đầu lại"):
        operations.confirm_second_factor(session, own, KEYRING, "000000")


def test_a_second_factor_that_is_on_is_not_replaced_by_its_owner(
    session: Session, account: Account, own: Actor
) -> None:
    secret = begin(session, account, own)
    operations.confirm_second_factor(session, own, KEYRING, digits(secret))
    kept = account.totp_secret
    with pytest.raises(WrongMoment, match="quản trị viên"):
        operations.begin_second_factor(session, own, KEYRING)
    with pytest.raises(WrongMoment):
        operations.confirm_second_factor(session, own, KEYRING, digits(secret, 1))
    assert account.totp_secret == kept


def test_signing_out_ends_this_session_only(session: Session, own: Actor) -> None:
    other = sign_in(session)
    operations.sign_out(session, own)
    assert ended(session, own.session_id, other.id) == [True, False]
    assert last(session) == "identity.session.close"


def test_signing_out_everywhere_ends_all_of_ones_own(session: Session, own: Actor) -> None:
    make_account(session, login="khac", password_hash=HASH)
    other, stranger = sign_in(session), sign_in(session, "khac")
    operations.sign_out_everywhere(session, own)
    assert ended(session, own.session_id, other.id, stranger.id) == [True, True, False]
    assert last(session) == "identity.session.close_all"


def test_another_browser_of_ones_own_can_be_signed_out(session: Session, own: Actor) -> None:
    other = sign_in(session)
    operations.end_session(session, own, other.id)
    assert ended(session, own.session_id, other.id) == [False, True]


def test_but_nobody_elses(session: Session, own: Actor) -> None:
    make_account(session, login="khac", password_hash=HASH)
    stranger = sign_in(session, "khac")
    for session_id in (stranger.id, 10**6):
        with pytest.raises(NotFound):
            operations.end_session(session, own, session_id)
    assert ended(session, stranger.id) == [False]


def test_without_a_session_signing_out_ends_none(session: Session, account: Account) -> None:
    row = sign_in(session)
    operations.sign_out(session, actor_of(account))
    assert ended(session, row.id) == [False]
