"""A million ratings of one centre: figures kept and recounted, the dashboard, single ratings as CSV and XLSX.

``BENCH_RATINGS`` says how many ratings; a million unless given.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from app.core import clock
from app.core.db import Database
from app.feedback.models import ServiceCenter
from app.feedback.operations import sums
from app.feedback.queries.numbers import dashboard
from app.feedback.queries.rating_rows import each
from app.feedback.queries.sums import Asked, counted, made
from app.feedback.rules.periods import period_of
from tests.bench import support
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_officer, make_point

RATINGS = int(os.environ.get("BENCH_RATINGS", "1000000"))
COUNTERS, GROUPS, OFFICERS, DAYS = 10, 5, 20, 365
BY = ("day", "counter_id", "group_id", "officer_id", "tier", "level", "headline")
FIRST, LAST = date(2020, 1, 1), date(2099, 1, 1)
# As people rate: each counter handles two groups and has two officers; most people are satisfied, a tenth chooses a
# reason, a hundredth is held. Nothing follows from anything else, so that figures have as many rows as they can.
SEED = """
INSERT INTO rating (client_uuid, point_id, path, center_id, counter_id, group_id, officer_id, level, tier, kiosk, day,
  made_at, received_at, device_hash, network_hash, on_site, staff_device, ua_family, screen, locale, standing)
SELECT md5(n::text), :point, :path, :center, :counter + h % :counters, :grp + (h % :counters + h / 16 % 2) % :groups,
  :officer + (h % :counters) * 2 + h / 32 % 2, (ARRAY[5,5,5,4,4,4,3,2,1,5])[1 + h / 64 % 10],
  (ARRAY[0,0,1,2])[1 + h / 1024 % 4], false, d, d, d, md5((n + 1)::text), '', false, false, '', '', '',
  CASE WHEN n % 100 = 0 THEN 'held' ELSE 'counted' END
FROM (SELECT n, (hashtext(n::text)::bigint + 2147483648) AS h, CAST(:last AS date) - (n * 31 % :days)::int AS d
      FROM generate_series(1, :ratings) AS n) AS made
"""
REASONS = "INSERT INTO rating_reason SELECT id, (ARRAY['long_wait','attitude','polite'])[1 + id % 3] FROM rating WHERE id % 10 = 0"  # noqa: E501


def run() -> None:
    """Seed PostgreSQL, make the figures, measure."""
    with support.folder() as place, support.postgresql(place) as server:
        url = server.fresh("numbers")
        center_id = seed(url)
        database = Database(url)
        equal = _sums(database, center_id)
        _dashboard(database, center_id)
        database.dispose()
        support.publish(sums_1m_equal=equal)
        for kind in ("csv", "xlsx"):
            _export(url, center_id, place, kind)


def seed(url: str) -> int:
    """A centre with counters, groups and officers, rated on every day of a year up to today."""
    database = Database(url)
    with database.transaction() as session:
        center = make_center(session, make_commune(session))
        counters = [make_counter(session, center) for _ in range(COUNTERS)]
        groups = [make_group(session, center) for _ in range(GROUPS)]
        officers = [make_officer(session, center) for _ in range(OFFICERS)]
        values = {
            "point": make_point(session, counters[0]).id, "path": center.path, "center": center.id,
            "counter": counters[0].id, "counters": COUNTERS, "grp": groups[0].id, "groups": GROUPS,
            "officer": officers[0].id, "officers": OFFICERS, "last": clock.today(), "days": DAYS, "ratings": RATINGS,
        }  # fmt: skip
        session.execute(text(SEED), values)
        session.execute(text(REASONS))
        center_id = center.id
    _analyse(database)
    database.dispose()
    return center_id


def _analyse(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _sums(database: Database, center_id: int) -> int:
    """Make every past day; 1 when the figures are a recount of all ratings."""
    with database.session(write=False) as session:
        asked = Asked(center_id, FIRST, LAST)
        recount = counted(session, made(session, center_id), asked, *BY)
        days = sums.due_days(session, center_id, clock.today())
    began = time.monotonic()
    for day in days:
        with database.transaction() as session:
            sums.remake_past(session, center_id, day)
    support.publish(sums_1m_s=time.monotonic() - began)
    _analyse(database)
    with database.session(write=False) as session:
        kept = made(session, center_id)
        assert kept.until == clock.today() - timedelta(days=1)
        return int(counted(session, kept, asked, *BY) == recount)


def _dashboard(database: Database, center_id: int) -> None:
    """The whole page as a member of staff gets it, and its figures alone; the worst kind of period counts."""
    from tests.bench.figures_page import page_seconds

    found = {}
    for kind in ("month", "quarter", "year"):
        with database.session(write=False) as session:
            center = session.get_one(ServiceCenter, center_id)
            period = period_of(kind, clock.today())
            asked = Asked(center_id, period.first, period.last)
            found[kind] = _best(lambda: dashboard(session, center, period, asked, today=clock.today(), officers=True))  # noqa: B023
    pages = page_seconds(database.url, center_id, tuple(found))
    for kind in found:
        support.publish(**{f"dashboard_1m_{kind}_ms": pages[kind] * 1000})
        support.publish(**{f"dashboard_1m_{kind}_figures_ms": found[kind] * 1000})
    support.publish(dashboard_1m_ms=max(pages.values()) * 1000)


def _best(act: Callable[[], object], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        began = time.monotonic()
        act()
        seconds.append(time.monotonic() - began)
    return sorted(seconds)[len(seconds) // 2]


def _export(url: str, center_id: int, place: Path, kind: str) -> None:
    """One export in a process of its own, beside a plain COPY of the table in the same minute."""
    plain = _copy(url, center_id, place / "plain.csv")
    # Through a shell: a process that is forked right from this one begins with the memory this one has.
    command = [
        sys.executable,
        "-m",
        "tests.bench.bench_numbers",
        kind,
        url,
        str(center_id),
        str(place / f"rows.{kind}"),
    ]
    began = time.monotonic()
    done = subprocess.run(["sh", "-c", '"$@"; exit $?', "sh", *command], stdout=subprocess.PIPE, check=True, text=True)
    seconds = time.monotonic() - began
    support.publish(
        **{
            f"export_{kind}_1m_mb_peak": float(done.stdout.split()[-1]),
            f"export_{kind}_1m_s": seconds,
            f"export_{kind}_1m_ratio_to_copy": seconds / plain,
        }
    )


def _copy(url: str, center_id: int, path: Path) -> float:
    """Seconds of the server's own way to write the same rows."""
    import psycopg

    statement = (
        f"COPY (SELECT * FROM rating WHERE center_id = {int(center_id)} ORDER BY day, client_uuid) TO STDOUT CSV"
    )
    began = time.monotonic()
    with psycopg.connect(url) as connection, connection.cursor().copy(statement) as copy, path.open("wb") as file:
        for block in copy:
            file.write(block)
    return time.monotonic() - began


def write(kind: str, url: str, center_id: int, path: Path) -> None:
    """What the export of the service does, to a file."""
    from app.feedback import exports

    with Database(url).session(write=False) as session:
        rows = each(session, center_id, FIRST, LAST)
        if kind == "xlsx":
            written = exports.workbook(path, rows, lambda _done: None)
            path.read_bytes()
        else:
            with path.open("w") as file:
                file.writelines(exports.csv_lines(rows))
            written = sum(1 for _ in path.open()) - 1
    assert written == RATINGS, written
    support.say(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
