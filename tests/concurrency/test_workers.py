"""Several workers, and workers killed while they work: every job is done, none by two at a time, none lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import psutil
import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import Database
from app.jobs import rules
from app.jobs.models import Job
from app.jobs.operations import enqueue
from app.jobs.work import Work, Worker
from app.notifications.models import Message
from app.notifications.operations import DELIVER, tell
from tests.support import servers
from tests.support.crowd import together

JOBS = 40
WORKERS = 4
PATIENCE = 60
# A worker of its own process with kinds of work that tests know; what it does, it writes on lines of a file.
PROGRAM = """
import os, sys, time
from datetime import timedelta
from app.config import Settings
from app.factory import create_app
from app.jobs.work import Worker

def slow(work):
    with open(sys.argv[1], "a") as file:
        file.write(f"begun {work.payload['n']} {os.getpid()}\\n")
    if work.attempt == 1:
        time.sleep(600)
    with open(sys.argv[1], "a") as file:
        file.write(f"done {work.payload['n']} {os.getpid()}\\n")

services = create_app(Settings.from_env()).extensions["danban"]
Worker(services, hold=timedelta(seconds=float(sys.argv[2])), handlers={"slow": slow}).run(until_empty=len(sys.argv) > 3)
"""


@pytest.fixture
def services(committed_database: Database, tmp_path: Path) -> object:
    app: Flask = servers.build(servers.settings_for_tests(committed_database.url, tmp_path))
    return app.extensions["danban"]


def wait_for(condition: object, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)


@pytest.mark.slow
def test_no_job_is_done_by_two_workers(committed_database: Database, services: object) -> None:
    done: Counter[int] = Counter()
    at_once: Counter[int] = Counter()
    lock = threading.Lock()

    def count(work: Work) -> None:
        number = work.payload["n"]
        with lock:
            at_once[number] += 1
            assert at_once[number] == 1, "two at a time"
        with work.database.transaction() as session:
            session.get_one(Job, work.job_id)
        with lock:
            at_once[number] -= 1
            done[number] += 1

    with committed_database.transaction() as session:
        for n in range(JOBS):
            enqueue(session, "count", {"n": n})
    workers = [Worker(services, strict=True, handlers={"count": count}) for _ in range(WORKERS)]  # type: ignore[arg-type]
    shares = together([partial(worker.run, until_empty=True) for worker in workers])
    # A worker that finds others' hands on everything left ends early; the rest is done by the others.
    assert sum(shares) == JOBS and done == Counter(range(JOBS))
    with committed_database.session(write=False) as session:
        assert {(job.status, job.attempts) for job in session.scalars(select(Job))} == {("done", 1)}


@pytest.mark.slow
def test_the_same_work_asked_for_at_once_exists_once(committed_database: Database) -> None:
    def ask() -> int:
        with committed_database.transaction() as session:
            return enqueue(session, "count", {}, unique_key="count:1").id

    assert len(set(together([ask] * 8))) == 1
    with committed_database.session(write=False) as session:
        assert len(session.scalars(select(Job)).all()) == 1


@pytest.mark.slow
def test_a_killed_worker_loses_no_job(committed_database: Database, tmp_path: Path) -> None:
    with committed_database.transaction() as session:
        enqueue(session, "slow", {"n": 7})
    log = tmp_path / "log"
    log.touch()
    first = start(committed_database, tmp_path, log, "1")
    wait_for(log.read_text, "the job to begin")
    os.kill(first.pid, signal.SIGKILL)
    first.wait(PATIENCE)
    with committed_database.session(write=False) as session:
        [job] = session.scalars(select(Job))
        assert (job.status, job.attempts) == ("running", 1), "held by who is dead"
    time.sleep(1.1)
    second = start(committed_database, tmp_path, log, "60", "until-empty")
    assert second.wait(PATIENCE) == 0
    assert log.read_text().split() == ["begun", "7", str(first.pid), "begun", "7", str(second.pid), "done", "7"] + [
        str(second.pid)
    ]
    with committed_database.session(write=False) as session:
        [job] = session.scalars(select(Job))
        assert (job.status, job.attempts) == ("done", 2)


@contextmanager
def ending(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Leave nothing of it behind, whatever the test comes to."""
    try:
        yield process
    finally:
        if process.poll() is None:
            for member in [*psutil.Process(process.pid).children(recursive=True), process]:
                member.kill()
            process.wait(PATIENCE)


@pytest.mark.slow
def test_asked_to_stop_a_worker_ends(committed_database: Database, tmp_path: Path) -> None:
    settings = servers.settings_for_tests(committed_database.url, tmp_path)
    with committed_database.transaction() as session:
        enqueue(session, "nobody.knows", {})
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.worker"], env=os.environ | servers.environment_of(settings), stdout=subprocess.PIPE
    )
    with ending(worker):
        wait_for(lambda: status(committed_database) == "failed", "the worker to work")
        worker.terminate()
        said, _errors = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0 and "Đã làm 1 việc." in said.decode()


@pytest.mark.slow
def test_a_worker_beside_a_server_ends_with_it(committed_database: Database, tmp_path: Path) -> None:
    settings = servers.settings_for_tests(committed_database.url, tmp_path)
    program = "import time; from app.jobs.process import start_beside; start_beside(); time.sleep(600)"
    parent = subprocess.Popen([sys.executable, "-c", program], env=os.environ | servers.environment_of(settings))
    with ending(parent):
        family = psutil.Process(parent.pid)
        wait_for(family.children, "the worker")
        [worker] = family.children()
        with committed_database.transaction() as session:
            enqueue(session, "nobody.knows", {})
        wait_for(lambda: status(committed_database) == "failed", "the worker to work")
        parent.kill()
        parent.wait(PATIENCE)
    wait_for(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE, "the worker to end")


@pytest.mark.slow
def test_the_same_message_told_at_once_is_written_once_and_sent_once(
    committed_database: Database, services: object, tmp_path: Path
) -> None:
    keyring = services.keyring  # type: ignore[attr-defined]
    words = {"text": "Đã trả lời.", "short_text": "Da tra loi."}

    def act() -> bool:
        with committed_database.transaction() as session:
            return tell(session, keyring, event="x.y", key="k", phone="0901234567", **words) is not None

    assert sum(together([act] * 6)) == 1
    with committed_database.transaction() as session:
        # A second job for the same message, as if its worker had been slow: it finds it sent, or being sent.
        [message] = session.scalars(select(Message))
        enqueue(session, DELIVER, {"message": message.id})
        noon = session.scalars(select(Job.run_at)).first()
    assert noon is not None
    day = noon.replace(hour=5, minute=0) + timedelta(days=1)
    workers = [Worker(services, strict=True) for _ in range(2)]  # type: ignore[arg-type]
    together([partial(worker.step, at=day) for worker in workers])
    assert (tmp_path / "outbox" / "messages.jsonl").read_text().count("0901234567") == 1


def start(database: Database, folder: Path, log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    settings = servers.settings_for_tests(database.url, folder)
    command = [sys.executable, "-c", PROGRAM, str(log), *arguments]
    return subprocess.Popen(command, env=os.environ | servers.environment_of(settings))


def status(database: Database) -> str:
    with database.session(write=False) as session:
        # The first: a worker adds what is done every day by itself.
        return str(session.scalar(select(Job.status).order_by(Job.id).limit(1)))


def test_a_worker_holds_long_enough_for_a_minute_between_signs_of_progress() -> None:
    assert timedelta(minutes=2) <= rules.HOLD
