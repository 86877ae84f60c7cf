"""Five working days to send a decision (Law Đ20): over weekends, Tết and days changed by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import OPERATOR
from app.holidays.operations import load_year, set_day
from app.polls.queries.facts import send_by
from tests.support.counting import voting

# A vote that ends on a day of Vietnam, and the fifth working day after it; Tết 2026 is off from 14 to 22 February.
DUE = [
    (date(2026, 3, 2), date(2026, 3, 9)),  # a Monday
    (date(2026, 3, 6), date(2026, 3, 13)),  # a Friday
    (date(2026, 3, 7), date(2026, 3, 13)),  # a Saturday
    (date(2026, 2, 9), date(2026, 2, 23)),  # four days before Tết, the fifth after it
    (date(2026, 2, 13), date(2026, 2, 27)),  # the last working day before
    (date(2026, 2, 17), date(2026, 2, 27)),  # the first day of the year
]


@pytest.mark.parametrize(("ended_on", "due"), DUE)
def test_five_working_days_step_over_weekends_and_tet(session: Session, ended_on: date, due: date) -> None:
    vote = voting(session, 3)
    load_year(session, OPERATOR, 2026)
    vote.poll.opens_at = datetime(2026, 1, 5, tzinfo=UTC)
    # Half past eleven at night in Vietnam is another day in UTC only after seven in the morning.
    vote.poll.closes_at = datetime.combine(ended_on, datetime.min.time(), clock.VIETNAM) + timedelta(hours=23.5)
    assert send_by(session, vote.poll) == due


def test_a_day_off_added_by_hand_moves_the_deadline(session: Session) -> None:
    vote = voting(session, 3)
    load_year(session, OPERATOR, 2026)
    vote.poll.opens_at = datetime(2026, 1, 5, tzinfo=UTC)
    vote.poll.closes_at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    set_day(session, OPERATOR, date(2026, 3, 9), kind="off", name="Nghỉ bù")
    assert send_by(session, vote.poll) == date(2026, 3, 10)


def test_a_vote_that_ends_after_midnight_ends_on_the_new_day(session: Session) -> None:
    vote = voting(session, 3)
    vote.poll.opens_at = datetime(2026, 3, 1, tzinfo=UTC)
    vote.poll.closes_at = datetime(2026, 3, 8, 17, 30, tzinfo=UTC)  # 00:30 on Monday the 9th
    assert send_by(session, vote.poll) == date(2026, 3, 16)


def test_asking_for_consent_has_nothing_to_send(session: Session) -> None:
    assert send_by(session, voting(session, 3, kind="online_consent").poll) is None
