"""Lists of polls: the phase as SQL says the same as the rule, scope is the asker's, tasks follow the problems."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.polls.models import Poll
from app.polls.operations import preparation
from app.polls.queries.listing import PAGE, phase_is, staff_poll, staff_polls
from app.polls.queries.preparation import problems, step_of, tasks
from app.polls.rules.phases import Phase, phase
from tests.support.cast import make_actor, make_area, make_poll
from tests.support.polls import make_scene, new_poll, prepared_poll

STATUSES = ("preparing", "submitted", "opened", "closed", "counted", "decided", "cancelled")


def moments(poll: Poll) -> list[datetime]:
    assert poll.opens_at is not None and poll.closes_at is not None
    tick = timedelta(milliseconds=1)
    return [poll.opens_at - tick, poll.opens_at, poll.closes_at - tick, poll.closes_at, poll.closes_at + tick]


def test_the_phase_of_a_list_is_the_phase_of_the_rule(session: Session) -> None:
    area = make_area(session)
    now = clock.now().replace(microsecond=0)
    times = {"opens_at": now, "closes_at": now + timedelta(days=1)}
    polls = [make_poll(session, area, status=status, **times) for status in STATUSES]
    for moment in moments(polls[0]):
        for wanted in Phase:
            found = set(session.scalars(select(Poll.id).where(phase_is(wanted, moment))))
            assert found == {poll.id for poll in polls if phase(poll, moment) is wanted}, (wanted, moment)


def test_a_list_holds_the_askers_polls_and_counts_them(session: Session) -> None:
    area = make_area(session)
    beside, elsewhere = make_area(session, area.parent), make_area(session)
    mine = [make_poll(session, area, status="opened"), make_poll(session, area)]
    other = make_poll(session, beside)
    make_poll(session, elsewhere)
    head = make_actor(session, Role.AREA_HEAD, area)
    assert area.parent is not None
    overseer = make_actor(session, Role.OVERSEER, area.parent)
    now = clock.now()
    assert {poll.id for poll in staff_polls(session, head, now).polls} == {poll.id for poll in mine}
    seen = staff_polls(session, overseer, now)
    assert {poll.id for poll in seen.polls} == {poll.id for poll in [*mine, other]}
    assert (seen.counts[Phase.VOTING], seen.counts[Phase.PREPARING]) == (1, 2)
    assert [poll.id for poll in staff_polls(session, head, now, phase=Phase.VOTING).polls] == [mine[0].id]
    assert staff_polls(session, head, now, phase=Phase.DECIDED).polls == []
    assert staff_poll(session, head, other.public_id) is None
    assert staff_poll(session, overseer, other.public_id) is other


@pytest.mark.parametrize(("page", "expected"), [(0, 1), (1, 1), (2, 2), (99, 2)])
def test_a_list_comes_in_pages(session: Session, page: int, expected: int) -> None:
    area = make_area(session)
    for _number in range(PAGE + 1):
        make_poll(session, area)
    found = staff_polls(session, make_actor(session, Role.AREA_HEAD, area), clock.now(), page=page)
    assert (found.page, found.pages) == (expected, 2)
    assert len(found.polls) == (PAGE if expected == 1 else 1)


def test_a_place_is_found_by_its_name_without_marks(session: Session) -> None:
    area = make_area(session, name="khu phố Bàu Bàng")
    area.search = "khu pho bau bang"
    poll = make_poll(session, area)
    make_poll(session, make_area(session, area.parent))
    assert area.parent is not None
    overseer = make_actor(session, Role.OVERSEER, area.parent)
    found = staff_polls(session, overseer, clock.now(), words="BÀU bàng")
    assert [one.id for one in found.polls] == [poll.id]
    assert staff_polls(session, overseer, clock.now(), words="50%_").polls == []


def test_every_problem_belongs_to_a_task_and_a_task_without_problems_is_done(session: Session) -> None:
    scene = make_scene(session, households=5)
    poll = new_poll(scene)
    found = problems(session, poll)
    listed = tasks(session, poll, found)
    assert sum(len(task.problems) for task in listed) == len(found)
    states = {str(task.step): task.state for task in listed}
    assert states["subject"] == "done" and states["question"] == states["team"] == states["check"] == "todo"
    assert states["documents"] == "optional"
    # That the roll is small is accepted where secrecy is chosen.
    assert states["secrecy"] == "begun"
    assert {step_of(problem) for problem in found} <= set(states)
    preparation.set_question(session, scene.head, poll, poll.version, title="Camera", question="Có không?", summary="")
    states = {str(task.step): task.state for task in tasks(session, poll, problems(session, poll))}
    assert states["question"] == "done"


def test_everything_done_leaves_only_the_optional(session: Session) -> None:
    scene = make_scene(session)
    poll = prepared_poll(scene)
    states = {task.state for task in tasks(session, poll, problems(session, poll))}
    assert states == {"done", "optional"}
