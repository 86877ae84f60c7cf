"""A count that does not balance: no result, the agreements stand, it is on record, and what helps afterwards."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.tokens import Keyring
from app.polls import sealing
from app.polls.models import Ballot, KeyRelease, LogLeaf, OtherOpinion, Poll, Result, RollEntry, Slip
from app.polls.operations import closing
from app.polls.operations.casting import cast
from app.polls.operations.log import append_leaf
from app.polls.queries import counting
from tests.support.ballots import BALLOT_KEYS, INFO, make_slip, make_ticket
from tests.support.cast import make_actor, make_household
from tests.support.counting import Vote, counted, end, ended, voting
from tests.support.polls import make_scene, opened_poll

REASON = "Máy chủ khởi động lại, một phiếu được in thêm."
Tamper = Callable[[Session, Vote], None]


def failed(session: Session, tamper: Tamper, *, released: bool = False, **values: object) -> Vote:
    """A vote in which something was altered before the first release, or after it, and which was then released."""
    vote = ended(session, 4, 3, **values)  # type: ignore[arg-type]
    if released:
        vote.release(vote.head)
    tamper(session, vote)
    session.flush()
    session.expire_all()
    if not released:
        vote.release(vote.head)
    assert vote.release(vote.front) is None
    return vote


def foreign_leaf(session: Session, vote: Vote) -> None:
    """One more cast in the log than there are ballots."""
    session.add(LogLeaf(poll_id=vote.poll.id, kind="cast", at=vote.poll.opens_at, digest="0" * 64, receipt="X" * 12))


def early_ballot(session: Session, vote: Vote) -> None:
    vote.poll.opens_at = session.scalars(select(func.max(Ballot.cast_at))).one()


def lost_ballot(session: Session, vote: Vote) -> None:
    session.execute(delete(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id))


def swapped_envelope(session: Session, vote: Vote) -> None:
    forged = sealing.seal_choice(vote.poll.public_key or b"", bytes.fromhex(INFO), "disagree")
    session.execute(update(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id).values(envelope=forged))


def copied_envelope(session: Session, vote: Vote) -> None:
    first, second = (slip.entry_id for slip in vote.slips[:2])
    copy = select(Ballot.envelope).where(Ballot.entry_id == first).scalar_subquery()
    session.execute(update(Ballot).where(Ballot.entry_id == second).values(envelope=copy))


def changed_choice(session: Session, vote: Vote) -> None:
    session.execute(update(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id).values(choice="disagree"))


def household_added(session: Session, vote: Vote) -> None:
    household = make_household(session, vote.area)
    last = session.query(RollEntry).filter_by(poll_id=vote.poll.id).order_by(RollEntry.position.desc()).first()
    assert last is not None
    columns = {c.name: getattr(last, c.name) for c in RollEntry.__table__.columns if c.name != "id"}
    session.add(RollEntry(**columns | {"household_id": household.id, "number": "999", "slot_tag": "f" * 64}))


def fewer_households(session: Session, vote: Vote) -> None:
    vote.poll.roll_size = 7


def key_gone(session: Session, vote: Vote) -> None:
    vote.poll.wrapped_key = None


def key_of_another_service(session: Session, vote: Vote) -> None:
    _public, vote.poll.wrapped_key = sealing.new_poll_key(Keyring("other" * 8), vote.poll.public_id)


def last_entry(session: Session, poll: Poll, action: str) -> AuditEntry:
    query = select(AuditEntry).where(AuditEntry.subject_id == str(poll.id), AuditEntry.action == action)
    return session.scalars(query.order_by(AuditEntry.id.desc())).first()  # type: ignore[return-value]


def no_result(session: Session, vote: Vote) -> bool:
    rows = [
        session.scalar(select(func.count()).where(table.poll_id == vote.poll.id)) for table in (Result, OtherOpinion)
    ]
    return rows == [0, 0] and vote.poll.status == "closed"


BEFORE_CLOSING = [
    (foreign_leaf, "Nhật ký có 8 lượt gửi phiếu nhưng số phiếu nhận và số phiếu được thay là 7.", True),
    (early_ballot, "phiếu gửi ngoài giờ mở.", True),
    (lost_ballot, "Nhật ký có 7 lượt gửi phiếu", True),
    (swapped_envelope, "Có 1 phiếu không giống phiếu đã ghi trong nhật ký.", False),
    (copied_envelope, "Có 1 phiếu không giống phiếu đã ghi trong nhật ký.", False),
    (household_added, "Danh sách đã chốt có 8 hộ nhưng nay có 9 hộ.", False),
    (fewer_households, "Danh sách đã chốt có 7 hộ nhưng nay có 8 hộ.", False),
    (key_gone, "Khóa của hệ thống không mở được", False),
    (key_of_another_service, "Khóa của hệ thống không mở được", False),
]


@pytest.mark.parametrize(
    ("tamper", "said", "explainable"), BEFORE_CLOSING, ids=[one[0].__name__ for one in BEFORE_CLOSING]
)
def test_what_is_wrong_is_recorded_and_the_agreements_stand(
    session: Session, tamper: Tamper, said: str, explainable: bool
) -> None:
    vote = failed(session, tamper)
    assert no_result(session, vote)
    assert session.scalar(select(func.count()).where(KeyRelease.poll_id == vote.poll.id)) == 2
    detail = last_entry(session, vote.poll, "polls.count.refuse").detail
    assert any(said in problem for problem in detail["problems"]), detail
    assert detail["explainable"] is explainable
    assert not session.scalars(select(LogLeaf).where(LogLeaf.poll_id == vote.poll.id, LogLeaf.kind == "result")).all()


@pytest.mark.parametrize("tamper", [lost_ballot, swapped_envelope, copied_envelope])
def test_what_changes_between_the_two_releases_is_found(session: Session, tamper: Tamper) -> None:
    vote = failed(session, tamper, released=True)
    problems = last_entry(session, vote.poll, "polls.count.refuse").detail["problems"]
    assert "Tập phiếu không còn giống tập phiếu lúc đóng." in problems


def test_an_open_ballot_changed_afterwards_is_found(session: Session) -> None:
    vote = failed(session, changed_choice, level="open")
    assert "không giống phiếu đã ghi" in last_entry(session, vote.poll, "polls.count.refuse").detail["problems"][0]


@pytest.mark.parametrize(
    "change", [{"rule_key": "two_thirds_inclusive"}, {"roll_size": 30}, {"definition_sha256": "0" * 64}]
)
def test_the_rule_and_n_are_those_frozen_at_opening(session: Session, change: dict[str, object]) -> None:
    scene = make_scene(session)
    poll = opened_poll(scene)
    poll.opens_at = poll.created_at
    end(session, poll)
    for name, value in change.items():
        setattr(poll, name, value)
    session.flush()
    closing.release(session, scene.head, poll, scene.keys)
    assert closing.release(session, scene.officer, poll, scene.keys) is None
    problems = last_entry(session, poll, "polls.count.refuse").detail["problems"]
    assert "Nội dung, tỷ lệ cần đạt hoặc tổng số hộ không còn như lúc mở." in problems


def test_the_same_poll_unaltered_is_counted(session: Session) -> None:
    scene = make_scene(session)
    poll = opened_poll(scene)
    poll.opens_at = poll.created_at
    end(session, poll)
    closing.release(session, scene.head, poll, scene.keys)
    result = closing.release(session, scene.officer, poll, scene.keys)
    assert result is not None and (result.roll_size, result.needed) == (31, 16)


# ------------------------------------------------------------------------------------------------- again


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
