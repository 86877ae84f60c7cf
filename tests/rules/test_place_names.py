"""Names of places: which two are one, which kind a name says, in which order they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.rules import in_sentence, kind_of_name, next_segment, reading_order, same_place, spelled_out

NAMES = st.text("aăâbdđeêoôơuưyáàảãạ 0123456789./KPkpThônsố", max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khu phố 6", "khu phố  06"),
        ("KP6", "Khu phố 6"),
        ("K.P 6", "KP số 6"),
        ("TDP 3", "Tổ dân phố số 03"),
        ("tđp3", "Tổ dân phố 3"),
        ("Khu pho 6", "Khu phố 6"),
        ("Thôn Hoà", "Thôn Hòa"),
        ("Thon Hoa", "Thôn Hóa"),
        ("Bản Lác", "Ba\u0309n La\u0301c"),
    ],
)
def test_two_spellings_of_one_place(one: str, other: str) -> None:
    assert same_place(one, other) and same_place(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khu phố 6", "Khu phố 16"),
        ("Khu phố 6", "Khu phố 60"),
        ("Khu phố 6", "Khu phố 6A"),
        ("Khu phố 6", "Ấp 6"),
        ("Thôn Hòa", "Thôn Hóa"),
        ("Thôn Đông", "Thôn Đồng"),
        ("Thôn 3/2", "Thôn 32"),
        ("Khu phố 6", ""),
    ],
)
def test_two_places(one: str, other: str) -> None:
    assert not same_place(one, other)
    assert not same_place(other, one)


@given(NAMES, NAMES)
def test_sameness_goes_both_ways_and_holds_for_itself(one: str, other: str) -> None:
    assert same_place(one, one)
    assert same_place(one, other) == same_place(other, one)
    assert same_place(one.upper(), one)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Khu phố 6", "khu_pho"),
        ("kp 6", "khu_pho"),
        ("TDP 3", "to_dan_pho"),
        ("TỔ DÂN PHỐ 3", "to_dan_pho"),
        ("Thôn Đoài", "thon"),
        ("Bản Lác", "ban"),
        ("Bảng tin", None),
        ("Đoài", None),
        ("Khu phố", None),
        ("", None),
    ],
)
def test_the_kind_a_name_says(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_a_shortened_kind_is_written_out() -> None:
    assert spelled_out(" kp 06 ") == "Khu phố 06"
    assert spelled_out("Kpop") == "Kpop"


@pytest.mark.parametrize(
    ("name", "within"),
    [("Phường Thới Hòa", "phường Thới Hòa"), ("Đặc khu Côn Đảo", "đặc khu Côn Đảo"), ("Khu phố 6", "khu phố 6"),
     ("Đoài", "Đoài"), ("", "")],
)  # fmt: skip
def test_a_name_within_a_sentence(name: str, within: str) -> None:
    assert in_sentence(name) == within


def test_numbers_are_read_as_numbers() -> None:
    names = ["Khu phố 10", "Thôn Đoài", "Khu phố 2", "Ấp 1", "Khu phố 2A"]
    assert sorted(names, key=reading_order) == ["Ấp 1", "Khu phố 2", "Khu phố 2A", "Khu phố 10", "Thôn Đoài"]


@given(st.lists(NAMES))
def test_every_name_has_a_place_in_the_order(names: list[str]) -> None:
    assert len(sorted(names, key=reading_order)) == len(names)


@pytest.mark.parametrize(("taken", "free"), [(set(), "01"), ({"01", "07"}, "08"), ({"99"}, "100"), ({"x"}, "01")])
def test_a_segment_is_never_given_out_twice(taken: set[str], free: str) -> None:
    assert next_segment(taken) == free
