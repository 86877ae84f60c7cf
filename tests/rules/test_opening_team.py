"""When a vote may open and for how long, and the team that runs it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.polls.rules.facts import MemberFacts
from app.polls.rules.opening import what_prevents_opening
from app.polls.rules.problems import Step
from tests.support.preparation import NOW, OPENS, TEAM, ballot, keys, ready, ready_consent


@pytest.mark.parametrize(
    ("opens_at", "found"),
    [
        # The notice goes up on Friday the 6th (09:00): voting may begin on Sunday the 8th from its first moment on.
        (datetime(2026, 3, 7, 17, 0, tzinfo=UTC), []),
        (datetime(2026, 3, 7, 16, 59, 59, tzinfo=UTC), ["notice_short"]),
        (datetime(2026, 3, 6, 2, 1, tzinfo=UTC), ["notice_short"]),
        (NOW, ["opening_past", "notice_short"]),
        (NOW - timedelta(days=3), ["opening_past", "notice_short"]),
    ],
)
def test_two_days_lie_between_notice_and_opening(opens_at, found):
    assert keys(ready(opens_at=opens_at, closes_at=opens_at + timedelta(days=3))) == found


def test_the_notice_counts_from_its_own_day_once_published():
    opens_at = datetime(2026, 3, 6, 10, tzinfo=UTC)
    times = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=1)}
    assert keys(ready(**times, published_at=datetime(2026, 3, 4, 16, 59, tzinfo=UTC))) == []
    assert keys(ready(**times, published_at=datetime(2026, 3, 4, 17, 0, tzinfo=UTC))) == ["notice_short"]


def test_a_consultation_may_open_without_the_two_days_but_never_in_the_past():
    opens_at = NOW + timedelta(minutes=5)
    times = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=1)}
    assert keys(ready_consent(**times)) == []
    assert keys(ready_consent(opens_at=NOW, closes_at=NOW + timedelta(days=1))) == ["opening_past"]


@pytest.mark.parametrize(
    ("length", "found"),
    [
        (timedelta(hours=24), []),
        (timedelta(hours=24) - timedelta(seconds=1), ["too_short"]),
        (timedelta(days=30), []),
        (timedelta(days=30, seconds=1), ["too_long"]),
        (timedelta(0), ["times_disordered"]),
        (timedelta(hours=-1), ["times_disordered"]),
    ],
)
def test_how_long_a_vote_lasts(length, found):
    problems = what_prevents_opening(ready(closes_at=OPENS + length))
    assert [(p.key, p.step, p.field) for p in problems] == [(key, Step.TIMES, "closes_at") for key in found]
    assert all("pháp luật không quy định" in p.citation for p in problems)


def test_the_least_duration_is_a_parameter():
    assert keys(ready(closes_at=OPENS + timedelta(hours=2)), shortest=timedelta(hours=2)) == []
    assert keys(ready(), shortest=timedelta(days=4)) == ["too_short"]


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"opens_at": None}, ["no_opening"]),
        ({"closes_at": None}, ["no_closing"]),
        ({"opens_at": None, "closes_at": None}, ["no_opening", "no_closing"]),
        ({"opens_at": None, "closes_at": NOW}, ["no_opening", "closing_past"]),
    ],
)
def test_missing_times(times, found):
    assert keys(ready(**times)) == found


def member(name, body, **values):
    return MemberFacts(name=name, body=body, **values)


HEAD, COMMUNITY, HOUSEHOLD = TEAM
EXPERT = member("Vũ Minh Đức", "technical")


@pytest.mark.parametrize(
    ("team", "found"),
    [
        ((), ["team_size", "no_head", "no_community", "no_front", "no_household", "no_technical"]),
        (TEAM[:2], ["team_size", "no_household", "no_technical"]),
        ((*TEAM, EXPERT, member("A", "household"), member("B", "community")), ["team_size"]),
        ((*TEAM, EXPERT, member("A", "household")), []),
        ((HEAD, COMMUNITY, replace(HOUSEHOLD, technical=False)), ["no_technical"]),
        ((HEAD, COMMUNITY, replace(HOUSEHOLD, technical=False), EXPERT), []),
        ((HEAD, COMMUNITY, EXPERT), ["no_household"]),
        ((HEAD, HOUSEHOLD, EXPERT), ["no_community"]),
        ((replace(HEAD, is_head=False), COMMUNITY, HOUSEHOLD), ["no_head"]),
        ((HEAD, replace(COMMUNITY, is_head=True), HOUSEHOLD), ["many_heads"]),
        ((replace(HEAD, is_head=False), replace(COMMUNITY, is_head=True), HOUSEHOLD), ["head_not_front"]),
        ((member("A", "community", is_head=True), member("B", "household"), EXPERT), ["head_not_front", "no_front"]),
        ((HEAD, COMMUNITY, HOUSEHOLD, member("lê thị  mai", "household")), ["member_twice"]),
    ],
)
@pytest.mark.parametrize("make", [ready, ready_consent])
def test_the_team_of_an_online_vote(make, team, found):
    problems = what_prevents_opening(make(team=team))
    assert [(p.key, p.step) for p in problems] == [(key, Step.TEAM) for key in found]
    assert all("Điều 5 Nghị định số 59" in p.citation for p in problems)


@pytest.mark.parametrize(
    ("team", "found"),
    [
        ((HEAD, COMMUNITY, member("A", "household")), []),
        ((HEAD, COMMUNITY), ["team_size"]),
        ((replace(COMMUNITY, is_head=True), HEAD, HOUSEHOLD), ["many_heads"]),
        ((replace(COMMUNITY, is_head=True), HOUSEHOLD, EXPERT), ["head_not_front"]),
    ],
)
def test_the_team_of_a_paper_ballot(team, found):
    assert keys(ballot(team=team)) == found
