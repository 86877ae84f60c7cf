"""The rules over 100,000 ratings of one centre, by a worker as in production, beside a plain reading of those rows."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from app.core.db import Database
from app.feedback.models import Rating, RatingFlag, RatingPoint, ServiceCenter
from app.feedback.operations import review
from app.feedback.rules.signs.records import Seen
from app.jobs.models import Job
from tests.bench import support
from tests.support import servers
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.rating_logs import HOURS, Log, honest
from tests.support.rating_tricks import at_night, bombing_by_network, burst, from_home, one_device_soon

RATINGS = int(os.environ.get("BENCH_RATINGS", "100000"))
# Some 233 ratings come on a usual day of the log: so many days are needed, days off among them.
DAYS = RATINGS * 7 // (5 * 233) + 14
LIMIT = 30.0


def run() -> None:
    """Measure on PostgreSQL and on SQLite."""
    log = _log()
    with support.folder() as place:
        with support.postgresql(place) as server:
            seconds, ratio, flagged = _measure(server.fresh("rules"), place, log)
            support.publish(rules_100000_s=seconds, rules_100000_flagged=flagged, rules_100000_ratio=ratio)
        seconds, ratio, _flagged = _measure(support.sqlite(place, "rules"), place, log)
        support.publish(rules_100000_sqlite_s=seconds, rules_100000_sqlite_ratio=ratio)


def _log() -> Log:
    log = honest(11, days=DAYS)
    log.seen = log.seen[: RATINGS - 100]
    for manipulate in (one_device_soon, burst, at_night, from_home, bombing_by_network):
        manipulate(log)
    return log


def _measure(url: str, place: Path, log: Log) -> tuple[float, float, int]:
    database = Database(url)
    center_id = _fill(database, log)
    with database.transaction() as session:
        review.see_to_it(session, center_id)
        session.query(Job).update({Job.run_at: Job.created_at})
    plain = _read_plainly(database, center_id)
    settings = servers.settings_for_tests(url, place)
    command = [sys.executable, "-m", "app.worker", "--until-empty"]
    began = time.monotonic()
    done = subprocess.run(command, env=os.environ | servers.environment_of(settings), stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    assert done.returncode == 0
    plain = min(plain, _read_plainly(database, center_id))
    with database.session(write=False) as session:
        job = session.query(Job).filter_by(kind=review.REVIEW).one()
        assert job.status == "done", job.fault
        assert job.result and job.result["ratings"] == len(log.seen), job.result
        held = session.scalar(select(func.count()).where(Rating.standing == "held")) or 0
        rules = set(session.scalars(select(RatingFlag.rule).distinct()))
    database.dispose()
    assert {"R1", "R2", "R3", "R6", "R11"} <= rules, rules
    assert seconds <= LIMIT or RATINGS != 100_000, f"{seconds:.1f} s"
    return seconds, seconds / plain, held


def _read_plainly(database: Database, center_id: int) -> float:
    """Seconds in which a process that is running reads the same rows by one statement."""
    columns = (Rating.id, Rating.point_id, Rating.level, Rating.day, Rating.made_at, Rating.device_hash,
               Rating.network_hash, Rating.screen, Rating.took_ms)  # fmt: skip
    with database.session(write=False) as session:
        began = time.perf_counter()
        found = session.execute(select(*columns).where(Rating.center_id == center_id)).all()
        seconds = time.perf_counter() - began
    assert found
    return seconds


def _fill(database: Database, log: Log) -> int:
    with database.transaction() as session:
        center = make_center(session, make_commune(session), hours=HOURS)
        points = {number: make_point(session, make_counter(session, center)) for number in range(1, 6)}
        points[6] = make_point(session, center)
        rows = list(_rows(center, points, log.seen))
        for start in range(0, len(rows), 2000):
            session.execute(insert(Rating), rows[start : start + 2000])
        center_id = center.id
    if database.dialect == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return center_id


def _rows(center: ServiceCenter, points: dict[int, RatingPoint], ratings: list[Seen]) -> Iterator[dict[str, Any]]:
    for one in ratings:
        point = points[one.point]
        family, _, look = one.look.partition("|")
        screen, _, locale = look.partition("|")
        yield {
            "client_uuid": f"bench-{one.id}", "point_id": point.id, "path": center.path, "center_id": center.id,
            "counter_id": point.counter_id, "level": one.level, "tier": one.tier, "kiosk": one.kiosk, "day": one.day,
            "made_at": one.at, "received_at": one.at, "device_hash": one.device, "network_hash": one.network,
            "on_site": one.on_site, "ua_family": family, "screen": screen, "locale": locale, "took_ms": one.took_ms,
        }  # fmt: skip


if __name__ == "__main__":
    run()
