"""The harness itself: a test leaves nothing behind, and real commits are real."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.db import Database
from app.core.permissions import Role
from app.households.models import Household
from app.polls.models import RollEntry
from tests.support import cast
from tests.support.databases import SavepointDatabase


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(session: Session, round_: int) -> None:
    assert session.scalar(select(func.count()).select_from(Area)) == 0
    cast.make_area(session)
    session.commit()


def test_a_commit_is_seen_by_the_next_session_of_the_same_test(database: Database) -> None:
    with database.transaction() as session:
        area = cast.make_area(session)
    with database.session(write=False) as session:
        assert session.get(Area, area.id) is not None


def test_a_rollback_takes_back_only_what_came_after_the_last_commit(database: Database) -> None:
    with database.session() as session:
        cast.make_province(session, "01")
        session.commit()
        cast.make_province(session, "02")
        session.rollback()
        assert session.scalars(select(Area.path)).all() == ["01"]


def test_sessions_outside_a_test_are_refused(database_url: str) -> None:
    with pytest.raises(RuntimeError):
        SavepointDatabase(database_url).session()


def test_two_connections_see_each_others_commits(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        cast.make_area(session)
    with committed_database.session(write=False) as one, committed_database.session(write=False) as two:
        count = select(func.count()).select_from(Area)
        assert one.scalar(count) == two.scalar(count) == 3


@pytest.mark.parametrize("status", ["preparing", "submitted", "opened", "closed", "counted"])
def test_the_cast_satisfies_every_constraint(session: Session, status: str) -> None:
    area = cast.make_area(session)
    households = [cast.make_household(session, area) for _ in range(3)]
    poll = cast.make_poll(session, area, status=status)
    entries = session.scalars(select(RollEntry.household_id).where(RollEntry.poll_id == poll.id)).all()
    assert sorted(entries) == ([] if poll.roll_size is None else [one.id for one in households])


def test_an_actor_may_in_his_area_and_not_next_door(session: Session) -> None:
    area, next_door = cast.make_area(session), cast.make_area(session)
    head = cast.make_actor(session, Role.AREA_HEAD, area)
    assert head.may("households:household:edit", area.path)
    assert not head.sees(next_door.path)
    assert session.scalar(select(func.count()).select_from(Household)) == 0
