"""Slips: issued once, replaced with a reason, handed over before they vote, and sampled for call-backs."""

import re

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.polls.errors import AlreadyVoted, NotActivated, OtherPoll, Revoked, UnknownSlip, WrongCode
from app.polls.models import Poll, RollEntry, Slip
from app.polls.operations import handover, slips
from app.polls.operations.casting import cast
from app.polls.operations.codes import slip_by_code
from app.polls.queries.ballots import slip_by_secret
from app.polls.queries.slips import slip_counts, slip_rows
from app.polls.rules.credentials import secret_hash
from tests.support.ballots import Voting, make_ticket, make_voting
from tests.support.cast import make_actor, make_area

REASON = "Hộ làm mất phiếu đã phát"


@pytest.fixture
def voting(session: Session) -> Voting:
    """Five households, none of which has a slip yet."""
    made = make_voting(session, 5)
    for slip in session.query(Slip).all():
        session.delete(slip)
    session.flush()
    return made


@pytest.fixture
def head(session: Session, voting: Voting) -> Actor:
    return make_actor(session, Role.AREA_HEAD, voting.poll.area)


def entry(session: Session, voting: Voting, number: str = "001") -> RollEntry:
    return session.scalars(select(RollEntry).filter_by(poll_id=voting.poll.id, number=number)).one()


def cast_with(session: Session, voting: Voting, number: str) -> None:
    """The household whose slip is valid and handed over votes."""
    slip = session.scalars(
        select(Slip)
        .join(RollEntry, RollEntry.id == Slip.entry_id)
        .where(Slip.poll_id == voting.poll.id, RollEntry.number == number, Slip.revoked_at.is_(None))
    ).one()
    cast(session, make_ticket(session, slip))  # type: ignore[arg-type]


def test_every_household_gets_one_slip_in_the_order_of_delivery(session: Session, voting: Voting, head: Actor) -> None:
    issued = slips.issue_slips(session, head, voting.poll)
    assert [one.entry.number for one in issued] == ["001", "002", "003", "004", "005"]
    assert len({one.secret for one in issued}) == len({one.code for one in issued}) == 5
    assert all(re.fullmatch(r"/v/[0-9A-HJKMNP-TV-Z]{26}", one.path) for one in issued)
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", one.printed_code) for one in issued)
    counts = slip_counts(session, voting.poll)
    assert (counts.issued, counts.unactivated, counts.households) == (5, 5, 5)


def test_only_hashes_are_kept(session: Session, voting: Voting, head: Actor) -> None:
    issued = slips.issue_slips(session, head, voting.poll)
    session.expire_all()
    kept = [str(vars(row)) for row in [*session.scalars(select(Slip)), *session.scalars(select(AuditEntry))]]
    for one in issued:
        assert not any(one.secret in row or one.code in row or one.printed_code in row for row in kept)
        found = slip_by_secret(session, secret_hash(one.secret))
        assert found is not None and found.number == one.entry.number
        assert slip_by_code(session, voting.poll.id, one.entry.number, one.printed_code).slip_id == found.slip_id


def test_slips_are_not_issued_twice(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    with pytest.raises(WrongMoment, match="cấp lại"):
        slips.issue_slips(session, head, voting.poll)
    assert slip_counts(session, voting.poll).issued == 5


@pytest.mark.parametrize("status", ["preparing", "closed", "cancelled"])
def test_slips_live_from_opening_to_closing(session: Session, voting: Voting, head: Actor, status: str) -> None:
    session.execute(update(Poll).where(Poll.id == voting.poll.id).values(status=status))
    session.refresh(voting.poll)
    for act in (
        lambda: slips.issue_slips(session, head, voting.poll),
        lambda: slips.reissue_slip(session, head, voting.poll, entry(session, voting), REASON),
        lambda: slips.reissue_unactivated(session, head, voting.poll, REASON),
        lambda: handover.activate_all(session, head, voting.poll),
    ):
        with pytest.raises(WrongMoment):
            act()


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.OVERSEER, Role.COMMUNE_OFFICER])
def test_issuing_needs_the_right(session: Session, voting: Voting, role: Role) -> None:
    for by in (make_actor(session, role, voting.poll.area), make_actor(session, Role.AREA_HEAD, make_area(session))):
        with pytest.raises(Forbidden):
            slips.issue_slips(session, by, voting.poll)
        with pytest.raises(Forbidden):
            slips.reissue_slip(session, by, voting.poll, entry(session, voting), REASON)


