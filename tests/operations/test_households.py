"""Households by hand: adding, correcting, changing who represents them, taking them off the roll, finding them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import OPERATOR, Role
from app.households import queries
from app.households.models import Household, Representative, RollDecision
from app.households.operations import changing
from app.lib.text import sort_key
from tests.support.cast import make_area, make_household
from tests.support.rolls import Desk, add_by_hand, make_desk

RULE = "Tính các hộ thường trú và tạm trú từ 06 tháng."


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


@pytest.fixture
def home(desk: Desk) -> Household:
    return add_by_hand(desk)


def changed(desk: Desk, home: Household, name: str = "Trần Thị Bình", phone: str = "", why: str = "Hộ cử") -> None:
    changing.change_representative(desk.session, desk.by, home, full_name=name, phone=phone, reason=why)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def history(home: Household) -> list[tuple[str, bool]]:
    return [(person.full_name, person.until is None) for person in home.representatives]


def test_a_household_is_kept_tidy_with_its_representative(desk: Desk) -> None:
    values: dict[str, Any] = {"full_name": "  TRẦN   THỊ BÌNH ", "phone": "+84 912.345.678", "cluster": " Hẻm  12 "}
    home = add_by_hand(desk, number=" 7 ", address="Số 7,  Hẻm 12", **values)
    assert (home.number, home.address, home.cluster) == ("7", "Số 7, Hẻm 12", "Hẻm 12")
    person = home.representatives[0]
    assert (person.full_name, person.phone, person.search) == ("Trần Thị Bình", "0912345678", "tran thi binh")
    assert (person.sort_key, person.recorded_by) == (sort_key("Trần Thị Bình"), desk.by.account_id)
    assert home.search == "7 so 7, hem 12 hem 12"
    assert actions(desk.session) == ["households.household.add"]


def test_households_follow_each_other_on_the_round(desk: Desk) -> None:
    assert [add_by_hand(desk, number=number).position for number in ("1", "2", "3")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": " - "}, "number"),
        ({"number": "9" * 31}, "number"),
        ({"number": "1"}, "number"),
        ({"number": "001"}, "number"),  # a slip for "001" would open the door of "1"
        ({"number": "1\u202e"}, "number"),
        ({"address": "  "}, "address"),
        ({"address": "a" * 301}, "address"),
        ({"address": "Số 1\u0000"}, "address"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "123"}, "full_name"),
        ({"full_name": "n" * 101}, "full_name"),
        ({"full_name": "An\u200b"}, "full_name"),
        ({"phone": "0274 3567 890"}, "phone"),
        ({"phone": "091234567"}, "phone"),
        ({"cluster": "h" * 101}, "cluster"),
        ({"cluster": "Hẻm\u2066 1"}, "cluster"),
    ],
)
def test_a_household_is_refused(desk: Desk, values: dict[str, Any], field: str) -> None:
    add_by_hand(desk, number="1")
    with pytest.raises(Refusal) as refused:
        add_by_hand(desk, **{"number": "2"} | values)
    assert refused.value.field == field
    assert desk.people() == {"1": "Nguyễn Văn An"}


def test_hostile_text_is_kept_as_text(desk: Desk) -> None:
    home = add_by_hand(desk, full_name="An <script>alert(1)</script>", address="'; DROP TABLE household; --1")
    desk.session.expire_all()
    assert home.representatives[0].full_name == "An <script>alert(1)</script>"
    assert home.address == "'; DROP TABLE household; --1"


def test_a_number_is_free_again_when_its_household_has_left(desk: Desk, home: Household) -> None:
    changing.end_household(desk.session, desk.by, home, reason="Chuyển đi nơi khác")
    assert add_by_hand(desk, full_name="Lê Văn Cường").number == "007"
    assert desk.people() == {"007": "Lê Văn Cường"}


def test_another_area_may_use_the_same_number(session: Session) -> None:
    officer = make_desk(session, Role.COMMUNE_OFFICER)
    other = make_area(session, officer.commune)
    assert add_by_hand(officer).number == add_by_hand(officer, other).number


@pytest.mark.parametrize("role", [Role.FRONT, Role.TEAM_MEMBER, Role.OVERSEER, Role.MODERATOR, Role.PROVINCE_ADMIN])
def test_who_may_not_edit_changes_nothing(session: Session, role: Role) -> None:
    desk = make_desk(session, role)
    home = make_household(session, desk.area)
    acts = (
        lambda: add_by_hand(desk),
        lambda: changed(desk, home),
        lambda: changing.update_household(session, desk.by, home, number="1", address="Số 1", cluster=""),
        lambda: changing.end_household(session, desk.by, home, reason="Chuyển đi"),
        lambda: changing.decide_roll(session, desk.by, desk.area, rule=RULE),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert (home.ended_at, actions(session)) == (None, [])


def test_the_head_of_another_area_changes_nothing(session: Session, desk: Desk, home: Household) -> None:
    neighbour = Desk(session, make_desk(session).by, desk.area)
    with pytest.raises(Forbidden):
        add_by_hand(neighbour, number="2")
    with pytest.raises(Forbidden):
        changed(neighbour, home)
    assert history(home) == [("Nguyễn Văn An", True)]


def test_households_live_in_residential_areas_that_exist(session: Session) -> None:
    officer = make_desk(session, Role.COMMUNE_OFFICER)
    with pytest.raises(Refusal, match="thôn, tổ dân phố"):
        add_by_hand(officer, officer.commune)
    officer.area.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(WrongMoment, match="đã kết thúc"):
        add_by_hand(officer)
    officer.area.valid_to = clock.today()
    assert add_by_hand(officer).area_id == officer.area.id


def test_a_household_is_corrected(desk: Desk, home: Household) -> None:
    changing.update_household(desk.session, desk.by, home, number="7", address="Số 7B", cluster="Hẻm 14")
    assert (home.number, home.search) == ("7", "7 so 7b hem 14")
    entry = desk.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.detail["fields"] == ["address", "cluster", "number"]


def test_saying_the_same_again_leaves_no_trace(desk: Desk, home: Household) -> None:
    changing.update_household(desk.session, desk.by, home, number="007", address="Số 7, Hẻm 12", cluster="")
    assert actions(desk.session) == ["households.household.add"]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"number": "8"}, "number"), ({"number": "08"}, "number"), ({"address": ""}, "address"),
     ({"cluster": "x" * 101}, "cluster")],
)  # fmt: skip
def test_a_correction_is_refused(desk: Desk, home: Household, values: dict[str, str], field: str) -> None:
    add_by_hand(desk, number="8")
    with pytest.raises(Refusal) as refused:
        changing.update_household(
            desk.session, desk.by, home, **{"number": "007", "address": "Số 7", "cluster": ""} | values
        )
    assert refused.value.field == field
    assert (home.number, home.address) == ("007", "Số 7, Hẻm 12")


def test_every_former_representative_stays_on_record(desk: Desk, home: Household) -> None:
    for name in ("Trần Thị Bình", "Lê Văn Cường"):
        changed(desk, home, name)
    assert history(home) == [("Nguyễn Văn An", False), ("Trần Thị Bình", False), ("Lê Văn Cường", True)]
    first, second, third = home.representatives
    assert (first.until, second.until, third.until) == (second.since, third.since, None)
    assert (second.reason, second.recorded_by) == ("Hộ cử", desk.by.account_id)
    assert actions(desk.session)[1:] == ["households.representative.change"] * 2


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "NGUYỄN VĂN AN"])
def test_another_telephone_is_no_other_representative(desk: Desk, home: Household, name: str) -> None:
    changed(desk, home, name, phone="0987654321")
    assert history(home) == [("Nguyễn Văn An", True)]
    assert home.representatives[0].phone == "0987654321"
    assert actions(desk.session)[1:] == ["households.representative.phone"]


@pytest.mark.parametrize(
    ("name", "phone", "why", "field"),
    [
        ("", "", "Hộ cử", "full_name"),
        ("Nguyễn Văn An", "0912345678", "Hộ cử", "full_name"),  # sent twice, or nothing changed
        ("Trần Thị Bình", "123", "Hộ cử", "phone"),
        ("Trần Thị Bình", "", " ", "reason"),
        ("Trần Thị Bình", "", "…", "reason"),
        ("Trần Thị Bình", "", "x" * 501, "reason"),
    ],
)
def test_a_change_of_representative_is_refused(
    desk: Desk, home: Household, name: str, phone: str, why: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        changed(desk, home, name, phone, why)
    assert refused.value.field == field
    assert history(home) == [("Nguyễn Văn An", True)]


def test_a_household_that_nobody_represents_gets_somebody(desk: Desk, home: Household) -> None:
    home.representatives[0].until = clock.now()
    desk.session.flush()
    assert queries.count_unrepresented(desk.session, desk.area) == 1
    changed(desk, home, "Nguyễn Văn An")
    assert history(home) == [("Nguyễn Văn An", False), ("Nguyễn Văn An", True)]
    assert queries.count_unrepresented(desk.session, desk.area) == 0


def test_nothing_is_done_to_a_household_that_has_left(desk: Desk, home: Household) -> None:
    changing.end_household(desk.session, desk.by, home, reason="Chuyển đi nơi khác")
    assert home.end_reason == "Chuyển đi nơi khác"
    for act in (
        lambda: changing.end_household(desk.session, desk.by, home, reason="Lần nữa"),
        lambda: changing.update_household(desk.session, desk.by, home, number="1", address="Số 1", cluster=""),
        lambda: changed(desk, home),
    ):
        with pytest.raises(WrongMoment):
            act()
    assert queries.count_present(desk.session, desk.area) == 0
    assert history(home) == [("Nguyễn Văn An", True)]


def test_leaving_needs_a_reason(desk: Desk, home: Household) -> None:
    with pytest.raises(Refusal) as refused:
        changing.end_household(desk.session, desk.by, home, reason=" . ")
    assert (refused.value.field, home.ended_at) == ("reason", None)


def test_which_households_count_is_decided_and_kept(desk: Desk) -> None:
    changing.decide_roll(desk.session, desk.by, desk.area, rule=RULE)
    changing.decide_roll(desk.session, desk.by, desk.area, rule=f"{RULE} Sửa lần hai.")
    latest = queries.latest_decision(desk.session, desk.area)
    assert latest is not None and latest.rule.endswith("Sửa lần hai.")
    assert latest.decided_by == desk.by.account_id
    assert len(desk.session.scalars(select(RollDecision)).all()) == 2


@pytest.mark.parametrize("rule", ["", "Ngắn quá", "x" * 2_001, "Tính các hộ\u202e thường trú"])
def test_a_rule_that_says_nothing_is_refused(desk: Desk, rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        changing.decide_roll(desk.session, desk.by, desk.area, rule=rule)
    assert refused.value.field == "rule"


def test_a_rule_is_decided_by_somebody_and_for_an_area(session: Session, desk: Desk) -> None:
    with pytest.raises(Forbidden, match="tài khoản"):
        changing.decide_roll(session, OPERATOR, desk.area, rule=RULE)
    officer = make_desk(session, Role.COMMUNE_OFFICER)
    with pytest.raises(Refusal, match="thôn, tổ dân phố"):
        changing.decide_roll(session, officer.by, officer.commune, rule=RULE)


def test_the_database_itself_allows_one_representative_at_a_time(desk: Desk, home: Household) -> None:
    second = Representative(household_id=home.id, full_name="X", sort_key="x", since=clock.now())
    with pytest.raises(IntegrityError), desk.session.begin_nested():
        desk.session.add(second)
        desk.session.flush()
