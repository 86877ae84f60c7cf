"""A thousand slips as an area head prints them: codes made and hashed, rows kept, the PDF set, in one request."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from app.core.db import Database
from app.core.permissions import Role
from app.demo.cli import MEMORY
from app.identity.models import Account
from app.polls import sealing
from tests.bench import support
from tests.support.ballots import BALLOT_KEYS
from tests.support.cast import make_account, make_area, make_grant, make_household, make_poll
from tests.support.servers import build, settings_for_tests
from tests.support.staff import csrf, sign_in

SLIPS = 1000


def run() -> None:
    """Measure in a process of its own, whose memory is the service's and nothing else's."""
    from tests.support import papers

    with support.folder() as place:
        url = support.sqlite(place)
        poll_id, account_id = _prepare(url)
        command = [sys.executable, "-m", "tests.bench.bench_slips", url, str(place), poll_id, str(account_id)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | MEMORY)
        found = json.loads(done.stdout)
        pages = papers.pages((place / "slips.pdf").read_bytes())
    assert len(pages) == SLIPS // 8 and f"{SLIPS:05}" in pages[-1], "not every slip was printed"
    support.publish(slips_1000_s=found["seconds"], slips_1000_mb=found["mb"])


def _prepare(url: str) -> tuple[str, int]:
    database = Database(url)
    with database.transaction() as session:
        area = make_area(session)
        for number in range(1, SLIPS + 1):
            make_household(session, area, name=f"Nguyễn Thị Hường {number}", number=f"{number:05}")
        keys = sealing.new_poll_key(BALLOT_KEYS, "benchslips")
        sealed = {"level": "sealed", "public_key": keys[0], "wrapped_key": keys[1], "public_id": "benchslips"}
        poll = make_poll(session, area, status="opened", rule_key="majority_strict", **sealed)
        head = make_account(session)
        make_grant(session, head, Role.AREA_HEAD, area)
        found = poll.public_id, head.id
    database.dispose()
    return found


def measure(url: str, place: Path, poll_id: str, account_id: int) -> dict[str, float]:
    """Print the slips through the page and say how long it took and how large the process grew."""
    app = build(settings_for_tests(url, place))
    client = app.test_client()
    database = Database(url)
    with database.session() as session:
        sign_in(client, session, session.get_one(Account, account_id))
    database.dispose()
    page = f"/staff/cuoc-bieu-quyet/{poll_id}/phieu-ma/in"
    token = csrf(client.get(page))
    began = time.monotonic()
    answer = client.post(page, data={"csrf_token": token, "per_page": "8", "envelope": "1"})
    seconds = time.monotonic() - began
    assert answer.mimetype == "application/pdf", answer.text[:2000]
    (place / "slips.pdf").write_bytes(answer.data)
    return {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    url, place, poll_id, account_id = sys.argv[1:]
    sys.stdout.write(json.dumps(measure(url, Path(place), poll_id, int(account_id))))
