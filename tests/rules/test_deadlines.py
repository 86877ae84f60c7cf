"""Periods of the law: how long, counted how, ending on which day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.polls.errors import UnknownMatter
from app.polls.rules.deadlines import DIRECTIONS, PERIODS, UNITS, YEARLY, due, period, quarter_end, yearly

TET = {date(2026, 2, day): "off" for day in range(16, 21)}
LAW = {
    ("meeting_notice", 2, "days", "before"),
    ("meeting_documents", 2, "days", "before"),
    ("ballot_notice", 2, "days", "before"),
    ("ballot_plan", 2, "days", "after"),
    ("send_decision", 5, "working_days", "after"),
    ("report_online_result", 5, "working_days", "after"),
    ("recognise", 5, "working_days", "after"),
    ("publish_information", 5, "working_days", "after"),
    ("posting", 30, "days", "at_least"),
    ("loudspeaker", 3, "days", "at_least"),
    ("election_decision", 20, "days", "before"),
    ("election_candidates", 15, "days", "before"),
    ("election_team", 10, "days", "before"),
    ("election_notice", 7, "days", "before"),
    ("new_election", 60, "days", "after"),
    ("code_draft_posting", 30, "days", "at_least"),
    ("code_dossier", 5, "working_days", "after"),
    ("code_recognised", 2, "working_days", "after"),
    ("consent_life", 3, "months", "until"),
    ("consultation", 20, "days", "at_least"),
    ("dialogue_notice", 7, "days", "before"),
    ("dialogue_result", 10, "days", "after"),
    ("answer_boards", 15, "days", "after"),
}


def test_no_period_has_changed():
    assert {(p.kind, p.amount, p.unit, p.direction) for p in PERIODS} == LAW
    assert all(p.unit in UNITS and p.direction in DIRECTIONS and p.words and str(p.citation) for p in PERIODS)


@pytest.mark.parametrize(
    ("kind", "event", "table", "day"),
    [
        ("send_decision", date(2026, 3, 6), {}, date(2026, 3, 13)),
        ("send_decision", date(2026, 3, 7), {}, date(2026, 3, 13)),
        ("send_decision", date(2026, 2, 13), TET, date(2026, 2, 27)),
        ("report_online_result", date(2026, 2, 13), TET, date(2026, 2, 27)),
        ("recognise", date(2026, 2, 13), {}, date(2026, 2, 20)),
        ("code_recognised", date(2026, 3, 5), {}, date(2026, 3, 9)),
        ("meeting_notice", date(2026, 3, 8), {}, date(2026, 3, 6)),
        ("ballot_notice", date(2026, 3, 1), {}, date(2026, 2, 27)),
        ("ballot_plan", date(2026, 3, 6), {}, date(2026, 3, 8)),
        ("election_decision", date(2026, 3, 21), {}, date(2026, 3, 1)),
        ("election_notice", date(2026, 3, 1), {}, date(2026, 2, 22)),
        ("new_election", date(2026, 1, 1), {}, date(2026, 3, 2)),
        ("consent_life", date(2025, 11, 30), {}, date(2026, 2, 28)),
        ("consultation", date(2026, 3, 1), {}, date(2026, 3, 21)),
        ("posting", date(2026, 3, 1), {}, date(2026, 3, 31)),
    ],
)
def test_when_a_period_ends(kind, event, table, day):
    assert due(kind, event, table) == day


def test_days_off_move_only_periods_in_working_days():
    event = date(2026, 2, 13)
    for rule in PERIODS:
        moved = due(rule.kind, event, TET) != due(rule.kind, event, {})
        assert moved is (rule.unit == "working_days"), rule.kind


@pytest.mark.parametrize("kind", ["", "send", "SEND_DECISION"])
def test_unknown_periods_are_refused(kind):
    for call in (lambda: period(kind), lambda: due(kind, date(2026, 3, 6), {}), lambda: yearly(kind, 2026)):
        with pytest.raises(UnknownMatter):
            call()


@pytest.mark.parametrize(("kind", "day"), [("send_decision", date(2023, 6, 30)), ("ballot_plan", date(2023, 8, 13))])
def test_a_period_does_not_hold_before_its_law(kind, day):
    assert period(kind).kind == kind
    with pytest.raises(UnknownMatter):
        due(kind, day, {})


@given(st.sampled_from([p.kind for p in PERIODS]), st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_what_is_due_before_lies_before_and_the_rest_after(kind, event):
    assert (due(kind, event, {}) < event) is (period(kind).direction == "before")


def test_yearly_days():
    assert yearly("code_review", 2026) == date(2026, 11, 18)
    assert yearly("code_report", 2026) == date(2026, 11, 29)
    assert len({rule.kind for rule in YEARLY}) == len(YEARLY)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_quarters_end(day, end):
    assert quarter_end(day) == end
