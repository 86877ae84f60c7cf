"""A consultation with 50,000 opinions: its pages, sending one more, the moderator's queue, grouping by a worker."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation
from app.consultations.operations import grouping
from app.core import clock
from app.core.db import Database
from app.core.permissions import Role
from app.core.tokens import text_of
from app.jobs.models import Job
from app.visitors import token
from tests.bench import support
from tests.bench.opinions import COMMON, Scene, prepare
from tests.bench.support import KEYRING
from tests.support import servers
from tests.support.cast import make_actor
from tests.support.staff import sign_in_as

MANY, FEW = 50_000, 500
POSTS = 6_000
LOOKS = 25


def run() -> None:
    """Measure on PostgreSQL as in production; sending an opinion on SQLite as well."""
    with support.folder() as place:
        with support.postgresql(place) as server:
            scene = prepare(server.fresh("consultations"), MANY, FEW)
            _pages(scene, place)
            _queue(scene, place)
            _grouping(scene, place)
            _export(scene, place)
            support.publish(comment_post_per_s=_posts(server.fresh("comments"), place))
        support.publish(comment_post_sqlite_per_s=_posts(support.sqlite(place), place))


def _pages(scene: Scene, place: Path) -> None:
    path = scene.paths[MANY]
    with support.served(scene.url, place) as server:
        load = support.wrk(f"{server.url}{path}")
        assert not load.failed, f"{load.failed} of {load.requests} failed on {path}"
        request = urllib.request.Request(f"{server.url}{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            size = len(answer.read())
    client = _app(scene, place).test_client()
    many, few = _median_ms(client, path), _median_ms(client, scene.paths[FEW])
    with _session(scene.url) as session:
        deep = session.scalar(select(func.min(Comment.id)).where(Comment.consultation_id == scene.many)) or 0
    support.publish(
        consultation_article_per_s=load.per_s,
        consultation_article_p99_ms=load.p99,
        consultation_article_kb=len(client.get(path).data) / 1024,
        consultation_article_sent_kb=size / 1024,
        consultation_article_ms=many,
        consultation_article_500_ms=few,
        consultation_article_ratio=many / few,
        consultation_article_oldest_ms=_median_ms(client, f"{path}/truoc/{deep + 20}"),
    )


def _queue(scene: Scene, place: Path) -> None:
    app = _app(scene, place)
    client = app.test_client()
    with _session(scene.url) as session:
        sign_in_as(client, session, Role.MODERATOR, session.get_one(Area, scene.commune))
    risk = _median_ms(client, "/staff/kiem-duyet/?order=risk")
    support.publish(moderation_queue_ms=max(risk, _median_ms(client, "/staff/kiem-duyet/")))


def _grouping(scene: Scene, place: Path) -> None:
    """By a worker's own process, whose size is measured too."""
    database = Database(scene.url)
    with database.transaction() as session:
        consultation = session.get_one(Consultation, scene.many)
        officer = make_actor(session, Role.COMMUNE_OFFICER, session.get_one(Area, scene.commune))
        job = grouping.ask(session, officer, consultation).id
    settings = servers.settings_for_tests(scene.url, place)
    command = [sys.executable, "-m", "app.worker", "--until-empty"]
    began = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | servers.environment_of(settings), stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    with database.session(write=False) as session:
        done = session.get_one(Job, job)
        assert done.status == "done" and done.result and done.result["texts"] == MANY, done.fault
        assert done.result["groups"] >= len(COMMON), done.result
        groups = done.result["groups"]
    database.dispose()
    support.publish(grouping_50000_s=seconds, grouping_50000_cpu_s=usage.ru_utime + usage.ru_stime)
    support.publish(grouping_50000_mb=usage.ru_maxrss / 1024, grouping_50000_groups=groups)


