"""The rehearsal: a whole vote that leaves nothing behind but whether it was counted rightly."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Forbidden, WrongMoment
from app.polls.models import Ballot, LogLeaf, OtherOpinion, Poll, Rehearsal, Result, RollEntry, Slip
from app.polls.operations import closing, preparation, rehearsal
from app.polls.queries.preparation import problems, rehearsal_matched
from app.polls.tally import Tally
from tests.support.cast import make_poll
from tests.support.polls import Scene, make_scene, new_poll

KEPT_NOWHERE = (Poll, RollEntry, Slip, Ballot, LogLeaf, Result, OtherOpinion)


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session, households=40)


def rows(session: Session, *tables: type) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def rehearse(scene: Scene, poll: Poll) -> Rehearsal:
    return rehearsal.rehearse(scene.session, scene.head, poll, scene.keys)


@pytest.mark.parametrize(("level", "may_change"), [("sealed", False), ("sealed", True), ("open", False)])
def test_what_is_put_in_comes_out_and_nothing_stays(scene: Scene, level: str, may_change: bool) -> None:
    poll = new_poll(scene)
    preparation.set_secrecy(
        scene.session, scene.head, poll, poll.version, level=level, may_change=may_change, small_poll_accepted=False
    )
    before = rows(scene.session, *KEPT_NOWHERE)
    entries = rows(scene.session, AuditEntry)[0]
    found = rehearse(scene, poll)
    assert found.matched, found.detail
    assert found.detail["cast"] == found.detail["counted"]
    assert 20 < found.ballots <= 40 == found.ballots + found.detail["cast"]["absent"]
    assert rows(scene.session, *KEPT_NOWHERE) == before
    assert rows(scene.session, AuditEntry)[0] == entries + 1
    assert (poll.status, poll.definition, poll.public_key) == ("preparing", None, None)


def test_the_distribution_is_another_each_time(scene: Scene) -> None:
    poll = new_poll(scene)
    assert len({str(rehearse(scene, poll).detail["cast"]) for _ in range(3)}) > 1


def test_no_more_ballots_are_invented_than_needed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "MOST_BALLOTS", 7)
    assert rehearse(scene, new_poll(scene)).detail["households"] == 7


def test_a_wrong_count_is_found_and_stands_in_the_way(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    right = closing._tally

    def one_vote_moved(*args: Any) -> Tally:
        found = right(*args)
        return replace(found, agree=found.agree - 1, disagree=found.disagree + 1)

    monkeypatch.setattr(closing, "_tally", one_vote_moved)
    poll = new_poll(scene)
    found = rehearse(scene, poll)
    assert not found.matched and found.detail["cast"] != found.detail["counted"]
    assert "rehearsal_failed" in {problem.key for problem in problems(scene.session, poll)}


def test_a_vote_that_does_not_balance_is_a_failed_rehearsal(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    right = closing._tally
    monkeypatch.setattr(closing, "_tally", lambda *args: replace(right(*args), agree=0))
    found = rehearse(scene, new_poll(scene))
    assert not found.matched and found.detail["counted"] is None and found.detail["refused"]


def test_a_rehearsal_proves_nothing_about_another_setting(scene: Scene) -> None:
    poll = new_poll(scene)
    rehearse(scene, poll)
    assert rehearsal_matched(scene.session, poll) is True
    preparation.set_secrecy(
        scene.session, scene.head, poll, poll.version, level="open", may_change=False, small_poll_accepted=False
    )
    assert rehearsal_matched(scene.session, poll) is None


def test_only_those_who_prepare_rehearse(scene: Scene) -> None:
    poll = new_poll(scene)
    for somebody in (scene.overseer, scene.officer):
        with pytest.raises(Forbidden):
            rehearsal.rehearse(scene.session, somebody, poll, scene.keys)


@pytest.mark.parametrize("status", ["opened", "closed", "counted", "decided", "cancelled"])
def test_nothing_is_rehearsed_once_voting_has_begun(scene: Scene, status: str) -> None:
    with pytest.raises(WrongMoment, match="trước giờ mở"):
        rehearse(scene, make_poll(scene.session, scene.area, status=status))


def test_an_empty_roll_is_not_rehearsed(session: Session) -> None:
    scene = make_scene(session, households=0)
    with pytest.raises(WrongMoment, match="chưa có hộ"):
        rehearse(scene, new_poll(scene))
