"""Boundaries of the shares of Law Đ21.1, and the promise that a key never changes its meaning."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.errors import UnknownMatter
from app.polls.rules.thresholds import (
    HALF,
    MAJORITY,
    TENTH,
    THRESHOLDS,
    TWO_THIRDS,
    AreaCount,
    commune_outcome,
    needed,
    passes,
    threshold,
)

# What every key has ever meant. A vote of years ago stores only the key: add lines, never change one.
MEANINGS = {
    "two_thirds_inclusive": (Fraction(2, 3), False, "từ 2/3 tổng số hộ trở lên", date(2023, 7, 1)),
    "majority_strict": (Fraction(1, 2), True, "trên 50 % tổng số hộ", date(2023, 7, 1)),
    "half_inclusive": (Fraction(1, 2), False, "từ 50 % tổng số hộ trở lên", date(2023, 8, 14)),
    "tenth_inclusive": (Fraction(1, 10), False, "từ 10 % tổng số hộ trở lên", date(2023, 7, 1)),
}
# The least number that passes, by N.
LEAST = {
    "two_thirds_inclusive": {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 298: 199, 299: 200, 300: 200, 301: 201, 1000: 667},
    "majority_strict": {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 298: 150, 299: 150, 300: 151, 301: 151, 1000: 501},
    "half_inclusive": {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 298: 149, 299: 150, 300: 150, 301: 151, 1000: 500},
    "tenth_inclusive": {1: 1, 2: 1, 9: 1, 10: 1, 11: 2, 20: 2, 21: 3, 299: 30, 300: 30, 301: 31, 1000: 100},
}

keys = st.sampled_from(sorted(THRESHOLDS))
sizes = st.integers(1, 5000)


def test_no_key_has_changed_its_meaning():
    now = {
        key: (Fraction(rule.numerator, rule.denominator), rule.strict, rule.words, rule.valid_from)
        for key, rule in THRESHOLDS.items()
    }
    assert now == MEANINGS


@pytest.mark.parametrize("key", sorted(LEAST))
def test_the_least_number_that_passes(key):
    assert {n: needed(n, key) for n in LEAST[key]} == LEAST[key]


@pytest.mark.parametrize(
    ("yes", "n", "key", "outcome"),
    [
        (199, 299, TWO_THIRDS, False),
        (200, 299, TWO_THIRDS, True),
        (199, 300, TWO_THIRDS, False),
        (200, 300, TWO_THIRDS, True),
        (200, 301, TWO_THIRDS, False),
        (201, 301, TWO_THIRDS, True),
        (149, 299, MAJORITY, False),
        (150, 299, MAJORITY, True),
        (150, 300, MAJORITY, False),
        (151, 300, MAJORITY, True),
        (149, 300, HALF, False),
        (150, 300, HALF, True),
        (149, 299, HALF, False),
        (150, 299, HALF, True),
        (29, 300, TENTH, False),
        (30, 300, TENTH, True),
        (29, 299, TENTH, False),
        (30, 299, TENTH, True),
        (0, 1, MAJORITY, False),
        (1, 1, MAJORITY, True),
        (1, 2, MAJORITY, False),
        (1, 2, HALF, True),
        (0, 1, TENTH, False),
    ],
)
def test_boundaries(yes, n, key, outcome):
    assert passes(yes, n, key) is outcome


@given(sizes, keys)
def test_needed_is_the_least_passing_number(n, key):
    least = needed(n, key)
    assert 1 <= least <= n
    assert passes(least, n, key)
    assert not passes(least - 1, n, key)


@given(sizes, keys, st.data())
def test_more_approvals_never_un_adopt(n, key, data):
    yes = data.draw(st.integers(0, n - 1))
    assert passes(yes + 1, n, key) >= passes(yes, n, key)


@given(sizes, keys, st.data())
def test_one_more_silent_household_never_adopts(n, key, data):
    yes = data.draw(st.integers(0, n))
    assert passes(yes, n + 1, key) <= passes(yes, n, key)


@given(st.integers(1, 10**12), keys, st.data())
def test_the_outcome_is_exact_at_any_size(n, key, data):
    yes = data.draw(st.integers(0, n))
    share, strict, *_ = MEANINGS[key]
    assert passes(yes, n, key) is (Fraction(yes, n) > share if strict else Fraction(yes, n) >= share)


@pytest.mark.parametrize(("yes", "n"), [(-1, 3), (4, 3), (0, 0), (0, -1), (1, 0)])
def test_impossible_counts_are_refused(yes, n):
    with pytest.raises(ValueError, match="no count"):
        passes(yes, n, MAJORITY)


@pytest.mark.parametrize("n", [0, -1, -299])
def test_no_number_is_needed_of_no_households(n):
    with pytest.raises(UnknownMatter):
        needed(n, MAJORITY)


@pytest.mark.parametrize("key", ["", "majority", "two_thirds", "two_thirds_inclusive ", "MAJORITY_STRICT"])
def test_unknown_keys_are_refused(key):
    for call in (lambda: threshold(key), lambda: needed(3, key), lambda: passes(1, 3, key)):
        with pytest.raises(UnknownMatter) as refused:
            call()
        assert key in str(refused.value)


def area(code, yes, households):
    return AreaCount(code, yes, households)


def test_a_commune_passes_by_its_areas_and_tells_the_other_reading_too():
    # Two of three areas approve, but the third is large: 2/3 of all households are not reached.
    counts = [area("1", 67, 100), area("2", 67, 100), area("3", 0, 400)]
    outcome = commune_outcome(counts)
    assert outcome.areas_passed == ("1", "2")
    assert (outcome.areas, outcome.areas_needed) == (3, 2)
    assert (outcome.yes, outcome.households, outcome.households_needed) == (134, 600, 400)
    assert (outcome.by_areas, outcome.by_households, outcome.passed) == (True, False, True)
    assert not commune_outcome(counts, basis="households").passed


def test_a_commune_of_many_small_refusals_fails_by_its_areas_only():
    counts = [area("1", 900, 1000), area("2", 6, 10), area("3", 6, 10), area("4", 10, 10)]
    outcome = commune_outcome(counts)
    assert (outcome.by_areas, outcome.by_households, outcome.passed) == (False, True, False)
    assert commune_outcome(counts, basis="households").passed


@pytest.mark.parametrize(
    ("approving", "areas", "outcome"),
    [
        (1, 1, True),
        (0, 1, False),
        (1, 2, False),
        (2, 3, True),
        (2, 4, False),
        (3, 4, True),
        (7, 11, False),
        (8, 11, True),
    ],
)
def test_two_thirds_of_the_areas(approving, areas, outcome):
    counts = [area(str(i), 200 if i < approving else 199, 299) for i in range(areas)]
    assert commune_outcome(counts).passed is outcome


def test_communes_that_cannot_be_are_refused():
    with pytest.raises(UnknownMatter):
        commune_outcome([])
    with pytest.raises(ValueError, match="twice"):
        commune_outcome([area("1", 1, 1), area("1", 1, 1)])
    with pytest.raises(ValueError, match="no count"):
        commune_outcome([area("1", 2, 1)])
    with pytest.raises(ValueError, match="basis"):
        commune_outcome([area("1", 1, 1)], basis="votes")


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=12), st.data())
def test_one_more_approval_never_un_adopts_in_a_commune(pairs, data):
    counts = [area(str(i), min(yes, n), n) for i, (n, yes) in enumerate(pairs)]
    chosen = data.draw(st.integers(0, len(counts) - 1))
    old = counts[chosen]
    more = [*counts[:chosen], area(old.code, min(old.yes + 1, old.households), old.households), *counts[chosen + 1 :]]
    for basis in ("areas", "households"):
        assert commune_outcome(more, basis=basis).passed >= commune_outcome(counts, basis=basis).passed
