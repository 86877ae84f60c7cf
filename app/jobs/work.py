"""Doing the work: a worker takes one job after another and hands each to the slice that knows its kind."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from app.core.db import Database, database_now
from app.core.errors import Refusal
from app.core.schema import slice_modules
from app.jobs import operations, queries, rules
from app.jobs.models import Job
from app.jobs.operations import LostLock
from app.web.current import Services
from app.web.errors import told

log = logging.getLogger("danban.jobs")
KEPT = timedelta(days=90)
IDLE_SECONDS = 1.0
PATIENCE_SECONDS = 5.0


class Later(Exception):
    """A handler found that its work belongs to a later moment; this attempt does not count."""

    def __init__(self, run_at: datetime) -> None:
        super().__init__(run_at)
        self.run_at = run_at


class Stopped(Exception):
    """The worker was asked to stop while a job was under way; the job is laid down and taken up by the next one."""


@dataclass
class Work:
    """What a handler gets. A handler may be stopped anywhere and run again: doing its work twice must be harmless.

    It opens transactions of its own with ``work.database.transaction()``, commits often, and between them calls
    ``progress`` at least once a minute. ``at`` is the moment the job was taken.
    """

    services: Services
    kind: str
    payload: dict[str, Any]
    at: datetime
    job_id: int = 0
    attempt: int = 1
    hold: timedelta = rules.HOLD
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def database(self) -> Database:
        return self.services.database

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is and hold the job longer; never inside a transaction of the handler's own.

        Raises what ends the handler: ``LostLock`` when another worker has the job, ``Stopped`` at the end of service.
        """
        if self.stopping.is_set():
            raise Stopped
        with self.database.transaction() as session:
            operations.renew(session, self.job_id, self.attempt, done=done, total=total, hold=self.hold)


Handler = Callable[[Work], dict[str, Any] | None]


def handlers() -> dict[str, Handler]:
    """Who does which kind of work: ``HANDLERS`` in the module ``jobs`` of every slice that has one."""
    found: dict[str, Handler] = {}
    for module in slice_modules("jobs"):
        for kind, handler in module.HANDLERS.items():
            if kind in found:
                raise ValueError(f"two slices do the work {kind}")
            found[kind] = handler
    return found


def standing() -> dict[str, timedelta]:
    """Work that goes on for ever by coming back ``Later``, and how long after the worker it begins: ``STANDING``."""
    found: dict[str, timedelta] = {}
    for module in slice_modules("jobs"):
        found |= getattr(module, "STANDING", {})
    return found


@dataclass
class Worker:
    """Does one job at a time. With ``strict`` a fault is raised instead of kept for the next attempt (tests)."""

    services: Services
    hold: timedelta = rules.HOLD
    strict: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    handlers: dict[str, Handler] = field(default_factory=handlers)

    def run(self, *, until_empty: bool = False, alive: Callable[[], bool] = lambda: True) -> int:
        """Work until asked to stop, until ``alive`` says no, or until nothing is due; returns how many were done."""
        done = 0
        self._tidy()
        while not self.stopping.is_set() and alive():
            try:
                busy = self.step()
            except OperationalError as fault:
                log.error("the database does not answer\n%s", told(fault))
                self.stopping.wait(PATIENCE_SECONDS)
                continue
            done += busy
            if until_empty and not busy:
                break
            if not busy:
                self.stopping.wait(IDLE_SECONDS)
        return done

    def step(self, *, at: datetime | None = None) -> bool:
        """Do one job that is due (at the moment given, for tests); whether there was one."""
        database = self.services.database
        with database.session(write=False) as session:
            if at is None and not queries.is_due(session):
                return False
        with database.transaction() as session:
            job = operations.take(session, hold=self.hold, at=at)
            moment = at or database_now(session)
        if job is None:
            return False
        self._do(job, moment)
        return True

    def _do(self, job: Job, at: datetime) -> None:
        work = Work(
            services=self.services,
            kind=job.kind,
            payload=job.payload,
            at=at,
            job_id=job.id,
            attempt=job.attempts,
            hold=self.hold,
            stopping=self.stopping,
        )
        database, handler = self.services.database, self.handlers.get(job.kind)
        try:
            if handler is None:
                raise Refusal(rules.UNKNOWN)
            result = handler(work)
            with database.transaction() as session:
                operations.succeed(session, job.id, job.attempts, result)
        except LostLock:
            log.warning("job %s (%s): another worker has it", job.id, job.kind)
        except (Later, Stopped) as wish:
            self._lay_down(job, wish.run_at if isinstance(wish, Later) else None)
        except Exception as fault:
            self._failed(job, fault)
            if self.strict:
                raise

    def _lay_down(self, job: Job, run_at: datetime | None) -> None:
        self._unless_lost(job, lambda session: operations.give_back(session, job.id, job.attempts, run_at))

    def _failed(self, job: Job, fault: Exception) -> None:
        expected = isinstance(fault, Refusal)
        sentence = rules.sentence(fault)
        # A refusal will be the same next time; its words may repeat content, so the log has its kind alone.
        log.error("job %s (%s), attempt %s: %s", job.id, job.kind, job.attempts, sentence if expected else told(fault))
        self._unless_lost(job, lambda session: operations.fail(session, job.id, job.attempts, sentence, final=expected))

    def _unless_lost(self, job: Job, act: Callable[[Any], None]) -> None:
        try:
            with self.services.database.transaction() as session:
                act(session)
        except LostLock:
            log.warning("job %s (%s): another worker has it", job.id, job.kind)

    def _tidy(self) -> None:
        with self.services.database.transaction() as session:
            now = database_now(session)
            operations.forget_finished(session, now - KEPT)
            for kind, pause in standing().items():
                if kind in self.handlers:
                    operations.enqueue(session, kind, {}, unique_key=kind, run_at=now + pause)
