"""Limits on tries, shared by all processes through the table ``try_counter``.

A hit is counted in a transaction of its own: the refusal that follows rolls the request back, not the count. On
SQLite one transaction writes at a time, so ``hit`` comes before the request's own transaction has begun.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.db import Database
from app.core.errors import TooMany
from app.identity.models import TryCounter
from app.lib.i18n import N_

INSERT = {"postgresql": postgresql_insert, "sqlite": sqlite_insert}
# One hit in so many also throws away counters that have run out.
SWEEP_EVERY = 200
SWEEP_AT_MOST = 1000


def hit(database: Database, key: str, limit: int, per_seconds: int) -> None:
    """Count one try of ``key``; raises ``TooMany`` beyond ``limit`` tries in ``per_seconds``.

    The window begins with the first try. The key may hold what somebody typed: only its hash is kept.
    """
    if not count(database, key, limit, per_seconds):
        raise _too_many(database, key, limit, per_seconds)


def check(database: Database, key: str, limit: int, per_seconds: int) -> None:
    """Raise ``TooMany`` where ``hit`` would, and count nothing."""
    if is_spent(database, key, limit, per_seconds):
        raise _too_many(database, key, limit, per_seconds)


def count(database: Database, key: str, limit: int, per_seconds: int) -> bool:
    """Count one try like ``hit``; whether it was within the limit."""
    limiter, item, hashed = _window(database, key, limit, per_seconds)
    return limiter.hit(item, hashed)


def is_spent(database: Database, key: str, limit: int, per_seconds: int) -> bool:
    """Whether one more try of ``key`` would be beyond the limit; counts nothing."""
    limiter, item, hashed = _window(database, key, limit, per_seconds)
    return not limiter.test(item, hashed)


def _window(
    database: Database, key: str, limit: int, per_seconds: int
) -> tuple[FixedWindowRateLimiter, RateLimitItemPerSecond, str]:
    hashed = hashlib.sha256(key.encode()).hexdigest()
    return FixedWindowRateLimiter(SqlStorage(database)), RateLimitItemPerSecond(limit, per_seconds), hashed


def _too_many(database: Database, key: str, limit: int, per_seconds: int) -> TooMany:
    limiter, item, hashed = _window(database, key, limit, per_seconds)
    left = limiter.get_window_stats(item, hashed).reset_time - clock.now().timestamp()
    seconds = max(1, min(per_seconds, round(left)))
    if seconds < 60:
        return TooMany(N_("Ông/Bà thử quá nhanh. Mời đợi một phút rồi thử lại."), retry_after=seconds)
    return TooMany(
        N_("Ông/Bà đã thử quá nhiều lần. Mời thử lại sau %(minutes)s phút."),
        retry_after=seconds,
        minutes=-(-seconds // 60),
    )


def forget(database: Database, key: str, limit: int, per_seconds: int) -> None:
    """Start the window of ``key`` anew, as if nothing had been tried."""
    limiter, item, hashed = _window(database, key, limit, per_seconds)
    limiter.clear(item, hashed)


class SqlStorage(Storage):
    """Counters in the database; one atomic statement a hit, on both engines."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = clock.now()
        over = TryCounter.expires_at <= now
        statement: Any = INSERT[self._database.dialect](TryCounter).values(
            key=key, count=amount, expires_at=now + timedelta(seconds=expiry)
        )
        statement = statement.on_conflict_do_update(
            index_elements=[TryCounter.key],
            set_={
                "count": case((over, amount), else_=TryCounter.count + amount),
                "expires_at": case((over, statement.excluded.expires_at), else_=TryCounter.expires_at),
            },
        ).returning(TryCounter.count)
        with self._database.transaction() as session:
            count: int = session.execute(statement).scalar_one()
        if secrets.randbelow(SWEEP_EVERY) == 0:
            self.sweep()
        return count

    def get(self, key: str) -> int:
        found = self._row(key)
        return found.count if found else 0

    def get_expiry(self, key: str) -> float:
        found = self._row(key)
        return (found.expires_at if found else clock.now()).timestamp()

    def check(self) -> bool:
        with self._database.session(write=False) as session:
            session.execute(select(TryCounter.key).limit(1))
        return True

    def reset(self) -> int | None:
        return self._delete(TryCounter.expires_at <= datetime.max.replace(tzinfo=UTC))

    def clear(self, key: str) -> None:
        self._delete(TryCounter.key == key)

    def sweep(self) -> int:
        """Throw away counters that have run out; how many."""
        out = select(TryCounter.key).where(TryCounter.expires_at <= clock.now()).limit(SWEEP_AT_MOST)
        # Two sweeps at once take different rows instead of waiting for each other.
        return self._delete(TryCounter.key.in_(out.with_for_update(skip_locked=True)))

    def _row(self, key: str) -> TryCounter | None:
        with self._database.session(write=False) as session:
            return session.scalar(select(TryCounter).where(TryCounter.key == key, TryCounter.expires_at > clock.now()))

    def _delete(self, condition: Any) -> int:
        with self._database.transaction() as session:
            gone = session.scalars(delete(TryCounter).where(condition).returning(TryCounter.key))
            return len(gone.all())
