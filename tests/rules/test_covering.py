"""Covering parts of a text, cutting it where something is pointed out, and numbers that point at nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.rules.covering import MARK, cover, merged, places_of, segments
from app.moderation.rules.disclosure import LEAST, grouped, small

TEXT = "Gọi 0912 345 678 gặp anh An,\nnhà An ở số 12 An Dương Vương. Bạn của an là Lan."
SPANS = st.lists(st.tuples(st.integers(-5, 120), st.integers(-5, 120)), max_size=6)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("0912345678", ["0912 345 678"]),
        ("0912.345.678", ["0912 345 678"]),
        ("912345678", []),
        ("0912 345 67", []),
        ("An", ["An", "An", "An", "an"]),
        ("anh   AN", ["anh An"]),
        ("nhà An", ["nhà An"]),
        ("Lan", ["Lan"]),
        ("La", []),
        ("12", ["12"]),
        ("", []),
        (" \n", []),
        ("...", []),
        ("(.*)", []),
        ("An,\nnhà", ["An,\nnhà"]),
    ],
)
def test_where_words_stand(words: str, found: list[str]) -> None:
    assert [TEXT[first:end] for first, end in places_of(words, TEXT)] == found


def test_what_stands_around_stays() -> None:
    places = [*places_of("0912345678", TEXT), *places_of("anh An", TEXT)]
    assert cover(TEXT, places) == TEXT.replace("0912 345 678", MARK).replace("anh An", MARK)


@given(st.text(max_size=100), SPANS)
def test_nothing_covered_is_left_and_everything_else_is(text: str, spans: list[tuple[int, int]]) -> None:
    kept = {place for place in range(len(text)) if not any(first <= place < end for first, end in spans)}
    plain = "".join(c for place, c in enumerate(text) if place in kept)
    if not set(MARK) & set(text):
        assert cover(text, spans).replace(MARK, "") == plain


@given(st.text(max_size=100), SPANS)
def test_covering_twice_covers_no_less(text: str, spans: list[tuple[int, int]]) -> None:
    once = merged(spans, len(text))
    assert merged([*once, *spans], len(text)) == once
    assert all(0 <= first < end <= len(text) for first, end in once)
    assert all(one[1] < other[0] for one, other in zip(once, once[1:], strict=False))


@given(st.text(max_size=100), SPANS)
def test_segments_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    found = segments(text, spans)
    assert "".join(one.text for one in found) == text
    at = 0
    for one in found:
        for mark in one.marks:
            assert spans[mark][0] <= at and at + len(one.text) <= spans[mark][1]
        at += len(one.text)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30)))
def test_no_small_number_is_told_nor_left_to_subtraction(counts: dict[str, int]) -> None:
    shown, rest = grouped(counts)
    whole = sum(counts.values())
    assert sum(count for _key, count in shown) + rest == whole
    assert all(count >= LEAST for _key, count in shown)
    assert not small(rest) or small(whole)
    assert [count for _key, count in shown] == sorted((count for _key, count in shown), reverse=True)
