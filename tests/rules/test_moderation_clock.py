"""Who sees what while it waits, and when somebody must have decided."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.calendar import VIETNAM, is_working_day
from app.moderation.rules import clock
from app.moderation.rules.clock import Clock
from app.moderation.rules.visibility import MODES, STATUSES, visible

FRIDAY = datetime(2026, 7, 17, 16, 30, tzinfo=VIETNAM)


def test_only_what_is_approved_or_comes_before_moderation_is_seen() -> None:
    seen = {(mode, status) for mode, status in product(MODES, STATUSES) if visible(mode, status)}
    assert seen == {("before", "approved"), ("after", "approved"), ("after", "pending")}


@pytest.mark.parametrize(("mode", "status"), [("", "approved"), ("after", "hidden"), ("after", "")])
def test_an_unknown_state_shows_nothing(mode: str, status: str) -> None:
    with pytest.raises(ValueError, match="no such mode and status"):
        visible(mode, status)


def test_two_working_days_from_friday_end_on_tuesday() -> None:
    assert clock.due(FRIDAY, {}) == datetime(2026, 7, 21, 23, 59, 59, tzinfo=VIETNAM)


def test_a_holiday_gives_a_day_more_and_a_worked_saturday_takes_one() -> None:
    monday, saturday = date(2026, 7, 20), date(2026, 7, 18)
    assert clock.due(FRIDAY, {monday: "off"}).date() == date(2026, 7, 22)
    assert clock.due(FRIDAY, {saturday: "working"}).date() == date(2026, 7, 20)


def test_the_day_is_that_of_vietnam() -> None:
    late_evening_in_london = datetime(2026, 7, 16, 18, 0, tzinfo=UTC)
    assert clock.due(late_evening_in_london, {}, 1).date() == date(2026, 7, 20)


def test_a_moment_of_nowhere_and_days_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.due(datetime(2026, 7, 17), {})  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValueError, match="forwards"):
        clock.due(FRIDAY, {}, -1)


@pytest.mark.parametrize(
    ("now", "stand"),
    [
        (FRIDAY, Clock.IN_TIME),
        (datetime(2026, 7, 20, 23, 59, 59, tzinfo=VIETNAM), Clock.IN_TIME),
        (datetime(2026, 7, 21, 0, 0, tzinfo=VIETNAM), Clock.TODAY),
        (datetime(2026, 7, 21, 23, 59, 59, tzinfo=VIETNAM), Clock.TODAY),
        (datetime(2026, 7, 22, 0, 0, tzinfo=VIETNAM), Clock.LATE),
    ],
)
def test_how_a_waiting_text_stands(now: datetime, stand: Clock) -> None:
    assert clock.stand(clock.due(FRIDAY, {}), now) is stand


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.integers(0, 15),
    st.dictionaries(st.dates(date(2025, 1, 1), date(2030, 3, 1)), st.sampled_from(["off", "working"]), max_size=30),
)
def test_the_clock_never_runs_out_before_so_many_working_days(
    submitted: datetime, working_days: int, days: dict[date, str]
) -> None:
    due = clock.due(submitted, days, working_days)
    day, last = submitted.astimezone(VIETNAM).date(), due.astimezone(VIETNAM).date()
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(is_working_day(one, days) for one in between) == working_days
    assert due >= submitted.replace(microsecond=0)
    assert clock.stand(due, submitted.replace(microsecond=0)) is not Clock.LATE
