"""The end of a poll under contention, with real commits: counted once, nothing after the count, one state left."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database, database_now
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.polls.models import Ballot, Decision, KeyRelease, LogLeaf, Poll, PollChange, Result
from app.polls.operations import changes, closing, deciding
from app.polls.operations.casting import cast
from app.polls.queries import counting
from app.polls.ticket import Ticket
from tests.support import crowd
from tests.support.ballots import BALLOT_KEYS, make_ticket
from tests.support.cast import make_actor
from tests.support.counting import decided, draft, ended, voting, written

Act = Callable[[Session, Poll], object]
VOTERS = 8


def race(database: Database, poll_id: int, acts: list[Act]) -> list[str]:
    """Run the acts on the poll at once; what each came to: "done" or its refusal."""

    def one(act: Act, session: Session) -> object:
        return act(session, session.get_one(Poll, poll_id))

    return crowd.race(database, [partial(one, act) for act in acts])


def releases(people: list[Actor]) -> list[Act]:
    def one(by: Actor) -> Act:
        return lambda session, poll: closing.release(session, by, poll, BALLOT_KEYS)

    return [one(by) for by in people]


def rows(database: Database, table: type, poll_id: int) -> int:
    with database.session(write=False) as session:
        return session.scalar(select(func.count()).where(table.poll_id == poll_id)) or 0  # type: ignore[attr-defined, arg-type]


def leaves(database: Database, poll_id: int, kind: str) -> int:
    with database.session(write=False) as session:
        query = select(func.count()).where(LogLeaf.poll_id == poll_id, LogLeaf.kind == kind)
        return session.scalar(query) or 0


def test_of_several_second_releases_one_counts(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        vote = ended(session, 4, 3)
        vote.release(vote.front)
        commune = vote.area.parent
        assert commune is not None
        people = [make_actor(session, Role.AREA_HEAD, vote.area) for _ in range(3)]
        people += [make_actor(session, Role.COMMUNE_OFFICER, commune) for _ in range(3)]
        poll_id = vote.poll.id
    outcomes = race(committed_database, poll_id, releases(people))
    assert outcomes.count("done") == 1, outcomes
    assert [rows(committed_database, table, poll_id) for table in (Result, KeyRelease)] == [1, 2]
    assert (leaves(committed_database, poll_id, "close"), leaves(committed_database, poll_id, "result")) == (1, 1)


def test_everybody_at_once_makes_two_agreements_of_two_bodies_and_one_count(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        vote = ended(session, 4, 3)
        people = [vote.head, vote.front, vote.officer] * 2
        people += [make_actor(session, role, vote.area) for role in (Role.AREA_HEAD, Role.FRONT)]
        poll_id = vote.poll.id
    outcomes = race(committed_database, poll_id, releases(people))
    assert outcomes.count("done") == 2, outcomes
    with committed_database.session(write=False) as session:
        given = session.scalars(select(KeyRelease).where(KeyRelease.poll_id == poll_id)).all()
        assert len({one.body for one in given}) == len({one.account_id for one in given}) == len(given) == 2
        assert session.get_one(Result, poll_id).counted == 7
    assert (leaves(committed_database, poll_id, "close"), leaves(committed_database, poll_id, "result")) == (1, 1)


def test_no_ballot_is_accepted_after_the_count_and_none_accepted_is_left_out(committed_database: Database) -> None:
    """Households cast without pause across the closing time, while two bodies open as soon as they may."""
    with committed_database.transaction() as session:
        vote = voting(session, 80)
        poll_id, people = vote.poll.id, [vote.head, vote.front]
        *tickets, last = [make_ticket(session, slip) for slip in vote.slips]
    together, limit = Barrier(VOTERS + 1, timeout=60), time.monotonic() + 120

    def send(ticket: Ticket) -> bool:
        try:
            with committed_database.transaction() as session:
                cast(session, ticket)
        except Refusal:
            return False
        return True

    def vote_on(mine: list[Ticket]) -> int:
        # However slow the machine: the first are cast long before the end, and the others across it.
        before = sum(send(ticket) for ticket in mine[:4])
        together.wait()
        together.wait()
        return before + sum(send(ticket) for ticket in mine[4:])

    def opens(by: Actor) -> int:
        while time.monotonic() < limit:
            time.sleep(0.001)
            try:
                with committed_database.transaction() as session:
                    result = closing.release(session, by, session.get_one(Poll, poll_id), BALLOT_KEYS)
                    return result.counted if result else 0
            except WrongMoment:
                continue
        return -1

    with ThreadPoolExecutor(VOTERS + len(people)) as threads:
        opening = [threads.submit(opens, by) for by in people]
        casting = [threads.submit(vote_on, tickets[n::VOTERS]) for n in range(VOTERS)]
        together.wait()
        with committed_database.transaction() as session:
            session.get_one(Poll, poll_id).closes_at = database_now(session) + timedelta(milliseconds=20)
        together.wait()
        accepted = sum(one.result() for one in casting)
        counted = max(one.result() for one in opening)
    assert VOTERS * 4 <= accepted <= len(tickets)
    assert not send(last)
    assert (
        counted == accepted == rows(committed_database, Ballot, poll_id) == leaves(committed_database, poll_id, "cast")
    )


def test_calling_off_and_opening_leave_one_state(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        vote = ended(session, 4, 3)
        vote.release(vote.head)
        change = changes.request_cancellation(session, vote.head, vote.poll, reason="Câu hỏi ghi nhầm tên đường.")
        poll_id, change_id = vote.poll.id, change.id
        front, officer = vote.front, vote.officer
    outcomes = race(
        committed_database,
        poll_id,
        [
            *releases([front]),
            lambda session, poll: changes.confirm_change(
                session, officer, session.get_one(PollChange, change_id), poll
            ),
        ],
    )
    assert outcomes.count("done") == 1, outcomes
    with committed_database.session(write=False) as session:
        status = session.get_one(Poll, poll_id).status
        assert status == ("counted" if outcomes[0] == "done" else "cancelled")
        assert (session.get(Result, poll_id) is not None) == (status == "counted")


def test_what_was_signed_is_what_is_kept(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        vote = written(session, 4, 3)
        poll_id, head, front = vote.poll.id, vote.head, vote.front
        other = draft(vote, number="99/BB", conclusion="Điều khác hẳn.")
    outcomes = race(
        committed_database,
        poll_id,
        [
            lambda session, poll: deciding.sign(session, head, poll),
            lambda session, poll: deciding.write(session, front, poll, other),
            lambda session, poll: deciding.sign(session, front, poll),
        ],
    )
    assert [outcomes[0], outcomes[2]].count("done") == 1, outcomes
    with committed_database.session(write=False) as session:
        kept = session.get_one(Decision, poll_id)
        query = select(LogLeaf.body).where(LogLeaf.poll_id == poll_id, LogLeaf.kind == "decision")
        (signed,) = session.scalars(query).all()
        assert signed is not None and signed["number"] == kept.number
        assert (kept.number == "99/BB") == (outcomes[1] == "done")


def test_sent_and_received_once(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        vote = decided(session, 4, 3)
        poll_id, head, officer = vote.poll.id, vote.head, vote.officer

    def sending(session: Session, poll: Poll) -> None:
        deciding.send(session, head, poll, places=[])

    def receiving(session: Session, poll: Poll) -> None:
        deciding.receive(session, officer, poll)

    assert race(committed_database, poll_id, [sending] * 4).count("done") == 1
    assert race(committed_database, poll_id, [receiving] * 4).count("done") == 1


@pytest.mark.parametrize("agreeing", [2, 4])
def test_a_failed_count_is_taken_up_once(committed_database: Database, agreeing: int) -> None:
    with committed_database.transaction() as session:
        vote = ended(session, 4, 3)
        session.add(
            LogLeaf(poll_id=vote.poll.id, kind="cast", at=vote.poll.opens_at, digest="0" * 64, receipt="X" * 12)
        )
        vote.release(vote.head)
        assert vote.release(vote.front) is None
        closing.explain(session, vote.head, vote.poll, "Một lượt gửi thử còn lại trong nhật ký.")
        said = counting.last_explanation(session, vote.poll)
        assert said is not None
        poll_id, number, people = vote.poll.id, said.id, [vote.front, vote.officer] * (agreeing // 2)

    def again(by: Actor) -> Act:
        return lambda session, poll: closing.recount(session, by, poll, BALLOT_KEYS, number)

    outcomes = race(committed_database, poll_id, [again(by) for by in people])
    assert outcomes.count("done") == 1, outcomes
    assert rows(committed_database, Result, poll_id) == leaves(committed_database, poll_id, "result") == 1
