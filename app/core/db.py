"""Engine, session and column types shared by all tables; the only place that knows both database engines."""

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, Text, TypeDecorator, create_engine, event, text
from sqlalchemy.orm import DeclarativeBase, Session

from app.lib.canonical import canonical_json

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# The moment as both engines see it, comparable with a stored UTCDateTime.
DATABASE_NOW = {
    "postgresql": "clock_timestamp()",
    "sqlite": "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every engine; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JSONText(TypeDecorator[Any]):
    """Canonical JSON in a text column, the same on every engine."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)


class Database:
    """One engine and the sessions on it.

    A write session takes its lock at the start (SQLite: a fair file lock, then ``BEGIN IMMEDIATE``), so that no
    transaction fails half-way because another wrote first.
    """

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self.engine = _sqlite_engine(url) if url.startswith("sqlite") else _server_engine(url, pool_size)
        self._writer = self.engine.execution_options(danban_write=True)
        self._units = threading.local()
        self._singles: Engine | None = None
        if self.dialect == "postgresql":
            # Connections of their own: switching one to and fro between single statements and transactions costs more
            # than the statement.
            self._singles = _server_engine(url, pool_size, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    def session(self, *, write: bool = True) -> Session:
        """A new session; whoever opens it closes it. Commit belongs to ``transaction`` and the web floor alone."""
        return Session(self._writer if write else self.engine, expire_on_commit=False)

    def single(self, *, write: bool = True) -> "Session | Single":
        """For an act of one statement: where the engine can, that statement is the whole transaction.

        One way to the database and back instead of three. What is asked afterwards sees everything committed by then;
        nothing may be written by a second statement.
        """
        if self._singles is None:
            return self.session(write=write)
        return Single(self._singles)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One unit of work: committed when the block ends, rolled back when it raises.

        Never one inside another of the same thread: on SQLite it would wait for itself for ever.
        """
        if getattr(self._units, "open", False):
            raise RuntimeError("a unit of work inside another")
        self._units.open = True
        try:
            with self.session() as session, session.begin():
                yield session
        finally:
            self._units.open = False

    def scrub(self, *tables: str) -> None:
        """Let nothing stay in the database's own files of rows that were deleted or overwritten.

        Writes whole tables (SQLite: the whole file) anew while others wait; backups and archived logs are beyond it.
        """
        if self.dialect == "postgresql":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in tables:
                    connection.exec_driver_sql(f'VACUUM FULL "{table}"')
            return
        raw = self.engine.raw_connection()
        try:
            for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.cursor().execute(command)
        finally:
            raw.close()

    def dispose(self) -> None:
        self.engine.dispose()
        if self._singles is not None:
            self._singles.dispose()


class Single:
    """A connection on which every statement is a transaction by itself; ended with ``close`` like a session."""

    def __init__(self, engine: Engine) -> None:
        self.dialect = engine.dialect
        self._held = engine.raw_connection()

    @property
    def driver(self) -> Any:
        return self._held.driver_connection

    def commit(self) -> None:
        """Nothing to do: what was said is done."""

    def rollback(self) -> None:
        """Nothing to undo."""

    def close(self) -> None:
        if self.driver.closed:
            self._held.invalidate()
        else:
            self._held.close()


def driver_of(session: Session | Single) -> tuple[Dialect, Any]:
    """The kind of database behind a session, and the driver's own connection."""
    if isinstance(session, Single):
        return session.dialect, session.driver
    connection = session.connection()
    return connection.dialect, connection.connection.driver_connection


def database_now(session: Session) -> datetime:
    """The moment by the database's clock, which alone decides opening and closing of polls."""
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
    stamp = session.execute(text(f"SELECT {DATABASE_NOW['sqlite']}")).scalar_one()
    return datetime.fromisoformat(stamp).replace(tzinfo=UTC)


def _server_engine(url: str, pool_size: int, **options: Any) -> Engine:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    # Parameters may be a choice, a code, a name: a fault that is logged must not repeat them.
    sizes = {"pool_size": pool_size, "max_overflow": pool_size}
    return create_engine(url, **sizes, pool_pre_ping=False, pool_recycle=1800, hide_parameters=True, **options)


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
    path = engine.url.database

    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")
        if path and path != ":memory:":
            record.info["lock"] = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "close", _drop_lock)
    event.listen(engine, "begin", _begin)
    # The lock goes only when the pool has the connection back: commit and rollback are then surely over.
    event.listen(engine, "checkin", _release_lock)
    return engine


def _begin(connection: Any) -> None:
    if not connection.get_execution_options().get("danban_write"):
        connection.exec_driver_sql("BEGIN")
        return
    lock = connection.info.get("lock")
    if lock is not None:
        fcntl.flock(lock, fcntl.LOCK_EX)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _release_lock(_connection: Any, record: Any) -> None:
    if "lock" in record.info:
        fcntl.flock(record.info["lock"], fcntl.LOCK_UN)


def _drop_lock(_connection: Any, record: Any) -> None:
    if "lock" in record.info:
        os.close(record.info.pop("lock"))
