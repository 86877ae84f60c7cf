"""Centres and counters: begun, corrected, closed with all that hangs on them."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.feedback.models import ServiceCenter
from app.feedback.operations import places, points
from app.feedback.queries import places as place_queries
from app.feedback.rules.points import Place
from tests.support.cast import make_actor, make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_point

ENTRIES = places.CenterEntries(
    name="Trung tâm Phục vụ hành chính công phường Thới Hòa", hotline="0274 3553 353",
    hours=("7:30-11:30, 13:30-17:00",) * 5 + ("", ""), networks="203.0.113.0/24",
)  # fmt: skip


@pytest.fixture
def center(session: Session) -> ServiceCenter:
    return make_center(session, make_commune(session))


@pytest.fixture
def officer(session: Session, center: ServiceCenter) -> Actor:
    return make_actor(session, Role.COMMUNE_OFFICER, place_of(session, center))


def place_of(session: Session, center: ServiceCenter) -> Area:
    return session.get_one(Area, center.area_id)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_centre_is_begun_and_corrected(session: Session) -> None:
    commune = make_commune(session)
    by = make_actor(session, Role.COMMUNE_OFFICER, commune)
    made = places.create_center(session, by, commune, ENTRIES)
    assert (made.path, made.networks) == (commune.path, ["203.0.113.0/24"])
    assert made.hours == {str(day): [[450, 690], [810, 1020]] for day in range(5)}
    places.edit_center(session, by, made, replace(ENTRIES, hotline="0274 3553 000"))
    places.edit_center(session, by, made, replace(ENTRIES, hotline="0274 3553 000"))
    assert made.hotline == "0274 3553 000"
    assert actions(session) == ["feedback.center.create", "feedback.center.edit"]
    assert session.query(AuditEntry).filter_by(action="feedback.center.edit").one().detail["fields"] == ["hotline"]


def test_every_fault_of_a_centre_is_said_at_once_at_its_field(session: Session) -> None:
    commune = make_commune(session)
    by = make_actor(session, Role.COMMUNE_OFFICER, commune)
    wrong = replace(ENTRIES, name=" ", hours=("sáng", "") + ("",) * 5, networks="wifi")
    with pytest.raises(ManyRefusals) as refused:
        places.create_center(session, by, commune, wrong)
    assert [problem.field for problem in refused.value.problems] == ["name", "hours_0", "networks"]
    with pytest.raises(Forbidden):
        places.create_center(session, by, make_commune(session), ENTRIES)
    for role in (Role.LEADER, Role.DESK, Role.COMMUNE_ADMIN):
        with pytest.raises(Forbidden):
            places.create_center(session, make_actor(session, role, commune), commune, ENTRIES)


def test_counters_handle_groups_and_take_their_points_along_when_they_close(
    session: Session, center: ServiceCenter, officer: Actor
) -> None:
    group = places.add_group(session, officer, center, name="Đất đai")
    other = make_group(session, make_center(session, make_commune(session)))
    counter = places.add_counter(session, officer, center, number="3", name="Quầy 3", groups=[group.id])
    assert place_queries.handled(session, center.id) == {counter.id: [group.id]}
    for act, field in (
        (lambda: places.add_counter(session, officer, center, number=" 3 ", name="Quầy"), "number"),
        (lambda: places.add_counter(session, officer, center, number="4", name=""), "name"),
        (lambda: places.add_counter(session, officer, center, number="5", name="Quầy", groups=[other.id]), "groups"),
        (lambda: places.add_group(session, officer, center, name="đất ĐAI"), "name"),
    ):
        with pytest.raises(Refusal) as refused, session.begin_nested():
            act()
        assert refused.value.field == field
    made = points.issue(session, officer, center, [Place(), Place(counter.id), Place(counter.id, group.id)])
    assert places.close_group(session, officer, group) == 1
    assert places.close_counter(session, officer, counter) == 1
    assert [bool(point.revoked_at) for point in made] == [False, True, True]
    with pytest.raises(WrongMoment):
        places.close_counter(session, officer, counter)
    with pytest.raises(WrongMoment):
        places.edit_counter(session, officer, counter, number="3", name="Quầy", groups=[])


def test_a_centre_closes_once_and_takes_all_its_points_along(
    session: Session, center: ServiceCenter, officer: Actor
) -> None:
    commune, counter = place_of(session, center), make_counter(session, center)
    other = make_point(session, make_center(session, commune))
    made = points.issue(session, officer, center, [Place(), Place(counter.id)])
    for role in (Role.LEADER, Role.DESK):
        with pytest.raises(Forbidden):
            places.close_center(session, make_actor(session, role, commune), center)
    assert places.close_center(session, officer, center) == 2
    assert {one.revoked_reason for one in made} == {"Trung tâm đã ngừng hoạt động."} and other.revoked_at is None
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.action == "feedback.center.close" and entry.detail["ended_codes"] == 2
    with pytest.raises(WrongMoment):
        places.close_center(session, officer, center)
    with pytest.raises(WrongMoment):
        points.issue(session, officer, center, [Place()])
