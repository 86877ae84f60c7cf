"""In which phase a consultation is: by its status, and by the clock to the microsecond."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.consultations.rules.phases import PHASE_KINDS, PHASE_NAMES, Phase, phase

OPENS = datetime(2026, 3, 1, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=20)
TICK = timedelta(microseconds=1)


@dataclass
class Timed:
    status: str = "opened"
    opens_at: datetime | None = OPENS
    closes_at: datetime | None = CLOSES


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - TICK, Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (CLOSES - TICK, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_the_first_moment_takes_comments_and_the_last_does_not(now: datetime, expected: Phase) -> None:
    assert phase(Timed(), now) is expected


@pytest.mark.parametrize("status", ["preparing", "answered", "adopted", "withdrawn"])
def test_every_other_status_is_its_phase_whatever_the_clock_says(status: str) -> None:
    assert {phase(Timed(status), now) for now in (OPENS - TICK, OPENS, CLOSES)} == {Phase(status)}


def test_an_opened_one_without_times_is_a_fault_and_not_a_phase() -> None:
    with pytest.raises(ValueError, match="times"):
        phase(Timed(closes_at=None), OPENS)


def test_every_phase_has_a_name_and_a_colour() -> None:
    assert set(PHASE_NAMES) == set(PHASE_KINDS) == set(Phase)
