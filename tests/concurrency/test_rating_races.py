"""Taps at the same moment, with real commits: one page is one rating, one dossier is one rating."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import Database
from app.feedback.models import Rating
from app.feedback.operations.rating import Rated, Tap, rate
from app.feedback.queries.rating import Place, place_of
from tests.support.cast import make_area
from tests.support.crowd import together
from tests.support.feedback import make_center, make_counter, make_point

TAPS = 24


def make_place(database: Database) -> Place:
    with database.transaction() as session:
        commune = make_area(session).parent
        assert commune is not None
        point = make_point(session, make_counter(session, make_center(session, commune)))
        place = place_of(session, point.code)
        assert place is not None
        return place


def tap(name: str, level: int) -> Tap:
    return Tap(level, name, clock.now(), device_hash="d" * 64, network_hash="n" * 64)


def tapping(database: Database, place: Place, one: Tap, *, single: bool) -> Callable[[], Rated]:
    def act() -> Rated:
        session = database.single() if single else database.session()
        try:
            rated = rate(session, place, one)
            session.commit()
            return rated
        finally:
            session.close()

    return act


@pytest.mark.parametrize("single", [True, False])
def test_one_page_tapped_many_times_at_once_is_one_rating(committed_database: Database, single: bool) -> None:
    place = make_place(committed_database)
    acts = [tapping(committed_database, place, tap("same", 1 + n % 5), single=single) for n in range(TAPS)]
    outcomes = together(acts)
    assert {outcome.rating_id for outcome in outcomes} == {outcomes[0].rating_id}
    assert sum(not outcome.repeated for outcome in outcomes) == 1
    with committed_database.session(write=False) as session:
        [made] = session.scalars(select(Rating))
        assert {outcome.level for outcome in outcomes} == {made.level}


def test_many_people_at_once_lose_nothing(committed_database: Database) -> None:
    place = make_place(committed_database)
    together([tapping(committed_database, place, tap(f"page-{n}", 5), single=True) for n in range(TAPS)])
    with committed_database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == TAPS
