"""A consultation with 50,000 opinions: its pages, sending one more, the moderator's queue, grouping by a worker."""

import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation, DraftVersion
from app.consultations.operations import grouping
from app.consultations.rules.grouping import fingerprint
from app.core import clock
from app.core.db import Database
from app.core.permissions import Role
from app.core.tokens import text_of
from app.jobs.models import Job
from app.moderation.models import ModerationItem
from app.visitors import token
from tests.bench import support
from tests.bench.support import KEYRING
from tests.support import servers
from tests.support.cast import make_actor, make_commune
from tests.support.consultations import make_consultation
from tests.support.staff import sign_in_as

MANY, FEW = 50_000, 500
ARTICLE = "dieu-1"
POSTS = 6_000
LOOKS = 25
BATCH = 5_000
WORDS = (
    "phường hộ dân đường ngõ rác nước đèn phí thu mức tháng năm quý họp tổ khu phố nhà văn hóa cây xanh vỉa hè"
    " lòng lề chợ trường học trẻ em người già neo đơn nghèo cận miễn giảm hỗ trợ đóng góp tự nguyện công khai"
    " minh bạch giám sát thanh tra đề nghị cần nên phải bổ sung sửa đổi bỏ giữ nguyên thêm khoản điều điểm quy"
    " định thời hạn ngày giờ sáng chiều tối"
).split()
COMMON = [f"Đồng ý với dự thảo, chỉ đề nghị hạ mức phí của khoản {n}." for n in range(1, 41)]


@dataclass(frozen=True)
class Scene:
    """Two consultations of one commune: one with many opinions, one with few."""

    url: str
    commune: int
    many: int
    paths: dict[int, str]


def run() -> None:
    """Measure on PostgreSQL as in production; sending an opinion on SQLite as well."""
    with support.folder() as place:
        with support.postgresql(place) as server:
            scene = prepare(server.fresh("consultations"), MANY, FEW)
            _pages(scene, place)
            _queue(scene, place)
            _grouping(scene, place)
            support.publish(comment_post_per_s=_posts(server.fresh("comments"), place))
        support.publish(comment_post_sqlite_per_s=_posts(support.sqlite(place), place))


def prepare(url: str, *sizes: int) -> Scene:
    """Consultations with so many opinions on their first article, every one in the moderators' queue and shown."""
    database = Database(url)
    ids: list[int] = []
    paths: dict[int, str] = {}
    with database.transaction() as session:
        commune = make_commune(session)
        for size in sizes:
            consultation = make_consultation(session, commune, articles=12)
            ids.append(consultation.id)
            paths[size] = f"/gop-y/{consultation.public_id}/{ARTICLE}"
            _fill(session, consultation, commune, size)
    if database.dialect == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    database.dispose()
    return Scene(url, commune.id, ids[0], paths)


def _fill(session: Session, consultation: Consultation, commune: Area, size: int) -> None:
    version = session.query(DraftVersion.id).filter_by(consultation_id=consultation.id).scalar()
    now, said = clock.now() - timedelta(days=2), texts(size)
    for first in range(0, size, BATCH):
        rows = [
            _comment(consultation.id, version, n, said[n], now + timedelta(seconds=n % 3600))
            for n in range(first, min(size, first + BATCH))
        ]
        ids = session.scalars(insert(Comment).returning(Comment.id, sort_by_parameter_order=True), rows).all()
        items = [_item(commune, consultation.id, key, row) for key, row in zip(ids, rows, strict=True)]
        session.execute(insert(ModerationItem), items)


def _comment(consultation: int, version: int, n: int, words: str, at: Any) -> dict[str, Any]:
    print_ = fingerprint(words)
    return {
        "consultation_id": consultation,
        "version_id": version,
        "article_anchor": ARTICLE,
        "code": f"{consultation % 100:02}{n:06}",
        "stance": ("agree", "change", "other")[n % 3],
        "text": words,
        "shown_text": words,
        "visible": True,
        "naming": "none",
        "received_at": at,
        "device_hash": f"{n:064}",
        "text_hash": print_.text_hash,
        "simhash": print_.simhash,
    }


def _item(commune: Area, consultation: int, key: int, comment: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "comment",
        "subject_id": key,
        "path": commune.path,
        "about": "Nghị quyết về giữ gìn vệ sinh đường phố · Điều 1",
        "collection": f"consultation:{consultation}",
        "mode": "after",
        "original": comment["text"],
        "risk": key * 7 % 100,
        "submitted_at": comment["received_at"],
        "due_at": comment["received_at"] + timedelta(days=key % 9 - 3),
    }


def texts(size: int) -> list[str]:
    """What people write: half in words of their own, a third after a model with a few words changed, the rest alike."""
    chance = random.Random(5)
    models = [chance.choices(WORDS, k=36) for _ in range(25)]

    def own(_n: int) -> list[str]:
        return chance.choices(WORDS, k=chance.randrange(12, 45))

    def after_model(_n: int) -> list[str]:
        words = list(chance.choice(models))
        for _change in range(chance.randrange(1, 4)):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        return words

    kinds: list[Callable[[int], list[str]]] = [own, own, own, after_model, after_model, lambda n: [COMMON[n % 40]]]
    return [" ".join(kinds[n % len(kinds)](n)).capitalize() for n in range(size)]


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
    support.publish(grouping_50000_s=seconds, grouping_50000_mb=usage.ru_maxrss / 1024, grouping_50000_groups=groups)


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
