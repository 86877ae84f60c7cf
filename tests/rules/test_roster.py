"""A roster as read: shifts and leaves, or faults that each stand in their cell under the row of the file."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import VIETNAM
from app.feedback.documents.roster_sheet import roster_sheet
from app.feedback.rules.roster import DUTY, LEAVE, PROBLEMS, Known, Line, NoRoster, Roster, read_minute, read_roster
from app.feedback.rules.shifts import Present, plan
from app.lib.tables import read_table
from tests.support.feedback import roster_file
from tests.support.tables import xlsx_file

TODAY = date(2026, 7, 6)
KNOWN = Known(
    officers={"cc01": ("CC01", "Võ Minh Khoa"), "cc09": ("CC09", "Lê Thị Chín")},
    left=frozenset({"cc09"}), counters={"1": "1", "quay 1 – ho tich": "1", "3": "3"}, today=TODAY,
)  # fmt: skip


def read(*rows: tuple[Any, ...]) -> Roster:
    return read_roster(read_table(roster_file(*rows), "lich.xlsx"), KNOWN)


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def test_shifts_and_leaves_are_read_as_people_write_them() -> None:
    found = read(
        ("CC01", "Võ Minh Khoa", "1", "06/07/2026", "7:30", "11h30", "trực"),
        ("cc01", "", "Quầy 3", "6/7/2026", 0.5625, time(17, 0), ""),
        ("CC02", "Trần Thị Hai", "quầy 1 – hộ tịch", "07/07/2026", "07:30:00", "11 giờ", "Trực"),
        ("CC02", "", "", "08/07/2026", "", "", "nghỉ"),
        ("CC03", "Chưa ghi gì", "", "", "", "", ""),
    )
    assert [(fault.row, fault.problem) for fault in found.faults] == [(5, "no_name")]
    assert [(one.row, one.code, one.counter, one.kind) for one in found.lines] == [
        (2, "CC01", "1", DUTY), (3, "CC01", "3", DUTY), (4, "CC02", "1", DUTY),
    ]  # fmt: skip
    assert (found.lines[1].begins, found.lines[1].ends) == (at(13, 30), at(17))
    whole = read(("CC01", "", "", "08/07/2026", "", "", "NGHỈ")).lines[0]
    assert (whole.kind, whole.ends - whole.begins) == (LEAVE, timedelta(days=1))


@pytest.mark.parametrize(
    ("row", "cell", "problem"),
    [
        (("", "A", "1", "06/07/2026", "7:30", "8:30", ""), "code", "no_code"),
        (("CC" + "1" * 50, "A", "1", "06/07/2026", "7:30", "8:30", ""), "code", "long"),
        (("CC05", "A\u202eB", "1", "06/07/2026", "7:30", "8:30", ""), "full_name", "strange"),
        (("CC01", "Người Khác", "1", "06/07/2026", "7:30", "8:30", ""), "full_name", "other_name"),
        (("CC09", "Lê Thị Chín", "1", "06/07/2026", "7:30", "8:30", ""), "code", "left"),
        (("CC01", "", "", "06/07/2026", "7:30", "8:30", ""), "counter", "no_counter"),
        (("CC01", "", "7", "06/07/2026", "7:30", "8:30", ""), "counter", "unknown_counter"),
        (("CC01", "", "1", "", "7:30", "8:30", ""), "day", "no_day"),
        (("CC01", "", "1", "31/02/2026", "7:30", "8:30", ""), "day", "bad_day"),
        (("CC01", "", "1", "06/07/2036", "7:30", "8:30", ""), "day", "far_day"),
        (("CC01", "", "1", "06/07/2026", "", "8:30", ""), "begin", "no_hour"),
        (("CC01", "", "1", "06/07/2026", "sáng", "8:30", ""), "begin", "bad_hour"),
        (("CC01", "", "1", "06/07/2026", "8:30", "25:00", ""), "end", "bad_hour"),
        (("CC01", "", "1", "06/07/2026", "8:30", "8:30", ""), "end", "order"),
        (("CC01", "", "1", "06/07/2026", "7:30", "8:30", "bận"), "kind", "bad_kind"),
    ],
)
def test_a_fault_stands_in_its_cell(row: tuple[Any, ...], cell: str, problem: str) -> None:
    found = read(("CC01", "", "3", "06/07/2026", "7:30", "8:30", ""), row)
    assert (3, cell, problem) in [(fault.row, fault.field, fault.problem) for fault in found.faults]
    assert [one.row for one in found.lines] == [2]
    assert all(PROBLEMS[fault.problem] % fault.params for fault in found.faults)


def test_one_code_with_two_names_is_a_fault() -> None:
    found = read(("CC02", "Trần Hai", "1", "06/07/2026", "7:30", "8:30", ""),
                 ("CC02", "Trần Ba", "1", "06/07/2026", "9:30", "10:30", ""))  # fmt: skip
    assert [(fault.row, fault.problem, fault.params) for fault in found.faults] == [(3, "two_names", {"row": 2})]


def test_a_sheet_without_the_columns_names_those_it_lacks() -> None:
    with pytest.raises(NoRoster) as refused:
        read_roster(read_table(xlsx_file([("Mã công chức", "Ngày", "Quầy"), ("1", "2", "3")]), "x.xlsx"), KNOWN)
    assert refused.value.missing == ("full_name", "begin", "end", "kind")


def test_the_sheet_to_fill_in_is_read_back_and_brings_nothing() -> None:
    found = read_roster(read_table(roster_sheet([("CC01", "Võ Minh Khoa")], [("1", "Quầy 1")]), "mau.xlsx"), KNOWN)
    assert found == Roster()


@given(st.integers(0, 1439))
def test_every_minute_is_read_however_it_is_written(minute: int) -> None:
    hour, rest = divmod(minute, 60)
    for text in (f"{hour}:{rest:02}", f"{hour:02}h{rest:02}", f"{hour:02}:{rest:02}:00", f"{minute / 1440:.9f}"):
        assert read_minute(text) == minute


def line(row: int, code: str, counter: str, begin: int, end: int, day: date = TODAY) -> Line:
    return Line(row, code, f"Người {code}", counter, DUTY, at(begin, day=day), at(end, day=day))


def held(key: int, code: str, counter: str, begin: int, end: int, day: date = TODAY) -> Present:
    return Present(key, code, f"Người {code}", counter, DUTY, at(begin, day=day), at(end, day=day))


def faults(found: Any) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.field, fault.problem) for fault in found.faults]


def test_overlaps_are_faults_of_the_later_row() -> None:
    lines = [line(2, "A", "1", 7, 11), line(3, "B", "1", 10, 12), line(4, "B", "3", 12, 13), line(5, "C", "1", 12, 14)]
    found = plan(lines, [], replaces=False)
    assert faults(found) == [(3, "counter", "counter_taken")] and [one.row for one in found.new] == [2, 4, 5]
    assert faults(plan([line(2, "A", "1", 7, 11), line(3, "A", "3", 8, 9)], [], replaces=False)) == [
        (3, "code", "person_taken")
    ]
    before = [held(1, "Z", "1", 6, 8), held(2, "A", "3", 9, 10)]
    assert faults(plan([line(2, "A", "1", 7, 11)], before, replaces=False)) == [(2, "counter", "counter_taken_before")]
    assert faults(plan([line(2, "A", "1", 8, 11)], before, replaces=False)) == [(2, "code", "person_taken_before")]
    assert faults(plan([line(2, "A", "1", 7, 8), line(9, "A", "1", 7, 8)], [], replaces=False)) == [
        (9, "code", "repeated")
    ]


def test_replacing_takes_out_what_the_days_of_the_file_no_longer_name() -> None:
    tomorrow = TODAY + timedelta(days=1)
    before = [held(1, "Z", "1", 6, 8), held(2, "A", "1", 8, 9), held(3, "Z", "1", 6, 8, tomorrow)]
    found = plan([line(2, "A", "1", 8, 9), line(3, "A", "1", 6, 8)], before, replaces=True)
    assert [shift.shift_id for shift in found.gone] == [1] and not found.faults
    assert [one.row for one in found.new] == [3] and [one.row for one in found.same] == [2]


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from("12"), st.integers(6, 16), st.integers(1, 4)), max_size=12
    )
)
def test_what_a_plan_lets_through_never_overlaps(shifts: list[tuple[str, str, int, int]]) -> None:
    lines = [line(row, code, counter, begin, begin + long) for row, (code, counter, begin, long) in enumerate(shifts)]
    found = plan(lines, [], replaces=False)
    bad = {fault.row for fault in found.faults}
    good = [one for one in lines if one.row not in bad]
    for place in ("counter", "code"):
        by_place: dict[str, list[Line]] = {}
        for one in sorted(good, key=lambda shift: shift.begins):
            by_place.setdefault(getattr(one, place), []).append(one)
        overlapping = [
            (a, b) for seat in by_place.values() for a, b in zip(seat, seat[1:], strict=False) if b.begins < a.ends
        ]
        assert not overlapping
