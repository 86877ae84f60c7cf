"""A decision without the fields of Law Đ20.2 or its four signatories cannot be sent."""

from dataclasses import replace
from datetime import date

import pytest

from app.polls.rules.decision import DOCUMENT_FORMS, DecisionFacts, what_prevents_sending, what_prevents_signing

GOOD = DecisionFacts(
    form="nghi_quyet",
    decided_on=date(2026, 3, 12),
    ended_on=date(2026, 3, 12),
    today=date(2026, 3, 13),
    total=299,
    represented=240,
    not_represented=59,
    agree=200,
    disagree=30,
    other=9,
    invalid=1,
    matter="Lắp camera an ninh ở đầu các ngõ.",
    voting_form="online",
    conclusion="Đồng ý lắp camera an ninh.",
    head_name="Nguyễn Văn Bình",
    front_name="Trần Văn Hùng",
    household_one="Lê Thị Mai",
    household_two="Phạm Quốc Anh",
    signed=True,
)


def keys(**changes):
    return [problem.key for problem in what_prevents_sending(replace(GOOD, **changes))]


@pytest.mark.parametrize("form", DOCUMENT_FORMS)
def test_a_complete_document_may_be_sent(form):
    assert keys(form=form) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"form": "quyet_dinh"}, ["no_form"]),
        ({"form": ""}, ["no_form"]),
        ({"decided_on": None}, ["no_time"]),
        ({"decided_on": date(2026, 3, 14)}, ["time_in_future"]),
        ({"decided_on": date(2026, 3, 11)}, ["time_before_end"]),
        ({"total": None}, ["no_result"]),
        ({"represented": None}, ["no_result"]),
        ({"not_represented": None}, ["no_result"]),
        ({"agree": None}, ["no_result"]),
        ({"disagree": None, "other": None}, ["no_result"]),
        ({"invalid": None}, ["no_result"]),
        ({"not_represented": 58}, ["households_differ"]),
        ({"total": 300}, ["households_differ"]),
        ({"total": 0, "represented": 0, "not_represented": 0}, ["households_differ"]),
        ({"represented": 300, "not_represented": -1}, ["households_differ"]),
        ({"agree": 201}, ["votes_differ"]),
        ({"agree": 199}, ["votes_differ"]),
        ({"agree": 201, "voting_form": "meeting"}, ["votes_differ"]),
        ({"matter": "  "}, ["no_matter"]),
        ({"voting_form": ""}, ["no_voting_form"]),
        ({"voting_form": "giơ tay"}, ["no_voting_form"]),
        ({"conclusion": "\n"}, ["no_conclusion"]),
        ({"head_name": ""}, ["no_head_name"]),
        ({"front_name": " "}, ["no_front_name"]),
        ({"household_one": ""}, ["no_household_one"]),
        ({"household_two": ""}, ["no_household_two"]),
        ({"household_two": "Lê Thị Mai"}, ["household_two_twice"]),
        ({"household_two": "LÊ  THỊ MAI "}, ["household_two_twice"]),
        ({"front_name": "Nguyễn Văn Bình"}, ["front_name_twice"]),
        ({"household_one": "Nguyễn Văn Bình"}, ["household_one_twice"]),
        (
            {"household_one": "Trần Văn Hùng", "household_two": "Trần Văn Hùng"},
            ["household_one_twice", "household_two_twice"],
        ),
        ({"household_one": "", "household_two": ""}, ["no_household_one", "no_household_two"]),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes, found):
    facts = replace(GOOD, **changes)
    assert [problem.key for problem in what_prevents_sending(facts)] == found
    assert [problem.key for problem in what_prevents_signing(facts)] == found


def test_at_a_meeting_some_may_attend_and_not_vote():
    assert keys(agree=199, voting_form="meeting") == []


@pytest.mark.parametrize("name", ["Lê Thị Mài", "Lê Thị Mai (hộ số 12)", "Le Thi Mai"])
def test_people_of_nearly_the_same_name_are_two(name):
    assert keys(household_two=name) == []


def test_an_unsigned_or_sent_document_is_not_sent_but_may_be_signed():
    assert keys(signed=False) == ["not_signed"]
    assert keys(already_sent=True) == ["already_sent"]
    assert what_prevents_signing(replace(GOOD, signed=False)) == []


def test_everything_is_said_at_once_with_its_article():
    empty = replace(
        GOOD,
        form="",
        decided_on=None,
        total=None,
        matter="",
        voting_form="",
        conclusion="",
        head_name="",
        front_name="",
        household_one="",
        household_two="",
        signed=False,
    )
    problems = what_prevents_sending(empty)
    assert len(problems) == 11
    assert all("Điều 20" in problem.citation for problem in problems)
    assert all(str(problem).endswith(".") for problem in problems)
