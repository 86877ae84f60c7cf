"""The sums that must balance before a result may stand, each broken alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.rules.reconciliation import CountFacts, SlipTotals, what_does_not_balance

SLIPS = SlipTotals(issued=305, used=240, activated_unused=40, unactivated=19, revoked_unused=6)
GOOD = CountFacts(
    households=299,
    accepted=240,
    opened=240,
    options={"agree": 200, "disagree": 30, "other": 9},
    invalid=1,
    repeated_entries=0,
    outside_hours=0,
    cast_leaves=243,
    superseded=3,
    slips=SLIPS,
)


def keys(facts):
    return [problem.key for problem in what_does_not_balance(facts)]


def test_an_honest_count_balances():
    assert keys(GOOD) == []
    assert GOOD.as_json()["counted"] == 240
    assert GOOD.as_json()["slips"]["issued"] == 305


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"opened": 239, "invalid": 0}, ["opened_differs"]),
        ({"opened": 241, "invalid": 2}, ["opened_differs"]),
        ({"invalid": 0}, ["sum_differs"]),
        ({"options": {"agree": 201, "disagree": 30, "other": 9}}, ["sum_differs"]),
        ({"options": {"agree": 240, "disagree": -1, "other": 0}}, ["negative"]),
        ({"cast_leaves": 242}, ["log_differs"]),
        ({"cast_leaves": 244}, ["log_differs"]),
        ({"superseded": 0}, ["log_differs"]),
        ({"households": 239}, ["more_than_households"]),
        ({"repeated_entries": 1}, ["household_twice"]),
        ({"outside_hours": 2}, ["outside_hours"]),
        ({"slips": replace(SLIPS, issued=304)}, ["slips_differ"]),
        ({"slips": replace(SLIPS, unactivated=20)}, ["slips_differ"]),
        ({"slips": replace(SLIPS, used=239, revoked_unused=7)}, ["used_differs"]),
        ({"slips": replace(SLIPS, used=241, revoked_unused=5)}, ["used_differs"]),
        ({"slips": replace(SLIPS, unactivated=-1, revoked_unused=26)}, ["negative_slips"]),
    ],
)
def test_each_sum_is_checked(changes, found):
    assert keys(replace(GOOD, **changes)) == found


def test_nothing_cast_balances_too():
    empty = SlipTotals(issued=3, used=0, activated_unused=1, unactivated=2, revoked_unused=0)
    zero = dict.fromkeys(("agree", "disagree", "other"), 0)
    facts = replace(GOOD, households=3, accepted=0, opened=0, options=zero, invalid=0, cast_leaves=0, superseded=0)
    assert keys(replace(facts, slips=empty)) == []
    assert keys(facts) == ["used_differs"]


def test_all_problems_are_told_with_their_numbers():
    broken = replace(GOOD, accepted=241, repeated_entries=2)
    problems = what_does_not_balance(broken)
    assert [p.key for p in problems] == ["opened_differs", "log_differs", "household_twice", "used_differs"]
    assert str(problems[0]) == "Nhận 241 phiếu nhưng mở 240 phiếu."
    assert all(problem.citation for problem in problems)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 5), st.integers(0, 9))
def test_one_ballot_more_or_less_anywhere_is_noticed(agree, disagree, other, invalid, superseded):
    total = agree + disagree + other + invalid
    facts = CountFacts(
        households=total + 1,
        accepted=total,
        opened=total,
        options={"agree": agree, "disagree": disagree, "other": other},
        invalid=invalid,
        repeated_entries=0,
        outside_hours=0,
        cast_leaves=total + superseded,
        superseded=superseded,
        slips=SlipTotals(issued=total + 4, used=total, activated_unused=1, unactivated=1, revoked_unused=2),
    )
    assert keys(facts) == []
    for name in ("accepted", "opened", "invalid", "cast_leaves", "superseded"):
        assert keys(replace(facts, **{name: getattr(facts, name) + 1})), name
    for option in facts.options:
        assert keys(replace(facts, options={**facts.options, option: facts.options[option] + 1})), option
