"""Voters at the same moment, with real commits: one ballot a household, none after the count, none lost."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.errors import Refusal
from app.core.permissions import Actor, Role
from app.polls.errors import AlreadyVoted, Ended, Revoked
from app.polls.models import Ballot, LogLeaf, Poll, PollChange, RollEntry, Slip
from app.polls.operations import changes, closing, deciding, editing, opening, preparation, slips
from app.polls.operations.casting import CastOutcome
from app.polls.ticket import Ticket
from tests.support.ballots import BALLOT_KEYS, Voting, make_ticket, make_voting
from tests.support.cast import make_actor
from tests.support.counting import voting
from tests.support.crowd import casting, casting_single, together

CLIENTS = 32
Way = Callable[[Database, Ticket], Callable[[], CastOutcome | Refusal]]


def scene(database: Database, households: int = 1, **values: object) -> tuple[Voting, list[Ticket]]:
    with database.transaction() as session:
        voting = make_voting(session, households, **values)  # type: ignore[arg-type]
        return voting, [make_ticket(session, slip) for slip in voting.slips]


def count(session: Session, table: type[Ballot] | type[LogLeaf]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def tickets_of(database: Database, voting: Voting, choices: list[str], household: int = 0) -> list[Ticket]:
    with database.session(write=False) as session:
        return [make_ticket(session, voting.slips[household], choice) for choice in choices]


@pytest.mark.parametrize("way", [casting, casting_single])
def test_thirty_two_phones_of_one_household_give_one_ballot(committed_database: Database, way: Way) -> None:
    voting, _ = scene(committed_database)
    tickets = tickets_of(committed_database, voting, ["agree", "disagree"] * (CLIENTS // 2))
    outcomes = together([way(committed_database, ticket) for ticket in tickets])
    won = [outcome for outcome in outcomes if isinstance(outcome, CastOutcome)]
    assert len(won) == 1
    assert sum(isinstance(outcome, AlreadyVoted) for outcome in outcomes) == CLIENTS - 1
    with committed_database.session(write=False) as session:
        [ballot] = session.scalars(select(Ballot)).all()
        assert ballot.receipt == won[0].receipt
        assert count(session, LogLeaf) == 1


@pytest.mark.parametrize("way", [casting, casting_single])
def test_one_sending_repeated_thirty_two_times_has_one_receipt(committed_database: Database, way: Way) -> None:
    _, [ticket] = scene(committed_database)
    outcomes = together([way(committed_database, ticket)] * CLIENTS)
    assert {type(outcome) for outcome in outcomes} == {CastOutcome}
    assert len({outcome.receipt for outcome in outcomes if isinstance(outcome, CastOutcome)}) == 1
    assert sum(isinstance(outcome, CastOutcome) and not outcome.repeated for outcome in outcomes) == 1
    with committed_database.session(write=False) as session:
        assert count(session, Ballot) == count(session, LogLeaf) == 1


def test_thirty_two_households_are_all_recorded(committed_database: Database) -> None:
    _, tickets = scene(committed_database, CLIENTS)
    outcomes = together([casting_single(committed_database, ticket) for ticket in tickets])
    assert all(isinstance(outcome, CastOutcome) for outcome in outcomes)
    with committed_database.session(write=False) as session:
        assert count(session, Ballot) == count(session, LogLeaf) == CLIENTS


def test_only_one_of_many_changes_of_one_version_counts(committed_database: Database) -> None:
    voting, [first] = scene(committed_database, may_change=True)
    assert isinstance(casting(committed_database, first)(), CastOutcome)
    tickets = tickets_of(committed_database, voting, ["disagree"] * 16)
    outcomes = together([casting(committed_database, ticket) for ticket in tickets])
    assert sum(isinstance(outcome, CastOutcome) for outcome in outcomes) == 1
    with committed_database.session(write=False) as session:
        [ballot] = session.scalars(select(Ballot)).all()
        assert ballot.version == 2
        assert count(session, LogLeaf) == 2


@pytest.mark.parametrize("way", [casting, casting_single])
@pytest.mark.parametrize("round_", range(3))
def test_no_ballot_appears_after_the_count_at_the_close(committed_database: Database, way: Way, round_: int) -> None:
    voting, tickets = scene(committed_database, CLIENTS)
    counted: list[int] = []

    def close() -> Refusal | None:
        time.sleep(0.002 * (round_ + 1))
        with committed_database.transaction() as session:
            # As closing does: the row is taken, then the ballots are counted, then the poll is closed.
            session.execute(select(Poll.id).where(Poll.id == voting.poll.id).with_for_update())
            session.execute(update(Poll).where(Poll.id == voting.poll.id).values(status="closed"))
            counted.append(count(session, Ballot))
        return None

    outcomes = together([close, *(way(committed_database, ticket) for ticket in tickets)])
    acknowledged = {outcome.receipt for outcome in outcomes if isinstance(outcome, CastOutcome)}
    late = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert all(isinstance(refusal, Ended) for refusal in late)
    assert len(acknowledged) + len(late) == CLIENTS
    with committed_database.session(write=False) as session:
        kept = set(session.scalars(select(Ballot.receipt)))
        assert len(kept) == counted[0] == count(session, LogLeaf)
        assert kept == acknowledged


@pytest.mark.postgresql
def test_a_vote_waiting_for_the_close_is_refused_when_the_close_is_done(committed_database: Database) -> None:
    voting, [ticket] = scene(committed_database)
    outcome: list[CastOutcome | Refusal] = []
    voter = threading.Thread(target=lambda: outcome.append(casting_single(committed_database, ticket)()))
    with committed_database.transaction() as session:
        session.execute(select(Poll.id).where(Poll.id == voting.poll.id).with_for_update())
        voter.start()
        _wait_for_a_waiting_client(committed_database)
        session.execute(update(Poll).where(Poll.id == voting.poll.id).values(status="closed"))
    voter.join(30)
    assert isinstance(outcome[0], Ended)


@pytest.mark.postgresql
def test_a_vote_that_waited_past_the_end_is_not_recorded(committed_database: Database) -> None:
    """The hours are read from the clock after the wait, not before it."""
    voting, [ticket] = scene(committed_database)
    outcome: list[CastOutcome | Refusal] = []
    voter = threading.Thread(target=lambda: outcome.append(casting_single(committed_database, ticket)()))
    ends = text("UPDATE poll SET closes_at = clock_timestamp() + interval '1.5 second' WHERE id = :id")
    with committed_database.transaction() as session:
        session.execute(ends, {"id": voting.poll.id})
    with committed_database.transaction() as session:
        session.execute(select(Poll.id).where(Poll.id == voting.poll.id).with_for_update())
        voter.start()
        _wait_for_a_waiting_client(committed_database)
        time.sleep(1.6)
        session.rollback()
    voter.join(30)
    assert isinstance(outcome[0], Ended)


@pytest.mark.parametrize("round_", range(4))
def test_a_slip_being_replaced_votes_before_or_never(committed_database: Database, round_: int) -> None:
    voting, [ticket] = scene(committed_database)
    with committed_database.transaction() as session:
        head = make_actor(session, Role.AREA_HEAD, session.get_one(Poll, voting.poll.id).area)
    outcomes = together([casting_single(committed_database, ticket), _replacing(committed_database, voting, head)])
    cast_outcome, replaced = outcomes
    with committed_database.session(write=False) as session:
        ballots = count(session, Ballot)
        valid = session.scalars(select(Slip).where(Slip.revoked_at.is_(None))).all()
    assert len(valid) == 1
    if isinstance(cast_outcome, CastOutcome):
        assert (ballots, valid[0].issue) == (1, 1)
        assert isinstance(replaced, AlreadyVoted)
    else:
        assert isinstance(cast_outcome, Revoked)
        assert (ballots, valid[0].issue) == (0, 2)


def _replacing(database: Database, voting: Voting, head: Actor) -> Callable[[], CastOutcome | Refusal]:
    def act() -> CastOutcome | Refusal:
        try:
            with database.transaction() as session:
                poll = session.get_one(Poll, voting.poll.id)
                entry = session.get_one(RollEntry, voting.slips[0].entry_id)
                slips.reissue_slip(session, head, poll, entry, "Hộ làm mất phiếu đã phát")
        except Refusal as refusal:
            return refusal
        return CastOutcome("", clock.now())

    return act


def test_slips_issued_by_two_at_once_are_issued_once(committed_database: Database) -> None:
    voting, _ = scene(committed_database, 6)
    with committed_database.transaction() as session:
        session.query(Slip).delete()
        area = session.get_one(Poll, voting.poll.id).area
        heads = [make_actor(session, Role.AREA_HEAD, area) for _ in range(2)]

    def issue(head: Actor) -> Callable[[], int]:
        def act() -> int:
            try:
                with committed_database.transaction() as session:
                    return len(slips.issue_slips(session, head, session.get_one(Poll, voting.poll.id)))
            except Refusal:
                return 0

        return act

    assert sorted(together([issue(head) for head in heads])) == [0, 6]


@pytest.mark.postgresql
def test_nobody_who_is_refused_makes_voters_wait_or_waits_for_them(committed_database: Database) -> None:
    """What an official may click again and again while households vote: it never takes the row they all share."""
    with committed_database.transaction() as session:
        vote = voting(session, 2)
        change = changes.request_cancellation(session, vote.head, vote.poll, reason="Câu hỏi ghi nhầm tên đường.")
        reason, later = "Nhiều hộ còn đi vắng dịp lễ.", (vote.poll.closes_at or clock.now()) + timedelta(days=1)
    paper = deciding.Draft("bien_ban", "1/BB", clock.today(), *[""] * 6)
    acts: list[Callable[[Session, Poll], object]] = [
        lambda session, poll: closing.release(session, vote.head, poll, BALLOT_KEYS),
        lambda session, poll: closing.recount(session, vote.head, poll, BALLOT_KEYS),
        lambda session, poll: closing.explain(session, vote.head, poll, reason),
        lambda session, poll: deciding.write(session, vote.head, poll, paper),
        lambda session, poll: deciding.sign(session, vote.head, poll),
        lambda session, poll: deciding.send(session, vote.head, poll, places=[]),
        lambda session, poll: deciding.receive(session, vote.officer, poll),
        lambda session, poll: deciding.publish_opinions(session, vote.head, poll, set()),
        lambda session, poll: preparation.discard(session, vote.head, poll, reason=reason),
        lambda session, poll: editing.begin_addition(session, vote.head, poll),
        lambda session, poll: opening.submit(session, vote.head, poll, poll.version),
        lambda session, poll: opening.confirm(session, vote.front, poll, BALLOT_KEYS),
        lambda session, poll: opening.return_to_preparation(session, vote.front, poll, reason=reason),
        lambda session, poll: changes.request_extension(session, vote.head, poll, new_closes_at=later, reason=reason),
        lambda session, poll: changes.confirm_change(session, vote.head, session.get_one(PollChange, change.id), poll),
    ]
    with committed_database.session() as voters:
        voters.execute(select(Poll.id).where(Poll.id == vote.poll.id).with_for_update(read=True))
        for act in acts:
            with pytest.raises(Refusal), committed_database.transaction() as session:
                session.execute(text("SET LOCAL lock_timeout = '2s'"))
                act(session, session.get_one(Poll, vote.poll.id))


@pytest.mark.postgresql
def test_printing_slips_holds_up_no_voter(committed_database: Database) -> None:
    voting, [ticket, _] = scene(committed_database, 2)
    with committed_database.transaction() as session:
        session.query(Slip).filter_by(id=voting.slips[1].id).delete()
        head = make_actor(session, Role.AREA_HEAD, session.get_one(Poll, voting.poll.id).area)
    with committed_database.transaction() as session:
        # A voter who had to wait would wait for ever.
        session.execute(text("SET LOCAL idle_in_transaction_session_timeout = '10s'"))
        assert len(slips.issue_slips(session, head, session.get_one(Poll, voting.poll.id))) == 1
        [outcome] = together([casting_single(committed_database, ticket)])
    assert isinstance(outcome, CastOutcome)


def _wait_for_a_waiting_client(database: Database) -> None:
    end = time.monotonic() + 20
    who = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while time.monotonic() < end:
        with database.session(write=False) as session:
            if session.scalar(text(who)):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")
