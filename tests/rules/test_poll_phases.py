"""The phase of a poll at every boundary of its hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.polls.rules.phases import PHASE_NAMES, PUBLIC_PHASES, Phase, phase

OPENS = datetime(2026, 11, 21, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=3)
TICK = timedelta(microseconds=1)


@dataclass
class Poll:
    status: str = "opened"
    opens_at: datetime | None = OPENS
    closes_at: datetime | None = CLOSES


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - TICK, Phase.UPCOMING),
        (OPENS, Phase.VOTING),
        (CLOSES - TICK, Phase.VOTING),
        (CLOSES, Phase.ENDED),
        (CLOSES + timedelta(days=400), Phase.ENDED),
    ],
)
def test_voting_includes_its_first_moment_and_not_its_last(now: datetime, expected: Phase) -> None:
    assert phase(Poll(), now) is expected


@pytest.mark.parametrize("status", ["preparing", "submitted", "counted", "decided", "cancelled"])
def test_the_clock_changes_nothing_before_opening_and_after_the_count(status: str) -> None:
    for now in (OPENS - TICK, OPENS, CLOSES):
        assert phase(Poll(status), now) == status


def test_a_closed_poll_has_ended_even_by_a_clock_that_went_back() -> None:
    assert phase(Poll("closed"), OPENS - TICK) is Phase.ENDED


def test_an_opened_poll_without_times_is_a_fault() -> None:
    with pytest.raises(ValueError):
        phase(Poll(opens_at=None), OPENS)
    with pytest.raises(ValueError):
        phase(Poll(status="unknown"), OPENS)


def test_every_phase_has_a_name_and_preparation_is_not_public() -> None:
    assert set(PHASE_NAMES) == set(Phase)
    assert {Phase.PREPARING, Phase.SUBMITTED}.isdisjoint(PUBLIC_PHASES)
