"""What helps after a count that did not balance: the fault mended, or explained by two bodies."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.polls.models import LogLeaf, RollEntry, Slip
from app.polls.operations import closing
from app.polls.operations.casting import cast
from app.polls.operations.log import append_leaf
from app.polls.queries import counting
from tests.support.ballots import BALLOT_KEYS, make_slip, make_ticket
from tests.support.cast import make_actor
from tests.support.counting import counted, end, ended, voting
from tests.support.tampering import (
    Tamper,
    failed,
    foreign_leaf,
    household_added,
    key_gone,
    last_entry,
    no_result,
    swapped_envelope,
)

REASON = "Máy chủ khởi động lại, một phiếu được in thêm."


def test_a_mended_fault_is_counted_again_without_new_agreements(session: Session) -> None:
    vote = failed(session, key_gone)
    with pytest.raises(WrongMoment, match="Hai cơ quan đã đồng ý"):
        vote.release(vote.officer)
    vote.poll.wrapped_key = None
    assert closing.recount(session, vote.head, vote.poll, BALLOT_KEYS) is None
    assert no_result(session, vote)


def test_the_right_key_found_again_opens(session: Session) -> None:
    vote = ended(session, 4, 3)
    kept = vote.poll.wrapped_key
    vote.poll.wrapped_key = None
    vote.release(vote.head)
    assert vote.release(vote.front) is None
    vote.poll.wrapped_key = kept
    result = closing.recount(session, vote.officer, vote.poll, BALLOT_KEYS)
    assert result is not None and result.agree == 4 and "explanation" not in result.reconciliation


def test_an_explanation_that_two_bodies_share_lets_the_count_stand(session: Session) -> None:
    vote = failed(session, foreign_leaf)
    closing.explain(session, vote.head, vote.poll, REASON)
    said = counting.last_explanation(session, vote.poll)
    assert said is not None and said.body == "community"
    result = closing.recount(session, vote.front, vote.poll, BALLOT_KEYS, said.id)
    assert result is not None and (result.agree, result.disagree) == (4, 3)
    kept = result.reconciliation["explanation"]
    assert kept["reason"] == REASON and kept["by"] == [vote.head.name, vote.front.name] and len(kept["problems"]) == 1
    published = closing.published(vote.poll, result)
    assert published["explanation"] == REASON and published["problems"] == kept["problems"]


def test_one_body_alone_explains_nothing_away(session: Session) -> None:
    vote = failed(session, foreign_leaf)
    closing.explain(session, vote.head, vote.poll, REASON)
    said = counting.last_explanation(session, vote.poll)
    assert said is not None
    for by in (vote.head, make_actor(session, Role.AREA_HEAD, vote.area)):
        with pytest.raises(WrongMoment, match="cơ quan khác"):
            closing.recount(session, by, vote.poll, BALLOT_KEYS, said.id)
    assert closing.recount(session, vote.front, vote.poll, BALLOT_KEYS) is None
    assert no_result(session, vote)


def test_only_the_last_explanation_as_it_was_read_is_agreed_to(session: Session) -> None:
    vote = failed(session, foreign_leaf)
    closing.explain(session, vote.head, vote.poll, REASON)
    read = counting.last_explanation(session, vote.poll)
    closing.explain(session, vote.head, vote.poll, "Điều gì đó khác hẳn.")
    assert read is not None
    for number in (read.id, 0, 10**6):
        with pytest.raises(WrongMoment, match="vừa được viết lại"):
            closing.recount(session, vote.front, vote.poll, BALLOT_KEYS, number)


def test_an_explanation_covers_what_it_was_written_for_and_nothing_more(session: Session) -> None:
    vote = failed(session, foreign_leaf)
    closing.explain(session, vote.head, vote.poll, REASON)
    said = counting.last_explanation(session, vote.poll)
    foreign = LogLeaf(poll_id=vote.poll.id, kind="cast", at=vote.poll.opens_at, digest="1" * 64, receipt="Y" * 12)
    session.add(foreign)
    assert said is not None and closing.recount(session, vote.front, vote.poll, BALLOT_KEYS, said.id) is None
    assert "9 lượt" in last_entry(session, vote.poll, "polls.count.refuse").detail["problems"][0]
    assert no_result(session, vote)


@pytest.mark.parametrize("tamper", [swapped_envelope, household_added, key_gone])
def test_altered_ballots_are_not_explained_away(session: Session, tamper: Tamper) -> None:
    vote = failed(session, tamper)
    with pytest.raises(WrongMoment, match="Không giải trình được"):
        closing.explain(session, vote.head, vote.poll, REASON)


@pytest.mark.parametrize("reason", ["", "   ", "vì vậy", "lý\u202edo bị giấu"])
def test_an_explanation_says_something(session: Session, reason: str) -> None:
    vote = failed(session, foreign_leaf)
    with pytest.raises(Refusal) as refused:
        closing.explain(session, vote.head, vote.poll, reason)
    assert refused.value.field == "reason"


def test_nothing_is_explained_or_counted_again_where_nothing_failed(session: Session) -> None:
    for vote in (voting(session, 3), ended(session, 4, 3), counted(session, 4, 3)):
        with pytest.raises(WrongMoment):
            closing.explain(session, vote.head, vote.poll, REASON)
        with pytest.raises(WrongMoment):
            closing.recount(session, vote.head, vote.poll, BALLOT_KEYS)


def test_a_single_release_is_not_counted_again(session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.release(vote.head)
    with pytest.raises(WrongMoment):
        closing.recount(session, vote.front, vote.poll, BALLOT_KEYS)


def test_only_those_who_release_explain_and_count_again(session: Session) -> None:
    vote = failed(session, foreign_leaf)
    for by in (vote.overseer, make_actor(session, Role.TEAM_MEMBER, vote.area)):
        strangers: list[Callable[[Actor], object]] = [
            lambda by: closing.explain(session, by, vote.poll, REASON),
            lambda by: closing.recount(session, by, vote.poll, BALLOT_KEYS),
        ]
        for act in strangers:
            with pytest.raises(Forbidden):
                act(by)


def test_a_slip_that_was_replaced_after_its_ballot_balances(session: Session) -> None:
    vote = voting(session, 3, may_change=True)
    cast(session, make_ticket(session, vote.slips[0]))
    now = vote.poll.created_at
    session.execute(update(Slip).where(Slip.id == vote.slips[0].id).values(revoked_at=now, revoke_reason="mất phiếu"))
    entry = session.get_one(RollEntry, vote.slips[0].entry_id)
    new = make_slip(session, entry, issue=2)
    cast(session, make_ticket(session, new, "disagree"))
    end(session, vote.poll)
    vote.release(vote.head)
    result = vote.release(vote.front)
    assert result is not None and (result.agree, result.disagree) == (0, 1)
    assert result.reconciliation["superseded"] == 1


def test_a_close_recorded_twice_is_held_against_the_first(session: Session) -> None:
    vote = ended(session, 4, 3)
    vote.release(vote.head)
    append_leaf(session, vote.poll, "close", {"ballots": 0, "batch_sha256": "0" * 64, "slips": {}})
    assert vote.release(vote.front) is not None
