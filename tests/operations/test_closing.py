"""Opening the ballots: after the end, by two bodies, once."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.errors import Forbidden, WrongMoment
from app.core.permissions import ANONYMOUS, SYSTEM, Actor, Grant, Role
from app.polls.models import Ballot, KeyRelease, LogLeaf, OtherOpinion, Poll, Result
from app.polls.operations import closing
from app.polls.operations.casting import cast
from tests.support.ballots import BALLOT_KEYS, make_ticket
from tests.support.cast import actor_of, make_account, make_actor, make_area, make_grant, make_poll
from tests.support.counting import counted, ended, entries, voting

BEFORE = "Chỉ mở kiểm phiếu sau khi hết giờ"


def rows(session: Session, table: Any, poll: Poll) -> int:
    return session.scalar(select(func.count()).where(table.poll_id == poll.id)) or 0


# ------------------------------------------------------------------------------------------------ two bodies


@pytest.mark.parametrize("first, second", [("head", "front"), ("front", "officer"), ("officer", "head")])
def test_two_bodies_open_and_count(session: Session, first: str, second: str) -> None:
    vote = ended(session, 4, 3, ["Nên lắp thêm đèn."], absent=0)
    assert vote.release(getattr(vote, first)) is None
    assert (vote.poll.status, rows(session, Result, vote.poll)) == ("closed", 0)
    result = vote.release(getattr(vote, second))
    assert result is not None and vote.poll.status == "counted"
    assert (result.agree, result.disagree, result.other, result.invalid, result.counted) == (4, 3, 1, 0, 8)
    assert (result.roll_size, result.needed, result.passed) == (8, 5, False)
    assert len(entries(session, vote.poll, "polls.key.release")) == 2


def test_the_same_person_does_not_count_twice_whatever_roles_they_hold(session: Session) -> None:
    vote = ended(session, 4, 3)
    account = make_account(session)
    for role in (Role.AREA_HEAD, Role.FRONT):
        make_grant(session, account, role, vote.area)
    both = actor_of(account, Grant(Role.AREA_HEAD, vote.area.path), Grant(Role.FRONT, vote.area.path))
    assert vote.release(both) is None
    with pytest.raises(WrongMoment, match="Ông/Bà đã đồng ý"):
        vote.release(both)
    assert rows(session, KeyRelease, vote.poll) == 1


def test_two_people_of_one_body_do_not_suffice(session: Session) -> None:
    vote = ended(session, 4, 3)
    assert vote.release(vote.front) is None
    with pytest.raises(WrongMoment, match="Cơ quan của Ông/Bà đã đồng ý"):
        vote.release(make_actor(session, Role.FRONT, vote.area))
    assert rows(session, KeyRelease, vote.poll) == 1 and rows(session, Result, vote.poll) == 0


def test_somebody_of_two_bodies_speaks_for_the_one_that_is_missing(session: Session) -> None:
    vote = ended(session, 4, 3)
    assert vote.release(vote.head) is None
    account = make_account(session)
    both = actor_of(account, Grant(Role.AREA_HEAD, vote.area.path), Grant(Role.FRONT, vote.area.path))
    assert vote.release(both) is not None
    bodies = session.scalars(select(KeyRelease.body).where(KeyRelease.poll_id == vote.poll.id))
    assert set(bodies) == {"community", "front"}


@pytest.mark.parametrize(
    "role", [Role.TEAM_MEMBER, Role.MODERATOR, Role.OVERSEER, Role.COMMUNE_ADMIN, Role.PROVINCE_ADMIN]
)
def test_nobody_else_releases(session: Session, role: Role) -> None:
    vote = ended(session, 4, 3)
    with pytest.raises(Forbidden):
        vote.release(make_actor(session, role, vote.area))
    assert rows(session, KeyRelease, vote.poll) == 0 and vote.poll.status == "opened"


@pytest.mark.parametrize("role", [Role.AREA_HEAD, Role.FRONT, Role.COMMUNE_OFFICER])
def test_nobody_releases_for_another_place(session: Session, role: Role) -> None:
    vote = ended(session, 4, 3)
    with pytest.raises(Forbidden):
        vote.release(make_actor(session, role, make_area(session)))


@pytest.mark.parametrize("nobody", [ANONYMOUS, SYSTEM, Actor(None, "", grants=(Grant(Role.FRONT, ""),))])
def test_no_account_no_release(session: Session, nobody: Actor) -> None:
    with pytest.raises(Forbidden):
        ended(session, 4, 3).release(nobody)


# ---------------------------------------------------------------------------------------------- the moment


def test_not_while_voting_by_the_databases_clock(session: Session) -> None:
    vote = voting(session, 3)
    for by in (vote.head, vote.front, vote.officer):
        with pytest.raises(WrongMoment, match=BEFORE):
            vote.release(by)
    assert vote.poll.status == "opened" and rows(session, LogLeaf, vote.poll) == 0


def test_a_wrong_clock_of_this_process_opens_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = voting(session, 3)
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(WrongMoment, match=BEFORE):
        vote.release(vote.head)


def test_not_before_it_begins(session: Session) -> None:
    now = clock.now()
    vote = voting(session, 3, opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    with pytest.raises(WrongMoment, match=BEFORE):
        vote.release(vote.head)


@pytest.mark.parametrize("status", ["preparing", "submitted", "cancelled", "counted", "decided"])
def test_not_in_any_other_state(session: Session, status: str) -> None:
    vote = ended(session, 1)
    poll = make_poll(session, vote.area, status=status)
    with pytest.raises(WrongMoment, match=BEFORE):
        closing.release(session, vote.front, poll, BALLOT_KEYS)


def test_a_cancelled_poll_is_never_opened_even_after_one_release(session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.release(vote.head)
    vote.poll.status = "cancelled"
    session.flush()
    with pytest.raises(WrongMoment, match=BEFORE):
        vote.release(vote.front)
    assert rows(session, Result, vote.poll) == rows(session, OtherOpinion, vote.poll) == 0


def test_counted_once(session: Session) -> None:
    vote = counted(session, 4, 3)
    for by in (vote.officer, vote.head, vote.front):
        with pytest.raises(WrongMoment):
            vote.release(by)
    with pytest.raises(WrongMoment):
        closing.recount(session, vote.officer, vote.poll, BALLOT_KEYS)
    assert rows(session, Result, vote.poll) == 1 and rows(session, KeyRelease, vote.poll) == 2


def test_the_first_release_ends_casting_for_good(session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.release(vote.head)
    vote.poll.closes_at = clock.now() + timedelta(days=1)
    session.flush()
    with pytest.raises(WrongMoment):
        cast(session, make_ticket(session, vote.slips[-1]))
    assert rows(session, Ballot, vote.poll) == 7


# ------------------------------------------------------------------------------------------- what is counted


def test_nobody_voted(session: Session) -> None:
    result = session.get_one(Result, counted(session, absent=5).poll.id)
    assert (result.counted, result.agree, result.needed, result.passed) == (0, 0, 3, False)


@pytest.mark.parametrize(("agree", "absent", "passed"), [(3, 3, False), (4, 2, True), (3, 2, True), (2, 3, False)])
def test_the_rule_is_held_against_all_households(session: Session, agree: int, absent: int, passed: bool) -> None:
    vote = counted(session, agree, absent=absent)
    assert session.get_one(Result, vote.poll.id).passed is passed


def test_texts_are_kept_without_an_order_that_says_anything(session: Session) -> None:
    texts = [f"Ý kiến số {n} của hộ." for n in range(8)]
    vote = counted(session, 3, 3, texts)
    query = select(OtherOpinion).where(OtherOpinion.poll_id == vote.poll.id).order_by(OtherOpinion.position)
    kept = session.scalars(query).all()
    assert sorted(one.text for one in kept) == texts and [one.text for one in kept] != texts
    assert not any(one.published for one in kept)


@pytest.mark.parametrize("level", ["sealed", "open"])
def test_ballots_of_both_levels_are_counted_alike(session: Session, level: str) -> None:
    vote = counted(session, 4, 3, ["Nên lắp đèn."], level=level)
    result = session.get_one(Result, vote.poll.id)
    assert (result.agree, result.disagree, result.other) == (4, 3, 1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[st.integers(0, 4)] * 3))
def test_sums_hold_for_every_count(database: Database, numbers: tuple[int, int, int]) -> None:
    agree, disagree, other = numbers
    with database.session() as session, session.begin_nested():
        result = session.get_one(Result, counted(session, agree, disagree, ["khác"] * other).poll.id)
        assert (result.agree, result.disagree, result.other) == numbers
        assert result.counted == sum(numbers) and result.roll_size == sum(numbers) + 1
        assert result.passed == (agree >= result.needed == (sum(numbers) + 1) // 2 + 1)
