"""Law Đ15 as data: forms, scopes, thresholds, recognition; online for clause 6 within one area and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import Refusal
from app.polls.errors import UnknownMatter, UnlawfulForm
from app.polls.rules import clauses
from app.polls.rules.clauses import (
    CLAUSES,
    FORMS,
    SCOPES,
    clause_rule,
    form_option,
    forms_for,
    law_summary,
    lawful_forms,
)

TABLE = {
    1: (("meeting", "ballot"), "two_thirds_inclusive", None),
    2: (("meeting", "ballot"), "two_thirds_inclusive", None),
    3: (("meeting", "ballot"), "majority_strict", "committee"),
    4: (("meeting", "ballot"), "majority_strict", "committee"),
    5: (("meeting", "ballot"), "majority_strict", "front"),
    6: (("meeting", "ballot", "online"), "majority_strict", None),
}


@pytest.mark.parametrize("clause", sorted(TABLE))
def test_the_table_of_article_15(clause):
    forms, key, body = TABLE[clause]
    rule = clause_rule(clause)
    assert lawful_forms(clause) == forms
    assert rule.threshold == key
    assert (rule.recognition.body if rule.recognition else None) == body
    assert rule.recognition is None or rule.recognition.working_days == 5
    assert f"khoản {clause} Điều 15" in law_summary(clause, 10)["citation"]


def test_online_is_lawful_for_clause_6_within_one_area_and_nowhere_else():
    found = set()
    for clause in TABLE:
        for scope in SCOPES:
            try:
                if "online" in lawful_forms(clause, scope):
                    found.add((clause, scope))
            except UnlawfulForm:
                continue
    assert found == {(6, "area")}


@pytest.mark.parametrize("clause", [1, 2])
def test_in_a_whole_commune_the_chair_may_choose_the_ballot_at_once(clause):
    options = {option.form: option for option in forms_for(clause, "commune")}
    assert lawful_forms(clause, "commune") == ("meeting", "ballot")
    assert not options["ballot"].after_failed_meeting
    assert not options["online"].available
    assert clause_rule(clause).commune_convener


@pytest.mark.parametrize("clause", [3, 4, 5, 6])
def test_the_other_clauses_are_never_decided_by_a_whole_commune(clause):
    for call in (
        lambda: lawful_forms(clause, "commune"),
        lambda: forms_for(clause, "commune"),
        lambda: form_option(clause, "commune", "meeting"),
        lambda: law_summary(clause, 299, "commune"),
    ):
        with pytest.raises(UnlawfulForm, match="không quyết định trong toàn xã"):
            call()
    assert clause_rule(clause).scopes == ("area",)


@pytest.mark.parametrize("clause", [1, 2, 3, 4, 5])
def test_within_an_area_the_ballot_needs_a_failed_meeting_and_online_is_refused_with_the_reason(clause):
    meeting, ballot, online = forms_for(clause)
    assert meeting.available
    assert not meeting.after_failed_meeting
    assert ballot.available
    assert ballot.after_failed_meeting
    assert "khi đã họp" in ballot.sentence
    assert not online.available
    assert online.sentence.startswith("Nội dung này phải quyết định tại cuộc họp vì ")
    assert "Điều 17" in online.citation


def test_clause_6_offers_all_three_forms_without_a_condition():
    assert [(o.form, o.available, o.after_failed_meeting, o.sentence) for o in forms_for(6)] == [
        (form, True, False, "") for form in FORMS
    ]


@pytest.mark.parametrize("clause", [0, 7, -1, 15, 60])
def test_other_clauses_do_not_exist(clause):
    with pytest.raises(UnknownMatter) as refused:
        clause_rule(clause)
    assert refused.value.field == "clause"


@pytest.mark.parametrize("scope", ["", "province", "AREA", "thon"])
def test_other_scopes_do_not_exist(scope):
    with pytest.raises(UnknownMatter) as refused:
        lawful_forms(1, scope)
    assert refused.value.field == "scope"


@pytest.mark.parametrize("form", ["", "hands", "Online"])
def test_other_forms_do_not_exist(form):
    with pytest.raises(UnknownMatter) as refused:
        form_option(6, "area", form)
    assert refused.value.field == "form"


def test_a_rule_is_found_by_its_day():
    assert clause_rule(6, date(2023, 7, 1)).number == 6
    with pytest.raises(UnknownMatter, match="không có hiệu lực"):
        clause_rule(6, date(2023, 6, 30))
    with pytest.raises(UnknownMatter):
        law_summary(6, 299, on=date(2020, 1, 1))


def test_a_superseded_rule_still_answers_for_its_own_days(monkeypatch):
    old = replace(clause_rule(6), valid_to=date(2030, 1, 1))
    new = replace(clause_rule(6), valid_from=date(2030, 1, 1), threshold="two_thirds_inclusive")
    monkeypatch.setattr(clauses, "CLAUSES", (old, new))
    assert clause_rule(6, date(2029, 12, 31)).threshold == "majority_strict"
    assert clause_rule(6, date(2030, 1, 1)).threshold == "two_thirds_inclusive"
    assert clause_rule(6).threshold == "two_thirds_inclusive"


def test_an_ended_rule_without_a_successor_no_longer_holds_on_its_last_day(monkeypatch):
    monkeypatch.setattr(clauses, "CLAUSES", (replace(clause_rule(6), valid_to=date(2030, 1, 1)),))
    assert clause_rule(6, date(2029, 12, 31)).number == 6
    with pytest.raises(UnknownMatter):
        clause_rule(6, date(2030, 1, 1))


def test_at_most_one_rule_of_a_clause_holds_on_any_day():
    for number in TABLE:
        rules = sorted((r for r in CLAUSES if r.number == number), key=lambda r: r.valid_from)
        for earlier, later in zip(rules, rules[1:], strict=False):
            assert earlier.valid_to is not None
            assert earlier.valid_to <= later.valid_from


@pytest.mark.parametrize(
    ("clause", "n", "scope", "needed"),
    [(1, 299, "area", 200), (2, 299, "commune", 200), (3, 299, "area", 150), (6, 300, "area", 151), (6, 1, "area", 1)],
)
def test_the_summary_that_scripts_read(clause, n, scope, needed):
    summary = law_summary(clause, n, scope)
    assert set(summary) == {"forms", "needed", "threshold", "citation"}
    assert summary["needed"] == needed
    assert summary["forms"] == list(lawful_forms(clause, scope))


@pytest.mark.parametrize("n", [0, -5])
def test_a_summary_of_no_households_is_refused(n):
    with pytest.raises(Refusal):
        law_summary(6, n)


@pytest.mark.parametrize("rule", CLAUSES, ids=lambda rule: str(rule.number))
def test_every_clause_says_who_convenes_and_when_it_takes_effect(rule):
    assert rule.title
    assert rule.matter.endswith(".")
    assert rule.convener
    assert rule.in_force.startswith("Có hiệu lực từ ngày")
    assert ("công nhận" in rule.in_force) == (rule.recognition is not None)
    assert bool(rule.commune_convener) == bool(rule.commune_in_force) == ("commune" in rule.scopes)