def test_a_replaced_slip_never_votes_again(session: Session, voting: Voting, head: Actor) -> None:
    [old, *_] = slips.issue_slips(session, head, voting.poll)
    handover.activate_all(session, head, voting.poll)
    held = slip_by_secret(session, secret_hash(old.secret))
    assert held is not None
    new = slips.reissue_slip(session, head, voting.poll, old.entry, REASON)
    revoked = session.get_one(Slip, held.slip_id, populate_existing=True)
    assert revoked.revoked_at and revoked.revoked_by == head.account_id and revoked.revoke_reason == REASON
    with pytest.raises(Revoked):
        cast(session, make_ticket(session, revoked))  # type: ignore[arg-type]
    with pytest.raises(Revoked):
        slip_by_code(session, voting.poll.id, "1", old.code)
    fresh = slip_by_code(session, voting.poll.id, "1", new.code)
    with pytest.raises(NotActivated):
        cast(session, make_ticket(session, session.get_one(Slip, fresh.slip_id)))  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["", "mất", "   mất      "])
def test_replacing_needs_a_reason_that_says_something(
    session: Session, voting: Voting, head: Actor, reason: str
) -> None:
    slips.issue_slips(session, head, voting.poll)
    with pytest.raises(Refusal) as refused:
        slips.reissue_slip(session, head, voting.poll, entry(session, voting), reason)
    assert refused.value.field == "reason"


