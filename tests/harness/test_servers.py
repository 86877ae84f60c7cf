"""The live server answers from processes of its own and leaves nothing behind."""

import os
import signal
import time
import urllib.request
from pathlib import Path

import psutil

from app.config import Settings
from app.core.db import Database
from tests.support.servers import Server, environment_of, serve, settings_for_tests


def test_settings_survive_the_environment() -> None:
    settings = settings_for_tests("sqlite:///x", Path("here"), second_factor=False, pool_size=3)
    assert Settings.from_env(environment_of(settings)) == settings


def test_the_server_answers(live_server: Server) -> None:
    with urllib.request.urlopen(f"{live_server.url}/healthz") as answer:
        assert answer.status == 200
    assert len(live_server.workers()) == 1
    assert live_server.faults() == []


def test_the_server_is_gone_afterwards(committed_database: Database, tmp_path: Path) -> None:
    with serve(committed_database.url, tmp_path, workers=2) as server:
        family = [server.pid, *server.workers()]
    assert len(family) == 3
    assert not [pid for pid in family if psutil.pid_exists(pid)]


def test_a_killed_worker_is_replaced_or_the_server_ends(committed_database: Database, tmp_path: Path) -> None:
    with serve(committed_database.url, tmp_path, workers=2) as server:
        victim = server.workers()[0]
        os.kill(victim, signal.SIGKILL)
        end = time.monotonic() + 5
        while psutil.pid_exists(victim) and time.monotonic() < end:
            time.sleep(0.05)
        assert victim not in server.workers()
