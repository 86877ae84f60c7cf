"""Work on figures: days made anew and alerts looked for, which goes on for ever; workbooks of single ratings."""

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.core import clock
from app.feedback import exports
from app.feedback.operations import alerts, exporting, sums
from app.feedback.queries import rating_rows
from app.feedback.rules.periods import Period, told_until
from app.jobs.operations import enqueue
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


def make_workbook(work: Work) -> dict[str, Any] | None:
    """Write the workbook to a file, keep it for a day. Run twice it is made twice, and both are forgotten."""
    center_id = int(work.payload["center_id"])
    period = Period(work.payload["kind"], date.fromisoformat(work.payload["first"]))
    last = period.told(told_until(clock.local(work.at).date()))
    with work.database.session(write=False) as session:
        total = rating_rows.how_many(session, center_id, period.first, last)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.xlsx"
        with work.database.session(write=False) as session:
            rows = rating_rows.each(session, center_id, period.first, last, reader=work.payload.get("reader"))
            written = exports.workbook(path, rows, lambda done: work.progress(min(done, total), total))
        key = work.services.storage.put(exporting.FOLDER, path.read_bytes())
    with work.database.transaction() as session:
        enqueue(
            session,
            exporting.FORGET,
            {"key": key},
            unique_key=f"{exporting.FORGET}:{key}",
            run_at=work.at + exporting.KEPT,
        )
    return {"key": key, "rows": written}


def forget_workbook(work: Work) -> None:
    """Delete a workbook whose day is over."""
    work.services.storage.delete(str(work.payload["key"]))
