"""Who reaches which postings, in which state, and what a search finds."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import ANONYMOUS, Role
from app.publication.models import Posting
from app.publication.queries import public, staff
from app.publication.queries.conditions import state_is
from app.publication.rules.quarters import quarter_of
from app.publication.rules.states import State, state
from tests.support.cast import make_actor, make_area, make_commune, make_province
from tests.support.publication import make_place, make_posting


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


def titles(found: object) -> set[str]:
    return {one.title for one in found}  # type: ignore[attr-defined]


def test_states_in_the_database_are_those_of_the_rules(session: Session, commune: Area) -> None:
    today = clock.today()
    for days in range(-35, 1):
        make_posting(session, commune, days=days)
    make_posting(session, commune, permanent=True)
    make_posting(session, commune, status="draft")
    make_posting(session, commune, status="withdrawn")
    every = session.scalars(select(Posting)).all()
    for wanted in State:
        found = set(session.scalars(select(Posting.id).where(state_is(wanted, today))))
        assert found == {one.id for one in every if state(one.status, one.until, today) is wanted}, wanted
        assert found


def test_staff_reach_their_places_and_what_hangs_for_all(session: Session, commune: Area) -> None:
    here, next_door = make_area(session, commune), make_area(session, commune)
    make_posting(session, commune, title="cả phường")
    make_posting(session, commune, title="nháp", status="draft")
    make_posting(session, here, title="ở đây")
    make_posting(session, next_door, title="bên cạnh")
    make_posting(session, make_commune(session), title="nơi khác")
    today = clock.today()

    def seen(role: Role, place: Area) -> set[str]:
        return titles(staff.listed(session, make_actor(session, role, place), today).postings)

    assert seen(Role.AREA_HEAD, here) == {"cả phường", "ở đây"}
    assert seen(Role.COMMUNE_OFFICER, commune) == {"cả phường", "nháp", "ở đây", "bên cạnh"}
    assert seen(Role.OVERSEER, make_commune(session)) == set()
    assert commune.parent is not None
    assert seen(Role.PROVINCE_ADMIN, commune.parent) >= {"cả phường", "nơi khác"}
    assert seen(Role.PROVINCE_ADMIN, make_province(session, "01", "Thành phố Hà Nội")) == set()
    assert titles(staff.listed(session, ANONYMOUS, today).postings) == set()


def test_what_is_reached_says_where_the_right_is_asked(session: Session, commune: Area) -> None:
    area = make_area(session, commune)
    head, posting = make_actor(session, Role.AREA_HEAD, area), make_posting(session, commune)
    found = staff.reached(session, head, posting.id)
    assert found is not None and found.path == area.path
    officer = make_actor(session, Role.COMMUNE_OFFICER, commune)
    found = staff.reached(session, officer, posting.id)
    assert found is not None and found.path == commune.path
    assert staff.reached(session, head, make_posting(session, commune, status="draft").id) is None
    assert staff.file_reached(session, officer, posting.id, 1) is None
    place = make_place(session, make_posting(session, commune), officer)
    assert staff.place_reached(session, officer, posting.id, place.id) is None


def test_a_search_ignores_marks_and_order(session: Session, commune: Area) -> None:
    make_posting(session, commune, title="Đề án sắp xếp đơn vị hành chính", text="", number="05/ĐA-UBND")
    make_posting(session, commune, title="Quy chế tiếp công dân", text="Thứ Năm hằng tuần")
    for words in ("đề án", "de an", "ĐỀ ÁN", "don vi de", "05/da"):
        assert titles(public.listed(session, commune.path, words=words).postings) == {"Đề án sắp xếp đơn vị hành chính"}
    assert titles(public.listed(session, commune.path, words="thu nam").postings) == {"Quy chế tiếp công dân"}
    for words in ("de xuat", "%", "_", "\\"):
        assert public.listed(session, commune.path, words=words).total == 0


def test_residents_see_what_concerns_their_place(session: Session, commune: Area) -> None:
    here, next_door = make_area(session, commune), make_area(session, commune)
    make_posting(session, commune, title="cả phường", days=-40)
    make_posting(session, here, title="ở đây", head=7)
    make_posting(session, next_door, title="bên cạnh")
    make_posting(session, commune, title="nháp", status="draft")
    make_posting(session, here, title="đã rút", status="withdrawn")
    assert titles(public.listed(session, here.path).postings) == {"cả phường", "ở đây", "đã rút"}
    assert titles(public.listed(session, commune.path).postings) == {"cả phường", "ở đây", "bên cạnh", "đã rút"}
    assert titles(public.current(session, here.path, clock.today(), 9)) == {"ở đây"}
    assert titles(public.listed(session, here.path, head=7).postings) == {"ở đây"}
    assert {head: found.count for head, found in public.counts(session, here.path).items()} == {2: 1, 7: 1}


def test_drafts_are_nobody_s_business(session: Session, commune: Area) -> None:
    assert public.posting(session, make_posting(session, commune, status="draft").public_id) is None
    assert public.posting(session, "nothing") is None
    assert public.posting(session, make_posting(session, commune).public_id) is not None


def test_the_list_of_a_quarter_begins_and_ends_with_it(session: Session, commune: Area) -> None:
    quarter = quarter_of(clock.today())
    first, last = quarter.first, quarter.last
    for day, title in ((first, "đầu"), (last, "cuối")):
        make_posting(session, commune, title=title, since=day, until=day + timedelta(days=30))
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        make_posting(session, commune, title="ngoài", since=day, until=day + timedelta(days=30))
    make_posting(session, commune, title="nháp", status="draft")
    make_posting(session, make_area(session, commune), title="rút", head=1, status="withdrawn", since=first)
    found = staff.published_in(session, commune, quarter)
    assert [one.title for one in found] == ["rút", "đầu", "cuối"]
