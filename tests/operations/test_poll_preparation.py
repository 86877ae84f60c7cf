"""Preparing a poll: each step, what it refuses, and that nobody overwrites another's change unseen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Role
from app.polls.errors import UnlawfulForm
from app.polls.models import Poll
from app.polls.operations import preparation, team
from tests.support.cast import make_actor, make_area
from tests.support.polls import MEMBERS, Scene, fields, last_entry, make_scene, new_poll, submitted_poll, times


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session, households=5)


@pytest.fixture
def poll(scene: Scene) -> Poll:
    return new_poll(scene)


# ---- beginning


def test_a_new_poll_has_the_three_choices_and_the_rule_of_its_clause(scene: Scene, poll: Poll) -> None:
    assert [option["key"] for option in poll.options] == ["agree", "disagree", "other"]
    assert (poll.rule_key, poll.level, poll.custody, poll.may_change) == ("majority_strict", "sealed", "service", False)
    assert (poll.status, poll.version, poll.form) == ("preparing", 1, "online")
    assert last_entry(scene).action == "polls.poll.create"


def test_a_preliminary_poll_comes_with_its_question(scene: Scene) -> None:
    poll = new_poll(scene, "online_consent")
    assert "biểu quyết trực tuyến" in poll.question and poll.title


@pytest.mark.parametrize("clause", [1, 2, 3, 4, 5])
def test_what_the_law_keeps_for_a_meeting_is_not_created(scene: Scene, clause: int) -> None:
    with pytest.raises(UnlawfulForm, match="cuộc họp") as refused:
        preparation.create_poll(scene.session, scene.head, scene.area, kind="decision", clause=clause)
    assert refused.value.field == "clause"


@pytest.mark.parametrize("clause", [0, 7, -1])
def test_there_are_six_clauses(scene: Scene, clause: int) -> None:
    with pytest.raises(Refusal):
        preparation.create_poll(scene.session, scene.head, scene.area, kind="decision", clause=clause)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AREA_HEAD, Role.FRONT}))
def test_only_the_head_and_the_front_prepare(scene: Scene, role: Role) -> None:
    somebody = make_actor(scene.session, role, scene.area)
    with pytest.raises(Forbidden):
        preparation.create_poll(scene.session, somebody, scene.area, kind="decision")


def test_nobody_prepares_elsewhere_nor_for_a_commune_nor_for_an_area_that_ended(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        preparation.create_poll(scene.session, scene.head, make_area(scene.session), kind="decision")
    commune = scene.area.parent
    assert commune is not None
    with pytest.raises(Refusal) as refused:
        front = make_actor(scene.session, Role.FRONT, commune)
        preparation.create_poll(scene.session, front, commune, kind="decision")
    assert refused.value.field == "area"
    scene.area.valid_to = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        new_poll(scene)
    assert refused.value.field == "area"


def test_an_unknown_kind_is_refused(scene: Scene) -> None:
    with pytest.raises(Refusal) as refused:
        new_poll(scene, "referendum")
    assert refused.value.field == "kind"


# ---- the steps


def set_question(scene: Scene, poll: Poll, **changes: str) -> None:
    values = {"title": "Camera", "question": "Ông/Bà có đồng ý không?", "summary": ""} | changes
    preparation.set_question(scene.session, scene.head, poll, poll.version, **values)


def test_the_question_is_kept_tidy(scene: Scene, poll: Poll) -> None:
    set_question(scene, poll, title="  Lắp   camera ", question="Co\u0301 không?", summary=" dòng 1 \r\n\r\ndòng  2\n")
    assert (poll.title, poll.question, poll.summary) == ("Lắp camera", "Có không?", "dòng 1\n\ndòng 2")
    entry = last_entry(scene)
    assert (entry.action, entry.detail["title"]) == ("polls.poll.question", "Lắp camera")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "   "}, "title"),
        ({"question": ""}, "question"),
        ({"title": "x" * 201}, "title"),
        ({"question": "x" * 501}, "question"),
        ({"summary": "x" * 2001}, "summary"),
        ({"question": "Đồng ý\u202eý gnồđ gnôhK"}, "question"),
        ({"title": "Ca\u200bmera"}, "title"),
        ({"summary": "a\x00b"}, "summary"),
    ],
)
def test_a_bad_question_is_refused_at_its_field(scene: Scene, poll: Poll, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        set_question(scene, poll, **changes)
    assert fields(refused) == {field}
    assert poll.question == ""


def test_both_missing_lines_are_said_at_once(scene: Scene, poll: Poll) -> None:
    with pytest.raises(ManyRefusals) as refused:
        set_question(scene, poll, title="", question=" ")
    assert fields(refused) == {"title", "question"}


def test_times_are_kept(scene: Scene, poll: Poll) -> None:
    opens, closes = times()
    preparation.set_times(scene.session, scene.head, poll, poll.version, opens_at=opens, closes_at=closes)
    assert (poll.opens_at, poll.closes_at) == (opens, closes)


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (-1, 3, "opens_at"),
        (1, 4, "opens_at"),
        (3, 3, "closes_at"),
        (3, 2, "closes_at"),
        (3, 3.5, "closes_at"),
        (3, 40, "closes_at"),
    ],
)
def test_bad_times_are_refused_at_their_field(
    scene: Scene, poll: Poll, opens: float, closes: float, field: str
) -> None:
    now = clock.now()
    with pytest.raises(ManyRefusals) as refused:
        preparation.set_times(
            scene.session, scene.head, poll, poll.version,
            opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes),
        )  # fmt: skip
    assert field in fields(refused)
    assert poll.opens_at is None


def test_only_a_sealed_poll_lets_a_vote_be_changed(scene: Scene, poll: Poll) -> None:
    def choose(level: str, may_change: bool) -> None:
        preparation.set_secrecy(
            scene.session, scene.head, poll, poll.version, level=level, may_change=may_change,
            small_poll_accepted=False,
        )  # fmt: skip

    choose("sealed", True)
    assert poll.may_change
    with pytest.raises(Refusal) as refused:
        choose("open", True)
    assert refused.value.field == "may_change"
    with pytest.raises(Refusal) as refused:
        choose("secret", False)
    assert refused.value.field == "level"
    choose("open", False)
    assert (poll.level, poll.may_change) == ("open", False)


def test_which_households_count_is_written_down(scene: Scene, poll: Poll) -> None:
    preparation.set_roll_rule(scene.session, scene.head, poll, poll.version, roll_rule="Hộ thường trú.")
    assert poll.roll_rule == "Hộ thường trú."
    with pytest.raises(Refusal) as refused:
        preparation.set_roll_rule(scene.session, scene.head, poll, poll.version, roll_rule="  ")
    assert refused.value.field == "roll_rule"


def test_the_subject_stays_within_the_law(scene: Scene, poll: Poll) -> None:
    preparation.set_subject(scene.session, scene.head, poll, poll.version, clause=6)
    with pytest.raises(UnlawfulForm):
        preparation.set_subject(scene.session, scene.head, poll, poll.version, clause=4)
    assert poll.clause == 6


# ---- who, when, and against what


def test_a_change_made_meanwhile_is_not_overwritten_unseen(scene: Scene, poll: Poll) -> None:
    seen = poll.version
    set_question(scene, poll, title="Của người thứ nhất")
    with pytest.raises(WrongMoment, match="Người khác vừa sửa") as refused:
        preparation.set_question(scene.session, scene.front, poll, seen, title="Khác", question="Khác?", summary="")
    assert refused.value.params["name"] == scene.head.name
    assert (poll.title, poll.version) == ("Của người thứ nhất", seen + 1)


def test_every_step_needs_the_right_and_a_poll_in_preparation(scene: Scene) -> None:
    submitted = submitted_poll(make_scene(scene.session))
    poll = new_poll(scene)
    opens, closes = times()
    steps: list[tuple[Any, dict[str, Any]]] = [
        (preparation.set_subject, {"clause": 6}),
        (preparation.set_question, {"title": "a", "question": "b", "summary": ""}),
        (preparation.set_times, {"opens_at": opens, "closes_at": closes}),
        (preparation.set_secrecy, {"level": "open", "may_change": False, "small_poll_accepted": False}),
        (preparation.set_roll_rule, {"roll_rule": "a"}),
        (team.set_team, {"members": MEMBERS}),
    ]
    for step, values in steps:
        with pytest.raises(Forbidden):
            step(scene.session, scene.overseer, poll, poll.version, **values)
        head = make_actor(scene.session, Role.AREA_HEAD, submitted.area)
        with pytest.raises(WrongMoment, match="đã được trình"):
            step(scene.session, head, submitted, submitted.version, **values)


def test_a_poll_never_opened_may_be_given_up_with_a_reason(scene: Scene, poll: Poll) -> None:
    with pytest.raises(Refusal) as refused:
        preparation.discard(scene.session, scene.head, poll, reason="thôi")
    assert refused.value.field == "reason"
    with pytest.raises(Forbidden):
        preparation.discard(scene.session, scene.officer, poll, reason="Nhà hảo tâm đã tự lắp rồi.")
    preparation.discard(scene.session, scene.head, poll, reason="Nhà hảo tâm đã tự lắp rồi.")
    assert (poll.status, poll.opened_at) == ("cancelled", None)
    with pytest.raises(WrongMoment, match="đã hủy"):
        set_question(scene, poll)
