"""Any order of casting, repeating, changing, handing over, replacing and closing keeps what a vote promises."""

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.errors import Refusal
from app.core.permissions import Role
from app.polls import sealing
from app.polls.models import Ballot, LogLeaf, Poll, RollEntry, Slip
from app.polls.operations import handover, slips
from app.polls.operations.casting import cast
from app.polls.queries.slips import slip_counts
from app.polls.tally import tally
from app.polls.ticket import Ticket
from tests.support.ballots import BALLOT_KEYS, INFO, make_ticket, make_voting
from tests.support.cast import make_actor

HOUSEHOLDS = 2
NUMBERS = st.integers(0, HOUSEHOLDS - 1)
CHOICES = st.sampled_from(["agree", "disagree", "other"])


@dataclass
class Sending:
    """What a household sent and was told."""

    household: int
    ticket: Ticket
    receipt: str


class Vote(RuleBasedStateMachine):
    """A poll of a few households, and beside it what must be true of it."""

    database: Database

    @initialize(may_change=st.booleans())
    def open(self, may_change: bool) -> None:
        self.session: Session = self.database.session()
        self.voting = make_voting(self.session, HOUSEHOLDS, may_change=may_change)
        self.head = make_actor(self.session, Role.AREA_HEAD, self.voting.poll.area)
        self.entries = [slip.entry_id for slip in self.voting.slips]
        self.may_change = may_change
        self.closed = False
        self.counted: dict[int, str] = {}
        self.acknowledged: list[Sending] = []
        self.waiting: list[tuple[int, Ticket]] = []

    def slip_of(self, household: int) -> Slip:
        query = select(Slip).where(Slip.entry_id == self.entries[household], Slip.revoked_at.is_(None))
        return self.session.scalars(query).one()

    @rule(household=NUMBERS, choice=CHOICES)
    def choose(self, household: int, choice: str) -> None:
        """A phone of the household chooses and waits with sending."""
        self._choose(household, choice)

    def _choose(self, household: int, choice: str) -> Ticket:
        ticket = make_ticket(self.session, self.slip_of(household), choice)  # type: ignore[arg-type]
        self.waiting.append((household, ticket))
        return ticket

    @rule(household=NUMBERS, choice=CHOICES)
    def vote(self, household: int, choice: str) -> None:
        self._send(household, self._choose(household, choice))
        self.waiting.pop()

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        """A phone that waits sends, however old its choice is."""
        chosen = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(chosen)
        self._send(*chosen)

    @precondition(lambda self: self.acknowledged)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A phone sends what it has sent before: a double tap, or an answer that was lost."""
        sending = data.draw(st.sampled_from(self.acknowledged))
        self._send(sending.household, sending.ticket)

    def _send(self, household: int, ticket: Ticket) -> None:
        slip = self.session.get_one(Slip, ticket.slip_id, populate_existing=True)
        sound = not self.closed and slip.revoked_at is None and slip.activated_at is not None
        versions = sum(sending.household == household for sending in self.acknowledged)
        fresh = household not in self.counted or (self.may_change and ticket.base_version == versions)
        known = {sending.ticket.key: sending.receipt for sending in self.acknowledged}
        if ticket.key in known:
            outcome = cast(self.session, ticket)
            assert (outcome.receipt, outcome.repeated) == (known[ticket.key], True)
        elif sound and fresh:
            outcome = cast(self.session, ticket)
            assert not outcome.repeated
            self.counted[household] = ticket.choice
            self.acknowledged.append(Sending(household, ticket, outcome.receipt))
        else:
            with pytest.raises(Refusal):
                cast(self.session, ticket)

    @rule(household=NUMBERS, handed_over=st.booleans())
    def replace(self, household: int, handed_over: bool) -> None:
        """The household's slip is replaced: refused where the ballot stands, and after the close."""
        entry = self.session.get_one(RollEntry, self.entries[household])
        allowed = not self.closed and (household not in self.counted or self.may_change)
        try:
            with self.session.begin_nested():
                slips.reissue_slip(self.session, self.head, self.voting.poll, entry, "Hộ làm mất phiếu đã phát")
        except Refusal:
            assert not allowed
        else:
            assert allowed
            if handed_over:
                self.hand_over(household)

    @precondition(lambda self: not self.closed)
    @rule(household=NUMBERS)
    def hand_over(self, household: int) -> None:
        number = self.session.get_one(RollEntry, self.entries[household]).number
        handover.activate_numbers(self.session, self.head, self.voting.poll, number)

    @precondition(lambda self: not self.closed and len(self.acknowledged) > HOUSEHOLDS)
    @rule()
    def close(self) -> None:
        self.session.execute(update(Poll).where(Poll.id == self.voting.poll.id).values(status="closed"))
        self.session.refresh(self.voting.poll)
        self.closed = True

    @invariant()
    def one_ballot_a_household_as_it_was_sent_last(self) -> None:
        ballots = self.session.execute(
            select(Ballot.entry_id, Ballot.envelope).where(Ballot.poll_id == self.voting.poll.id)
        ).all()
        kept = {self.entries.index(entry): self.voting.envelopes_open(envelope) for entry, envelope in ballots}
        assert len(ballots) == len(kept)
        assert kept == self.counted

    @invariant()
    def every_receipt_given_is_in_the_log_and_no_other(self) -> None:
        query = select(LogLeaf.receipt, LogLeaf.slot_tag).where(
            LogLeaf.poll_id == self.voting.poll.id, LogLeaf.kind == "cast"
        )
        leaves = dict(self.session.execute(query).all())
        assert leaves == {sending.receipt: sending.ticket.slot_tag for sending in self.acknowledged}

    @invariant()
    def the_sums_balance(self) -> None:
        query = select(Ballot.version).where(Ballot.poll_id == self.voting.poll.id)
        assert sum(self.session.scalars(query)) == len(self.acknowledged)
        counts = slip_counts(self.session, self.voting.poll)
        parts = (counts.used, counts.activated_unused, counts.unactivated, counts.revoked_unused)
        assert sum(parts) == counts.issued
        assert counts.households == HOUSEHOLDS
        assert counts.used <= len(self.counted)

    @invariant()
    def nothing_was_recorded_outside_the_hours(self) -> None:
        assert all(slip is None or slip < clock.now() for slip in self.session.scalars(select(Slip.activated_at)))

    def teardown(self) -> None:
        """The count is what the households sent last, in whatever order it is made."""
        if not hasattr(self, "session"):
            return
        query = select(Ballot.envelope, Ballot.other_envelope).where(Ballot.poll_id == self.voting.poll.id)
        batch = [(row[0] or b"", row[1]) for row in self.session.execute(query)]
        poll = self.voting.poll
        private = sealing.open_poll_key(BALLOT_KEYS, poll.public_id, poll.wrapped_key)
        sums = [tally(private, bytes.fromhex(INFO), order) for order in (batch, batch[::-1])]
        expected = Counter(self.counted.values())
        for found in sums:
            assert (found.agree, found.disagree, found.other) == tuple(
                expected[k] for k in ("agree", "disagree", "other")
            )
            assert (found.counted, found.invalid) == (len(self.counted), 0)
        assert sums[0].batch_sha256 == sums[1].batch_sha256
        self.session.rollback()
        self.session.close()


@pytest.mark.slow
def test_any_order_of_events_keeps_the_promises(database: Database) -> None:
    machine = type("VoteHere", (Vote,), {"database": database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            # Each step is many statements: a failure is shown as found, not searched for its shortest form.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
