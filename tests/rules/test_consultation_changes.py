"""Extending, correcting, withdrawing, adopting: in which phase, with what, and what else stands in the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.consultations.rules.changes import (
    RunningFacts,
    what_prevents_adoption,
    what_prevents_correction,
    what_prevents_extension,
    what_prevents_withdrawal,
)
from app.consultations.rules.phases import Phase
from app.polls.rules.problems import Problem

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
OPENS = datetime(2026, 3, 1, 1, tzinfo=UTC)
CLOSES = OPENS + 25 * DAY
FACTS = RunningFacts(
    phase=Phase.OPEN, opens_at=OPENS, closes_at=CLOSES, now=OPENS + DAY, reason="Nhiều hộ chưa kịp đọc."
)
AFTER = replace(FACTS, phase=Phase.ANSWERED, now=CLOSES + 10 * DAY, reason="")
ADOPTED_ON = date(2026, 4, 1)


def keys(found: list[Problem]) -> list[str]:
    return [problem.key for problem in found]


@pytest.mark.parametrize("phase", list(Phase))
def test_each_act_has_its_phases(phase: Phase) -> None:
    facts = replace(FACTS, phase=phase)
    assert (not what_prevents_extension(facts, CLOSES + DAY)) is (phase in (Phase.UPCOMING, Phase.OPEN))
    assert (not what_prevents_correction(facts, 3)) is (phase in (Phase.UPCOMING, Phase.OPEN))
    withdrawable = {Phase.PREPARING, Phase.UPCOMING, Phase.OPEN, Phase.CLOSED}
    assert (not what_prevents_withdrawal(facts)) is (phase in withdrawable)
    adopted = what_prevents_adoption(replace(AFTER, phase=phase), 3, "12/NQ", ADOPTED_ON)
    assert (not adopted) is (phase is Phase.ANSWERED)


@pytest.mark.parametrize("reason", ["", "   ", "ngắn quá "])
def test_a_reason_says_something(reason: str) -> None:
    facts = replace(FACTS, reason=reason)
    assert keys(what_prevents_extension(facts, CLOSES + DAY)) == ["no_reason"]
    assert keys(what_prevents_correction(facts, 3)) == ["no_reason"]
    assert keys(what_prevents_withdrawal(facts)) == ["no_reason"]


def test_a_reason_of_ten_letters_is_enough() -> None:
    assert what_prevents_withdrawal(replace(FACTS, reason="mười chữ ạ")) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (None, ["no_new_time"]),
        (CLOSES - DAY, ["not_later"]),
        (CLOSES, ["not_later"]),
        (CLOSES + TICK, []),
        (OPENS + 366 * DAY, []),
        (OPENS + 366 * DAY + TICK, ["too_long"]),
    ],
)
def test_an_end_only_moves_later(new: datetime | None, expected: list[str]) -> None:
    assert keys(what_prevents_extension(FACTS, new)) == expected


@pytest.mark.parametrize(("articles", "expected"), [(None, ["no_version"]), (0, ["no_article"]), (1, [])])
def test_a_correction_and_an_adoption_need_a_text_with_articles(articles: int | None, expected: list[str]) -> None:
    assert keys(what_prevents_correction(FACTS, articles)) == expected
    assert keys(what_prevents_adoption(AFTER, articles, "12/NQ", ADOPTED_ON)) == expected


def test_who_reads_the_corrected_text_has_five_days_left() -> None:
    assert what_prevents_correction(replace(FACTS, now=CLOSES - 5 * DAY), 3) == []
    assert keys(what_prevents_correction(replace(FACTS, now=CLOSES - 5 * DAY + TICK), 3)) == ["no_time_left"]


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        (" ", ADOPTED_ON, ["no_number"]),
        ("12/NQ", None, ["no_day"]),
        ("12/NQ", date(2026, 4, 6), ["day_future"]),
        ("12/NQ", date(2026, 3, 25), ["day_early"]),
        ("12/NQ", date(2026, 3, 26), []),
        ("12/NQ", date(2026, 4, 5), []),
    ],
)
def test_the_text_was_adopted_after_the_end_and_not_tomorrow(
    number: str, day: date | None, expected: list[str]
) -> None:
    assert keys(what_prevents_adoption(AFTER, 3, number, day)) == expected


def test_nothing_is_adopted_before_the_answer() -> None:
    assert keys(what_prevents_adoption(replace(AFTER, phase=Phase.CLOSED), 3, "12/NQ", ADOPTED_ON)) == ["not_answered"]
