"""Two accounts of one person are not two people: who may not approve an account that was entered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Actor, Role
from app.identity.models import Account
from app.identity.operations.accounts import reset_password, reset_second_factor, update_account
from app.identity.operations.roles import grant_role
from app.identity.queries import actor_for
from app.payments.models import PayeeAccount
from app.payments.operations import accounts
from tests.support.cast import make_actor, make_commune, make_grant
from tests.support.payments import make_payee

ENTERED = timedelta(hours=1)


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def leader(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.LEADER, commune)


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


def test_somebody_else_approves(session: Session, leader: Actor, payee: PayeeAccount) -> None:
    account_of(session, leader.account_id).phone = account_of(session, payee.entered_by).phone = ""
    accounts.approve(session, leader, payee)
    assert payee.status == "approved"


def test_one_phone_is_one_person(session: Session, leader: Actor, payee: PayeeAccount) -> None:
    account_of(session, leader.account_id).phone = account_of(session, payee.entered_by).phone = "+84912345678"
    assert "cùng số điện thoại" in refused(session, leader, payee)
    accounts.refuse(session, leader, payee, reason="Không đúng giấy tờ.")
    assert payee.status == "refused", "not to let it stand is never refused"


def act_on(session: Session, act: str, by: Actor, account: Account, commune: Area) -> None:
    account.totp_secret = b"x"
    acts: dict[str, Any] = {
        "password": lambda: reset_password(session, by, account),
        "second factor": lambda: reset_second_factor(session, by, account),
        "phone": lambda: update_account(session, by, account, full_name=account.full_name, phone="0912345678"),
        "role": lambda: grant_role(session, by, account, role=Role.MODERATOR, area=commune),
    }
    acts[act]()
    session.flush()


ACTS = pytest.mark.parametrize("act", ["password", "second factor", "phone", "role"])


@ACTS
@pytest.mark.parametrize("turned", [False, True], ids=["of the approver", "of who entered"])
def test_who_had_the_others_account_in_hand_does_not_decide(
    session: Session, commune: Area, leader: Actor, act: str, turned: bool
) -> None:
    """However long ago: the administrator enters and approves as the leader, or the other way round."""
    admin = make_actor(session, Role.COMMUNE_ADMIN, commune)
    other = account_of(session, make_actor(session, Role.COMMUNE_OFFICER, commune).account_id)
    approver = make_actor(session, Role.LEADER, commune) if not turned else leader
    account = account_of(session, approver.account_id) if not turned else other
    if turned:
        make_grant(session, account_of(session, admin.account_id), Role.LEADER, commune)
    act_on(session, act, admin, account, commune)
    later = clock.now() + timedelta(days=400)
    by = account_of(session, admin.account_id) if not turned else other
    payee = make_payee(session, commune, status="proposed", entered_by=by.id, entered_at=later)
    who = approver if not turned else actor_for(session, account_of(session, admin.account_id), later)
    assert "Một trong hai người" in refused(session, who, payee)
    third = make_payee(session, commune, status="proposed", entered_at=later)
    accounts.approve(session, leader, third)
    assert third.status == "approved"


@ACTS
def test_what_was_set_anew_once_the_payee_was_entered_does_not_approve(
    session: Session, commune: Area, leader: Actor, payee: PayeeAccount, act: str
) -> None:
    admin = make_actor(session, Role.COMMUNE_ADMIN, commune)
    # Somebody else's account says nothing.
    act_on(session, act, admin, account_of(session, make_actor(session, Role.DESK, commune).account_id), commune)
    another = make_payee(session, commune, status="proposed", entered_at=clock.now() - ENTERED)
    accounts.approve(session, leader, another)
    act_on(session, act, admin, account_of(session, leader.account_id), commune)
    assert "mới được lập" in refused(session, leader, payee)
    payee.entered_at = clock.now() + timedelta(minutes=1)
    accounts.approve(session, leader, payee)
    assert payee.status == "approved"
