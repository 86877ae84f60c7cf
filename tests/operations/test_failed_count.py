"""A count that does not balance: no result, the agreements stand, and it is on record."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.polls.models import KeyRelease, LogLeaf
from app.polls.operations import closing
from tests.support.counting import end
from tests.support.polls import make_scene, opened_poll
from tests.support.tampering import (
    Tamper,
    changed_choice,
    copied_envelope,
    early_ballot,
    failed,
    fewer_households,
    foreign_leaf,
    household_added,
    key_gone,
    key_of_another_service,
    last_entry,
    lost_ballot,
    no_result,
    swapped_envelope,
)

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
