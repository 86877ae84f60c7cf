"""The roll as text: numbers as people type them, the fingerprint, the order of delivery, the tag of a household."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.rules.roll import (
    RollLine,
    delivery_key,
    fingerprint,
    natural_key,
    number_key,
    same_when_typed,
    slot_tag,
)

LINES = [
    RollLine("001", "Nguyễn Văn An", "Số 1, ngõ 2"),
    RollLine("002", "Trần Thị Bình", "Số 3, ngõ 2"),
    RollLine("003", "Lê Văn Cường", "Số 5, ngõ 2"),
]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12", "12"),
        ("012", "12"),
        ("Hộ số 012", "12"),
        ("hộ 12-A", "12a"),
        (" 12 a ", "12a"),
        ("12/3", "12-3"),
        ("12.3", "12-3"),
        ("012/03", "12-3"),
        ("Đ-07", "d7"),
        ("000", "0"),
        ("100", "100"),
        ("", ""),
    ],
)
def test_a_number_as_typed(typed: str, key: str) -> None:
    assert number_key(typed) == key


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = number_key(text)
    assert number_key(key) == key
    assert key.isascii() and key == key.lower()


def test_different_households_keep_different_keys() -> None:
    assert number_key("12/3") != number_key("123")
    assert same_when_typed(["12/3", "123", "7"]) == []
    assert same_when_typed(["1", "01", "2", "1."]) == [["1", "01", "1."]]


def test_the_fingerprint_does_not_depend_on_the_order() -> None:
    shuffled = LINES[:]
    random.shuffle(shuffled)
    assert fingerprint(shuffled) == fingerprint(LINES)


def test_the_fingerprint_is_the_same_on_every_machine() -> None:
    assert fingerprint(LINES[:1]) == "efa79c9d9f5fcdf9ad34b4b80b29bf70ecbfb2524cc99d345b737be1b238edd7"


@pytest.mark.parametrize("change", [{"number": "004"}, {"representative": "Lê Văn Cương"}, {"address": "Số 5"}])
def test_any_change_of_a_line_changes_the_fingerprint(change: dict[str, str]) -> None:
    assert fingerprint([*LINES[:2], replace(LINES[2], **change)]) != fingerprint(LINES)


def test_a_household_more_or_less_changes_the_fingerprint() -> None:
    assert len({fingerprint(LINES), fingerprint(LINES[:2]), fingerprint([*LINES, LINES[0]]), fingerprint([])}) == 4


def test_words_moved_between_columns_change_the_fingerprint() -> None:
    assert fingerprint([RollLine("1", "A B", "C")]) != fingerprint([RollLine("1", "A", "B C")])


def test_the_two_forms_of_unicode_are_one_name() -> None:
    composed, decomposed = "Nguy\u1ec5n", "Nguye\u0302\u0303n"
    assert fingerprint([RollLine("1", composed, "")]) == fingerprint([RollLine("1", decomposed, "")])


def test_a_tag_names_one_household_of_one_poll() -> None:
    tags = {slot_tag(*parts) for parts in [("p1", "1", "S"), ("p2", "1", "S"), ("p1", "2", "S"), ("p1", "1", "T")]}
    assert len(tags) == 4
    assert slot_tag("p1", "1", "23") != slot_tag("p1", "12", "3")


def test_slips_are_brought_round_cluster_by_cluster() -> None:
    houses = [("Cụm 10", 1, "b", "1"), ("", 1, "a", "2"), ("Cụm 2", 9, "a", "3"), ("Cụm 2", 1, "z", "4")]
    assert [house[3] for house in sorted(houses, key=lambda house: delivery_key(*house))] == ["4", "3", "1", "2"]
    same = [("Cụm 1", 0, "Số 10", "5"), ("Cụm 1", 0, "Số 9", "6"), ("Cụm 1", 0, "Số 9", "10")]
    assert [house[3] for house in sorted(same, key=lambda house: delivery_key(*house))] == ["6", "10", "5"]


@given(st.lists(st.text(alphabet="aB1 2-đ", max_size=8)))
def test_natural_order_is_an_order(texts: list[str]) -> None:
    once = sorted(texts, key=natural_key)
    assert sorted(once, key=natural_key) == once
