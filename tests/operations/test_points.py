"""The codes at counters: issued, revoked, replaced, looked at once a week; and who is on duty there."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.feedback.models import Display, PointScan, RatingPoint, ServiceCenter
from app.feedback.operations import officers, places, points
from app.feedback.queries import places as place_queries
from app.feedback.queries import points as queries
from app.feedback.rules.points import Place
from app.lib.codes import ALPHABET
from tests.support.cast import make_account, make_actor, make_commune, make_grant
from tests.support.feedback import (
    make_center,
    make_counter,
    make_group,
    make_officer,
    make_point,
    make_rating,
    make_shift,
)

REASON = "Bị dán đè ở quầy"


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


def test_points_are_issued_many_at_once_with_codes_nobody_misreads(
    session: Session, center: ServiceCenter, officer: Actor
) -> None:
    first, second, group = make_counter(session, center), make_counter(session, center), make_group(session, center)
    places.edit_counter(session, officer, second, number="2b", name="Quầy 2b", groups=[group.id])
    wanted = [Place(), Place(first.id), Place(second.id), Place(second.id, group.id)]
    made = points.issue(session, officer, center, wanted)
    assert [(one.counter_id, one.group_id) for one in made] == [(w.counter_id, w.group_id) for w in wanted]
    assert [one.label for one in made] == ["", first.name, "Quầy 2b", f"Quầy 2b – {group.name}"]
    assert len({one.code for one in made}) == 4
    assert all(len(one.code) == 6 and set(one.code) <= set(ALPHABET) for one in made)
    assert {one.issued_on for one in made} == {clock.today()}
    assert [one.id for one in queries.of_center(session, center.id)] == [one.id for one in made]


def test_points_are_refused_where_none_may_be(session: Session, center: ServiceCenter, officer: Actor) -> None:
    counter = make_counter(session, center)
    elsewhere = make_counter(session, make_center(session, make_commune(session)))
    make_point(session, counter)
    for wanted in ([], [Place(counter.id)], [Place(elsewhere.id)], [Place(counter.id, 99)]):
        with pytest.raises(Refusal) as refused:
            points.issue(session, officer, center, wanted)
        assert refused.value.field == "places"
    with pytest.raises(Forbidden):
        points.issue(session, make_actor(session, Role.DESK, place_of(session, center)), center, [Place()])
    center.closed_at = clock.now()
    with pytest.raises(WrongMoment):
        points.issue(session, officer, center, [Place()])


def test_a_replaced_point_says_so_and_hands_its_devices_on(
    session: Session, center: ServiceCenter, officer: Actor
) -> None:
    point = make_point(session, make_counter(session, center))
    screen = Display(
        point_id=point.id, path=point.path, kind="screen", name="Màn hình", secret_hash="0" * 64,
        paired_by=officer.account_id, paired_at=clock.now(),
    )  # fmt: skip
    session.add(screen)
    make_rating(session, point)
    made = points.replace(session, officer, point, reason=REASON)
    session.expire_all()
    assert (point.replaced_by, point.revoked_reason) == (made.id, REASON)
    assert point.revoked_at and made.code != point.code and made.counter_id == point.counter_id
    assert screen.point_id == made.id
    assert queries.counts(session, [point.id, made.id])[point.id].ratings == 1
    for act in (points.revoke, points.replace):
        with pytest.raises(WrongMoment):
            act(session, officer, point, reason=REASON)


@pytest.mark.parametrize("reason", ["", "cũ", "x" * 501])
def test_ending_a_point_needs_a_reason_that_says_something(
    session: Session, center: ServiceCenter, officer: Actor, reason: str
) -> None:
    point = make_point(session, center)
    for act in (points.revoke, points.replace):
        with pytest.raises(Refusal) as refused:
            act(session, officer, point, reason=reason)
        assert refused.value.field == "reason" and point.revoked_at is None
    with pytest.raises(Forbidden):
        points.revoke(session, make_actor(session, Role.LEADER, place_of(session, center)), point, reason=REASON)


def test_scans_are_counted_apart_from_ratings(session: Session, center: ServiceCenter) -> None:
    point, today = make_point(session, center), clock.today()
    long_ago = today - timedelta(days=40)
    rows = [(today, 0, 3), (today, 1, 4), (long_ago, 0, 5)]
    session.add_all(PointScan(point_id=point.id, day=day, slot=slot, count=n) for day, slot, n in rows)
    make_rating(session, point)
    make_rating(session, point, undone_at=clock.now())
    session.flush()
    assert queries.counts(session, [point.id])[point.id] == queries.PointCounts(scans=12, ratings=1)
    assert queries.counts(session, [point.id], today)[point.id] == queries.PointCounts(scans=7, ratings=1)
    assert queries.scans_by_day(session, point.id, today) == {today: 7}


def test_the_weekly_check_knows_what_nobody_looked_at(session: Session, center: ServiceCenter) -> None:
    desk = make_actor(session, Role.DESK, place_of(session, center))
    first, second, third = (make_point(session, make_counter(session, center)) for _ in range(3))
    monday = clock.now() - timedelta(days=2)
    points.record_check(session, desk, first, intact=True).checked_at = monday - timedelta(hours=1)
    points.record_checks(session, desk, [second])
    session.flush()
    assert [one.id for one in queries.unchecked(session, center.id, monday)] == [first.id, third.id]
    points.record_check(session, desk, third, intact=False, note="Có tờ dán đè, đã gỡ.")
    assert [one.id for one in queries.unchecked(session, center.id, monday)] == [first.id]
    [(check, who)] = queries.checks_of(session, third.id)
    assert (check.intact, who) == (False, desk.name)


def test_a_check_is_refused_without_words_without_codes_and_of_a_code_that_ended(
    session: Session, center: ServiceCenter
) -> None:
    desk = make_actor(session, Role.DESK, place_of(session, center))
    point = make_point(session, center)
    for act, field in (
        (lambda: points.record_check(session, desk, point, intact=False, note=" "), "note"),
        (lambda: points.record_checks(session, desk, []), "points"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.field == field
    leader = make_actor(session, Role.LEADER, place_of(session, center))
    with pytest.raises(Forbidden):
        points.record_check(session, leader, point, intact=True)
    point.revoked_at, point.revoked_reason = clock.now(), REASON
    with pytest.raises(WrongMoment):
        points.record_check(session, desk, point, intact=True)


def test_who_is_on_duty_is_the_one_at_the_counter_who_is_not_away(session: Session, center: ServiceCenter) -> None:
    counter, now = make_counter(session, center), clock.now()
    khoa, huong = make_officer(session, center), make_officer(session, center)
    assert queries.duty_officer(session, counter.id, now) is None
    make_shift(session, khoa, counter, starts_at=now - timedelta(hours=2), ends_at=now)
    late = make_shift(session, huong, counter, starts_at=now, ends_at=now + timedelta(hours=2))
    assert queries.duty_officer(session, counter.id, now - timedelta(minutes=1)) == khoa.id
    assert queries.duty_officer(session, counter.id, now) == huong.id
    assert queries.duty_officer(session, counter.id, late.ends_at) is None
    make_shift(session, huong, None, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    assert queries.duty_officer(session, counter.id, now) is None
    assert queries.duty_officer(session, make_counter(session, center).id, now) is None
    assert queries.on_duty(session, [counter.id], late.starts_at + timedelta(minutes=90)) == {counter.id: huong}


def test_officers_are_known_by_one_code_and_an_account_of_their_commune(
    session: Session, center: ServiceCenter, officer: Actor
) -> None:
    commune = place_of(session, center)
    make_grant(session, make_account(session, login="quay.3"), Role.DESK, commune)
    make_account(session, login="la")
    one = officers.add_officer(session, officer, center, code="CC03", full_name="võ minh khoa", login="Quay.3 ")
    assert one.full_name == "Võ Minh Khoa" and one.account_id is not None
    assert [found.id for found in place_queries.officers_of_account(session, one.account_id)] == [one.id]
    for values, field in (
        ({"code": "cc03", "full_name": "Người Khác"}, "code"),
        ({"code": "", "full_name": "Người Khác"}, "code"),
        ({"code": "CC04", "full_name": "123"}, "full_name"),
        ({"code": "CC04", "full_name": "Người Khác", "login": "la"}, "login"),
    ):
        with pytest.raises(Refusal) as refused, session.begin_nested():
            officers.add_officer(session, officer, center, **values)
        assert refused.value.field == field
    counter = make_counter(session, center)
    make_shift(session, one, counter)
    make_shift(
        session, one, counter, starts_at=clock.now() + timedelta(days=1), ends_at=clock.now() + timedelta(days=2)
    )
    with pytest.raises(Refusal):
        officers.end_officer(session, officer, one, last_day=clock.today() + timedelta(days=1))
    assert officers.end_officer(session, officer, one, last_day=clock.today()) == 1
    assert place_queries.officers_of_account(session, one.account_id) == []
    with pytest.raises(WrongMoment):
        officers.edit_officer(session, officer, one, code="CC03", full_name="Võ Minh Khoa")


def test_nothing_is_found_from_another_commune(session: Session, center: ServiceCenter, officer: Actor) -> None:
    stranger = make_actor(session, Role.COMMUNE_OFFICER, make_commune(session))
    counter, group = make_counter(session, center), make_group(session, center)
    person, point = make_officer(session, center), make_point(session, center)
    for look, key in (
        (place_queries.in_scope_center, center.id), (place_queries.in_scope_counter, counter.id),
        (place_queries.in_scope_group, group.id), (place_queries.in_scope_officer, person.id),
        (place_queries.in_scope_point, point.id),
    ):  # fmt: skip
        assert look(session, officer, key) is not None and look(session, stranger, key) is None
    assert place_queries.centers(session, stranger, "feedback:point:view") == []
    found = session.scalars(select(RatingPoint)).all()
    assert [one.id for one in found] == [point.id]
