"""Two people at one roll at the same moment, with real commits: one representative, one import, no fault."""

from collections.abc import Callable
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas import operations as areas
from app.areas.models import Area
from app.core import clock
from app.core.db import Database
from app.core.permissions import Actor, Role
from app.households.models import Household, Representative, RollImport
from app.households.operations import changing
from app.households.operations.committing import commit
from app.households.operations.undoing import undo
from tests.support.cast import make_household
from tests.support.crowd import race
from tests.support.rolls import HOMES, Desk, make_desk

TIMES = 6
Act = Callable[[Session], object]


class Scene:
    """An area with one household, and who may do everything there."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.transaction() as session:
            desk = make_desk(session, Role.COMMUNE_ADMIN)
            self.by: Actor = desk.by
            self.area_id, self.commune_id = desk.area.id, desk.commune.id
            self.home_id = make_household(session, desk.area, number="099", name="Nguyễn Văn An").id

    def desk(self, session: Session) -> Desk:
        return Desk(session, self.by, session.get_one(Area, self.area_id))

    def race(self, *acts: Act) -> list[str]:
        return race(self.database, list(acts))


@pytest.fixture
def scene(committed_database: Database) -> Scene:
    return Scene(committed_database)


def change_to(scene: Scene, name: str) -> Act:
    def act(session: Session) -> None:
        home = session.get_one(Household, scene.home_id)
        assert home.representatives  # seen before waiting, as a page does
        changing.change_representative(session, scene.by, home, full_name=name, phone="", reason="Hộ cử")

    return act


def test_one_representative_at_a_time_however_many_change_them(scene: Scene) -> None:
    names = [f"Trần Thị {letter}" for letter in "ABCDEF"]
    assert scene.race(*[change_to(scene, name) for name in names]) == ["done"] * len(names)
    with scene.database.session(write=False) as session:
        people = session.scalars(select(Representative).order_by(Representative.since)).all()
    assert [person.until is None for person in people] == [False] * len(names) + [True]
    assert {person.full_name for person in people} == {"Nguyễn Văn An", *names}
    assert [person.until for person in people[:-1]] == [person.since for person in people[1:]]


def test_the_same_change_sent_twice_is_one_change(scene: Scene) -> None:
    outcomes = scene.race(*[change_to(scene, "Trần Thị Bình")] * TIMES)
    assert outcomes.count("done") == 1
    assert {outcome for outcome in outcomes if outcome != "done"} == {"Trần Thị Bình đang đại diện cho hộ này."}


def test_one_number_goes_to_one_household(scene: Scene) -> None:
    def act(session: Session) -> None:
        desk = scene.desk(session)
        changing.add_household(session, scene.by, desk.area, number="7", address="Số 7", full_name="An")

    outcomes = scene.race(*[act] * TIMES)
    assert sorted(outcomes) == sorted(["done"] + ["Đã có hộ mang số 7."] * (TIMES - 1))


def test_a_file_confirmed_twice_is_written_once(scene: Scene) -> None:
    with scene.database.transaction() as session:
        key = scene.desk(session).upload(*HOMES).id

    def act(session: Session) -> None:
        desk = scene.desk(session)
        kept = session.get_one(RollImport, key)
        commit(session, scene.by, kept, desk.examine(kept))

    outcomes = scene.race(*[act] * TIMES)
    assert outcomes.count("done") == 1
    with scene.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 1 + len(HOMES)


def test_of_two_files_confirmed_at_once_the_second_is_looked_at_again(scene: Scene) -> None:
    with scene.database.transaction() as session:
        keys = [scene.desk(session).upload(*HOMES).id for _ in range(TIMES)]
    ready = Barrier(TIMES)

    def importing(key: int) -> Act:
        def act(session: Session) -> None:
            desk = scene.desk(session)
            kept = session.get_one(RollImport, key)
            found = desk.examine(kept)
            if scene.database.dialect == "postgresql":
                ready.wait()  # SQLite lets one in at a time, so nobody would ever come
            commit(session, scene.by, kept, found)

        return act

    outcomes = scene.race(*[importing(key) for key in keys])
    with scene.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 1 + len(HOMES)
    if scene.database.dialect == "postgresql":
        assert outcomes.count("done") == 1, outcomes
        assert all("đã thay đổi" in outcome for outcome in outcomes if outcome != "done")


def test_an_import_and_a_change_by_hand_do_not_cross(scene: Scene) -> None:
    with scene.database.transaction() as session:
        key = scene.desk(session).upload(("099", "Lê Thị Nga", "Số 1, Hẻm 12", "")).id

    def bring_in(session: Session) -> None:
        desk = scene.desk(session)
        kept = session.get_one(RollImport, key)
        commit(session, scene.by, kept, desk.examine(kept))

    outcomes = scene.race(bring_in, change_to(scene, "Trần Thị Bình"), change_to(scene, "Vũ Thị Hoa"))
    assert outcomes[1:] == ["done", "done"]
    with scene.database.session(write=False) as session:
        active = select(func.count()).select_from(Representative).where(Representative.until.is_(None))
        assert session.scalar(active) == 1


def test_an_import_is_taken_back_once(scene: Scene) -> None:
    with scene.database.transaction() as session:
        key = scene.desk(session).bring_in(*HOMES).id
    outcomes = scene.race(*[lambda session: undo(session, scene.by, session.get_one(RollImport, key))] * TIMES)
    assert outcomes.count("done") == 1


def test_two_areas_founded_at_once_get_two_numbers_and_one_name(scene: Scene) -> None:
    def found(name: str) -> Act:
        def act(session: Session) -> None:
            commune = session.get_one(Area, scene.commune_id)
            areas.create_area(session, scene.by, commune, name=name, kind="khu_pho", valid_from=clock.today())

        return act

    assert scene.race(*[found(f"Khu phố {n}") for n in range(10, 10 + TIMES)]) == ["done"] * TIMES
    outcomes = scene.race(*[found("Khu phố 20")] * TIMES)
    assert outcomes.count("done") == 1
    assert set(outcomes) == {"done", "Trong xã, phường đã có Khu phố 20."}
