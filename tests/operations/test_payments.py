"""The white list and what is collected: two people, a day's delay by the database's clock, replacements, the record."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import database_now
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor, Grant, Role
from app.payments.models import PayeeAccount
from app.payments.operations import accounts, collections
from app.payments.queries import collections as queries
from app.payments.queries.accounts import usable
from app.payments.rules.showing import Standing, State, check_due, in_force, pending, standing, state, state_among
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.payments import make_collection, make_payee
from tests.support.publication import make_posting

ENTERED: dict[str, Any] = {
    "bank": "970405", "number": "1500 2012 34567", "holder": "  UBND   PHUONG ", "document": "Giấy số 12.",
}  # fmt: skip


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, commune)


@pytest.fixture
def leader(session: Session, commune: Area) -> Actor:
    return make_actor(session, Role.LEADER, commune)


def fields(refusal: ManyRefusals) -> set[str | None]:
    return {one.field for one in refusal.problems}


def approved(session: Session, officer: Actor, leader: Actor, area: Area, **values: Any) -> PayeeAccount:
    payee = accounts.propose(session, officer, area, **ENTERED | values)
    accounts.approve(session, leader, payee)
    return payee


def let_show(session: Session, payee: PayeeAccount) -> None:
    assert payee.shown_from is not None
    payee.shown_from -= timedelta(hours=24, seconds=1)
    session.flush()


# ---------------------------------------------------------------------------------------------- two people


def test_an_account_is_tidied_and_the_record_holds_its_last_digits(
    session: Session, officer: Actor, leader: Actor, commune: Area
) -> None:
    before = database_now(session)
    payee = approved(session, officer, leader, commune)
    assert (payee.number, payee.holder, payee.status) == ("1500201234567", "UBND PHUONG", "approved")
    assert payee.shown_from is not None and payee.decided_by == leader.account_id
    assert before <= payee.shown_from - timedelta(hours=24) <= database_now(session)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [one.action for one in entries] == ["payments.account.enter", "payments.account.approve"]
    assert all("1500201234567" not in f"{one.detail}{one.search}" for one in entries)
    assert entries[0].detail["account"] == "••••4567"


def test_whoever_entered_never_decides_whatever_their_roles(
    session: Session, officer: Actor, leader: Actor, commune: Area
) -> None:
    both = Actor(officer.account_id, officer.name, grants=(*officer.grants, Grant(Role.LEADER, commune.path)))
    payee = accounts.propose(session, both, commune, **ENTERED)
    for decide in (
        lambda: accounts.approve(session, both, payee),
        lambda: accounts.refuse(session, both, payee, reason="Không đúng giấy tờ."),
    ):
        with pytest.raises(Forbidden, match="phải khác người ghi"):
            decide()
    with pytest.raises(Forbidden):
        accounts.approve(session, officer, payee)
    assert payee.status == "proposed" and payee.shown_from is None
    accounts.refuse(session, leader, payee, reason="Không đúng giấy tờ.")
    with pytest.raises(WrongMoment, match="đã được quyết định"):
        accounts.approve(session, leader, payee)
    with pytest.raises(Forbidden):
        accounts.propose(session, leader, commune, **ENTERED)


def test_what_is_wrong_with_an_account_is_said_at_once(session: Session, officer: Actor, commune: Area) -> None:
    wrong: dict[str, Any] = {"bank": "1", "number": "12-3", "holder": " ", "document": ""}
    with pytest.raises(ManyRefusals) as caught:
        accounts.propose(session, officer, commune, **wrong)
    assert fields(caught.value) == {"bank", "number", "holder", "document"}
    accounts.propose(session, officer, commune, **ENTERED)
    with pytest.raises(Refusal, match="đã có trong danh sách"):
        accounts.propose(session, officer, commune, **ENTERED)


def test_an_account_ends_at_once_by_either_side(session: Session, officer: Actor, leader: Actor, commune: Area) -> None:
    payee = make_payee(session, commune)
    made = make_collection(session, payee)
    with pytest.raises(Refusal):
        accounts.end(session, officer, payee, reason="x")
    accounts.end(session, leader, payee, reason="Ngân hàng báo khóa.", right=accounts.APPROVE)
    assert queries.shown(session, made, database_now(session), clock.today()).standing is Standing.ACCOUNT_ENDED
    with pytest.raises(WrongMoment):
        accounts.end(session, officer, payee, reason="Ngân hàng báo khóa.")
    with pytest.raises(Forbidden):
        accounts.end(session, leader, make_payee(session, commune), reason="Ngân hàng báo khóa.")


# -------------------------------------------------------------------------------------------------- a day


def row(key: int, *, hours: float | None = 0, replaces: int | None = None, status: str = "approved") -> PayeeAccount:
    start = datetime(2026, 7, 5, 8, tzinfo=UTC)
    shown = None if hours is None else start + timedelta(hours=hours)
    return PayeeAccount(id=key, replaces=replaces, status=status, shown_from=shown, ended_at=None)


def test_the_code_shows_at_the_end_of_the_day_and_not_a_moment_before() -> None:
    one = row(1)
    assert one.shown_from is not None
    assert state(one, one.shown_from - timedelta(microseconds=1)) is State.WAITING
    assert state(one, one.shown_from) is State.SHOWN
    today = one.shown_from.date()
    for moment, expected in (
        (one.shown_from - timedelta(seconds=1), Standing.WAITING),
        (one.shown_from, Standing.OPEN),
    ):
        assert standing(one, moment, today, opens_on=today, ends_on=today, ended_at=None) is expected
    assert standing(one, one.shown_from, today, opens_on=today, ends_on=today - timedelta(1), ended_at=None) is (
        Standing.OVER
    )


def test_the_old_account_stands_until_the_new_one_is_shown() -> None:
    old, new, never = row(1), row(2, hours=24, replaces=1), row(3, hours=48, replaces=2)
    never.status, never.ended_at = "ended", old.shown_from
    rows, start = [old, new, never], old.shown_from
    assert start is not None
    day = start + timedelta(hours=24)
    assert in_force(old, rows, day - timedelta(microseconds=1)) is old
    assert pending(old, rows, day - timedelta(microseconds=1)) is new
    assert in_force(old, rows, day) is new and pending(old, rows, day) is None
    assert in_force(old, rows, day + timedelta(days=9)) is new  # the last one ended before it was ever shown
    assert [state_among(one, rows, day) for one in rows] == [State.REPLACED, State.SHOWN, State.ENDED]
    assert in_force(old, [old, row(4, hours=None, replaces=1, status="proposed")], day) is old


def test_an_account_is_replaced_by_one_at_a_time_and_the_collection_follows(
    session: Session, officer: Actor, leader: Actor, commune: Area
) -> None:
    old = approved(session, officer, leader, commune)
    with pytest.raises(WrongMoment, match="Chỉ thay được"):
        accounts.propose(session, officer, commune, **ENTERED | {"number": "222222"}, replaces=old)
    let_show(session, old)
    made = make_collection(session, old)
    new = approved(session, officer, leader, commune, number="222222", replaces=old)
    with pytest.raises(WrongMoment, match="Đã có tài khoản thay thế"):
        accounts.propose(session, officer, commune, **ENTERED | {"number": "333333"}, replaces=old)
    assert queries.shown(session, made, database_now(session), clock.today()).account is old
    let_show(session, new)
    assert queries.shown(session, made, database_now(session), clock.today()).account is new
    assert list(usable(session, [commune.path], database_now(session))) == [new]
    again = accounts.propose(session, officer, commune, **ENTERED, replaces=new)  # the first number, once more
    assert again.replaces == new.id
    assert queries.on_account(session, new) == [made]


# ------------------------------------------------------------------------------------------- collections


def test_a_collection_needs_its_words_its_law_and_its_own_account(
    session: Session, officer: Actor, commune: Area
) -> None:
    area, payee = make_area(session, commune), make_payee(session, commune)
    posting = make_posting(session, commune)
    good: dict[str, Any] = {
        "kind": "contribution", "title": "Quỹ làm đường", "basis": "Nghị quyết 02", "purpose": "Quy lam duong",
        "opens_on": clock.today(), "amount": 200_000, "posting": posting,
    }  # fmt: skip
    made = collections.create(session, officer, area, payee, **good)
    assert (made.posting_id, made.path, len(made.code)) == (posting.id, area.path, 8)
    bad: dict[str, Any] = {"kind": "fee", "title": "", "basis": " ", "purpose": "Quỹ làm đường", "amount": 0,
           "opens_on": clock.today(), "ends_on": clock.today() - timedelta(days=1),
           "posting": make_posting(session, make_commune(session))}  # fmt: skip
    with pytest.raises(ManyRefusals) as caught:
        collections.create(session, officer, area, make_payee(session, make_area(session, commune)), **bad)
    assert fields(caught.value) == {"kind", "title", "basis", "purpose", "amount", "ends_on", "payee", "posting"}
    collections.end(session, officer, made)
    with pytest.raises(WrongMoment):
        collections.end(session, officer, made)
    elsewhere = make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))
    with pytest.raises(Forbidden):
        collections.create(session, elsewhere, area, payee, **good)


def test_a_printed_code_is_due_for_a_look_after_a_week(session: Session, officer: Actor, commune: Area) -> None:
    now = clock.now()
    assert check_due(None, now - timedelta(days=7), now) and not check_due(None, now - timedelta(days=6.9), now)
    assert not check_due(now - timedelta(days=1), now - timedelta(days=99), now)
    made = make_collection(session, make_payee(session, commune))
    desk = make_actor(session, Role.DESK, commune)
    with pytest.raises(Refusal, match="Ghi đã thấy gì"):
        collections.check(session, desk, made, intact=False, note=" ")
    collections.check(session, desk, made, intact=False, note="Bị dán đè.")
    with pytest.raises(Forbidden):
        collections.check(session, make_actor(session, Role.LEADER, commune), made, intact=True)
    [listed] = queries.listed(session, [commune.path], database_now(session), clock.today())
    assert listed.last is not None and not listed.last.intact and not listed.due
