"""Two people act on one poll at the same moment: exactly one of them does it, with real commits."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Actor, Role
from app.households.models import Household
from app.polls.models import LogLeaf, Poll, PollChange, RollEntry
from app.polls.operations import changes, opening, preparation
from tests.support.cast import make_actor, make_poll
from tests.support.crowd import race
from tests.support.polls import Scene, make_scene, prepared_poll, submitted_poll

TIMES = 4


@pytest.fixture
def scene(committed_database: Database) -> Scene:
    with committed_database.transaction() as session:
        return make_scene(session)


def fronts(session: Session, scene: Scene, count: int) -> list[Actor]:
    return [make_actor(session, Role.FRONT, scene.area) for _ in range(count)]


def test_of_several_confirmations_one_opens(committed_database: Database, scene: Scene) -> None:
    with committed_database.transaction() as session:
        scene.session = session
        poll_id = submitted_poll(scene).id
        people = fronts(session, scene, TIMES)

    def confirmation(by: Actor) -> Callable[[Session], object]:
        return lambda session: opening.confirm(session, by, session.get_one(Poll, poll_id), scene.keys)

    outcomes = race(committed_database, [confirmation(by) for by in people])
    assert outcomes.count("done") == 1, outcomes
    with committed_database.transaction() as session:
        poll = session.get_one(Poll, poll_id)
        assert poll.status == "opened"
        assert session.scalar(select(func.count()).where(RollEntry.poll_id == poll_id)) == 31
        assert session.scalar(select(func.count()).where(LogLeaf.poll_id == poll_id)) == 2


def test_confirming_and_returning_at_once_leave_one_state(committed_database: Database, scene: Scene) -> None:
    with committed_database.transaction() as session:
        scene.session = session
        poll_id = submitted_poll(scene).id
        one, other = fronts(session, scene, 2)
    outcomes = race(
        committed_database,
        [
            lambda s: opening.confirm(s, one, s.get_one(Poll, poll_id), scene.keys),
            lambda s: opening.return_to_preparation(s, other, s.get_one(Poll, poll_id), reason="Câu hỏi chưa rõ ràng."),
        ],
    )
    assert outcomes.count("done") == 1, outcomes
    with committed_database.transaction() as session:
        poll = session.get_one(Poll, poll_id)
        assert poll.status == ("opened" if outcomes[0] == "done" else "preparing")
        assert (poll.definition is None) == (poll.status == "preparing")


def test_of_several_editors_of_one_version_one_saves(committed_database: Database, scene: Scene) -> None:
    with committed_database.transaction() as session:
        scene.session = session
        poll = prepared_poll(scene)
        poll_id, version = poll.id, poll.version

    def edit(word: str) -> Callable[[Session], object]:
        return lambda s: preparation.set_roll_rule(
            s, scene.head, s.get_one(Poll, poll_id), version, roll_rule=f"Hộ thường trú {word}"
        )

    outcomes = race(committed_database, [edit(str(n)) for n in range(TIMES)])
    assert outcomes.count("done") == 1, outcomes
    assert all("Người khác vừa sửa" in outcome for outcome in outcomes if outcome != "done")
    with committed_database.transaction() as session:
        assert session.get_one(Poll, poll_id).version == version + 1


def test_a_change_is_decided_once(committed_database: Database, scene: Scene) -> None:
    with committed_database.transaction() as session:
        poll = make_poll(session, scene.area, status="opened")
        change = changes.request_cancellation(session, scene.head, poll, reason="Câu hỏi ghi nhầm tên đường.")
        poll_id, change_id = poll.id, change.id
        people = [*fronts(session, scene, 2), scene.officer]

    def decision(by: Actor, act: Callable[..., None]) -> Callable[[Session], object]:
        return lambda s: act(s, by, s.get_one(PollChange, change_id), s.get_one(Poll, poll_id))

    acts = [changes.confirm_change, changes.reject_change, changes.confirm_change]
    outcomes = race(committed_database, [decision(by, act) for by, act in zip(people, acts, strict=True)])
    assert outcomes.count("done") == 1, outcomes
    with committed_database.transaction() as session:
        poll = session.get_one(Poll, poll_id)
        assert poll.status == ("opened" if outcomes[1] == "done" else "cancelled")


def test_a_household_added_while_confirming_is_on_the_roll_or_stops_it(
    committed_database: Database, scene: Scene
) -> None:
    with committed_database.transaction() as session:
        scene.session = session
        poll_id = submitted_poll(scene).id

    def rename(session: Session) -> None:
        household = session.query(Household).filter_by(area_id=scene.area.id, number="003").one()
        household.representatives[0].full_name = "Người Mới"

    outcomes = race(
        committed_database,
        [lambda s: opening.confirm(s, scene.front, s.get_one(Poll, poll_id), scene.keys), rename],
    )
    with committed_database.transaction() as session:
        poll = session.get_one(Poll, poll_id)
        names = set(session.scalars(select(RollEntry.representative).where(RollEntry.poll_id == poll_id)))
        assert outcomes[0] != "done" or "Người Mới" not in names
        assert (poll.status == "opened") == (outcomes[0] == "done")
