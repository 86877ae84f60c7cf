"""Opinions by the thousand, as rows: what people write about a draft, some alike, some not."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Comment, Consultation, DraftVersion
from app.consultations.rules.grouping import fingerprint
from app.core import clock
from app.core.db import Database
from app.moderation.models import ModerationItem
from tests.support.cast import make_commune
from tests.support.consultations import make_consultation

ARTICLE = "dieu-1"
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
