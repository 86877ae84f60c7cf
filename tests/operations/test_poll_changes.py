"""Extending and cancelling an opened poll: a reason, two people, two bodies, and only while it makes sense."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Role
from app.polls.models import LogLeaf, Poll, PollChange
from app.polls.operations import changes
from app.polls.queries.listing import open_change
from tests.support.cast import make_actor, make_poll
from tests.support.polls import Scene, make_scene

REASON = "Mưa bão, nhiều hộ chưa tham gia được."


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session, households=3)


@pytest.fixture
def poll(scene: Scene) -> Poll:
    """A poll in the middle of its hours."""
    return make_poll(scene.session, scene.area, status="opened")


def extend(scene: Scene, poll: Poll, by: Any = None, days: float = 1, reason: str = REASON) -> PollChange:
    assert poll.closes_at is not None
    new = poll.closes_at + timedelta(days=days)
    return changes.request_extension(scene.session, by or scene.head, poll, new_closes_at=new, reason=reason)


def cancel(scene: Scene, poll: Poll, by: Any = None, reason: str = REASON) -> PollChange:
    return changes.request_cancellation(scene.session, by or scene.head, poll, reason=reason)


def leaves(scene: Scene, poll: Poll) -> list[LogLeaf]:
    return list(scene.session.scalars(select(LogLeaf).where(LogLeaf.poll_id == poll.id)))


def keys(refused: Any) -> str:
    return " ".join(str(problem) for problem in refused.value.problems)


def test_an_extension_moves_the_close_and_leaves_the_definition(scene: Scene, poll: Poll) -> None:
    before, definition = poll.closes_at, poll.definition_sha256
    change = extend(scene, poll)
    assert poll.closes_at == before and open_change(scene.session, poll) is change
    changes.confirm_change(scene.session, scene.front, change, poll)
    assert before is not None and poll.closes_at == before + timedelta(days=1)
    assert (poll.definition_sha256, poll.status) == (definition, "opened")
    assert (change.accepted, change.requested_body, change.decided_body) == (True, "community", "front")
    (leaf,) = leaves(scene, poll)
    assert leaf.kind == "open" and leaf.body is not None and leaf.body["change"] == "extend"


def test_a_cancellation_ends_the_poll_with_its_reason(scene: Scene, poll: Poll) -> None:
    changes.confirm_change(scene.session, scene.officer, cancel(scene, poll), poll)
    assert (poll.status, poll.cancel_reason) == ("cancelled", REASON)
    assert poll.cancelled_at is not None
    (leaf,) = leaves(scene, poll)
    assert leaf.body == {"change": "cancel", "reason": REASON}


def test_the_front_may_ask_and_then_another_body_decides(scene: Scene, poll: Poll) -> None:
    change = cancel(scene, poll, scene.front)
    other_front = make_actor(scene.session, Role.FRONT, scene.area)
    with pytest.raises(ManyRefusals) as refused:
        changes.confirm_change(scene.session, other_front, change, poll)
    assert "cơ quan khác" in keys(refused)
    changes.confirm_change(scene.session, scene.officer, change, poll)
    assert poll.status == "cancelled"


def test_nobody_decides_their_own_request(scene: Scene, poll: Poll) -> None:
    change = cancel(scene, poll, scene.front)
    with pytest.raises(ManyRefusals) as refused:
        changes.confirm_change(scene.session, scene.front, change, poll)
    assert "khác người đề nghị" in keys(refused)
    assert poll.status == "opened" and leaves(scene, poll) == []


@pytest.mark.parametrize("who", ["officer", "overseer"])
def test_only_the_head_and_the_front_ask(scene: Scene, poll: Poll, who: str) -> None:
    with pytest.raises(Forbidden):
        cancel(scene, poll, getattr(scene, who))
    with pytest.raises(Forbidden):
        extend(scene, poll, getattr(scene, who))


@pytest.mark.parametrize("who", ["head", "overseer"])
def test_only_the_front_and_the_officer_decide(scene: Scene, poll: Poll, who: str) -> None:
    change = cancel(scene, poll, scene.front)
    with pytest.raises(Forbidden):
        changes.confirm_change(scene.session, getattr(scene, who), change, poll)
    with pytest.raises(Forbidden):
        changes.reject_change(scene.session, getattr(scene, who), change, poll)


@pytest.mark.parametrize(("days", "words"), [(0, "phải sau"), (-0.5, "phải sau"), (60, "không quá 30 ngày")])
def test_a_close_is_only_moved_later_and_not_beyond_the_longest(
    scene: Scene, poll: Poll, days: float, words: str
) -> None:
    with pytest.raises(ManyRefusals) as refused:
        extend(scene, poll, days=days)
    assert words in keys(refused)
    assert refused.value.problems[0].field == "new_closes_at"


@pytest.mark.parametrize("reason", ["", "   ", "vì mưa", "a\u202eb" * 10])
def test_a_reason_is_needed(scene: Scene, poll: Poll, reason: str) -> None:
    for ask in (extend, cancel):
        with pytest.raises(Refusal):
            ask(scene, poll, reason=reason)
    assert open_change(scene.session, poll) is None


@pytest.mark.parametrize("status", ["preparing", "submitted", "closed", "counted", "decided", "cancelled"])
def test_only_an_opened_poll_is_extended(scene: Scene, status: str) -> None:
    poll = make_poll(scene.session, scene.area, status=status)
    with pytest.raises(ManyRefusals):
        extend(scene, poll, days=2)


@pytest.mark.parametrize("status", ["preparing", "submitted", "counted", "decided", "cancelled"])
def test_a_poll_never_opened_or_already_counted_is_not_cancelled(scene: Scene, status: str) -> None:
    poll = make_poll(scene.session, scene.area, status=status)
    with pytest.raises(ManyRefusals):
        cancel(scene, poll)


def test_after_the_end_by_the_databases_clock_nothing_is_extended(scene: Scene, poll: Poll) -> None:
    change = extend(scene, poll)
    poll.closes_at = database_now(scene.session) - timedelta(seconds=1)
    scene.session.flush()
    with pytest.raises(ManyRefusals) as refused:
        changes.confirm_change(scene.session, scene.front, change, poll)
    assert "Đã hết giờ" in keys(refused)
    changes.reject_change(scene.session, scene.front, change, poll)
    with pytest.raises(ManyRefusals):
        extend(scene, poll, days=2)


def test_one_request_at_a_time(scene: Scene, poll: Poll) -> None:
    extend(scene, poll)
    with pytest.raises(WrongMoment, match="đang chờ"):
        cancel(scene, poll, scene.front)


def test_a_request_is_decided_once(scene: Scene, poll: Poll) -> None:
    change = cancel(scene, poll)
    changes.reject_change(scene.session, scene.front, change, poll)
    assert (change.accepted, poll.status, open_change(scene.session, poll)) == (False, "opened", None)
    with pytest.raises(ManyRefusals) as refused:
        changes.confirm_change(scene.session, scene.officer, change, poll)
    assert "đã có người quyết định" in keys(refused)
    with pytest.raises(ManyRefusals):
        changes.reject_change(scene.session, scene.officer, change, poll)
    with pytest.raises(WrongMoment):
        changes.withdraw_change(scene.session, scene.head, change, poll)


def test_who_asked_may_take_it_back(scene: Scene, poll: Poll) -> None:
    change = cancel(scene, poll)
    for somebody in (scene.front, scene.officer):
        with pytest.raises(Forbidden):
            changes.withdraw_change(scene.session, somebody, change, poll)
    changes.withdraw_change(scene.session, scene.head, change, poll)
    assert (change.accepted, change.decided_by) == (False, None)
    assert change.decided_at is not None and poll.status == "opened"


def test_a_request_belongs_to_its_poll(scene: Scene, poll: Poll) -> None:
    change = cancel(scene, poll)
    other = make_poll(scene.session, scene.area, status="opened")
    with pytest.raises(Forbidden):
        changes.confirm_change(scene.session, scene.front, change, other)
    assert other.status == "opened"
