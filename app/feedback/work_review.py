"""The background work of the rules: a centre at a time, only as far back as a rule looks."""

from datetime import date, datetime, timedelta
from typing import Any

from app.core import clock
from app.core.db import database_now
from app.feedback.models import ServiceCenter
from app.feedback.operations import review, sums
from app.feedback.queries import signs
from app.feedback.rules.signs.days import HISTORY, block_of
from app.feedback.rules.signs.every import of_days, of_ratings, usual_counts
from app.feedback.rules.signs.parameters import parameters_on
from app.feedback.rules.signs.records import DayCount
from app.jobs.work import Later, Work

# How many days are looked at in one go where there is much to catch up with.
STRETCH = timedelta(days=31)
# Ratings that waited on a phone may come days late.
LATE = timedelta(days=14)
USUAL = timedelta(days=28)


def look_at_center(work: Work) -> dict[str, Any]:
    """Look at what came to one centre since the last look; twice is harmless and finds nothing new."""
    return _look(work, int(work.payload["center_id"]))


def look_at_all(work: Work) -> dict[str, Any] | None:
    """Look at every centre, also where nobody rated (that may be the sign), and come back in the evening."""
    with work.database.session(write=False) as session:
        centers = sums.centers(session)
    for center_id in centers:
        _look(work, center_id)
    raise Later(review.next_evening(work.at))


def _look(work: Work, center_id: int) -> dict[str, Any]:
    with work.database.session(write=False) as session:
        began = database_now(session)
        last = signs.last_run(session, center_id)
        until = last.up_to if last else None
        new = signs.waiting(session, center_id, until - review.MARGIN if until else None)
        today = clock.local(began).date()
        # How busy each point is as a rule; a look at what came in the last minutes needs no more than that.
        lately = signs.day_counts(session, center_id, new.first - USUAL) if new else []
    flagged = 0
    if new is not None:
        flagged += _look_at_ratings(work, center_id, new.first, new.last, lately)
    if _is_new_day(until, today):
        flagged += _look_at_days(work, center_id, until, today)
    with work.database.transaction() as session:
        review.note_run(session, center_id, began, new.count if new else 0, flagged)
    return {"ratings": new.count if new else 0, "flagged": flagged}


def _look_at_ratings(work: Work, center_id: int, first: date, last: date, counts: list[DayCount]) -> int:
    window = parameters_on(last).window
    usual, flagged = usual_counts(counts), 0
    while first <= last:
        end = min(first + STRETCH, last)
        # Nothing is missed between two stretches: each begins as far back as a rule looks.
        begin, beyond = first - window, end + window
        with work.database.session(write=False) as session:
            center = session.get_one(ServiceCenter, center_id)
            office = signs.office(session, center)
            seen = signs.seen(session, center_id, begin, beyond)
        work.progress(0)
        found = of_ratings(seen, office, usual)
        with work.database.transaction() as session:
            flagged += review.keep(session, session.get_one(ServiceCenter, center_id), found, begin)
        work.progress(0)
        first = end + timedelta(days=1)
    return flagged


def _look_at_days(work: Work, center_id: int, until: datetime | None, today: date) -> int:
    from_day = _far_enough_back(clock.local(until).date() if until else None)
    with work.database.session(write=False) as session:
        office = signs.office(session, session.get_one(ServiceCenter, center_id))
        counts = signs.day_counts(session, center_id, from_day)
        returned = signs.returned(session, center_id, from_day)
    first = clock.local(until).date() - LATE if until else date.min
    found = of_days(counts, returned, office, first, today)
    with work.database.transaction() as session:
        return review.keep(session, session.get_one(ServiceCenter, center_id), found, from_day)


def _is_new_day(until: datetime | None, today: date) -> bool:
    """Whether the rules over days have not looked since yesterday ended."""
    return until is None or clock.local(until).date() < today


def _far_enough_back(last: date | None) -> date | None:
    """From which day on the numbers of days are needed, a block of weeks never cut; None: all of them."""
    if last is None:
        return None
    return block_of(last - LATE - HISTORY, parameters_on(last))
