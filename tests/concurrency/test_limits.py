"""Limits on tries hold across threads and processes, and survive the refusal they cause."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import Database
from app.core.errors import TooMany
from app.identity import limits
from app.identity.models import TryCounter
from tests.support.crowd import together

THREADS, EACH, LIMIT = 8, 6, 20


def refused(database: Database, key: str, limit: int = 3, per_seconds: int = 600) -> bool:
    try:
        limits.hit(database, key, limit, per_seconds)
    except TooMany:
        return True
    return False


def counters(database: Database) -> int:
    with database.session(write=False) as session:
        return session.scalar(select(func.count()).select_from(TryCounter)) or 0


def test_eight_threads_together_get_no_more_than_the_limit(committed_database: Database) -> None:
    def tries() -> Counter[bool]:
        return Counter(refused(committed_database, "phiếu 12", LIMIT) for _ in range(EACH))

    total = sum(together([tries] * THREADS), Counter[bool]())
    assert total == {False: LIMIT, True: THREADS * EACH - LIMIT}


def test_the_count_stays_when_the_request_is_rolled_back(committed_database: Database) -> None:
    for _ in range(3):
        limits.hit(committed_database, "a", 3, 600)
        with committed_database.session() as session:
            session.add(TryCounter(key="x", count=1, expires_at=clock.now()))
            session.flush()
            session.rollback()
    assert refused(committed_database, "a")


def test_keys_are_counted_apart(database: Database) -> None:
    assert [refused(database, "a") for _ in range(4)] == [False, False, False, True]
    assert not refused(database, "b")


def test_the_window_begins_with_the_first_try_and_ends(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()
    for second, expected in [(0, False), (1, False), (2, False), (3, True), (599, True), (600, False), (601, False)]:
        moment = start + timedelta(seconds=second)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert refused(database, "a") is expected, second


@pytest.mark.parametrize(
    ("per_seconds", "sentence"),
    [(600, "Mời thử lại sau 10 phút."), (3600, "Mời thử lại sau 60 phút."), (30, "Mời đợi một phút")],
)
def test_the_refusal_says_how_long(database: Database, per_seconds: int, sentence: str) -> None:
    limits.hit(database, "a", 1, per_seconds)
    with pytest.raises(TooMany) as refusal:
        limits.hit(database, "a", 1, per_seconds)
    assert sentence in str(refusal.value)
    assert per_seconds - 5 <= refusal.value.retry_after <= per_seconds


def test_a_key_can_be_forgotten(database: Database) -> None:
    limits.hit(database, "a", 1, 600)
    limits.hit(database, "b", 1, 600)
    limits.forget(database, "a", 1, 600)
    assert not refused(database, "a", 1)
    assert refused(database, "b", 1)


def test_what_was_typed_is_not_kept(database: Database) -> None:
    limits.hit(database, "sign-in as mậtkhẩu-nhập-nhầm", 5, 600)
    with database.session(write=False) as session:
        [key] = session.scalars(select(TryCounter.key))
    assert "nhầm" not in key
    limits.hit(database, "x" * 10_000, 5, 600)


def test_counters_that_have_run_out_are_swept_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in "abc":
        limits.hit(database, key, 5, 60)
    limits.hit(database, "d", 5, 6000)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert limits.SqlStorage(database).sweep() == 3
    assert counters(database) == 1
    monkeypatch.setattr(limits, "SWEEP_EVERY", 1)
    later += timedelta(hours=3)
    limits.hit(database, "e", 5, 60)
    assert counters(database) == 1


def test_the_storage_can_be_checked_and_emptied(database: Database) -> None:
    storage = limits.SqlStorage(database)
    limits.hit(database, "a", 5, 60)
    assert storage.check()
    assert storage.reset() == 1
    assert storage.get("a") == 0
