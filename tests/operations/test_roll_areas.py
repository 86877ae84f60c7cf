"""A file that names areas: each household goes where it belongs, and nobody reaches beyond their own places."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import OPERATOR, Actor, Role
from app.households import queries
from app.households.operations import examining
from app.households.operations.committing import commit
from app.households.operations.undoing import undo
from tests.support.cast import make_actor, make_area, make_province
from tests.support.rolls import AREA_HEADING, HOMES, Desk, add_by_hand, counted, make_desk
from tests.support.tables import csv_file


def named(*names: str) -> list[tuple[str, ...]]:
    """One household for each name of an area."""
    return [(f"{n:03}", f"Nguyễn Văn An {n}", f"Số {n}", "", name) for n, name in enumerate(names, start=1)]


@pytest.fixture
def officer(session: Session) -> Desk:
    """An officer of the commune, at khu phố 6; khu phố 7 lies beside it."""
    desk = make_desk(session, Role.COMMUNE_OFFICER)
    make_area(session, desk.commune, name="khu phố 7")
    return desk


@pytest.fixture
def admin(officer: Desk) -> Desk:
    return Desk(officer.session, make_actor(officer.session, Role.COMMUNE_ADMIN, officer.commune), officer.area)


@pytest.fixture
def head(officer: Desk) -> Desk:
    return Desk(officer.session, make_actor(officer.session, Role.AREA_HEAD, officer.area), officer.area)


def beside(desk: Desk) -> Area:
    return desk.session.scalars(select(Area).where(Area.name == "khu phố 7")).one()


def written(desk: Desk, *names: str, at: Area | None = None) -> dict[str, int]:
    kept = desk.upload(*named(*names), heading=AREA_HEADING, area=at or desk.commune)
    return commit(desk.session, desk.by, kept, desk.examine(kept))


def test_each_household_goes_to_the_area_its_row_names(officer: Desk) -> None:
    counts = written(officer, "Khu phố 6", "KP 7", "khu pho 06")
    assert counts["areas_created"] == 0
    assert officer.people() == {"001": "Nguyễn Văn An 1", "003": "Nguyễn Văn An 3"}
    assert officer.people(beside(officer)) == {"002": "Nguyễn Văn An 2"}


def test_only_named_areas_are_compared(officer: Desk) -> None:
    written(officer, "Khu phố 6", "Khu phố 7")
    kept = officer.upload(*named("Khu phố 6"), heading=AREA_HEADING, area=officer.commune)
    assert officer.examine(kept).comparison.counts() == {
        "new": 0, "gone": 0, "changed": 0, "unchanged": 1, "possible_duplicates": 0,
    }  # fmt: skip


def test_areas_nobody_knows_are_founded_by_who_may(admin: Desk) -> None:
    counts = written(admin, "Khu phố 8", "KP08", "Ấp Đoài", "Khu phố 6")
    assert counts["areas_created"] == 2
    founded = admin.session.scalars(select(Area).where(Area.valid_from == clock.today()).order_by(Area.path)).all()
    assert [(area.name, area.legal_type) for area in founded] == [("Khu phố 8", "to_dan_pho"), ("Ấp Đoài", "thon")]
    assert admin.people(founded[0]) == {"001": "Nguyễn Văn An 1", "002": "Nguyễn Văn An 2"}


def test_an_area_of_no_known_kind_is_refused(admin: Desk) -> None:
    areas = counted(admin.session)["Area"]
    with pytest.raises(Refusal, match="Không rõ “Vùng xa”"), admin.session.begin_nested():
        written(admin, "Khu phố 9", "Vùng xa")
    assert counted(admin.session)["Area"] == areas


def test_an_officer_founds_no_areas(officer: Desk) -> None:
    with pytest.raises(Refusal, match="chưa có Khu phố 8, Khu phố 9"):
        written(officer, "Khu phố 6", "Khu phố 8", "Khu phố 9")
    assert officer.people() == {}


def test_the_head_of_one_area_is_refused_by_the_name_of_the_other(head: Desk) -> None:
    with pytest.raises(Refusal, match="hộ của Khu phố 7") as refused:
        written(head, "Khu phố 6", "Khu phố 7", at=head.area)
    assert "Khu phố 6" in str(refused.value)
    assert head.people() == head.people(beside(head)) == {}


def test_the_head_of_one_area_neither_sees_nor_changes_households_of_another(officer: Desk, head: Desk) -> None:
    written(officer, "Khu phố 7")
    changed = ("001", "Kẻ Mạo Danh", "Số 1", "", "Khu phố 7")
    kept = head.upload(changed, heading=AREA_HEADING)
    with pytest.raises(Refusal, match="Khu phố 7"):
        head.examine(kept)
    seen_by_officer = examining.examine(head.session, officer.by, kept)
    assert seen_by_officer.comparison.counts()["changed"] == 1
    assert officer.people(beside(officer)) == {"001": "Nguyễn Văn An 1"}


def test_the_head_founds_no_areas_and_learns_how_to_go_on(head: Desk) -> None:
    with pytest.raises(Refusal, match="Phường Thới Hòa chưa có Khu phố 8"):
        written(head, "Khu phố 8", at=head.area)
    many = [f"Khu phố {n}" for n in range(10, 20)]
    with pytest.raises(Refusal, match="Khu phố 14, …"):
        written(head, *many, at=head.area)


def test_the_head_may_send_a_file_that_names_their_own_area(head: Desk) -> None:
    assert written(head, "Khu phố 6", "", at=head.area)["added"] == 2
    assert len(head.people()) == 2


def test_a_file_brought_in_at_an_area_may_name_others_where_one_may_write(officer: Desk) -> None:
    assert written(officer, "Khu phố 6", "Khu phố 7", "", at=officer.area)["added"] == 3
    assert len(officer.people(beside(officer))) == 1


def test_a_household_of_no_area_is_a_fault_in_a_file_of_many(officer: Desk) -> None:
    kept = officer.upload(
        *named(*["Khu phố 6"] * 5, "", *["Khu phố 7"] * 5), heading=AREA_HEADING, area=officer.commune
    )
    found = officer.examine(kept)
    assert [(fault.row, fault.problem) for fault in found.parsed.faults] == [(7, "missing_area")]
    assert len(found.parsed.households) == 10


def test_a_file_that_names_no_area_has_no_place_in_a_commune(officer: Desk) -> None:
    with pytest.raises(Refusal, match="không ghi hộ thuộc"):
        officer.examine(officer.upload(*HOMES, area=officer.commune))


def test_a_province_takes_no_roll(officer: Desk) -> None:
    province = make_province(officer.session, "01", "Thành phố Hà Nội")
    with pytest.raises(Refusal, match="chỉ nhập vào"):
        examining.upload(officer.session, OPERATOR, province, filename="ds.csv", data=csv_file([AREA_HEADING]))


def test_a_name_without_marks_that_means_two_areas_is_refused(admin: Desk) -> None:
    values = {"kind": "thon", "legal_type": "thon"}
    for name in ("Thôn Hòa", "Thôn Hóa"):
        make_area(admin.session, admin.commune, name=name, **values)
    with pytest.raises(Refusal, match="có thể là Thôn Hòa, Thôn Hóa"):
        written(admin, "Thon Hoa")
    assert written(admin, "Thôn Hoá")["areas_created"] == 0


def test_an_area_that_has_ended_is_not_meant(admin: Desk) -> None:
    beside(admin).valid_to = clock.today() - timedelta(days=1)
    assert written(admin, "Khu phố 7")["areas_created"] == 1
    named_so = select(func.count()).where(Area.search == "khu pho 7", Area.valid_to.is_(None))
    assert admin.session.scalar(named_so) == 1


def test_an_area_that_begins_later_is_meant(admin: Desk) -> None:
    beside(admin).valid_from = clock.today() + timedelta(days=30)
    assert written(admin, "Khu phố 7")["areas_created"] == 0


def test_the_same_number_may_stand_in_two_areas(officer: Desk) -> None:
    rows = [("001", "Nguyễn Văn An", "Số 1", "", "Khu phố 6"), ("001", "Trần Thị Bình", "Số 1", "", "Khu phố 7")]
    kept = officer.upload(*rows, heading=AREA_HEADING, area=officer.commune)
    commit(officer.session, officer.by, kept, officer.examine(kept))
    assert [*officer.people(), *officer.people(beside(officer))] == ["001", "001"]


def test_numbers_are_counted_in_each_area_for_itself(officer: Desk) -> None:
    add_by_hand(officer, number="017", full_name="Hồ Công Sơn")
    heading = ("STT", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Điện thoại", "Khu phố")
    rows = [(str(n), f"Lê Văn {n}", f"Số {n}", "", f"Khu phố {6 + n % 2}") for n in range(4)]
    kept = officer.upload(*rows, heading=heading, area=officer.commune)
    commit(officer.session, officer.by, kept, officer.examine(kept))
    assert sorted(officer.people()) == ["017", "018", "019"]
    assert sorted(officer.people(beside(officer))) == ["001", "002"]


def test_who_takes_an_import_back_must_have_the_right_in_all_its_areas(officer: Desk, head: Desk) -> None:
    kept = officer.upload(*named("Khu phố 6", "Khu phố 7"), heading=AREA_HEADING, area=officer.area)
    commit(officer.session, officer.by, kept, officer.examine(kept))
    with pytest.raises(Refusal, match="địa bàn khác"):
        undo(head.session, head.by, kept)
    assert undo(officer.session, officer.by, kept) == 2


@pytest.mark.parametrize("level", ["area", "commune"])
def test_officers_of_another_commune_are_refused(session: Session, officer: Desk, level: str) -> None:
    stranger: Actor = make_desk(session, Role.COMMUNE_ADMIN).by
    place = officer.area if level == "area" else officer.commune
    with pytest.raises(Refusal, match="không có quyền nhập"):
        Desk(session, stranger, officer.area).upload(*named("Khu phố 6"), heading=AREA_HEADING, area=place)


def test_areas_of_another_commune_are_never_meant(officer: Desk) -> None:
    elsewhere = make_area(officer.session, name="khu phố 9")
    with pytest.raises(Refusal, match="chưa có Khu phố 9"):
        written(officer, "Khu phố 9")
    assert queries.count_present(officer.session, elsewhere) == 0


def test_an_ended_area_named_in_the_file_takes_no_roll(session: Session) -> None:
    head = make_desk(session)
    kept = head.upload(*named("Khu phố 6"), heading=AREA_HEADING)
    head.area.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(WrongMoment, match="đã kết thúc"):
        head.examine(kept)
