"""The conditions of NĐ59 Đ5 on record: what happened, when, proven, and by how many."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.polls.rules.facts import ConsentPollFacts
from app.polls.rules.opening import what_prevents_opening
from app.polls.rules.problems import Step
from tests.support.preparation import CONDITIONS, NOW, TODAY, condition, keys, ready, ready_consent, with_condition


@pytest.mark.parametrize("key", list(CONDITIONS))
def test_every_condition_must_be_on_record(key):
    (problem,) = what_prevents_opening(with_condition(key))
    assert (problem.key, problem.step, problem.field) == (f"{key}_missing", Step.PRECONDITIONS, key)
    assert "Điều 5 Nghị định số 59" in problem.citation


@pytest.mark.parametrize("key", list(CONDITIONS))
def test_what_is_recorded_has_happened_and_is_proven(key):
    assert keys(with_condition(key, happened_on=TODAY)) == []
    assert keys(with_condition(key, happened_on=TODAY + timedelta(days=1))) == [f"{key}_in_future"]
    assert keys(with_condition(key, happened_on=date(2026, 3, 10))) == [f"{key}_in_future"]
    assert keys(with_condition(key, proven=False)) == [f"{key}_unproven"]


def test_today_is_told_by_the_day_in_vietnam():
    late = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)  # already the 7th in Vietnam
    facts = with_condition("devices", happened_on=date(2026, 3, 7))
    assert keys(replace(facts, now=late)) == []


def test_the_report_may_not_follow_the_opening_even_when_asked_later():
    facts = with_condition("reported_committee", happened_on=date(2026, 3, 10))
    found = keys(replace(facts, now=datetime(2026, 3, 11, tzinfo=UTC), published_at=NOW))
    assert found == ["opening_past", "reported_committee_after_opening"]


@pytest.mark.parametrize(
    ("agreed", "total", "found"),
    [
        (150, 299, []),
        (149, 299, ["consent_too_few"]),
        (299, 299, []),
        (0, 299, ["consent_too_few"]),
        # Asked when there were more households, or fewer: more than half of both.
        (150, 300, ["consent_too_few"]),
        (151, 300, []),
        (149, 290, ["consent_too_few"]),
        (6, 10, ["consent_too_few"]),
        (300, 299, ["consent_numbers_wrong"]),
        (-1, 299, ["consent_numbers_wrong"]),
        (0, 0, ["consent_numbers_wrong"]),
        (None, 299, ["consent_numbers_missing"]),
        (150, None, ["consent_numbers_missing"]),
    ],
)
def test_more_than_half_of_all_households_agreed_to_vote_online(agreed, total, found):
    assert keys(with_condition("community_agrees", agreed=agreed, total=total)) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 12, 9), []),  # three months to the day of opening
        (date(2025, 12, 8), ["consent_too_old"]),
        (date(2025, 3, 1), ["consent_too_old"]),
        (TODAY, []),
    ],
)
def test_the_agreement_may_not_be_older_than_three_months_at_opening(day, found):
    assert keys(with_condition("community_agrees", happened_on=day)) == found
    poll = ConsentPollFacts(about_this_area=True, counted=True, agreed=150, total=299, ended_on=day)
    assert keys(with_condition("community_agrees", agreed=None, total=None, consent_poll=poll)) == found


def test_how_old_the_agreement_may_be_is_a_parameter():
    old = with_condition("community_agrees", happened_on=date(2025, 12, 8))
    assert keys(old, consent_months=4) == []
    assert keys(with_condition("community_agrees", happened_on=date(2026, 2, 1)), consent_months=1) == [
        "consent_too_old"
    ]


CONSENT = ConsentPollFacts(about_this_area=True, counted=True, agreed=150, total=299, ended_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("poll", "found"),
    [
        (CONSENT, []),
        (replace(CONSENT, agreed=149), ["consent_too_few"]),
        (replace(CONSENT, total=301), ["consent_too_few"]),
        (replace(CONSENT, counted=False), ["consent_poll_unfinished"]),
        (replace(CONSENT, ended_on=None), ["consent_poll_unfinished"]),
        (replace(CONSENT, about_this_area=False), ["consent_poll_elsewhere"]),
    ],
)
def test_the_agreement_may_come_from_a_preliminary_vote_here(poll, found):
    # What people typed beside the link does not count, and the vote is its own proof.
    facts = with_condition("community_agrees", agreed=299, total=299, proven=False, consent_poll=poll)
    assert keys(facts) == found


def test_a_later_record_replaces_an_earlier_one():
    wrong = condition("community_agrees", agreed=1, total=299)
    assert keys(ready(preconditions=(wrong, *CONDITIONS.values()))) == []
    assert keys(ready(preconditions=(*CONDITIONS.values(), wrong))) == ["consent_too_few"]


def test_a_preliminary_vote_needs_the_agreement_of_the_leaders_and_both_reports_but_not_its_own_result():
    found = keys(ready_consent(preconditions=()))
    assert found == ["leaders_agree_missing", "reported_committee_missing", "reported_front_missing"]