def _export(scene: Scene, place: Path) -> None:
    """What an officer sees of all opinions, and the table with every one of them: how large a server's process grew."""
    client = _app(scene, place).test_client()
    with _session(scene.url) as session:
        sign_in_as(client, session, Role.COMMUNE_OFFICER, session.get_one(Area, scene.commune))
    hub = f"/staff/gop-y/{scene.many}"
    support.publish(opinions_inbox_ms=_median_ms(client, f"{hub}/y-kien"))
    support.publish(answers_page_ms=_median_ms(client, f"{hub}/tra-loi"))
    [cookie] = [one for one in (client._cookies or {}).values() if one.key == "danban_staff"]
    with support.served(scene.url, place) as server:
        address = f"{server.url}{hub}/tep/bang-tiep-thu.xlsx"
        request = urllib.request.Request(address, headers={"Cookie": f"{cookie.key}={cookie.value}"})
        began = time.monotonic()
        with urllib.request.urlopen(request, timeout=600) as answer:
            size = sum(len(piece) for piece in iter(lambda: answer.read(65536), b""))
        seconds = time.monotonic() - began
        largest = max(_peak_mb(worker) for worker in server.workers())
    support.publish(
        answers_xlsx_50000_s=seconds, answers_xlsx_50000_mb=largest, answers_xlsx_50000_file_mb=size / 2**20
    )


def _peak_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _posts(url: str, place: Path) -> float:
    """Send opinions as fast as the service takes them, each from a device and a network of its own."""
    scene = prepare(url, FEW)
    with (
        _prepared(scene, place) as (requests, length),
        support.served(url, place, page_cache_seconds=0.0, trusted_proxies=1) as server,
    ):
        arguments = (str(requests), str(length), str(POSTS), str(place / "answers"), "2")
        load = support.wrk(server.url, "replay.lua", *arguments)
    answers = [line for part in place.glob("answers.*") for line in part.read_text().split("\n") if line]
    for part in place.glob("answers.*"):
        part.unlink()
    refused = [line for line in answers if line.startswith("refused")]
    assert not refused, refused[:3]
    with _session(url) as session:
        kept = session.scalar(select(func.count()).where(Comment.consultation_id == scene.many)) or 0
    assert kept - FEW >= len(answers), f"{len(answers)} acknowledged, {kept - FEW} kept"
    # Prepared requests may run out before the time does.
    return len(answers) / (load.requests / load.per_s)


@contextmanager
def _prepared(scene: Scene, place: Path) -> Iterator[tuple[Path, int]]:
    """A file of last steps of the form, one for each device, all of one length."""
    path, length = place / "requests", 0
    address = scene.paths[FEW]
    purpose = f"comment:{address.split('/')[2]}"
    shown = clock.now() - timedelta(minutes=2)
    with path.open("wb") as file:
        for n in range(POSTS):
            request = _post(address, purpose, n, token.new(shown))
            assert length in (0, len(request)), "requests differ in length"
            length = len(request)
            file.write(request)
    yield path, length
    path.unlink()


def _post(address: str, purpose: str, n: int, form: token.FormToken) -> bytes:
    random_part = n.to_bytes(12, "big")
    device = text_of(random_part + KEYRING.mac("device cookie", random_part)[:9])
    network = f"10.{n >> 14 & 127 | 128}.{n >> 7 & 127 | 128}.{n & 127 | 128}"
    values = {
        "stance": "change",
        "text": f"Hộ số {n:06} ở ngõ {n * 7 % 1000:03} đề nghị thu theo quý {n % 4 + 1}, miễn {n * 13 % 90 + 10} hộ.",
        "version_no": "1",
        "naming": "none",
        "token": token.write(KEYRING, purpose, form),
        "client_uuid": form.client_uuid,
        "website": "",
    }
    cookie = f"device={device}\r\nX-Forwarded-For: {network}"
    return support.raw_post(f"{address}/gui", cookie, urlencode(values))


def _app(scene: Scene, place: Path) -> Flask:
    return servers.build(servers.settings_for_tests(scene.url, place))


def _median_ms(client: FlaskClient, path: str) -> float:
    """The time of one finished page without a server around it and without a kept copy."""
    taken = []
    for _look in range(LOOKS):
        began = time.perf_counter()
        answer = client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{path}: {answer.status}"
    return statistics.median(taken)


@contextmanager
def _session(url: str) -> Iterator[Session]:
    database = Database(url)
    with database.session() as session:
        yield session
    database.dispose()


if __name__ == "__main__":
    run()
