"""Two accounts of one person are not two people: who may not approve an account that was entered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Actor, Role
from app.identity.models import Account, RoleGrant
from app.identity.operations.accounts import reset_password, reset_second_factor, update_account
from app.payments.models import PayeeAccount
from app.payments.operations import accounts
from app.payments.operations.two_people import SETTLED
from tests.support.cast import make_actor, make_commune, make_grant
from tests.support.payments import make_payee, settle

ENTERED = timedelta(hours=1)


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def leader(session: Session, commune: Area) -> Actor:
    leader = make_actor(session, Role.LEADER, commune)
    settle(session)
    return leader


@pytest.fixture
def admin(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_ADMIN, commune)


@pytest.fixture
def payee(session: Session, commune: Area, leader: Actor) -> PayeeAccount:
    return make_payee(session, commune, status="proposed", entered_at=clock.now() - ENTERED)


def account_of(session: Session, actor_id: int | None) -> Account:
    return session.get_one(Account, actor_id)


def refused(session: Session, by: Actor, payee: PayeeAccount) -> str:
    with pytest.raises(Refusal) as caught:
        accounts.approve(session, by, payee)
    assert payee.status == "proposed" and payee.shown_from is None
    return str(caught.value)


def test_somebody_else_who_has_been_here_for_a_week_approves(
    session: Session, leader: Actor, payee: PayeeAccount
) -> None:
    account = account_of(session, leader.account_id)
    account.phone = account_of(session, payee.entered_by).phone = ""
    account.created_at = payee.entered_at - SETTLED
    accounts.approve(session, leader, payee)
    assert payee.status == "approved"


@pytest.mark.parametrize("name", ["Lê Văn Đạt", "LE VAN DAT", " lê  văn Ðạt"])
def test_one_name_or_one_phone_is_one_person(session: Session, leader: Actor, payee: PayeeAccount, name: str) -> None:
    entered, approver = account_of(session, payee.entered_by), account_of(session, leader.account_id)
    entered.full_name, approver.full_name = "Lê Văn Đạt", name
    assert "cùng họ tên" in refused(session, leader, payee)
    approver.full_name = "Lê Văn Đạo"
    entered.phone = approver.phone = "+84912345678"
    assert "cùng số điện thoại" in refused(session, leader, payee)
    accounts.refuse(session, leader, payee, reason="Không đúng giấy tờ.")
    assert payee.status == "refused", "not to let it stand is never refused"


def test_an_account_or_a_right_made_for_it_does_not_approve(
    session: Session, leader: Actor, commune: Area, payee: PayeeAccount
) -> None:
    account = account_of(session, leader.account_id)
    [grant] = session.query(RoleGrant).filter_by(account_id=account.id)
    late, early = (payee.entered_at - SETTLED + timedelta(seconds=n) for n in (1, 0))
    account.created_at = late
    assert "được lập chưa đủ" in refused(session, leader, payee)
    account.created_at, grant.since = early, late
    assert "được giao quyền duyệt chưa đủ" in refused(session, leader, payee)
    # Another role held for long gives no right to approve, nor does the same one elsewhere, or one that ended.
    make_grant(session, account, Role.MODERATOR, commune, since=early)
    make_grant(session, account, Role.LEADER, make_commune(session), since=early)
    ended = make_grant(session, account, Role.LEADER, commune, since=early, until=clock.now() - timedelta(hours=2))
    assert "được giao quyền duyệt chưa đủ" in refused(session, leader, payee)
    ended.until = None
    accounts.approve(session, leader, payee)


@pytest.mark.parametrize("act", ["password", "second factor", "phone"])
def test_what_an_administrator_set_anew_does_not_approve(
    session: Session, leader: Actor, admin: Actor, payee: PayeeAccount, act: str
) -> None:
    account = account_of(session, leader.account_id)
    account.totp_secret = b"x"
    acts: dict[str, Any] = {
        "password": lambda: reset_password(session, admin, account),
        "second factor": lambda: reset_second_factor(session, admin, account),
        "phone": lambda: update_account(session, admin, account, full_name=account.full_name, phone="0912345678"),
    }
    acts[act]()
    session.flush()
    assert "Người quản trị đã đặt lại" in refused(session, leader, payee)
    # Entered a week after that, it may be approved; somebody else's password says nothing.
    payee.entered_at = clock.now() + SETTLED + timedelta(minutes=1)
    reset_password(session, admin, account_of(session, make_actor(session, Role.DESK, payee.area).account_id))
    accounts.approve(session, leader, payee)
    assert payee.status == "approved"
