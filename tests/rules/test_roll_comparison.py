"""Comparing a roll from a file with the present one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.households.importing.comparison import PresentHousehold, compare
from app.households.importing.likeness import nearly_same
from app.households.importing.records import ParsedHousehold
from app.households.importing.words import DOUBTS, doubt_sentence
from app.lib.text import fold

AREA = "khu pho 6"


def present(id, name="Nguyễn Văn An", address="Số 1, Hẻm 12", number="", phone=None, area=AREA, cluster=""):
    return PresentHousehold(id, area, number, name, address, phone, cluster)


def incoming(row, name="Nguyễn Văn An", address="Số 1, Hẻm 12", number="", phone=None, area="Khu phố 6", cluster=""):
    return ParsedHousehold(row, number, name, address, phone, cluster, area)


def counts(result):
    found = result.counts()
    return tuple(found[name] for name in ("new", "gone", "changed", "unchanged", "possible_duplicates"))


def changes(result):
    return [(change.field, change.before, change.after) for pair in result.changed for change in pair.changes]


def test_the_first_roll_is_all_new():
    assert counts(compare([], [incoming(2), incoming(3, "Trần Thị Bình", "Số 2")])) == (2, 0, 0, 0, 0)


def test_the_same_roll_again_changes_nothing():
    homes = [present(1, number="1", phone="0912345678", cluster="Hẻm 12"), present(2, "Trần Thị Bình", "Số 2, Hẻm 12")]
    again = [
        incoming(2, number="1", phone="0912345678", cluster="Hẻm 12"),
        incoming(3, "Trần Thị Bình", "Số 2, Hẻm 12"),
    ]
    assert counts(compare(homes, again)) == (0, 0, 0, 2, 0)


def test_a_household_the_file_does_not_name_is_gone():
    result = compare([present(1), present(2, "Trần Thị Bình", "Số 2")], [incoming(2)])
    assert [home.id for home in result.gone] == [2]


def test_a_new_representative_at_the_same_number_is_a_change_of_name():
    result = compare([present(1, number="7")], [incoming(2, "Nguyễn Thị Lan", number="007")])
    assert changes(result) == [("full_name", "Nguyễn Văn An", "Nguyễn Thị Lan")]


def test_a_new_representative_at_the_same_address_is_a_change_of_name():
    assert changes(compare([present(1)], [incoming(2, "Nguyễn Thị Lan")])) == [
        ("full_name", "Nguyễn Văn An", "Nguyễn Thị Lan")
    ]


def test_a_household_that_moved_keeps_its_telephone():
    result = compare([present(1, phone="0912345678")], [incoming(2, address="Số 9, Ngõ 3", phone="0912345678")])
    assert changes(result) == [("address", "Số 1, Hẻm 12", "Số 9, Ngõ 3")]


def test_number_telephone_and_lane_given_by_the_file_are_changes():
    result = compare([present(1, number="1")], [incoming(2, number="12", phone="0912345678", cluster="Hẻm 12")])
    assert changes(result) == [("number", "1", "12"), ("phone", "", "0912345678"), ("cluster", "", "Hẻm 12")]


def test_what_the_file_leaves_blank_takes_nothing_away():
    homes = [present(1, number="1", phone="0912345678", cluster="Hẻm 12")]
    assert counts(compare(homes, [incoming(2)])) == (0, 0, 0, 1, 0)


def test_case_spaces_and_the_place_of_a_tone_are_no_changes_but_a_tone_is():
    homes = [present(1, "Lê Thị Hoà"), present(2, "Lê Thị Ân", "Số 2")]
    result = compare(homes, [incoming(2, "LÊ THỊ HÒA"), incoming(3, "Lê Thị Ấn", "Số 2")])
    assert changes(result) == [("full_name", "Lê Thị Ân", "Lê Thị Ấn")]


def test_renumbering_the_whole_roll_does_not_mix_up_the_people():
    people = [("Nguyễn Văn An", "Số 1"), ("Trần Thị Bình", "Số 2"), ("Lê Văn Cường", "Số 3")]
    homes = [present(n, name, address, number=str(n)) for n, (name, address) in enumerate(people, 1)]
    lines = [incoming(n + 5, name, address, number=str(n % 3 + 1)) for n, (name, address) in enumerate(people, 1)]
    result = compare(homes, lines)
    assert {field for field, *_ in changes(result)} == {"number"}
    assert all(pair.present.full_name == pair.incoming.full_name for pair in result.changed)


def test_a_number_alone_decides_when_nothing_better_does():
    result = compare([present(1, number="7")], [incoming(2, "Trần Thị Bình", "Số 2", number="7")])
    assert [field for field, *_ in changes(result)] == ["full_name", "address"]


def test_families_sharing_a_hamlet_as_address_are_never_taken_for_each_other():
    homes = [present(1, "Lê Văn Ba", "Thôn Đoài"), present(2, "Lê Văn Tư", "Thôn Đoài")]
    result = compare(homes, [incoming(2, "Lê Văn Ba", "Thôn Đoài"), incoming(3, "Phạm Thị Năm", "Thôn Đoài")])
    assert counts(result)[:4] == (1, 1, 0, 1)


def test_the_same_household_in_another_area_is_another_household():
    homes = [present(1, number="1", phone="0912345678")]
    result = compare(homes, [incoming(2, number="1", phone="0912345678", area="Khu phố 7")])
    assert counts(result)[:4] == (1, 1, 0, 0)
    assert compare(homes, [incoming(2, area="KP.6")], area_of=lambda home: AREA).unchanged


def test_two_lines_with_the_same_number_match_at_most_one_household():
    result = compare([present(1, number="1")], [incoming(2, number="1"), incoming(3, number="1")])
    assert counts(result)[:4] == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (incoming(3, address="Số 1, Hẻm 12, khu phố 6"), "like_name_and_address"),
        (incoming(3, "NGUYEN VAN AN", "1 hẻm 12"), "like_name_and_address"),
        (incoming(3, address="Số 1A, Hẻm 12"), "like_name_and_address"),
        (incoming(3, "Trần Thị Bình", "Số 9, Ngõ 3", phone="0912345678"), "same_phone"),
        (incoming(3, "Trần Thị Bình", "số 1 hẻm 12"), "same_address"),
        (incoming(3, "Trần Thị Bình", "Số 9", phone="0912345678", area="Khu phố 7"), "same_phone"),
    ],
)
def test_lines_that_may_be_one_household_are_doubted_once(second, reason):
    result = compare([], [incoming(2, phone="0912345678"), second])
    assert [(doubt.reason, doubt.second.row) for doubt in result.possible_duplicates] == [(reason, 3)]
    assert doubt_sentence(result.possible_duplicates[0]) == DOUBTS[reason]


@pytest.mark.parametrize(
    "second",
    [
        incoming(3, address="Số 2, Hẻm 12"),
        incoming(3, address="Số 11, Hẻm 12"),
        incoming(3, address="Số 1, Ngõ 3, tổ 4, khu phố 6"),
        incoming(3, "Trần Thị Bình", "Số 1, Hẻm 13"),
        incoming(3, address="Số 1, Hẻm 12", area="Khu phố 7"),
        incoming(3, "Trần Thị Bình", "Số 9, Ngõ 3", phone="0987654321"),
    ],
)
def test_neighbours_and_namesakes_are_not_doubted(second):
    assert not compare([], [incoming(2, phone="0912345678"), second]).possible_duplicates


def test_a_shared_hamlet_building_or_telephone_of_many_raises_no_flood_of_doubts():
    hamlet = [incoming(n, f"Lê Văn {chr(65 + n)}", "Thôn Đoài") for n in range(2, 20)]
    flat = [incoming(n, f"Lê Văn {chr(65 + n)}", "Số 5, Chung cư A1") for n in range(2, 20)]
    phone = [incoming(n, f"Lê Văn {chr(65 + n)}", f"Số {n}", phone="0912345678") for n in range(2, 20)]
    for lines in (hamlet, flat, phone):
        assert not compare([], lines).possible_duplicates


def test_a_new_line_like_a_household_that_is_gone_is_doubted():
    result = compare([present(5, address="Số 1, Hẻm 12")], [incoming(2, address="Số 1A, Hẻm 12, khu phố 6")])
    assert counts(result) == (1, 1, 0, 0, 1)
    assert result.possible_duplicates[0].first == result.gone[0]


def test_households_known_and_unchanged_are_not_doubted_again():
    homes = [present(1, phone="0912345678"), present(2, "Trần Thị Bình", "Số 2", phone="0912345678")]
    lines = [incoming(2, phone="0912345678"), incoming(3, "Trần Thị Bình", "Số 2", phone="0912345678")]
    assert counts(compare(homes, lines)) == (0, 0, 0, 2, 0)
    renamed = [lines[0], replace(lines[1], full_name="Trần Thị Lan")]
    assert counts(compare(homes, renamed)) == (0, 0, 1, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("so 264a, hem 12", "264a hem 12, khu pho 6", True), ("so 5, kp 6", "so 5, khu pho 6", True),
        ("so 264a, hem 12", "so 264, hem 12", True), ("so 5, nguyen hue", "so 5, nguyen hua", True),
        ("so 264, hem 12", "so 265, hem 12", False), ("so 5, ngo 3", "so 5, duong dx 010", False), ("", "so 5", False),
    ],
)  # fmt: skip
def test_nearly_the_same_address(one, other, same):
    assert nearly_same(one, other) is same
    assert nearly_same(other, one) is same


def test_a_roll_of_identical_lines_is_compared_without_going_through_every_pair():
    lines = [incoming(n, phone="0912345678", number="1") for n in range(2, 20_002)]
    homes = [present(n, phone="0912345678", number="1") for n in range(1, 20_001)]
    assert counts(compare(homes, lines))[:4] == (0, 0, 0, 20_000)


def there(n, row):
    name, address, number, phone, area = row
    return present(n, name, address, number, phone, fold(area))


names = st.sampled_from(["Lê Văn An", "Lê Văn Ân", "Trần Thị Bình", "Phạm Hoà", "Phạm Hòa"])
addresses = st.sampled_from(["Số 1, Ngõ 1", "Số 1A, Ngõ 1", "Số 2, Ngõ 1", "Thôn Đoài"])
phones = st.sampled_from([None, "0912345678", "0987654321"])
numbers = st.sampled_from(["", "1", "2", "3", "02"])
rows = st.lists(st.tuples(names, addresses, numbers, phones, st.sampled_from(["Khu phố 6", "Khu phố 7"])), max_size=8)


@settings(deadline=None)
@given(rows, rows)
def test_every_household_of_either_roll_is_accounted_for_exactly_once(before, after):
    homes = [there(n, row) for n, row in enumerate(before, 1)]
    lines = [incoming(n, *row) for n, row in enumerate(after, 2)]
    result = compare(homes, lines)
    pairs = result.changed + result.unchanged
    assert sorted([h.id for h in result.gone] + [p.present.id for p in pairs]) == [h.id for h in homes]
    assert sorted([h.row for h in result.new] + [p.incoming.row for p in pairs]) == [h.row for h in lines]
    assert all(fold(p.incoming.area_name) == p.present.area for p in pairs)
    assert all(doubt.second in lines for doubt in result.possible_duplicates)


@settings(deadline=None)
@given(rows)
def test_a_roll_compared_with_itself_is_unchanged(before):
    homes = [there(n, row) for n, row in enumerate(before, 1)]
    lines = [incoming(n, *row) for n, row in enumerate(before, 2)]
    found = compare(homes, lines).counts()
    assert (found["new"], found["gone"]) == (0, 0)