def test_a_household_that_has_voted_needs_no_new_slip(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    handover.activate_all(session, head, voting.poll)
    cast_with(session, voting, "001")
    with pytest.raises(AlreadyVoted), session.begin_nested():
        slips.reissue_slip(session, head, voting.poll, entry(session, voting), REASON)
    assert slip_counts(session, voting.poll).used == 1


def test_a_household_without_a_slip_cannot_have_it_replaced(session: Session, voting: Voting, head: Actor) -> None:
    with pytest.raises(WrongMoment, match="không có phiếu"):
        slips.reissue_slip(session, head, voting.poll, entry(session, voting), REASON)


def test_slips_not_handed_over_are_replaced_together(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    handover.activate_numbers(session, head, voting.poll, "1, 3")
    made = slips.reissue_unactivated(session, head, voting.poll, "Máy in kẹt, bỏ cả tập")
    assert [one.entry.number for one in made] == ["002", "004", "005"]
    counts = slip_counts(session, voting.poll)
    assert (counts.issued, counts.revoked_unused, counts.unactivated, counts.activated_unused) == (8, 3, 3, 2)
    handover.activate_all(session, head, voting.poll)
    with pytest.raises(WrongMoment):
        slips.reissue_unactivated(session, head, voting.poll, "Máy in kẹt, bỏ cả tập")


def test_every_slip_is_in_one_class_only(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    handover.activate_numbers(session, head, voting.poll, "1-3")
    cast_with(session, voting, "001")
    slips.reissue_slip(session, head, voting.poll, entry(session, voting, "002"), REASON)
    counts = slip_counts(session, voting.poll).as_dict()
    assert counts == {
        "issued": 6,
        "used": 1,
        "activated_unused": 1,
        "unactivated": 3,
        "revoked_unused": 1,
        "households": 5,
    }
    assert [row.voted for row in slip_rows(session, voting.poll)] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1", ("001",)),
        ("hộ 2; 004", ("002", "004")),
        ("1-3", ("001", "002", "003")),
        ("001–002, 5", ("001", "002", "005")),
        ("2 đến 3\n5", ("002", "003", "005")),
        ("1, 1, 1-2", ("001", "002")),
    ],
)
def test_households_are_activated_by_number(
    session: Session, voting: Voting, head: Actor, typed: str, numbers: tuple[str, ...]
) -> None:
    slips.issue_slips(session, head, voting.poll)
    done = handover.activate_numbers(session, head, voting.poll, typed)
    assert done == handover.Activation(numbers, 0)
    assert handover.activate_numbers(session, head, voting.poll, typed) == handover.Activation((), len(numbers))
    [note] = session.scalars(select(AuditEntry).where(AuditEntry.action == "polls.slip.activate"))
    assert note.detail["households"] == list(numbers)


@pytest.mark.parametrize("typed", ["", " , ;", "6", "1, 99, x", "9-12", "1-x"])
def test_a_number_not_on_the_roll_activates_nothing(session: Session, voting: Voting, head: Actor, typed: str) -> None:
    slips.issue_slips(session, head, voting.poll)
    with pytest.raises(Refusal) as refused:
        handover.activate_numbers(session, head, voting.poll, typed)
    assert refused.value.field == "numbers"
    assert slip_counts(session, voting.poll).unactivated == 5


def test_a_number_that_looks_like_a_range_is_the_number_it_is(session: Session, voting: Voting, head: Actor) -> None:
    odd = entry(session, voting, "005")
    odd.number, odd.number_key = "1-4", "1-4"
    slips.issue_slips(session, head, voting.poll)
    assert handover.activate_numbers(session, head, voting.poll, "1-4").numbers == ("1-4",)


def test_all_are_activated_but_for_those_named(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    assert handover.activate_all(session, head, voting.poll, "2, 4").numbers == ("001", "003", "005")
    with pytest.raises(Refusal) as refused:
        handover.activate_all(session, head, voting.poll, "77")
    assert refused.value.field == "exceptions"
    assert handover.activate_all(session, head, voting.poll) == handover.Activation(("002", "004"), 3)


def test_a_slip_is_activated_by_scanning_it(session: Session, voting: Voting, head: Actor) -> None:
    issued = slips.issue_slips(session, head, voting.poll)
    scanned = f"https://danban.example/v/{issued[1].secret.lower()}"
    assert handover.activate_scanned(session, head, voting.poll, scanned).numbers == ("002",)
    slips.reissue_slip(session, head, voting.poll, issued[1].entry, REASON)
    with pytest.raises(Revoked):
        handover.activate_scanned(session, head, voting.poll, scanned)
    with pytest.raises(UnknownSlip):
        handover.activate_scanned(session, head, voting.poll, "https://danban.example/v/ABC")
    other = make_voting(session)
    with pytest.raises(OtherPoll):
        handover.activate_scanned(session, head, voting.poll, other.slips[0].secret)


def test_handing_over_needs_the_right(session: Session, voting: Voting) -> None:
    overseer = make_actor(session, Role.OVERSEER, voting.poll.area)
    member = make_actor(session, Role.TEAM_MEMBER, voting.poll.area)
    with pytest.raises(Forbidden):
        handover.activate_all(session, overseer, voting.poll)
    assert handover.activate_all(session, member, voting.poll).numbers == ()


@pytest.mark.parametrize(
    ("number", "code"), [("1", "0" * 12), ("9", None), ("", None), ("1", ""), ("1", "ắ"), ("2", None)]
)
def test_number_and_code_belong_together(
    session: Session, voting: Voting, head: Actor, number: str, code: str | None
) -> None:
    first = slips.issue_slips(session, head, voting.poll)[0]
    with pytest.raises(WrongCode) as refused:
        slip_by_code(session, voting.poll.id, number, code if code is not None else first.code)
    assert refused.value.field == "code"


def test_a_code_of_another_poll_opens_nothing(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    other = make_voting(session)
    with pytest.raises(WrongCode):
        slip_by_code(session, voting.poll.id, other.slips[0].number, other.slips[0].code)


def test_nobody_revokes_a_slip_twice(session: Session, voting: Voting, head: Actor) -> None:
    slips.issue_slips(session, head, voting.poll)
    session.execute(update(Slip).where(Slip.entry_id == entry(session, voting).id).values(revoked_at=clock.now()))
    with pytest.raises(WrongMoment, match="người khác vừa cấp lại"):
        slips.reissue_slip(session, head, voting.poll, entry(session, voting), REASON)
