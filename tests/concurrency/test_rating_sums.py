"""People who change figures at once do not wait for each other, nor for the worker that makes them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from app.core import clock
from app.core.db import Database
from app.feedback.models import RatingSum, SumDue
from app.feedback.operations import sums
from app.feedback.queries.sums import made
from tests.support.feedback import make_rating
from tests.support.figures import make_rated, rate

YESTERDAY = timedelta(days=1)


@pytest.mark.postgresql
def test_asking_waits_for_nobody_and_is_never_lost(committed_database: Database) -> None:
    day = clock.today() - YESTERDAY
    with committed_database.transaction() as session:
        rated = make_rated(session)
        rate(session, rated, "55", days=1)
    late, later = committed_database.session(), committed_database.session()
    with late, later, late.begin(), later.begin():
        for session in (late, later):
            session.execute(text("SET LOCAL lock_timeout = '1s'"))
            make_rating(session, rated.points[0], 1, at=clock.now() - YESTERDAY)
            sums.ask(session, rated.center.id, day)
        later.commit()
        # The worker makes the day while one of the two has not ended yet.
        with committed_database.transaction() as session:
            session.execute(text("SET LOCAL lock_timeout = '1s'"))
            sums.remake_past(session, rated.center.id, day)
            assert session.scalar(select(func.sum(RatingSum.count))) == 3
        late.commit()
    with committed_database.transaction() as session:
        assert made(session, rated.center.id).due == (day,)
        sums.remake_past(session, rated.center.id, day)
        assert session.scalar(select(func.sum(RatingSum.count))) == 4
        assert session.scalars(select(SumDue)).all() == []
