"""The time of voting seen by staff: turnout and nothing else, reminders, the sample that is called afterwards."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import Role
from app.polls.models import RollEntry
from app.polls.operations.casting import cast
from app.polls.operations.handover import call_back_sample
from app.polls.operations.reminding import mark_reminded
from app.polls.queries.facts import participant_rows
from app.polls.queries.public import public_poll, turnout, turnout_by_cluster
from tests.support.ballots import make_ticket
from tests.support.cast import make_actor, make_area, make_poll
from tests.support.counting import Vote, counted, end, ended, voting


def entries(session: Session, vote: Vote) -> list[RollEntry]:
    query = select(RollEntry).where(RollEntry.poll_id == vote.poll.id).order_by(RollEntry.position)
    return list(session.scalars(query))


def reminded(session: Session, vote: Vote) -> list[str]:
    session.expire_all()
    return [entry.number for entry in entries(session, vote) if entry.reminded_at is not None]


# ------------------------------------------------------------------------------------------------ reminders


def test_households_are_ticked_once(session: Session) -> None:
    vote = voting(session, 4)
    team = make_actor(session, Role.TEAM_MEMBER, vote.area)
    ids = [entry.id for entry in entries(session, vote)]
    assert mark_reminded(session, team, vote.poll, ids[:2]) == 2
    first = entries(session, vote)[0].reminded_at
    assert mark_reminded(session, vote.head, vote.poll, ids[:3]) == 1
    assert reminded(session, vote) == ["001", "002", "003"]
    assert entries(session, vote)[0].reminded_at == first


def test_nothing_ticked_leaves_no_trace(session: Session) -> None:
    vote = voting(session, 2)
    assert mark_reminded(session, vote.head, vote.poll, []) == 0
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == "polls.reminder.mark")).all() == []


def test_households_of_another_poll_are_left_alone(session: Session) -> None:
    vote, other = voting(session, 2), voting(session, 2)
    assert mark_reminded(session, vote.head, vote.poll, [entry.id for entry in entries(session, other)]) == 0
    assert reminded(session, other) == []


@pytest.mark.parametrize("role", [Role.OVERSEER, Role.COMMUNE_OFFICER, Role.COMMUNE_ADMIN, Role.MODERATOR])
def test_only_the_team_reminds(session: Session, role: Role) -> None:
    vote = voting(session, 2)
    with pytest.raises(Forbidden):
        mark_reminded(session, make_actor(session, role, vote.area), vote.poll, [entries(session, vote)[0].id])
    with pytest.raises(Forbidden):
        mark_reminded(session, make_actor(session, Role.TEAM_MEMBER, make_area(session)), vote.poll, [])


@pytest.mark.parametrize("make", [ended, counted])
def test_nobody_is_reminded_after_the_end(session: Session, make: Callable[..., Vote]) -> None:
    vote = make(session, 4, 3, absent=2)
    with pytest.raises(WrongMoment):
        mark_reminded(session, vote.head, vote.poll, [entries(session, vote)[-1].id])


@pytest.mark.parametrize("status", ["preparing", "submitted", "cancelled"])
def test_nobody_is_reminded_of_what_is_not_open(session: Session, status: str) -> None:
    vote = voting(session, 1)
    poll = make_poll(session, vote.area, status=status)
    with pytest.raises(WrongMoment):
        mark_reminded(session, vote.head, poll, [1])


# -------------------------------------------------------------------------------------------------- turnout


def test_turnout_counts_households_and_says_nothing_of_choices(session: Session) -> None:
    totals = []
    for choices in (["agree"] * 3, ["disagree"] * 3):
        vote = voting(session, 5)
        for slip, choice in zip(vote.slips, choices, strict=False):
            cast(session, make_ticket(session, slip, choice))
        totals.append((turnout(session, vote.poll), turnout_by_cluster(session, vote.poll)))
    assert totals[0] == totals[1] and totals[0][0] == 3


def test_turnout_by_lane_adds_up_in_the_order_of_delivery(session: Session) -> None:
    vote = voting(session, 5)
    for entry, lane in zip(entries(session, vote), ["Hẻm 9", "Hẻm 9", "Hẻm 2", "Hẻm 2", ""], strict=True):
        entry.cluster = lane
    for slip in (vote.slips[0], vote.slips[3], vote.slips[4]):
        cast(session, make_ticket(session, slip))
    found = turnout_by_cluster(session, vote.poll)
    assert [(lane.label, lane.voted, lane.total) for lane in found] == [("Hẻm 9", 1, 2), ("Hẻm 2", 1, 2), ("", 1, 1)]
    assert sum(lane.voted for lane in found) == turnout(session, vote.poll)


def test_turnout_of_a_poll_without_ballots_is_zero(session: Session) -> None:
    vote = voting(session, 2)
    assert turnout(session, vote.poll) == 0 and turnout_by_cluster(session, vote.poll)[0].voted == 0


def test_residents_see_a_poll_from_its_opening_on(session: Session) -> None:
    area = make_area(session)
    for status in ("preparing", "submitted", "cancelled"):
        assert public_poll(session, make_poll(session, area, status=status).public_id) is None
    opened = make_poll(session, area, status="opened")
    opened.status = "cancelled"
    session.flush()
    assert public_poll(session, opened.public_id) is opened
    assert public_poll(session, "khong-co") is None


# ------------------------------------------------------------------------------------------ who took part


def test_the_list_of_participants_says_who_and_neither_what_nor_when(session: Session) -> None:
    vote = voting(session, 4)
    for slip in reversed(vote.slips[:3]):
        cast(session, make_ticket(session, slip))
    end(session, vote.poll)
    rows = participant_rows(session, vote.poll)
    assert [row.household_number for row in rows] == ["001", "002", "003"]
    assert set(rows[0].__dataclass_fields__) == {"household_number", "representative", "address"}


def test_the_sample_is_drawn_after_the_end_and_stays(session: Session) -> None:
    vote = ended(session, 4, 3, absent=2)
    first = [entry.number for entry in call_back_sample(session, vote.head, vote.poll)]
    assert len(first) == 3
    assert [entry.number for entry in call_back_sample(session, vote.overseer, vote.poll)] == first
    vote.release(vote.head)
    vote.release(vote.front)
    assert [entry.number for entry in call_back_sample(session, vote.officer, vote.poll)] == first


def test_no_sample_while_voting_nor_for_others(session: Session) -> None:
    vote = voting(session, 4)
    for by in (vote.head, vote.overseer):
        with pytest.raises(WrongMoment):
            call_back_sample(session, by, vote.poll)
    over = ended(session, 4, 3)
    for role in (Role.TEAM_MEMBER, Role.MODERATOR, Role.COMMUNE_ADMIN):
        with pytest.raises(Forbidden):
            call_back_sample(session, make_actor(session, role, over.area), over.poll)
