"""Background work in tests: done at once, in the test's own database."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from app.core import clock
from app.jobs import queries
from app.jobs.work import Worker

# Beyond every quiet night and every pause between attempts, and short of what comes back once a day.
AHEAD = timedelta(hours=12)


def run_jobs(app: Flask | Any, *, until: datetime | None = None, strict: bool = True) -> int:
    """Do all work that waits (and may begin before ``until``), in its order; returns how many jobs were done.

    Takes the application or its services. A fault of a handler is raised here unless ``strict`` is off.
    """
    services = app.extensions["danban"] if isinstance(app, Flask) else app
    worker, done = Worker(services, strict=strict), 0
    end = until or clock.now() + AHEAD
    while (moment := _next(services)) is not None and moment <= end:
        if not worker.step(at=max(moment, clock.now())):
            break
        done += 1
    return done


def _next(services: Any) -> datetime | None:
    with services.database.session(write=False) as session:
        return queries.next_run(session)
