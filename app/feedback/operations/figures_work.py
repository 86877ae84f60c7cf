"""The work that keeps figures: days made anew, alerts looked for. It goes on for ever."""

from datetime import datetime, time, timedelta
from typing import Any

from app.core import clock
from app.feedback.operations import alerts, sums
from app.jobs.work import Later, Work

# An act that began before midnight may end after it.
SETTLED = timedelta(minutes=15)
ALERTS_AT = time(1, 30)


def make_sums(work: Work) -> dict[str, Any] | None:
    """Make every past day that was never made or was asked for, a transaction each; come back in ten minutes."""
    today = clock.local(work.at - SETTLED).date()
    with work.database.session(write=False) as session:
        days = [(one, day) for one in sums.centers(session) for day in sums.due_days(session, one, today)]
    for done, (center_id, day) in enumerate(days, start=1):
        with work.database.transaction() as session:
            sums.remake_past(session, center_id, day)
        if not done % 20:
            work.progress(done, len(days))
    raise Later(work.at + sums.PAUSE)


def look_for_alerts(work: Work) -> dict[str, Any] | None:
    """Look once a night whether a counter turned bad."""
    here = clock.local(work.at)
    with work.database.session(write=False) as session:
        centers = sums.centers(session)
    for number, center_id in enumerate(centers, start=1):
        with work.database.transaction() as session:
            alerts.look(session, center_id, here.date())
        if not number % 20:
            work.progress(number, len(centers))
    following = datetime.combine(here.date(), ALERTS_AT, clock.VIETNAM)
    raise Later(following if following > here else following + timedelta(days=1))
