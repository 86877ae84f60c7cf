"""A roll from file to households: what is kept, what is shown, what is written, and every refusal on the way."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Role
from app.households import queries
from app.households.importing.records import Columns
from app.households.models import RollImportChange
from app.households.operations import changing, examining
from app.households.operations.committing import commit
from tests.support.cast import make_area
from tests.support.rolls import FAULTY, HOMES, Desk, add_by_hand, counted, last_entry, make_desk
from tests.support.tables import HEADING

ROLLS = Path(__file__).parents[1] / "data" / "rolls"
NAMES = {number: name for number, name, *_rest in HOMES}


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def household(desk: Desk, number: str) -> Any:
    lines = queries.page_of(desk.session, desk.area, words="", order="roll", page=1).lines
    return next(line for line in lines if line.household.number == number)


def test_nothing_but_the_file_is_kept_before_the_confirmation(desk: Desk) -> None:
    before = counted(desk.session)
    kept = desk.upload(*HOMES, FAULTY)
    found = desk.examine(kept)
    assert (len(found.parsed.households), [fault.row for fault in found.parsed.faults]) == (3, [5])
    assert found.comparison.counts()["new"] == 3
    assert counted(desk.session) == before | {"RollImport": before["RollImport"] + 1}
    assert (kept.status, kept.committed_at, kept.created_by) == ("uploaded", None, desk.by.account_id)


def test_a_file_becomes_the_roll(desk: Desk) -> None:
    kept = desk.bring_in(*HOMES)
    assert desk.people() == NAMES
    assert kept.status == "committed"
    assert kept.content is None, "the file is not kept longer than needed"
    assert kept.summary["added"] == 3
    line = household(desk, "003")
    assert (line.household.position, line.household.search) == (3, "003 so 3, hem 12")
    assert (line.representative.phone, line.representative.search) == ("0912345673", "le van cuong")
    entry = last_entry(desk.session)
    assert (entry.action, entry.path, entry.detail["added"]) == ("households.import.commit", desk.area.path, 3)
    assert entry.detail["filename"] == "ds.csv"


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    before = counted(desk.session)
    kept = desk.bring_in(*HOMES)
    assert {key: kept.summary[key] for key in ("added", "changed", "ended", "unchanged")} == {
        "added": 0, "changed": 0, "ended": 0, "unchanged": 3,
    }  # fmt: skip
    after = counted(desk.session)
    assert {name for name in after if after[name] != before[name]} == {"RollImport", "AuditEntry"}


def test_households_without_a_number_get_free_ones(desk: Desk) -> None:
    add_by_hand(desk, number="001", full_name="Hồ Công Sơn", address="Số 99")
    rows = [("1", "Nguyễn Văn An", "Số 1, Hẻm 12", ""), ("2", "Trần Thị Bình", "Số 2, Hẻm 12", "")]
    desk.bring_in(*rows, heading=HEADING)
    assert desk.people() == {"001": "Hồ Công Sơn", "002": "Nguyễn Văn An", "003": "Trần Thị Bình"}


def test_another_name_is_another_representative_and_another_telephone_is_not(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    changed = [("001", "Nguyễn Thị Mới", "Số 1, Hẻm 12", ""), ("002", "Trần Thị Bình", "Số 2, Hẻm 12", "0987654321")]
    kept = desk.bring_in(*changed, HOMES[2])
    assert kept.summary["changed"] == 2
    one, two = household(desk, "001").household, household(desk, "002").household
    desk.session.expire_all()
    assert [(p.full_name, p.until is None) for p in one.representatives] == [
        ("Nguyễn Văn An", False), ("Nguyễn Thị Mới", True),
    ]  # fmt: skip
    assert [(p.full_name, p.phone) for p in two.representatives] == [("Trần Thị Bình", "0987654321")]
    changes = desk.session.scalars(select(RollImportChange).where(RollImportChange.import_id == kept.id)).all()
    assert {change.action for change in changes} == {"change"}


def test_what_the_file_leaves_out_stays_unless_it_is_to_go(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    assert desk.bring_in(*HOMES[:2]).summary["ended"] == 0
    assert desk.people() == NAMES
    assert desk.bring_in(*HOMES[:2], end_gone=True).summary["ended"] == 1
    assert sorted(desk.people()) == ["001", "002"]


def test_a_faulty_row_does_not_make_its_household_gone(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    wrong_phone = ("003", "Lê Văn Cường", "Số 3, Hẻm 12", "12")
    kept = desk.upload(HOMES[0], wrong_phone)
    found = desk.examine(kept)
    assert [home.number for home in found.comparison.gone] == ["002"]
    assert [home.number for home in found.in_faulty_rows] == ["003"]
    commit(desk.session, desk.by, kept, found, without_faulty=True, end_gone=True)
    assert sorted(desk.people()) == ["001", "003"]


def test_two_households_exchange_their_numbers(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    (_one, *first), (_two, *second), third = HOMES
    desk.bring_in(("002", *first), ("001", *second), third)
    assert desk.people() == {"002": "Nguyễn Văn An", "001": "Trần Thị Bình", "003": "Lê Văn Cường"}


def test_a_renumbered_roll_takes_the_numbers_of_those_that_leave(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    renumbered = [("001", *HOMES[1][1:]), ("002", *HOMES[2][1:])]
    desk.bring_in(*renumbered, end_gone=True)
    assert desk.people() == {"001": "Trần Thị Bình", "002": "Lê Văn Cường"}


def test_a_number_that_stays_with_another_household_is_refused(desk: Desk) -> None:
    desk.bring_in(*HOMES)
    before = counted(desk.session)
    kept = desk.upload(("1", *HOMES[1][1:]), ("002", *HOMES[2][1:]))
    with pytest.raises(Refusal, match="Số hộ 1") as refused:
        commit(desk.session, desk.by, kept, desk.examine(kept))
    assert refused.value.field == "end_gone"
    assert desk.people() == NAMES
    assert counted(desk.session) == before | {"RollImport": before["RollImport"] + 1}


def test_faulty_rows_are_left_out_only_when_said(desk: Desk) -> None:
    kept = desk.upload(*HOMES, FAULTY)
    found = desk.examine(kept)
    with pytest.raises(Refusal, match="1 lỗi") as refused:
        commit(desk.session, desk.by, kept, found)
    assert (refused.value.field, desk.people(), kept.status) == ("without_faulty", {}, "uploaded")
    commit(desk.session, desk.by, kept, found, without_faulty=True)
    assert (desk.people(), kept.summary["faulty_rows_left_out"]) == (NAMES, 1)


def test_a_file_of_nothing_but_faults_is_refused(desk: Desk) -> None:
    kept = desk.upload(FAULTY)
    with pytest.raises(Refusal, match="Không có hộ nào"):
        commit(desk.session, desk.by, kept, desk.examine(kept), without_faulty=True)


@pytest.mark.parametrize("what", ["household", "person", "phone", "columns"])
def test_a_roll_that_changed_since_it_was_looked_at_is_refused(desk: Desk, what: str) -> None:
    desk.bring_in(*HOMES)
    kept = desk.upload(*HOMES)
    seen = desk.examine(kept)
    home = household(desk, "001").household
    if what == "household":
        add_by_hand(desk)
    elif what == "columns":
        examining.choose_columns(desk.session, desk.by, kept, sheet=0, columns=Columns((1,), (2,), first_row=3))
    else:
        name, phone = ("Nguyễn Thị Mới", "") if what == "person" else ("Nguyễn Văn An", "0987654321")
        changing.change_representative(desk.session, desk.by, home, full_name=name, phone=phone, reason="Hộ cử")
    with pytest.raises(WrongMoment, match="đã thay đổi"):
        commit(desk.session, desk.by, kept, seen)
    with pytest.raises(WrongMoment, match="đã thay đổi"):
        commit(desk.session, desk.by, kept, desk.examine(kept), seen_fingerprint=seen.fingerprint)
    assert kept.status == "uploaded"
    again = desk.examine(kept)
    commit(desk.session, desk.by, kept, again, seen_fingerprint=again.fingerprint)


def test_an_import_happens_once(desk: Desk) -> None:
    kept = desk.upload(*HOMES)
    found = desk.examine(kept)
    commit(desk.session, desk.by, kept, found)
    for act in (
        lambda: commit(desk.session, desk.by, kept, found),
        lambda: desk.examine(kept),
        lambda: examining.discard(desk.session, desk.by, kept),
        lambda: examining.choose_columns(desk.session, desk.by, kept, sheet=0, columns=Columns((1,), (2,))),
        lambda: examining.choose_sheet(desk.session, desk.by, kept, sheet=0),
        lambda: examining.settled_columns(kept),
    ):
        with pytest.raises(WrongMoment, match="đã xong"):
            act()
    assert desk.people() == NAMES


@pytest.mark.parametrize("role", [Role.FRONT, Role.TEAM_MEMBER, Role.OVERSEER, Role.MODERATOR, Role.PROVINCE_ADMIN])
def test_who_may_not_import_keeps_nothing(session: Session, role: Role) -> None:
    desk = make_desk(session, role)
    with pytest.raises(Forbidden):
        desk.upload(*HOMES)
    head = Desk(session, make_desk(session).by, desk.area)
    with pytest.raises(Forbidden):
        head.upload(*HOMES)
    assert counted(session)["RollImport"] == 0


def test_another_head_can_do_nothing_with_the_file(session: Session, desk: Desk) -> None:
    kept = desk.upload(*HOMES)
    found = desk.examine(kept)
    stranger = make_desk(session).by
    for act in (
        lambda: examining.examine(session, stranger, kept),
        lambda: commit(session, stranger, kept, found),
        lambda: examining.discard(session, stranger, kept),
        lambda: examining.choose_sheet(session, stranger, kept, sheet=0),
        lambda: examining.choose_columns(session, stranger, kept, sheet=0, columns=Columns((1,), (2,))),
    ):
        with pytest.raises(Forbidden):
            act()
    assert (kept.status, desk.people()) == ("uploaded", {})


def test_an_area_that_has_ended_takes_no_roll(desk: Desk) -> None:
    desk.area.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(WrongMoment, match="đã kết thúc"):
        desk.upload(*HOMES)


@pytest.mark.parametrize("name", ["khu-pho-6.xlsx", "ban-6.csv", "xom-6.csv"])
def test_real_rolls_are_written_whole(desk: Desk, name: str) -> None:
    make_area(desk.session, desk.commune)
    kept = desk.upload(filename=name, data=(ROLLS / name).read_bytes())
    found = desk.examine(kept)
    commit(desk.session, desk.by, kept, found, without_faulty=True)
    assert queries.count_present(desk.session, desk.area) == len(found.parsed.households)
    assert queries.count_unrepresented(desk.session, desk.area) == 0
