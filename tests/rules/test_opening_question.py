"""What is asked of whom: the three choices of an online vote, the roll, small votes."""

import pytest

from app.polls.rules.facts import OptionFacts
from app.polls.rules.opening import what_prevents_opening
from app.polls.rules.problems import Step
from tests.support.preparation import OPTIONS, ballot, keys, ready, ready_consent


def option(key, label):
    return OptionFacts(key=key, label=label)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": ""}, ["no_title"]),
        ({"title": " \n"}, ["no_title"]),
        ({"question": "   "}, ["no_question"]),
        ({"options": ()}, ["options_missing"]),
        ({"options": OPTIONS[:2]}, ["options_missing"]),
        ({"options": (OPTIONS[0], OPTIONS[2])}, ["options_missing"]),
        ({"options": (*OPTIONS, option("abstain", "Không có ý kiến"))}, ["options_too_many"]),
        ({"options": (*OPTIONS, OPTIONS[0])}, ["options_too_many"]),
        ({"options": (OPTIONS[0], option("disagree", "Đồng ý một phần"), OPTIONS[2])}, ["options_reworded"]),
        (
            {"options": (option("agree", "Không đồng ý"), option("disagree", "Đồng ý"), OPTIONS[2])},
            ["options_reworded"],
        ),
        ({"options": (option("agree", ""), *OPTIONS[1:])}, ["options_reworded"]),
    ],
)
@pytest.mark.parametrize("make", [ready, ready_consent])
def test_what_is_asked_online_keeps_its_three_choices_word_for_word(make, changes, found):
    problems = what_prevents_opening(make(**changes))
    assert [p.key for p in problems] == found
    assert {p.step for p in problems} == {Step.QUESTION}


def test_choices_may_stand_in_another_order_and_another_case():
    assert keys(ready(options=(OPTIONS[2], option("disagree", "KHÔNG ĐỒNG Ý"), OPTIONS[0]))) == []


@pytest.mark.parametrize(
    "options",
    [
        (),
        (option("a", "Đường bê tông"),),
        (option("a", "Đường"), option("b", "đường ")),
        (option("a", ""), option("b", " ")),
    ],
)
def test_a_paper_ballot_needs_two_different_choices(options):
    assert keys(ballot(options=options)) == ["too_few_options"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"without_representative": 4}, ["no_representative"]),
        ({"roll_rule": " "}, ["no_roll_rule"]),
        ({"households": 299, "without_representative": 299}, ["no_representative"]),
    ],
)
def test_problems_of_the_roll(changes, found):
    problems = what_prevents_opening(ready(**changes))
    assert [(p.key, p.step) for p in problems] == [(key, Step.ROLL) for key in found]


def test_an_empty_roll_is_a_problem():
    assert "roll_empty" in keys(ready(households=0))
    assert "Còn 4 hộ chưa có người đại diện." in map(str, what_prevents_opening(ready(without_representative=4)))


@pytest.mark.parametrize(("households", "is_small"), [(1, True), (29, True), (30, False), (31, False)])
def test_a_small_sealed_vote_must_be_acknowledged(households, is_small):
    small = {"households": households, "level": "sealed"}
    assert ("small_roll" in keys(ready(**small))) is is_small
    assert "small_roll" not in keys(ready(**small, small_poll_accepted=True))
    assert "small_roll" not in keys(ready(**{**small, "level": "open"}))
