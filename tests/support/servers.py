"""The service as it runs in production: a server of its own process on a free port of this machine.

A server is forked from a process that has imported everything and done nothing else: that takes a fifth of the time.
"""

import multiprocessing
import os
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from app.config import Settings
from tests.support.databases import RUN

SECRETS = {"secret_key": "secret-of-the-tests-" * 2, "ballot_key": "ballots-of-the-tests-" * 2}
PATIENCE = 60
_forked = multiprocessing.get_context("forkserver")
_forked.set_forkserver_preload(["tests.support.warm"])


def settings_for_tests(database_url: str, storage: Path, **others: object) -> Settings:
    """Settings of a test: nothing is cached, nothing leaves the machine."""
    defaults: dict[str, object] = {
        "environment": "test",
        "database_url": database_url,
        "storage_dir": str(storage),
        "page_cache_seconds": 0.0,
        **SECRETS,
    }
    return Settings(**defaults | others)  # type: ignore[arg-type]


@dataclass
class Server:
    """A running server."""

    url: str
    process: BaseProcess
    log: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def workers(self) -> list[int]:
        """The processes that answer requests, by id."""
        return [child.pid for child in psutil.Process(self.pid).children() if child.is_running()]

    def faults(self) -> list[str]:
        """Lines of the log that tell of a fault of the program."""
        marks = ("unexpected fault", "Traceback")
        return [line for line in self.log.read_text().splitlines() if any(mark in line for mark in marks)]


@contextmanager
def serve(database_url: str, storage: Path, *, workers: int = 1, **others: object) -> Iterator[Server]:
    """The service on the database, answering when the block begins and gone when it ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = settings_for_tests(database_url, storage, base_url=url, **others)
    log = storage / f"server-{port}.log"
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    options += ["--workers", str(workers), "--blocking-threads", "4", "--no-ws"]
    options += ["--respawn-failed-workers", "--respawn-interval", "0.2"]
    # A worker of granian may hang when asked to stop (granian issue 875).
    options += ["--workers-kill-timeout", "1"]
    log.touch()
    environment = dict(os.environ) | environment_of(settings)
    process = _forked.Process(target=_run, args=([*options, "app.wsgi:application"], environment, log))
    process.start()
    try:
        server = Server(url, process, log)
        _wait_for(server, workers)
        yield server
    finally:
        _stop(process)


def _run(options: list[str], environment: dict[str, str], log: Path) -> None:
    """What the forked process does: it becomes the command with its options, environment and output."""
    from tests.support.warm import serve

    os.environ.clear()
    os.environ.update(environment)
    for stream in (1, 2):
        os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND), stream)
    # As in a process of its own: what it starts is forked from it.
    multiprocessing.set_start_method("fork", force=True)
    sys.argv = ["granian", *options]
    serve()


def build(settings: Settings) -> Flask:
    # Whoever tests a rule does not wait for every slice to be imported.
    from app.factory import create_app

    app = create_app(settings)
    if RUN in os.environ:
        # Every application of a run shows the same pages: each template is compiled once.
        folder = Path(os.environ[RUN]) / "templates"
        folder.mkdir(exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return app


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the variables they are read from."""
    values = {name: getattr(settings, name) for name in Settings.__annotations__}
    return {
        f"DANBAN_{name.upper()}": str(int(value)) if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, workers: int) -> None:
    """Until every worker has started: one that is asked to stop before hangs."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.process.is_alive():
        if server.log.read_text().count("Started worker-") >= workers:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=PATIENCE):
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{server.log.read_text()}")


def _stop(process: BaseProcess) -> None:
    family = psutil.Process(process.pid).children(recursive=True) if process.is_alive() else []
    process.terminate()
    process.join(10)
    if process.is_alive():
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        process.kill()
        process.join()
