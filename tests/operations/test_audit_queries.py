"""Searching the record: inside one's places only, by everything an overseer asks."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit import queries
from app.audit.operations import record
from app.audit.queries import Search
from app.core import clock
from app.core.permissions import ANONYMOUS, SYSTEM, Actor, Grant, Role
from tests.support.cast import make_actor, make_area, make_commune


@pytest.fixture
def places(session: Session) -> tuple[Area, Area, Area]:
    """A commune, its area, and an area of another commune."""
    commune = make_commune(session)
    return commune, make_area(session, commune), make_area(session)


@pytest.fixture
def overseer(session: Session, places: tuple[Area, Area, Area]) -> Actor:
    return make_actor(session, Role.OVERSEER, places[0], full_name="Đặng Thị Hường")


def write(session: Session, by: Actor, place: str, action: str = "polls.poll.close", **detail: object) -> int:
    entry = record(session, by, action, subject=("poll", detail.pop("poll", 1)), path=place, **detail)
    session.flush()
    return entry.id


def found(session: Session, by: Actor, **asked: object) -> list[int]:
    return [entry.id for entry in queries.entries(session, by, Search(**asked)).entries]  # type: ignore[arg-type]


def test_only_inside_ones_places_and_what_concerns_all(
    session: Session, overseer: Actor, places: tuple[Area, Area, Area]
) -> None:
    commune, area, elsewhere = places
    mine = [write(session, SYSTEM, place) for place in (commune.path, area.path, "")]
    theirs = write(session, SYSTEM, elsewhere.path)
    longer = write(session, SYSTEM, commune.path + "9")
    assert found(session, overseer) == mine[::-1]
    assert found(session, overseer, place=elsewhere.path) == []
    assert found(session, overseer, place=area.path) == [mine[1]]
    assert not {theirs, longer} & {e.id for e in queries.each(session, overseer, Search())}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OVERSEER])
def test_other_roles_see_nothing(session: Session, places: tuple[Area, Area, Area], role: Role) -> None:
    write(session, SYSTEM, places[1].path)
    write(session, SYSTEM, "")
    assert found(session, make_actor(session, role, places[0])) == []
    assert found(session, ANONYMOUS) == []


@pytest.mark.parametrize("words", ["dang thi huong", "ĐẶNG HƯỜNG", "huong sua", "SỬA ĐƯỜNG", "sửa đường"])
def test_words_are_found_without_marks(
    session: Session, overseer: Actor, places: tuple[Area, Area, Area], words: str
) -> None:
    kept = write(session, overseer, places[1].path, title="Sửa đường hẻm 12")
    write(session, SYSTEM, places[1].path, title="Làm cổng chào")
    assert found(session, overseer, words=words) == [kept]


@pytest.mark.parametrize("words", ["%", "_", "khong co", "' OR 1=1 --"])
def test_signs_of_the_database_are_plain_text(
    session: Session, overseer: Actor, places: tuple[Area, Area, Area], words: str
) -> None:
    write(session, SYSTEM, places[1].path, title="Sửa đường")
    assert found(session, overseer, words=words) == []


def test_by_person_action_and_subject(session: Session, overseer: Actor, places: tuple[Area, Area, Area]) -> None:
    head = make_actor(session, Role.AREA_HEAD, places[1])
    first = write(session, head, places[1].path, poll=7)
    second = write(session, overseer, places[1].path, "polls.poll.count", poll=7)
    third = write(session, overseer, places[1].path, poll=77)
    assert found(session, overseer, account_id=head.account_id) == [first]
    assert found(session, overseer, action="polls.poll.count") == [second]
    assert found(session, overseer, subject_kind="poll", subject_id="7") == [second, first]
    assert found(session, overseer, subject_kind="account", subject_id="7") == []
    assert third in found(session, overseer)
    assert list(queries.actions(session, overseer)) == ["polls.poll.close", "polls.poll.count"]


def test_days_are_vietnamese_days(
    session: Session, overseer: Actor, places: tuple[Area, Area, Area], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    kept = []
    for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23, minutes=59)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        kept.append(write(session, SYSTEM, places[1].path))
    assert found(session, overseer, first_day=today) == kept[:0:-1]
    assert found(session, overseer, last_day=today - timedelta(days=1)) == kept[:1]
    assert found(session, overseer, first_day=today, last_day=today) == kept[:0:-1]
    assert found(session, overseer, first_day=today + timedelta(days=1)) == []


def test_pages_follow_one_another_without_gap(
    session: Session, overseer: Actor, places: tuple[Area, Area, Area], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 3)
    monkeypatch.setattr(queries, "CHUNK", 2)
    kept = [write(session, SYSTEM, places[1].path) for _ in range(7)]
    seen: list[int] = []
    before = None
    while True:
        page = queries.entries(session, overseer, Search(), before=before)
        seen += [entry.id for entry in page.entries]
        # What is written meanwhile does not move the pages.
        write(session, SYSTEM, places[1].path)
        if page.older is None:
            break
        before = page.older
    assert seen == kept[::-1]
    assert len(list(queries.each(session, overseer, Search()))) == 7 + 3


def test_places_by_name(session: Session, overseer: Actor, places: tuple[Area, Area, Area]) -> None:
    commune, area, elsewhere = places
    names = queries.place_names(session, [commune.path, area.path, "", "99/1/2"])
    assert names[commune.path] == "Phường Thới Hòa"
    assert names[area.path] == f"{area.label} – Phường Thới Hòa"
    assert names["99/1/2"] == "99/1/2"
    assert queries.places(session, overseer) == [commune.path, area.path]
    province = Actor(1, "x", grants=(Grant(Role.OVERSEER, commune.path.partition("/")[0]),))
    assert area.path not in queries.places(session, province)
    assert {commune.path, elsewhere.path.rpartition("/")[0]} <= set(queries.places(session, province))
