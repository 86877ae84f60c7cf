"""Extending and cancelling an opened vote: later only, before the end, with a reason, by two bodies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.rules.changes import ChangeFacts, ConfirmationFacts, what_prevents_change, what_prevents_confirming
from app.polls.rules.house import HouseRules
from app.polls.rules.phases import Phase

OPENS = datetime(2026, 3, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=3)
REASON = "Mất điện cả khu phố chiều nay."


def extension(**changes):
    values = {
        "kind": "extend",
        "phase": Phase.VOTING,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "reason": REASON,
        "new_closes_at": CLOSES + timedelta(days=1),
    }
    return ChangeFacts(**{**values, **changes})


def cancellation(**changes):
    return extension(**{"kind": "cancel", "new_closes_at": None, **changes})


def who(**changes):
    values = {"requested_by": 1, "requested_body": "community", "decided_by": 2, "decided_body": "front"}
    return ConfirmationFacts(**{**values, **changes})


def keys(problems):
    return [problem.key for problem in problems]


@pytest.mark.parametrize(
    ("phase", "extend", "cancel"),
    [
        (Phase.PREPARING, ["not_opened"], ["not_opened"]),
        (Phase.SUBMITTED, ["not_opened"], ["not_opened"]),
        (Phase.UPCOMING, [], []),
        (Phase.VOTING, [], []),
        (Phase.ENDED, ["ended"], []),
        (Phase.COUNTED, ["ended"], ["counted"]),
        (Phase.DECIDED, ["ended"], ["counted"]),
        (Phase.CANCELLED, ["already_cancelled"], ["already_cancelled"]),
    ],
)
def test_when_an_opened_vote_may_still_change(phase, extend, cancel):
    assert keys(what_prevents_change(extension(phase=phase))) == extend
    assert keys(what_prevents_change(cancellation(phase=phase))) == cancel
    assert keys(what_prevents_confirming(extension(phase=phase), who())) == extend
    assert keys(what_prevents_confirming(cancellation(phase=phase), who())) == cancel


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (CLOSES + timedelta(seconds=1), []),
        (CLOSES, ["not_later"]),
        (CLOSES - timedelta(hours=1), ["not_later"]),
        (OPENS, ["not_later"]),
        (None, ["no_new_time"]),
        (OPENS + timedelta(days=30), []),
        (OPENS + timedelta(days=30, seconds=1), ["beyond_longest"]),
    ],
)
def test_an_extension_is_later_and_bounded(new, found):
    problems = what_prevents_change(extension(new_closes_at=new))
    assert keys(problems) == found
    assert all(problem.field == "new_closes_at" for problem in problems)


def test_the_bound_is_a_parameter():
    assert keys(what_prevents_change(extension(), HouseRules(longest=timedelta(days=4)))) == []
    assert keys(what_prevents_change(extension(), HouseRules(longest=timedelta(days=3)))) == ["beyond_longest"]


@pytest.mark.parametrize("reason", ["", "   ", "Mưa to", "x" * 9, " a  b  c  d ", "\n\t" * 20])
@pytest.mark.parametrize("make", [extension, cancellation])
def test_a_reason_says_something(make, reason):
    (problem,) = what_prevents_change(make(reason=reason))
    assert (problem.key, problem.field) == ("no_reason", "reason")


@pytest.mark.parametrize("reason", ["x" * 10, "Mưa lớn từ sáng."])
def test_ten_letters_are_enough(reason):
    assert what_prevents_change(cancellation(reason=reason)) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"decided_body": "committee"}, []),
        ({"decided_by": 1}, ["same_person"]),
        ({"decided_by": 1, "decided_body": "community"}, ["same_person"]),
        ({"decided_body": "community"}, ["same_body"]),
        ({"decided": True}, ["already_decided"]),
        ({"decided": True, "decided_by": 1}, ["already_decided", "same_person"]),
    ],
)
@pytest.mark.parametrize("make", [extension, cancellation])
def test_two_people_of_two_bodies(make, changes, found):
    assert keys(what_prevents_confirming(make(), who(**changes))) == found


def test_all_is_said_at_once():
    bad = extension(phase=Phase.ENDED, reason="", new_closes_at=CLOSES)
    assert keys(what_prevents_confirming(bad, who(decided_by=1))) == ["same_person", "ended", "no_reason", "not_later"]


def test_other_changes_do_not_exist():
    with pytest.raises(ValueError, match="unknown change"):
        extension(kind="shorten")


@given(st.timedeltas(-timedelta(days=90), timedelta(days=90)))
def test_no_accepted_extension_ever_shortens_a_vote(shift):
    new = CLOSES + shift
    if not what_prevents_change(extension(new_closes_at=new)):
        assert CLOSES < new <= OPENS + timedelta(days=30)
