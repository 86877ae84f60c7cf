"""What casting is compared with: the bare statement by pgbench, and the simplest Flask view with one database call."""

import os
import re
import secrets
import subprocess
from pathlib import Path

from flask import Flask
from psycopg_pool import ConnectionPool

from app.polls.operations.casting_sql import POSTGRESQL
from tests.bench import support

CLIENTS = 16
HOUSEHOLDS = 100_000
_NAMES = re.compile(r"%\((\w+)\)s")
_FIXED = {
    "envelope": "decode(repeat('ab', 112), 'hex')",
    "other_envelope": "decode(repeat('cd', 2096), 'hex')",
    "choice": "NULL",
    "other_text": "NULL",
    "channel": "'phone'",
    "assisted_by": "NULL",
    "base_version": "0",
    "slot_tag": "repeat('a', 64)",
    "digest": "repeat('b', 64)",
    "nonce": "repeat('c', 32)",
}


def statements(server: support.Postgresql, url: str) -> float:
    """The casting statement by itself, prepared, sixteen clients: how many a second."""
    crowd = support.make_crowd(url, HOUSEHOLDS)
    first, share = crowd.slips[0], HOUSEHOLDS // CLIENTS
    assert crowd.slips[-1] - first == HOUSEHOLDS - 1
    # Each client takes households of its own, one after another.
    script = f"\\set i :i + 1\n\\set slip {first} + :client_id * {share} + (:i % {share})\n{_bare(crowd.poll.id)};\n"
    return pace(server, url, script)


def pace(server: support.Postgresql, url: str, script: str) -> float:
    """How many a second of a script sixteen clients can do."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"danban-{secrets.token_hex(4)}.sql"
    path.write_text(script)
    command = [str(server.pgbench), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-D", "i=-1"]
    command += ["-T", f"{support.SECONDS:g}", "-f", str(path), url]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        path.unlink()
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def _bare(poll_id: int) -> str:
    """The statement with everything written in that a voter does not change."""
    fixed = _FIXED | {
        "poll_id": str(poll_id),
        "slip_id": ":slip",
        "key": "md5((:slip)::text)",
        "receipt": "substr(md5((:slip)::text), 1, 12)",
    }
    return " ".join(_NAMES.sub(lambda found: fixed[found[1]], POSTGRESQL[False]).split())


def simplest_view(url: str, place: Path) -> float:
    """Flask, a pool, one call, nothing else: no cookie, no check, no sealing, no session. How many a second."""
    crowd = support.make_crowd(url, 60_000)
    requests = place / "simple"
    lines = [f"GET /{slip:08} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for slip in crowd.slips]
    requests.write_bytes(b"".join(lines))
    others = {"BENCH_URL": url, "BENCH_POLL": str(crowd.poll.id)}
    with support.serving("tests.bench.pgbench:simple", others, place) as address:
        arguments = (str(requests), str(len(lines[0])), str(len(lines)), str(place / "receipts"), "2")
        load = support.wrk(address, "replay.lua", *arguments)
    for part in place.glob("receipts.*"):
        assert "refused 200" in part.read_text()[:100]
        part.unlink()
    return load.per_s


def simple() -> Flask:
    """The simplest view there can be around the statement."""
    app = Flask("simple")
    pool = ConnectionPool(os.environ["BENCH_URL"], min_size=4, max_size=4, open=True, kwargs={"autocommit": True})
    poll_id = int(os.environ["BENCH_POLL"])

    @app.get("/<int:slip>")
    def cast(slip: int) -> str:
        values = {
            **dict.fromkeys(("choice", "other_text", "assisted_by")),
            "poll_id": poll_id,
            "slip_id": slip,
            "envelope": bytes(112),
            "other_envelope": bytes(2096),
            "channel": "phone",
            "key": secrets.token_hex(16),
            "receipt": secrets.token_hex(6),
            "slot_tag": "a" * 64,
            "digest": "b" * 64,
            "nonce": "c" * 32,
        }
        with pool.connection() as connection:
            row = connection.execute(POSTGRESQL[False], values).fetchone()
        return str(row)

    return app
