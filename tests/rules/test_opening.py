"""What prevents a vote from opening: every problem at its step, all at once, and none when all is in order."""

from datetime import timedelta

import pytest

from app.polls.rules import clauses
from app.polls.rules.facts import MeetingFacts
from app.polls.rules.opening import what_prevents_opening
from app.polls.rules.problems import STEP_NAMES, Step
from tests.support.preparation import CONDITIONS, TODAY, ballot, condition, keys, ready, ready_consent


@pytest.mark.parametrize(
    "facts",
    [
        ready(),
        ready_consent(),
        ready(
            level="open",
            households=3,
            preconditions=(*CONDITIONS.values(), condition("community_agrees", agreed=2, total=3)),
        ),
        ballot(),
        ballot(clause=6, failed_meeting=None),
        ballot(scope="commune", failed_meeting=None),
        ready(form="meeting", clause=3, team=(), preconditions=(), rehearsal_matched=None),
    ],
)
def test_a_vote_in_good_order_may_open(facts):
    assert what_prevents_opening(facts) == []


@pytest.mark.parametrize("clause", [1, 2, 3, 4, 5])
def test_online_is_unlawful_for_every_clause_but_the_sixth(clause):
    (problem,) = what_prevents_opening(ready(clause=clause))
    assert (problem.key, problem.step) == ("form_unlawful", Step.SUBJECT)
    assert "phải quyết định tại cuộc họp vì" in str(problem)
    assert "Điều 17" in problem.citation


@pytest.mark.parametrize(
    "facts",
    [
        ready(scope="commune"),
        ready(clause=1, scope="commune"),
        ready(clause=3, form="meeting", scope="commune"),
        ready(clause=7),
        ready(form="hands"),
        ready(scope="province"),
        ready_consent(clause=1),
        ready_consent(scope="commune"),
    ],
)
def test_unlawful_or_unknown_forms_are_a_problem_of_the_subject(facts):
    found = [p for p in what_prevents_opening(facts) if p.key == "form_unlawful"]
    assert [p.step for p in found] == [Step.SUBJECT]


def test_a_consent_to_vote_online_is_about_an_online_vote():
    assert "consent_not_online" in keys(ready_consent(form="ballot"))


@pytest.mark.parametrize(
    ("clause", "attended", "total", "found"),
    [
        (1, 199, 299, []),
        (1, 200, 299, ["meeting_could_decide"]),
        (3, 149, 299, []),
        (3, 150, 299, ["meeting_could_decide"]),
        (3, 150, 300, []),
        (4, 151, 300, ["meeting_could_decide"]),
        (5, 0, 299, []),
        (1, 300, 299, ["meeting_numbers"]),
        (1, -1, 299, ["meeting_numbers"]),
        (1, 0, 0, ["meeting_numbers"]),
    ],
)
def test_a_household_ballot_follows_a_meeting_that_could_not_decide(clause, attended, total, found):
    meeting = MeetingFacts(held_on=TODAY, attended=attended, total=total)
    assert keys(ballot(clause=clause, failed_meeting=meeting)) == found


@pytest.mark.parametrize("clause", [1, 2, 3, 4, 5])
def test_a_household_ballot_without_a_meeting_or_with_a_coming_one_is_a_problem(clause):
    assert keys(ballot(clause=clause, failed_meeting=None)) == ["no_failed_meeting"]
    tomorrow = MeetingFacts(held_on=TODAY + timedelta(days=1), attended=10, total=299)
    assert keys(ballot(clause=clause, failed_meeting=tomorrow)) == ["meeting_in_future"]


def test_a_rehearsal_has_matched():
    assert keys(ready(rehearsal_matched=None)) == ["no_rehearsal"]
    assert keys(ready(rehearsal_matched=False)) == ["rehearsal_failed"]


def test_everything_is_said_at_once_in_the_order_of_the_steps():
    nothing = ready(
        title="",
        question="",
        options=(),
        households=0,
        roll_rule="",
        opens_at=None,
        closes_at=None,
        team=(),
        preconditions=(),
        rehearsal_matched=None,
    )
    problems = what_prevents_opening(nothing)
    steps = [str(step) for step in Step]
    assert [steps.index(p.step) for p in problems] == sorted(steps.index(p.step) for p in problems)
    assert len(problems) == 19
    assert len({p.key for p in problems}) == len(problems)
    assert all(p.citation and str(p).endswith(".") for p in problems)


def test_a_problem_becomes_a_refusal_with_the_same_words():
    (problem,) = what_prevents_opening(ready(without_representative=2))
    refusal = problem.refusal()
    assert (str(refusal), refusal.status, refusal.field) == (str(problem), 409, None)
    (problem,) = what_prevents_opening(ready(closes_at=None))
    assert problem.refusal().field == "closes_at"


@pytest.mark.parametrize(
    "changes", [{"kind": "survey"}, {"households": -1}, {"without_representative": 300}, {"without_representative": -1}]
)
def test_facts_that_cannot_be_are_refused(changes):
    with pytest.raises(ValueError, match="unknown kind|contradict"):
        ready(**changes)


def test_every_step_has_a_name():
    assert set(STEP_NAMES) == set(Step)
    assert set(clauses.FORM_NAMES) == set(clauses.FORMS)
