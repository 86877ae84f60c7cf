"""Workers killed while they record ballots: nothing acknowledged is lost, nothing is counted twice."""

import http.client
import os
import random
import signal
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from app.core.db import Database
from app.polls.models import Ballot, LogLeaf
from app.polls.ticket import Ticket, pack, token_of
from tests.support import servers
from tests.support.ballots import KEYRING, make_ticket, make_voting

HOUSEHOLDS = 360
PHONES = 12
PATIENCE = 60


class Phone(threading.Thread):
    """Sends the ballots of its households; when no answer comes, presses the button again, as people do."""

    def __init__(self, url: str, tickets: list[Ticket]) -> None:
        super().__init__(daemon=True)
        self._address = urlsplit(url)
        self._tickets = tickets
        self.receipts: dict[int, str] = {}
        self.unanswered = 0
        self.strange: list[str] = []

    def run(self) -> None:
        for ticket in self._tickets:
            end = time.monotonic() + PATIENCE
            while ticket.slip_id not in self.receipts and not self.strange and time.monotonic() < end:
                try:
                    self._send(ticket)
                except (OSError, http.client.HTTPException):
                    self.unanswered += 1
                    time.sleep(0.05)

    def _send(self, ticket: Ticket) -> None:
        line = http.client.HTTPConnection(self._address.hostname or "", self._address.port, timeout=20)
        try:
            headers = {
                "Cookie": f"phieu={pack(KEYRING, ticket)}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            line.request("POST", "/phieu/gui", f"token={token_of(KEYRING, ticket)}", headers)
            answer = line.getresponse()
            place = answer.headers.get("Location", "")
            if answer.status == 303 and place.startswith("/bien-nhan/"):
                self.receipts[ticket.slip_id] = place.removeprefix("/bien-nhan/")
            else:
                self.strange.append(f"{answer.status} {place}")
        finally:
            line.close()


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_double_nothing(committed_database: Database, tmp_path: Path) -> None:
    with committed_database.transaction() as session:
        voting = make_voting(session, HOUSEHOLDS)
        tickets = [make_ticket(session, slip) for slip in voting.slips]
    with servers.serve(committed_database.url, tmp_path, workers=2) as server:
        phones = [Phone(server.url, tickets[start::PHONES]) for start in range(PHONES)]
        for phone in phones:
            phone.start()
        killed = _kill_workers(server, phones)
        for phone in phones:
            phone.join(120)
        assert not server.faults(), server.log.read_text()
    assert killed, "every ballot was recorded before a worker could be killed"
    assert any(phone.unanswered for phone in phones), "no phone noticed"
    assert [line for phone in phones for line in phone.strange] == []
    _all_recorded_once(committed_database, {k: v for phone in phones for k, v in phone.receipts.items()})


def _kill_workers(server: servers.Server, phones: list[Phone]) -> int:
    """Kill each of the workers once while ballots come in; how many were killed at work.

    Not those that take their place: a server whose new workers die at once gives up, rightly.
    """
    killed = 0
    for worker in server.workers():
        time.sleep(random.uniform(0.05, 0.2))
        if any(phone.is_alive() for phone in phones):
            os.kill(worker, signal.SIGKILL)
            killed += 1
    return killed


def _all_recorded_once(database: Database, acknowledged: dict[int, str]) -> None:
    with database.session(write=False) as session:
        kept = dict(session.execute(select(Ballot.slip_id, Ballot.receipt)).all())
        leaves = session.scalar(select(func.count()).select_from(LogLeaf))
    assert kept == acknowledged
    assert len(kept) == leaves == HOUSEHOLDS
