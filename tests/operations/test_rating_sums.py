"""Figures kept ready are a recount of the ratings, whatever happened to them and in whatever order."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.feedback.models import Rating, RatingReason, RatingSum, ServiceCenter, SumDue, SumRun
from app.feedback.operations import sums
from app.feedback.queries.sums import Asked, counted, made, reasons
from app.jobs.operations import enqueue
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_officer, make_point, make_rating
from tests.support.jobs import run_jobs

BY = ("day", "counter_id", "officer_id", "tier", "level", "headline")
TODAY = date(2026, 8, 20)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.VIETNAM)


def recount(session: Session, asked: Asked) -> Counter[tuple[Any, ...]]:
    """The same by looking at every single rating."""
    found: Counter[tuple[Any, ...]] = Counter()
    for one in session.scalars(select(Rating).where(Rating.center_id == asked.center_id)):
        if one.undone_at is None and asked.first <= one.day <= asked.last:
            headline = one.standing in ("counted", "restored")
            found[one.day, one.counter_id or 0, one.officer_id or 0, one.tier, one.level, headline] += 1
    return found


def look(session: Session, center: ServiceCenter, last: date = TODAY) -> tuple[Counter[Any], Counter[Any]]:
    asked = Asked(center.id, TODAY - timedelta(days=40), last)
    return counted(session, made(session, center.id), asked, *BY), recount(session, asked)


acts = st.lists(
    st.tuples(
        st.sampled_from(["rate", "rate", "rate", "undo", "hold", "exclude", "restore", "make", "late"]),
        st.integers(0, 4), st.integers(1, 5), st.integers(0, 2),
    ), max_size=40,
)  # fmt: skip


@given(acts)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_equal_a_recount_at_every_moment(session: Session, steps: list[tuple[str, int, int, int]]) -> None:
    with session.begin_nested() as attempt:
        center = make_center(session, make_commune(session))
        counter, officer = make_counter(session, center), make_officer(session, center)
        points = [make_point(session, counter), make_point(session, center)]
        ratings: list[Rating] = []
        for verb, days, level, tier in steps:
            day = TODAY - timedelta(days=days)
            if verb in ("rate", "late"):
                who = {"officer_id": officer.id} if level % 2 else {}
                ratings.append(make_rating(session, points[tier % 2], level, at=at(day), tier=tier, **who))
                sums.ask(session, center.id, day)
            elif verb == "make":
                for due in sums.due_days(session, center.id, TODAY)[: 1 + level]:
                    sums.remake_past(session, center.id, due)
            elif ratings:
                one = ratings[(days * 5 + level) % len(ratings)]
                if verb == "undo":
                    one.undone_at = clock.now()
                else:
                    one.standing = {"hold": "held", "exclude": "excluded", "restore": "restored"}[verb]
                session.flush()
                sums.ask(session, center.id, one.day)
            found, right = look(session, center)
            assert +found == right
        for due in sums.due_days(session, center.id, TODAY):
            sums.remake_past(session, center.id, due)
        found, right = look(session, center)
        assert +found == right
        kept = session.scalar(select(func.sum(RatingSum.count)).where(RatingSum.center_id == center.id)) or 0
        assert kept == sum(n for key, n in right.items() if key[0] < TODAY)
        attempt.rollback()


def test_what_changed_without_asking_is_not_seen(session: Session) -> None:
    """The other side of the promise: only days that were asked for, or never made, are counted live."""
    center = make_center(session, make_commune(session))
    point = make_point(session, make_counter(session, center))
    one = make_rating(session, point, 5, at=at(TODAY - timedelta(days=2)))
    sums.remake_past(session, center.id, one.day)
    one.standing = "excluded"
    session.flush()
    found, right = look(session, center)
    assert +found != right
    sums.ask(session, center.id, one.day)
    found, right = look(session, center)
    assert +found == right


def test_an_asking_that_comes_during_the_recount_stays(session: Session) -> None:
    center = make_center(session, make_commune(session))
    day = TODAY - timedelta(days=1)
    sums.ask(session, center.id, day)
    sums.remake(session, center.id, day)
    assert session.scalar(select(func.count()).select_from(SumDue)) == 0
    sums.ask(session, center.id, day)
    assert sums.due_days(session, center.id, TODAY) == [day]
    assert sums.due_days(session, center.id, day) == []


def test_reasons_are_counted_with_the_headline_alone(session: Session) -> None:
    center = make_center(session, make_commune(session))
    counter = make_counter(session, center)
    point, elsewhere = make_point(session, counter), make_point(session, center)
    rated = [(point, 1, "counted"), (point, 0, "counted"), (point, 1, "held"), (elsewhere, 0, "counted")]
    for place, day, standing in rated:
        one = make_rating(session, place, 2, at=at(TODAY - timedelta(days=day)), standing=standing)
        session.add_all([RatingReason(rating_id=one.id, reason=name) for name in ("long_wait", "attitude")])
    session.flush()
    sums.remake_past(session, center.id, TODAY - timedelta(days=1))
    asked = Asked(center.id, TODAY - timedelta(days=5), TODAY)
    kept = made(session, center.id)
    assert kept.until == TODAY - timedelta(days=1)
    assert reasons(session, kept, asked) == {"long_wait": 3, "attitude": 3}
    today = Asked(center.id, TODAY, TODAY, counter_id=counter.id)
    assert reasons(session, kept, today) == {"long_wait": 1, "attitude": 1}


def test_the_work_makes_every_past_day_and_comes_back(app: Flask, session: Session) -> None:
    center = make_center(session, make_commune(session))
    point, today = make_point(session, make_counter(session, center)), clock.today()
    for day in (5, 3, 0):
        make_rating(session, point, 4, at=clock.now() - timedelta(days=day))
    enqueue(session, sums.JOB, {}, unique_key=sums.JOB)
    session.commit()
    run_jobs(app, until=clock.now() + timedelta(minutes=1))
    session.expire_all()
    until = session.scalar(select(SumRun.until).where(SumRun.center_id == center.id))
    assert until is not None and until >= today - timedelta(days=2)
    assert session.scalar(select(func.sum(RatingSum.count))) == 2


@pytest.mark.parametrize("name", ["counter_id", "officer_id"])
def test_none_is_asked_for_as_zero(session: Session, name: str) -> None:
    center = make_center(session, make_commune(session))
    make_rating(session, make_point(session, center), 5, at=at(TODAY - timedelta(days=1)))
    make_rating(session, make_point(session, center), 5, at=at(TODAY))
    sums.remake_past(session, center.id, TODAY - timedelta(days=1))
    asked = Asked(center.id, TODAY - timedelta(days=9), TODAY)
    numbers: tuple[dict[str, Any], ...] = ({name: 0}, {name: 99})
    nobody, another = (replace(asked, **number) for number in numbers)
    assert counted(session, made(session, center.id), nobody, "level") == {(5,): 2}
    assert not counted(session, made(session, center.id), another, "level")
