"""Call-backs: households drawn by the system, the same for whoever asks, among those that have voted."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Role
from app.polls.operations import handover
from app.polls.operations.casting import cast
from app.polls.queries.slips import slip_rows
from tests.support.ballots import make_ticket, make_voting
from tests.support.cast import in_days, make_actor


def test_call_backs_are_drawn_once_for_everybody(session: Session) -> None:
    voting = make_voting(session, 70)
    head = make_actor(session, Role.AREA_HEAD, voting.poll.area)
    for slip in voting.slips[:62]:
        cast(session, make_ticket(session, slip))
    with pytest.raises(WrongMoment):
        handover.call_back_sample(session, head, voting.poll)
    voting.poll.closes_at = in_days(-0.01)
    session.flush()
    drawn = handover.call_back_sample(session, head, voting.poll)
    session.flush()
    front = make_actor(session, Role.FRONT, voting.poll.area)
    assert handover.call_back_sample(session, front, voting.poll) == drawn
    # Five in a hundred, rounded up, and only of those that have voted.
    assert len(drawn) == 4
    assert {one.number for one in drawn} <= {slip.number for slip in voting.slips[:62]}
    [note] = session.scalars(select(AuditEntry).where(AuditEntry.action == "polls.callback.draw"))
    assert note.detail["households"] == [one.number for one in drawn]
    assert len(note.detail["seed"]) == 32


def test_a_sample_of_few_is_at_least_three_and_follows_from_its_seed(session: Session) -> None:
    voting = make_voting(session, 5)
    households = [row.entry for row in slip_rows(session, voting.poll)]
    assert len(handover.draw(households, "a")) == 3
    assert len(handover.draw(households[:2], "a")) == 2
    assert handover.draw([], "a") == []
    assert handover.draw(households, "a") == handover.draw(households[::-1], "a")
    assert any(handover.draw(households, "a") != handover.draw(households, seed) for seed in "bcdefgh")


def test_call_backs_need_the_right(session: Session) -> None:
    voting = make_voting(session, closes_at=in_days(-0.01))
    with pytest.raises(Forbidden):
        handover.call_back_sample(session, make_actor(session, Role.TEAM_MEMBER, voting.poll.area), voting.poll)
