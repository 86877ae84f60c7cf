"""What prevents a draft from being published: every problem alone, all of them at once, and the limits to the tick."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.consultations.rules.house import SHORTEST, HouseRules
from app.consultations.rules.opening import (
    AUDIENCE_NAMES,
    AUDIENCES,
    MODE_NAMES,
    MODES,
    STEP_NAMES,
    PreparationFacts,
    Step,
    what_prevents_opening,
)

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
OPENS = NOW + timedelta(days=1)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
WHOLE = PreparationFacts(
    title="Nghị quyết về vệ sinh đường phố",
    summary="Mỗi hộ giữ sạch vỉa hè.",
    organiser="Ủy ban nhân dân phường",
    responsible="Lê Thị Mai",
    phone="0274 3555 666",
    audience="everyone",
    areas=0,
    invited="",
    moderation="before",
    council_sent_on=date(2026, 3, 1),
    front_sent_on=date(2026, 3, 1),
    opens_at=OPENS,
    closes_at=OPENS + timedelta(days=25),
    now=NOW,
    articles=5,
)


def keys(**changes: Any) -> list[str]:
    return [problem.key for problem in what_prevents_opening(replace(WHOLE, **changes))]


def test_a_whole_preparation_has_nothing_in_the_way() -> None:
    assert keys() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "  "}, "no_title"),
        ({"summary": " \n "}, "no_summary"),
        ({"summary": "a\nb\nc\nd\ne\nf"}, "summary_long"),
        ({"articles": None}, "no_draft"),
        ({"articles": 0}, "no_article"),
        ({"empty_articles": 1}, "empty_article"),
        ({"audience": ""}, "no_audience"),
        ({"audience": "areas", "areas": 0}, "no_areas"),
        ({"audience": "bodies", "invited": " "}, "no_invited"),
        ({"organiser": ""}, "no_organiser"),
        ({"responsible": ""}, "no_responsible"),
        ({"phone": ""}, "no_phone"),
        ({"council_sent_on": None}, "no_council_sent_on"),
        ({"front_sent_on": None}, "no_front_sent_on"),
        ({"council_sent_on": date(2026, 3, 3)}, "council_sent_on_future"),
        ({"front_sent_on": date(2026, 3, 3)}, "front_sent_on_future"),
        ({"opens_at": None}, "no_opening"),
        ({"closes_at": None}, "no_closing"),
        ({"opens_at": NOW - TICK}, "opening_past"),
        ({"closes_at": OPENS}, "times_disordered"),
        ({"closes_at": OPENS - DAY}, "times_disordered"),
        ({"closes_at": OPENS + 19 * DAY}, "too_short"),
        ({"closes_at": OPENS + SHORTEST - TICK}, "too_short"),
        ({"closes_at": OPENS + 367 * DAY}, "too_long"),
        ({"moderation": ""}, "no_moderation"),
    ],
)
def test_each_lack_is_one_problem(changes: dict[str, Any], expected: str) -> None:
    assert keys(**changes) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": "a\n\nb\nc\nd\n\ne\n"},
        {"opens_at": NOW, "closes_at": NOW + 20 * DAY},
        {"closes_at": OPENS + timedelta(hours=20 * 24)},
        {"closes_at": OPENS + 366 * DAY},
        {"council_sent_on": date(2026, 3, 2), "front_sent_on": date(2026, 3, 2)},
        {"articles": 1},
        {"audience": "areas", "areas": 1},
        {"audience": "bodies", "invited": "Hội Nông dân"},
        {"moderation": "after"},
    ],
)
def test_the_limits_themselves_are_accepted(changes: dict[str, Any]) -> None:
    assert keys(**changes) == []


def test_everything_is_said_at_once_in_the_order_of_the_steps() -> None:
    empty: dict[str, Any] = dict.fromkeys(
        ("title", "summary", "organiser", "responsible", "phone", "audience", "moderation"), ""
    )
    nothing: dict[str, Any] = dict.fromkeys(("council_sent_on", "front_sent_on", "opens_at", "closes_at", "articles"))
    found = what_prevents_opening(replace(WHOLE, **empty, **nothing))
    assert len(found) == 12
    order = [list(Step).index(Step(problem.step)) for problem in found]
    assert order == sorted(order)


def test_the_day_of_the_plan_is_a_day_of_vietnam() -> None:
    late = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    times: dict[str, Any] = {"opens_at": late, "closes_at": late + 30 * DAY, "now": late}
    assert keys(council_sent_on=date(2026, 3, 3), **times) == []
    assert keys(council_sent_on=date(2026, 3, 4), **times) == ["council_sent_on_future"]


def test_the_refusal_of_nineteen_days_names_the_earliest_end_and_the_law() -> None:
    [problem] = what_prevents_opening(replace(WHOLE, closes_at=OPENS + 19 * DAY))
    assert str(problem) == "Phải lấy ý kiến ít nhất 20 ngày: sớm nhất hết hạn lúc 10:00 23/03/2026."
    assert problem.citation == "các điều từ 25 đến 29 Luật số 10/2022/QH15"
    assert (problem.step, problem.field) == (Step.TIMES, "closes_at")


@given(st.timedeltas(min_value=-30 * DAY, max_value=400 * DAY))
def test_only_lengths_from_twenty_days_to_a_year_pass(length: timedelta) -> None:
    assert (not keys(closes_at=OPENS + length)) is (20 * DAY <= length <= 366 * DAY)


@given(st.builds(replace, st.just(WHOLE), title=st.text(), summary=st.text(), phone=st.text(), areas=st.integers(0, 9),
                 articles=st.none() | st.integers(0, 50), audience=st.sampled_from([*AUDIENCES, ""])))  # fmt: skip
def test_every_problem_has_a_sentence_a_citation_and_a_step(facts: PreparationFacts) -> None:
    for problem in what_prevents_opening(facts):
        assert str(problem) and problem.citation and problem.step in set(Step)


def test_the_service_may_ask_for_more_days_than_the_law_and_never_for_fewer() -> None:
    with pytest.raises(ValueError, match="loosen"):
        HouseRules(shortest=timedelta(days=19))
    found = what_prevents_opening(WHOLE, HouseRules(shortest=timedelta(days=30)))
    assert [problem.key for problem in found] == ["too_short"]


def test_what_may_be_chosen_has_a_name() -> None:
    assert set(AUDIENCE_NAMES) == set(AUDIENCES)
    assert set(MODE_NAMES) == set(MODES)
    assert set(STEP_NAMES) == set(Step)
