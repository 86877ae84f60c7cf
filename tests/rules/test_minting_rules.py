"""Dossiers that want codes, requests of the case system, figures of dossiers returned: read, or told what is wrong."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules import minting, minting_request, returned
from app.feedback.rules.minting import Placed, Places, Wanted
from app.feedback.rules.trust_table import Fault
from app.lib.sheets import Sheet

PLACES = Places(
    counters={"3": 30, "4": 40},
    groups={"dat dai": 7, "ho tich": 8},
    points={(0, 0): 1, (30, 0): 2, (30, 7): 3},
    handlers={7: (30,), 8: (30, 40)},
)
TODAY = date(2026, 7, 6)
HEAD = ["Ngày", "Quầy", "Nhóm thủ tục", "Số hồ sơ đã trả", "Trước hạn", "Đúng hạn", "Trễ hạn", "Đủ ngay lần đầu"]


def placed(dossier: str = "H012.26.05.2026-0001", counter: str = "", group: str = "", places: Places = PLACES) -> Any:
    """The point of one dossier, or the column at fault."""
    read = minting.read([Wanted(5, dossier, counter, group)], places)
    return read.faults[0].column if read.faults else read.placed[0].point_id


@pytest.mark.parametrize(
    ("counter", "group", "point"),
    [
        ("3", "", 2), ("Quầy 3", "", 2), ("quầy số 03", "", 2), ("3", "Đất đai", 3), ("3", "ĐẤT  ĐAI", 3),
        ("3", "Hộ tịch", 2), ("", "Đất đai", 3), ("", "Hộ tịch", 1), ("", "", 1),
    ],
)  # fmt: skip
def test_a_dossier_finds_its_point(counter: str, group: str, point: int) -> None:
    assert placed(counter=counter, group=group) == point


@pytest.mark.parametrize(
    ("counter", "group", "column"),
    [("9", "", "counter"), ("4", "", "counter"), ("x", "", "counter"), ("3", "Thuế", "group"), ("", "Thuế", "group")],
)
def test_a_place_that_is_not_there_is_told(counter: str, group: str, column: str) -> None:
    assert placed(counter=counter, group=group) == column


def test_a_counter_with_points_of_groups_alone_is_rated_at_its_one_point() -> None:
    one = Places(PLACES.counters, PLACES.groups, {(0, 0): 1, (30, 7): 3})
    assert placed(counter="3", places=one) == 3
    assert placed(counter="3", group="Hộ tịch", places=one) == "counter"
    two = Places(PLACES.counters, PLACES.groups, {(0, 0): 1, (30, 7): 3, (30, 8): 4})
    assert placed(counter="3", places=two) == "group"
    assert placed(counter="3", group="Hộ tịch", places=two) == 4


def test_without_a_point_of_the_whole_centre_a_counter_is_asked_for() -> None:
    assert placed(places=Places(PLACES.counters, PLACES.groups, {(30, 0): 2})) == "counter"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("H012.26.05.2026-0001", "H012.26.05.2026-0001"), (" h012.26 -1 ", "H012.26-1"), ("12/ĐK", "12/ĐK"), ("7", "7")],
)
def test_a_dossiers_number_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert minting.read([Wanted(1, typed)], PLACES) == minting.Read([Placed(1, kept, 1)], [])


@pytest.mark.parametrize("typed", ["", "   ", "A" * 61, "=1+1", "H012;DROP", "-1", "Hồ sơ 1", "A\u202eB", "<b>", "\0"])
def test_what_is_no_number_of_a_dossier_is_told(typed: str) -> None:
    assert placed(typed) == "dossier"


def test_a_dossier_stands_once_in_a_list() -> None:
    read = minting.read([Wanted(2, "A1"), Wanted(3, "A2"), Wanted(4, "a 1")], PLACES)
    assert [(fault.row, fault.params) for fault in read.faults] == [(4, {"row": 2})]


@given(st.lists(st.tuples(st.text(max_size=8), st.sampled_from(["", "3", "9"]), st.sampled_from(["", "Đất đai", "?"]))))
def test_every_row_is_placed_or_told(rows: list[tuple[str, str, str]]) -> None:
    read = minting.read([Wanted(n, *row) for n, row in enumerate(rows)], PLACES)
    fine, wrong = {one.row for one in read.placed}, {fault.row for fault in read.faults}
    assert fine | wrong == set(range(len(rows)))
    assert not fine & wrong
    assert len({one.dossier for one in read.placed}) == len(read.placed)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_codes_last_a_year_at_most(days: int) -> None:
    with pytest.raises(ValueError, match=str(days)):
        minting.last_day(TODAY, days)
    assert minting.last_day(TODAY) == date(2026, 9, 4)


GOOD = {"dossier": "A1", "counter": "3", "group": "Đất đai"}


def test_a_request_is_read() -> None:
    asked, wrong = minting_request.read(
        {"center": "25846", "days": 30, "dossiers": [GOOD, {"dossier": 7, "counter": 3}]}
    )
    assert wrong == []
    assert asked == minting_request.Asked("25846", 30, [Wanted(0, "A1", "3", "Đất đai"), Wanted(1, "7", "3", "")])


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (None, [""]), ([], [""]), ("x", [""]), ({}, ["dossiers"]), ({"dossiers": []}, ["dossiers"]),
        ({"dossiers": {}}, ["dossiers"]), ({"dossiers": ["A1"]}, ["dossiers[0]"]),
        ({"dossiers": [GOOD], "more": 1}, ["more"]), ({"dossiers": [GOOD | {"name": "An"}]}, ["dossiers[0].name"]),
        ({"dossiers": [{}]}, ["dossiers[0].dossier"]), ({"dossiers": [GOOD], "days": 0}, ["days"]),
        ({"dossiers": [GOOD], "days": True}, ["days"]), ({"dossiers": [GOOD], "days": "60"}, ["days"]),
        ({"dossiers": [GOOD], "center": []}, ["center"]),
        ({"dossiers": [GOOD | {"counter": 1.5}]}, ["dossiers[0].counter"]),
        ({"dossiers": [GOOD, GOOD | {"group": ["x"]}]}, ["dossiers[1].group"]),
        ({"dossiers": [{"dossier": "A" * 201}]}, ["dossiers[0].dossier"]),
        ({"dossiers": [{"dossier": True}]}, ["dossiers[0].dossier"]),
    ],
)  # fmt: skip
def test_a_request_out_of_shape_is_told_where(body: Any, places: list[str]) -> None:
    assert [one.place for one in minting_request.read(body)[1]] == places


json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["dossiers", "dossier", "x"]), inner),
)


@given(json_values)
def test_no_request_is_a_fault_of_the_program(body: Any) -> None:
    asked, wrong = minting_request.read(body)
    assert wrong or asked.wanted
    assert minting_request.count(body) >= 0


def figures(*rows: list[str]) -> tuple[list[returned.Returned], list[tuple[int, str]]]:
    sheet = Sheet("S", [(1, ["BÁO CÁO"]), (3, HEAD), *((n, list(row)) for n, row in enumerate(rows, start=4))])
    read, faults = returned.read(returned.table_of([sheet]), {"3": 30}, {"dat dai": 7}, TODAY)
    return read, [(fault.row, fault.column) for fault in faults]


def test_figures_of_a_day_are_read() -> None:
    rows, faults = figures(
        ["01/07/2026", "Quầy 3", "Đất đai", "1.250", "50", "1.000", "200", "900"], ["2/7/2026", "", "", "0"]
    )
    assert faults == []
    assert rows[0] == returned.Returned(4, date(2026, 7, 1), 30, 7, 1250, 50, 1000, 200, 900)
    assert rows[1] == returned.Returned(5, date(2026, 7, 2), 0, 0, 0, 0, 0, 0, 0)
    assert returned.days_of(rows) == [date(2026, 7, 1), date(2026, 7, 2)]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["32/07/2026", "3", "", "5"], ["day"]), (["", "3", "", "5"], ["day"]), (["07/07/2026", "3", "", "5"], ["day"]),
        (["01/07/2026", "9", "", "5"], ["counter"]), (["01/07/2026", "3", "Thuế", "5"], ["group"]),
        (["01/07/2026", "3", "", ""], ["returned"]), (["01/07/2026", "3", "", "-5"], ["returned"]),
        (["01/07/2026", "3", "", "5,5"], ["returned"]), (["01/07/2026", "3", "", "100.001"], ["returned"]),
        (["01/07/2026", "3", "", "5", "x"], ["early"]), (["01/07/2026", "3", "", "5", "2", "2", "2"], ["returned"]),
        (["01/07/2026", "3", "", "5", "", "", "", "6"], ["once"]),
        (["x", "9", "?", "y"], ["day", "counter", "group", "returned"]),
    ],
)  # fmt: skip
def test_a_faulty_cell_is_told(row: list[str], columns: list[str]) -> None:
    rows, faults = figures(row)
    assert rows == []
    assert faults == [(4, column) for column in columns]


def test_a_day_counter_and_group_stand_once() -> None:
    rows, faults = figures(["1/7/2026", "3", "", "5"], ["01/07/2026", "quầy 3", "", "6"], ["01/07/2026", "", "", "6"])
    assert faults == [(5, "day")]
    assert [row.row for row in rows] == [4, 6]


def test_a_table_without_its_headings_says_which() -> None:
    sheet = Sheet("S", [(1, ["Ngày", "Số lượng"]), (2, ["01/07/2026", "5"])])
    assert returned.table_of([sheet]).missing == ("returned",)
    assert minting.table_of([sheet]).missing == ("dossier",)
    assert Fault(1, "day", "x").params == {}
