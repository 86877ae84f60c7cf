"""Signs over ratings: found in the background, held back, decided upon by somebody outside the unit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import Forbidden, Refusal, WrongMoment
from app.core.permissions import Actor, Grant, Role
from app.feedback.models import DossierCount, Rating, RatingFlag, RatingPoint, RuleRun, ServiceCenter, SumDue
from app.feedback.operations import review, review_deciding
from app.feedback.queries import review as queries
from app.feedback.queries.review_figures import Share, outlook
from app.feedback.rules.standing import standing_of
from app.jobs.models import Job
from tests.support.cast import actor_of, make_account, make_actor, make_commune
from tests.support.feedback import make_center, make_counter, make_flag, make_officer, make_point, make_rating
from tests.support.jobs import run_jobs

ALWAYS = {str(day): [[0, 1440]] for day in range(7)}
REASON = "Đã hỏi quầy và xem lịch trực, các lượt này không phải của người dân."


@dataclass
class Place:
    session: Session
    commune: Area
    center: ServiceCenter
    point: RatingPoint
    inspector: Actor
    noon: datetime

    def rate(self, minutes: float = 0, level: int = 5, **values: object) -> Rating:
        at = self.noon + timedelta(minutes=minutes)
        return make_rating(self.session, self.point, level, at=at, **{"received_at": clock.now()} | values)

    def flags(self, rule: str) -> list[RatingFlag]:
        self.session.expire_all()
        return self.session.query(RatingFlag).filter_by(rule=rule).order_by(RatingFlag.id).all()

    def decide(self, flag: RatingFlag, decision: str = "exclude", **values: object) -> int:
        seen = self.session.query(RatingFlag).filter_by(cluster=flag.cluster).count()
        by = values.pop("by", self.inspector)
        given = {"decision": decision, "reason": REASON, "seen": seen} | values
        return review_deciding.decide(self.session, by, flag, **given)  # type: ignore[arg-type]


@pytest.fixture
def place(session: Session) -> Place:
    commune = make_commune(session)
    center = make_center(session, commune, hours=ALWAYS)
    point = make_point(session, make_counter(session, center))
    inspector = make_actor(session, Role.INSPECTOR, commune)
    noon = clock.local(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
    return Place(session, commune, center, point, inspector, noon)


def look(app: Flask, place: Place) -> None:
    """Let the rules look at everything anew, as if they never had."""
    place.session.query(RuleRun).delete()
    review.see_to_it(place.session, place.center.id)
    place.session.commit()
    run_jobs(app)
    place.session.expire_all()


def standings(place: Place) -> list[str]:
    place.session.expire_all()
    return [one.standing for one in place.session.query(Rating).order_by(Rating.id)]


def test_a_sign_is_found_once_held_and_grows_while_nobody_decided(app: Flask, place: Place) -> None:
    for n in range(3):
        place.rate(10 * n, device_hash="d" * 64)
    place.rate(5)
    look(app, place)
    first = place.flags("R1")
    assert [(one.rating_id is not None, one.why["count"]) for one in first] == [(True, 3), (True, 3)]
    assert standings(place) == ["counted", "held", "held", "counted"]
    assert place.session.query(SumDue).count() == 1
    look(app, place)
    assert [one.id for one in place.flags("R1")] == [one.id for one in first]
    place.rate(35, device_hash="d" * 64)
    review.see_to_it(place.session, place.center.id)
    place.session.commit()
    run_jobs(app)
    grown = place.flags("R1")
    assert {one.cluster for one in grown} == {first[0].cluster} and [one.why["count"] for one in grown] == [4] * 3
    run = place.session.query(RuleRun).one()
    assert (run.flagged, run.ratings >= 5) == (1, True)


def test_what_was_decided_is_not_opened_again(app: Flask, place: Place) -> None:
    for n in range(3):
        place.rate(10 * n, device_hash="d" * 64)
    look(app, place)
    flag = place.flags("R1")[0]
    assert place.decide(flag, "restore") == 2
    assert standings(place) == ["counted", "restored", "restored"]
    entry = place.session.query(AuditEntry).filter_by(action="feedback.flag.restore").one()
    assert (entry.detail["sign"], entry.detail["ratings"], entry.detail["reason"]) == ("R1", 2, REASON)
    look(app, place)
    assert len(place.flags("R1")) == 2
    place.rate(40, device_hash="d" * 64)
    look(app, place)
    later = place.flags("R1")[2:]
    assert [one.decision for one in later] == [None] and later[0].cluster != flag.cluster
    assert standings(place) == ["counted", "restored", "restored", "held"]


def test_a_whole_day_names_its_ratings_only_when_they_are_set_aside(app: Flask, place: Place) -> None:
    ratings = [place.rate(40 * n) for n in range(4)]
    count = DossierCount(
        center_id=place.center.id, path=place.center.path, day=ratings[0].day, counter_id=place.point.counter_id,
        returned=3, imported_at=clock.now(),
    )  # fmt: skip
    place.session.add(count)
    look(app, place)
    (flag,) = place.flags("R4")
    assert flag.rating_id is None and standings(place) == ["counted"] * 4
    assert queries.about(place.session, flag).spoken_of == 4
    assert outlook(place.session, flag, clock.today()).if_excluded == Share(0, 0)
    assert place.decide(flag) == 4
    assert standings(place) == ["excluded"] * 4
    look(app, place)
    assert len(place.flags("R4")) == 5


def test_nobody_is_held_for_the_office_network(app: Flask, place: Place) -> None:
    for n in range(12):
        place.rate(9 * n, network_hash="w" * 64, on_site=True)
    look(app, place)
    assert set(standings(place)) == {"counted"}
    for n in range(6):
        place.rate(9 * n + 3, network_hash="h" * 64)
    look(app, place)
    assert standings(place).count("held") == 6 == len(place.flags("R6"))


def test_looking_is_asked_for_once_and_every_evening(place: Place) -> None:
    for _ in range(3):
        review.see_to_it(place.session, place.center.id)
    assert place.session.query(Job).filter_by(kind=review.REVIEW).count() == 1
    evening = review.next_evening(place.noon)
    assert clock.local(evening).hour == 20 and evening.date() == place.noon.date()
    assert review.next_evening(evening) == evening + timedelta(days=1)


def test_the_evening_run_looks_everywhere_and_comes_back(app: Flask, place: Place) -> None:
    for n in range(2):
        place.rate(10 * n, device_hash="d" * 64)
    key = review.REVIEW_ALL
    job = Job(kind=key, payload={}, unique_key=key, status="waiting", run_at=clock.now(), created_at=clock.now())
    place.session.add(job)
    place.session.commit()
    run_jobs(app, until=clock.now() + timedelta(minutes=1))
    place.session.refresh(job)
    assert job.status == "waiting" and clock.local(job.run_at).hour == 20
    assert len(place.flags("R1")) == 1


def test_both_figures_before_and_after(place: Place) -> None:
    place.rate(level=2)
    place.rate(level=3)
    held = [place.rate(level=5) for _ in range(2)]
    flag = make_flag(place.session, *held)
    found = outlook(place.session, flag, clock.today())
    assert (found.whole, found.headline) == (Share(4, 2), Share(2, 0))
    assert (found.if_excluded, found.if_restored) == (Share(2, 0), Share(4, 2))
    before = flag.day - timedelta(days=1)
    told = outlook(place.session, flag, before)
    assert [told.whole, told.headline, told.if_excluded] == [Share(0, 0)] * 3 and told.until == before
    make_flag(place.session, held[0], rule="R2")
    assert outlook(place.session, flag, clock.today()).if_restored == Share(3, 1)
    place.decide(flag, "exclude")
    assert {one.standing for one in held} == {"excluded"}


def test_one_exclusion_is_enough_and_an_open_sign_holds() -> None:
    assert standing_of([]) == "counted"
    assert standing_of(["restore", None]) == "held"
    assert standing_of([None, "exclude", "restore"]) == "excluded"
    assert standing_of(["restore", "restore"]) == "restored"


def refused_people(place: Place) -> dict[str, Actor]:
    session, commune = place.session, place.commune
    both = make_account(session)
    one_of_them = make_account(session)
    make_officer(session, place.center, account_id=one_of_them.id)
    gone = make_account(session)
    make_officer(session, place.center, account_id=gone.id, left_on=clock.today() - timedelta(days=1))
    inspector = Grant(Role.INSPECTOR, commune.path)
    return {
        "leader": make_actor(session, Role.LEADER, commune),
        "overseer": make_actor(session, Role.OVERSEER, commune),
        "also of the committee": actor_of(both, inspector, Grant(Role.COMMUNE_OFFICER, commune.path)),
        "also of the province's": actor_of(both, inspector, Grant(Role.PROVINCE_ADMIN, commune.path.split("/")[0])),
        "an officer of the centre": actor_of(one_of_them, inspector),
        "one who left yesterday": actor_of(gone, inspector),
    }


def test_nobody_decides_about_their_own_unit(place: Place) -> None:
    flag = make_flag(place.session, place.rate())
    for who, by in refused_people(place).items():
        with pytest.raises(Forbidden):
            place.decide(flag, by=by)
            pytest.fail(who)
    elsewhere = actor_of(
        make_account(place.session), Grant(Role.INSPECTOR, place.commune.path),
        Grant(Role.COMMUNE_OFFICER, make_commune(place.session).path),
    )  # fmt: skip
    assert place.decide(flag, by=elsewhere) == 1


def test_a_decision_needs_a_reason_and_what_was_read(place: Place) -> None:
    flag = make_flag(place.session, place.rate())
    for values in ({"reason": "Đúng."}, {"decision": "delete"}):
        with pytest.raises(Refusal) as refusal:
            place.decide(flag, **values)
        assert refusal.value.field in ("reason", "decision")
    with pytest.raises(WrongMoment):
        place.decide(flag, seen=2)
    nothing = make_flag(place.session, place.rate(), rule="R12", rating_id=None, why={"how": "gone"})
    with pytest.raises(Refusal):
        place.decide(nothing)
    assert place.decide(nothing, "restore") == 0
    place.decide(flag)
    with pytest.raises(WrongMoment):
        place.decide(flag, "restore")
    assert standings(place)[0] == "excluded"


def test_lists_are_of_ones_own_places(place: Place) -> None:
    flag = make_flag(place.session, *(place.rate() for _ in range(3)))
    make_flag(place.session, place.rate(), rule="R5", why={"how": "staff", "count": 1})
    found = queries.listed(place.session, place.inspector, queries.Search())
    assert [(line.flag.rule, line.ratings) for line in found.lines] == [("R5", 1), ("R1", 3)]
    only = queries.listed(place.session, place.inspector, queries.Search(rule="R1", center=place.center.id))
    assert (only.total, only.lines[0].flag.id) == (1, flag.id)
    assert queries.waiting_for(place.session, place.inspector) == 2
    stranger = make_actor(place.session, Role.INSPECTOR, make_commune(place.session))
    assert queries.listed(place.session, stranger, queries.Search(show="all")).total == 0
    assert queries.in_scope_flag(place.session, stranger, flag.id) is None
    leader = make_actor(place.session, Role.LEADER, place.commune)
    assert queries.waiting_for(place.session, leader) == 0
    sees = [queries.sees_ratings(place.session, one, flag) for one in (place.inspector, leader)]
    assert sees == [True, False]


def of_day(place: Place, days: int) -> Rating:
    return place.rate(minutes=-days * 1440)


def test_the_unit_learns_of_a_sign_when_the_week_is_over(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bodies of oversight know at once; who also works for the unit, or was an officer there, is of the unit."""
    session, commune = place.session, place.commune
    both, tied = make_account(session), make_account(session)
    make_officer(session, place.center, account_id=tied.id, left_on=clock.today() - timedelta(days=9))
    inspector = Grant(Role.INSPECTOR, commune.path)
    unit = [
        make_actor(session, Role.LEADER, commune),
        make_actor(session, Role.COMMUNE_OFFICER, commune),
        actor_of(both, inspector, Grant(Role.PROVINCE_ADMIN, commune.path.split("/")[0])),
        actor_of(tied, inspector),
    ]
    outside = [place.inspector, make_actor(session, Role.OVERSEER, commune)]
    old = make_flag(session, of_day(place, 7))
    fresh = make_flag(session, place.rate(level=1), rule="R11", day=clock.today())
    growing = make_flag(session, of_day(place, 7), place.rate(level=1, day=clock.today()), day=old.day)
    grew = session.query(RatingFlag).filter_by(cluster=growing.cluster).count()
    assert grew == 2

    def known(by: Actor) -> set[int]:
        found = queries.listed(session, by, queries.Search(show="all"))
        assert found.total == len(found.lines)
        lines = {line.flag.id for line in found.lines}
        assert lines == {one.id for one in (old, fresh, growing) if queries.in_scope_flag(session, by, one.id)}
        return lines

    assert [known(by) for by in outside] == [{old.id, fresh.id, growing.id}] * 2
    assert [known(by) for by in unit] == [{old.id}] * 4
    assert [queries.waiting_for(session, by) for by in (place.inspector, *unit)] == [3, 0, 0, 1, 1]
    later = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [known(by) for by in unit] == [{old.id, fresh.id, growing.id}] * 4


def test_devices_are_letters() -> None:
    assert [queries.letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
