"""Managing others' accounts and roles: each verb, each refusal, the record."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor, Grant, Role
from app.identity import operations, passwords, queries
from app.identity.models import Account, StaffSession
from tests.support.administration import World, entries, head, world
from tests.support.cast import in_days, make_account, make_actor, make_grant
from tests.support.passwords import quick_passwords

__all__ = ["head", "quick_passwords", "world"]


def create(world: World, by: Actor, **values: Any) -> tuple[Account, str]:
    defaults: dict[str, Any] = {
        "login": "canbomoi",
        "full_name": "Nguyễn Thị Hường",
        "role": Role.FRONT,
        "area": world.area,
    }
    return operations.create_account(world.session, by, **defaults | values)


def field(refused: Any) -> str | None:
    found: str | None = refused.value.field
    return found


# ------------------------------------------------------------------------------------------------- creating


def test_a_new_account_has_a_role_and_a_password_to_be_changed(world: World) -> None:
    account, password = create(world, world.admin, full_name=" nguyễn  thị HƯỜNG ", phone="+84 912 345 678")
    assert passwords.verify(account.password_hash, password)
    assert account.must_change_password is True
    assert (account.full_name, account.phone) == ("nguyễn thị HƯỜNG", "0912345678")
    assert "huong" in account.search and "canbomoi" in account.search
    assert account.sort_key
    actor = queries.actor_for(world.session, account, clock.now())
    assert actor.grants == (Grant(Role.FRONT, world.area.path),)
    assert [e.action for e in entries(world.session)] == ["identity.account.create", "identity.role.grant"]
    assert {e.path for e in entries(world.session)} == {world.area.path}
    assert {e.account_id for e in entries(world.session)} == {world.admin.account_id}
    assert password not in str([e.detail for e in entries(world.session)])


def test_the_first_administrator_is_made_by_the_system(world: World) -> None:
    account, _password = create(world, SYSTEM, role=Role.COMMUNE_ADMIN, area=world.commune)
    assert queries.actor_for(world.session, account, clock.now()).may("identity:account:manage", world.area.path)


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"login": ""}, "login"),
        ({"login": "an"}, "login"),
        ({"login": "nguyễn"}, "login"),
        ({"login": "1canbo"}, "login"),
        ({"login": "truongkhupho"}, "login"),
        ({"login": " TruongKhuPho "}, "login"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "x" * 101}, "full_name"),
        ({"full_name": "An\u202eBình"}, "full_name"),
        ({"phone": "12345"}, "phone"),
        ({"last_day": date(2020, 1, 1)}, "last_day"),
        ({"role": Role.COMMUNE_OFFICER}, "place"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, head: Account, values: dict[str, Any], at: str) -> None:
    with pytest.raises(Refusal) as refused, world.session.begin_nested():
        create(world, world.admin, **values)
    assert field(refused) == at
    assert entries(world.session) == []


@pytest.mark.parametrize("role", [Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN])
def test_no_administrator_makes_an_equal(world: World, role: Role) -> None:
    with pytest.raises(Forbidden), world.session.begin_nested():
        create(world, world.admin, role=role, area=world.commune)
    assert queries.by_login(world.session, "canbomoi") is None


def test_nobody_creates_outside_their_place_or_without_the_role(world: World) -> None:
    overseer = make_actor(world.session, Role.OVERSEER, world.commune)
    front = make_actor(world.session, Role.FRONT, world.area)
    for by in (world.stranger, overseer, front, world.province):
        with pytest.raises(Forbidden), world.session.begin_nested():
            create(world, by)
    assert entries(world.session) == []


# ------------------------------------------------------------------------------------------ resets and locks


def open_session(session: Session, account: Account) -> StaffSession:
    now = clock.now()
    row = StaffSession(
        account_id=account.id, token_hash=f"{account.id:064}", created_at=now, last_seen_at=now, expires_at=in_days(1)
    )
    session.add(row)
    session.flush()
    return row


def ended(session: Session, row: StaffSession) -> bool:
    session.flush()
    session.refresh(row)
    return row.ended_at is not None


def test_a_temporary_password_ends_sessions_and_the_lock(world: World, head: Account) -> None:
    head.failures, head.locked_until = 5, in_days(1)
    row = open_session(world.session, head)
    password = operations.reset_password(world.session, world.admin, head)
    assert passwords.verify(head.password_hash, password)
    assert (head.must_change_password, head.failures) == (True, 0)
    assert head.locked_until is None
    assert head.totp_confirmed_at is not None
    assert ended(world.session, row)
    [entry] = entries(world.session)
    assert (entry.action, entry.path) == ("identity.password.reset", world.area.path)
    assert password not in str(entry.detail) + entry.search


def test_a_lost_telephone_is_taken_off(world: World, head: Account) -> None:
    row = open_session(world.session, head)
    operations.reset_second_factor(world.session, world.admin, head)
    assert (head.totp_secret, head.totp_confirmed_at) == (None, None)
    assert ended(world.session, row)
    with pytest.raises(WrongMoment):
        operations.reset_second_factor(world.session, world.admin, head)


def test_a_disabled_account_is_out_at_once_and_can_come_back(world: World, head: Account) -> None:
    row = open_session(world.session, head)
    operations.disable_account(world.session, world.admin, head)
    assert ended(world.session, row)
    with pytest.raises(WrongMoment):
        operations.disable_account(world.session, world.admin, head)
    operations.enable_account(world.session, world.admin, head)
    assert head.disabled_at is None
    with pytest.raises(WrongMoment):
        operations.enable_account(world.session, world.admin, head)
    assert [e.action for e in entries(world.session)] == ["identity.account.disable", "identity.account.enable"]


def test_name_and_telephone_change(world: World, head: Account) -> None:
    operations.update_account(world.session, world.admin, head, full_name="Đặng Văn Ân", phone="")
    assert (head.full_name, head.phone, head.login) == ("Đặng Văn Ân", "", "truongkhupho")
    assert "dang van an" in head.search
    with pytest.raises(Refusal):
        operations.update_account(world.session, world.admin, head, full_name="", phone="")


ACTS = [
    operations.disable_account,
    operations.enable_account,
    operations.reset_password,
    operations.reset_second_factor,
    lambda session, by, account: operations.update_account(session, by, account, full_name="Khác", phone=""),
]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_manages_their_own_account_or_one_above_or_elsewhere(world: World, head: Account, act: Any) -> None:
    session = world.session
    equal = make_account(session)
    make_grant(session, equal, Role.COMMUNE_ADMIN, world.commune)
    wider = make_account(session)
    make_grant(session, wider, Role.AREA_HEAD, world.area)
    make_grant(session, wider, Role.FRONT, world.elsewhere)
    later = make_account(session)
    make_grant(session, later, Role.COMMUNE_ADMIN, world.commune, since=in_days(5))
    nobodys = make_account(session)
    overseer = make_actor(session, Role.OVERSEER, world.commune)
    refused = [
        (world.admin, session.get_one(Account, world.admin.account_id)),
        (world.admin, session.get_one(Account, world.province.account_id)),
        *((world.admin, account) for account in (equal, wider, later, nobodys)),
        *((by, head) for by in (world.stranger, overseer, world.province)),
    ]
    for by, account in refused:
        before = account.password_hash, account.disabled_at, account.totp_secret, account.full_name
        with pytest.raises(Forbidden):
            act(session, by, account)
        assert before == (account.password_hash, account.disabled_at, account.totp_secret, account.full_name)
    assert entries(session) == []


def test_an_account_without_roles_stays_with_who_could_have_granted_them(world: World, head: Account) -> None:
    operations.end_grant(world.session, world.admin, head.grants[0])
    operations.reset_password(world.session, world.admin, head)
    with pytest.raises(Forbidden):
        operations.reset_password(world.session, world.stranger, head)


def test_the_province_manages_the_administrators_of_communes(world: World) -> None:
    account = world.session.get_one(Account, world.admin.account_id)
    operations.reset_password(world.session, world.province, account)
    assert account.must_change_password is True
