"""Casting: once, provably, and told why not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Refusal
from app.polls.errors import (
    AlreadyVoted,
    Cancelled,
    Ended,
    NotActivated,
    NotYetOpen,
    Revoked,
    UnknownSlip,
)
from app.polls.models import Ballot, LogLeaf, Poll, RollEntry, Slip
from app.polls.operations.casting import CastOutcome, cast
from app.polls.queries.ballots import cast_by_receipt
from app.polls.rules.receipts import receipt_of, sealed_digest
from tests.support.ballots import Voting, make_slip, make_ticket, make_voting
from tests.support.cast import in_days, make_account


def ballots(session: Session) -> list[Ballot]:
    session.expire_all()
    return list(session.scalars(select(Ballot).order_by(Ballot.entry_id)))


def leaves(session: Session) -> list[LogLeaf]:
    return list(session.scalars(select(LogLeaf).where(LogLeaf.kind == "cast").order_by(LogLeaf.id)))


def change(session: Session, voting: Voting, **values: object) -> None:
    session.execute(update(Poll).where(Poll.id == voting.poll.id).values(**values))
    session.flush()


def test_a_sealed_ballot_is_recorded_with_its_leaf_and_receipt(session: Session) -> None:
    voting = make_voting(session)
    outcome = cast(session, make_ticket(session, voting.slips[0], "other", "Làm đường trước"))
    [ballot], [leaf] = ballots(session), leaves(session)
    assert not outcome.repeated
    assert (ballot.receipt, ballot.cast_at, ballot.channel, ballot.version) == (outcome.receipt, outcome.at, "phone", 1)
    assert ballot.choice is None and ballot.other_text is None
    assert voting.envelopes_open(ballot.envelope) == "other"
    assert leaf.digest == sealed_digest(ballot.envelope or b"", ballot.other_envelope or b"")
    entry = session.get_one(RollEntry, ballot.entry_id)
    assert leaf.slot_tag == entry.slot_tag
    assert receipt_of(voting.poll.public_id, entry.slot_tag, leaf.digest, leaf.nonce or "") == outcome.receipt
    assert (leaf.receipt, leaf.at, leaf.body) == (outcome.receipt, outcome.at, None)


def test_a_sealed_ballot_without_a_text_has_both_envelopes_all_the_same(session: Session) -> None:
    voting = make_voting(session)
    for slip, choice in zip(voting.slips, ("agree", "disagree", "other"), strict=True):
        cast(session, make_ticket(session, slip, choice))
    assert {(len(b.envelope or b""), len(b.other_envelope or b"")) for b in ballots(session)} == {(112, 2096)}
    assert [voting.envelopes_open(b.envelope) for b in ballots(session)] == ["agree", "disagree", "other"]


def test_an_open_ballot_keeps_its_choice_like_a_show_of_hands(session: Session) -> None:
    voting = make_voting(session, level="open")
    cast(session, make_ticket(session, voting.slips[0], "other", "Làm đường trước"))
    [ballot] = ballots(session)
    assert (ballot.choice, ballot.other_text, ballot.envelope) == ("other", "Làm đường trước", None)
    assert "agree" not in leaves(session)[0].digest


def test_the_same_sending_twice_is_one_ballot_and_one_receipt(session: Session) -> None:
    voting = make_voting(session)
    ticket = make_ticket(session, voting.slips[0])
    first = cast(session, ticket)
    assert cast(session, ticket) == replace(first, repeated=True)
    assert len(ballots(session)) == len(leaves(session)) == 1


@pytest.mark.parametrize("after", ["closed", "cancelled", "revoked"])
def test_a_repeated_sending_finds_its_receipt_whatever_happened_since(session: Session, after: str) -> None:
    voting = make_voting(session)
    ticket = make_ticket(session, voting.slips[0])
    first = cast(session, ticket)
    if after == "revoked":
        session.execute(update(Slip).values(revoked_at=clock.now()))
    else:
        change(session, voting, status=after)
    assert cast(session, ticket).receipt == first.receipt


@pytest.mark.parametrize("level", ["sealed", "open"])
def test_a_household_has_one_ballot(session: Session, level: str) -> None:
    voting = make_voting(session, level=level)
    first = cast(session, make_ticket(session, voting.slips[0], "agree"))
    with pytest.raises(AlreadyVoted) as refused:
        cast(session, make_ticket(session, voting.slips[0], "disagree"))
    assert refused.value.at == first.at
    assert "qua điện thoại" in str(refused.value)
    assert len(ballots(session)) == len(leaves(session)) == 1


def test_a_new_slip_of_the_same_household_is_no_second_ballot(session: Session) -> None:
    voting = make_voting(session)
    cast(session, make_ticket(session, voting.slips[0]))
    session.execute(update(Slip).where(Slip.id == voting.slips[0].id).values(revoked_at=clock.now()))
    entry = session.get_one(RollEntry, voting.slips[0].entry_id)
    with pytest.raises(AlreadyVoted):
        cast(session, make_ticket(session, make_slip(session, entry, issue=2)))
    assert len(ballots(session)) == 1


@pytest.mark.parametrize(
    ("values", "refusal", "sentence"),
    [
        ({"opens_at": in_days(0.1)}, NotYetOpen, "Chưa đến giờ"),
        ({"closes_at": in_days(-0.1)}, Ended, "CHƯA được ghi nhận"),
        ({"status": "closed"}, Ended, "Đã hết giờ"),
        ({"status": "counted"}, Ended, "Đã hết giờ"),
        ({"status": "cancelled", "cancel_reason": "Bão số 9"}, Cancelled, "Bão số 9"),
    ],
)
def test_nothing_is_recorded_outside_the_hours(
    session: Session, values: dict[str, object], refusal: type[Refusal], sentence: str
) -> None:
    voting = make_voting(session)
    ticket = make_ticket(session, voting.slips[0])
    change(session, voting, **values)
    with pytest.raises(refusal, match=sentence):
        cast(session, ticket)
    assert not ballots(session) and not leaves(session)


@pytest.mark.parametrize(
    ("values", "refusal"), [({"revoked_at": clock.now()}, Revoked), ({"activated_at": None}, NotActivated)]
)
def test_nothing_is_recorded_for_a_slip_that_may_not_vote(
    session: Session, values: dict[str, object], refusal: type[Refusal]
) -> None:
    voting = make_voting(session)
    ticket = make_ticket(session, voting.slips[0])
    session.execute(update(Slip).where(Slip.id == voting.slips[0].id).values(**values))
    with pytest.raises(refusal):
        cast(session, ticket)
    assert not ballots(session) and not leaves(session)


def test_a_slip_of_another_poll_votes_nowhere(session: Session) -> None:
    here, there = make_voting(session), make_voting(session)
    ticket = replace(make_ticket(session, here.slips[0]), poll_id=there.poll.id)
    with pytest.raises(UnknownSlip):
        cast(session, ticket)
    with pytest.raises(UnknownSlip):
        cast(session, replace(ticket, slip_id=10**6))
    assert ballots(session) == []


def test_a_ballot_that_may_be_changed_counts_as_sent_last(session: Session) -> None:
    voting = make_voting(session, may_change=True)
    first = cast(session, make_ticket(session, voting.slips[0], "agree"))
    second = cast(session, make_ticket(session, voting.slips[0], "disagree"))
    [ballot] = ballots(session)
    assert voting.envelopes_open(ballot.envelope) == "disagree"
    assert (ballot.version, ballot.receipt) == (2, second.receipt)
    assert {leaf.receipt for leaf in leaves(session)} == {first.receipt, second.receipt}


def test_a_late_repetition_of_an_earlier_sending_changes_nothing_back(session: Session) -> None:
    voting = make_voting(session, may_change=True)
    early = make_ticket(session, voting.slips[0], "agree")
    first = cast(session, early)
    cast(session, make_ticket(session, voting.slips[0], "disagree"))
    assert cast(session, early) == replace(first, repeated=True)
    [ballot] = ballots(session)
    assert (voting.envelopes_open(ballot.envelope), ballot.version) == ("disagree", 2)


def test_who_chose_before_another_phone_sent_is_told_first(session: Session) -> None:
    voting = make_voting(session, may_change=True)
    mine, theirs = (make_ticket(session, voting.slips[0], choice) for choice in ("agree", "disagree"))
    cast(session, theirs)
    with pytest.raises(AlreadyVoted):
        cast(session, mine)
    assert [voting.envelopes_open(b.envelope) for b in ballots(session)] == ["disagree"]


def test_a_ballot_cannot_be_changed_after_the_end(session: Session) -> None:
    voting = make_voting(session, may_change=True)
    cast(session, make_ticket(session, voting.slips[0], "agree"))
    late = make_ticket(session, voting.slips[0], "disagree")
    change(session, voting, closes_at=in_days(-0.01))
    with pytest.raises(AlreadyVoted):
        cast(session, late)
    assert [voting.envelopes_open(b.envelope) for b in ballots(session)] == ["agree"]


def test_help_at_the_counter_is_recorded_without_the_choice(session: Session) -> None:
    voting = make_voting(session)
    helper = make_account(session)
    cast(session, make_ticket(session, voting.slips[0], "disagree", assisted_by=helper.id))
    [ballot] = ballots(session)
    assert (ballot.channel, ballot.assisted_by) == ("counter", helper.id)
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "polls.counter.assist"))
    assert entry.account_id == helper.id
    assert entry.detail == {"household": voting.slips[0].number}
    with pytest.raises(AlreadyVoted, match="có cán bộ giúp"):
        cast(session, make_ticket(session, voting.slips[0]))


def test_a_receipt_proves_poll_and_time_and_nothing_else(session: Session) -> None:
    voting = make_voting(session)
    outcome = cast(session, make_ticket(session, voting.slips[0]))
    found = cast_by_receipt(session, outcome.receipt)
    assert found is not None
    assert (found.at, found.public_id, found.title) == (outcome.at, voting.poll.public_id, voting.poll.title)
    assert cast_by_receipt(session, "000000000000") is None


def test_an_earlier_receipt_stays_proven_after_a_change(session: Session) -> None:
    voting = make_voting(session, may_change=True)
    first = cast(session, make_ticket(session, voting.slips[0], "agree"))
    cast(session, make_ticket(session, voting.slips[0], "disagree"))
    assert cast_by_receipt(session, first.receipt) is not None


def test_two_households_never_share_a_receipt(session: Session) -> None:
    voting = make_voting(session, 8)
    outcomes: list[CastOutcome] = [cast(session, make_ticket(session, slip)) for slip in voting.slips]
    assert len({outcome.receipt for outcome in outcomes}) == 8


def test_the_moment_is_the_databases_and_lies_within_the_hours(session: Session) -> None:
    voting = make_voting(session)
    before = clock.now() - timedelta(seconds=5)
    outcome = cast(session, make_ticket(session, voting.slips[0]))
    assert before < outcome.at < clock.now() + timedelta(seconds=5)
    assert voting.poll.opens_at and voting.poll.closes_at
    assert voting.poll.opens_at <= outcome.at < voting.poll.closes_at
