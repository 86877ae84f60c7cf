"""The final POST of a ballot: the whole HTTP request against the bare statement and against the simplest view."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from app.core.db import Database
from app.polls.models import Ballot, LogLeaf
from app.polls.ticket import pack, token_of
from tests.bench import pgbench, support
from tests.bench.support import KEYRING, Crowd, Load

HOUSEHOLDS = 60_000
# Commits that take as long as on a disk that turns, and as on a slow one that does not.
SLOW_DISK = {"commit_delay": "10000", "commit_siblings": "0"}
SLOW_FLASH = {"commit_delay": "2000", "commit_siblings": "0"}
USUAL = {"commit_delay": "0", "commit_siblings": "5"}


@dataclass(frozen=True)
class Outcome:
    """A load of casts and what it left in the database."""

    load: Load
    double: int
    lost: int


def run() -> None:
    """Measure PostgreSQL, PostgreSQL with two slow disks, and SQLite."""
    with support.folder() as place:
        with support.postgresql(place) as server:
            _postgresql(server, place, "casting_postgresql", USUAL)
            _postgresql(server, place, "casting_slow_disk", SLOW_DISK)
            _postgresql(server, place, "casting_slow_flash", SLOW_FLASH)
        outcome = casts(support.sqlite(place), place)
        support.publish(casting_sqlite_per_s=outcome.load.per_s, casting_sqlite_p99_ms=outcome.load.p99)
        support.publish(casting_sqlite_double=outcome.double, casting_sqlite_lost=outcome.lost)


def _postgresql(server: support.Postgresql, place: Path, prefix: str, settings: dict[str, str]) -> None:
    server.configure(**settings)
    url = server.fresh(prefix)
    outcome = casts(url, place)
    bare = pgbench.statements(server, server.fresh(f"{prefix}_bare"))
    one_call = pgbench.simplest_view(server.fresh(f"{prefix}_one"), place)
    support.publish(
        **{
            f"{prefix}_per_s": outcome.load.per_s,
            f"{prefix}_p50_ms": outcome.load.p50,
            f"{prefix}_p99_ms": outcome.load.p99,
            f"{prefix}_pgbench_per_s": bare,
            f"{prefix}_one_call_per_s": one_call,
            f"{prefix}_ratio_to_pgbench": outcome.load.per_s / bare,
            f"{prefix}_ratio_to_one_call": outcome.load.per_s / one_call,
            f"{prefix}_double": outcome.double,
            f"{prefix}_lost": outcome.lost,
        }
    )


def casts(url: str, place: Path) -> Outcome:
    """Cast as fast as the service takes it, each household once; then look what is there."""
    crowd = support.make_crowd(url, HOUSEHOLDS)
    with prepared(crowd, place) as (requests, length), support.served(url, place) as server:
        receipts = place / "receipts"
        arguments = (str(requests), str(length), str(HOUSEHOLDS), str(receipts), "2")
        load = support.wrk(server.url, "replay.lua", *arguments)
        acknowledged = [line for part in place.glob("receipts.*") for line in part.read_text().split("\n") if line]
        for part in place.glob("receipts.*"):
            part.unlink()
    refused = [line for line in acknowledged if line.startswith("refused")]
    assert not refused, refused[:3]
    return _compared(url, load, acknowledged)


def _compared(url: str, load: Load, acknowledged: list[str]) -> Outcome:
    database = Database(url)
    with database.session(write=False) as session:
        kept = set(session.scalars(select(Ballot.receipt)))
        leaves = session.scalar(select(func.count()).select_from(LogLeaf)) or 0
        households = session.scalar(select(func.count(Ballot.entry_id.distinct()))) or 0
    database.dispose()
    return Outcome(load, double=max(leaves, len(kept)) - households, lost=len(set(acknowledged) - kept))


@contextmanager
def prepared(crowd: Crowd, place: Path) -> Iterator[tuple[Path, int]]:
    """A file of final POSTs, one for each household, all of one length."""
    path = place / "requests"
    length = 0
    with path.open("wb") as file:
        for ticket in crowd.tickets():
            cookie = f"phieu={pack(KEYRING, ticket)}"
            request = support.raw_post("/phieu/gui", cookie, f"token={token_of(KEYRING, ticket)}")
            assert length in (0, len(request)), "requests differ in length"
            length = len(request)
            file.write(request)
    yield path, length
    path.unlink()
