"""Texts in the moderation queue: a kind that only remembers, items of any state, and the people around them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor, Role
from app.moderation import kinds
from app.moderation.models import ModerationItem
from app.moderation.operations.submitting import submit
from app.moderation.rules.visibility import visible
from tests.support.cast import in_days, make_actor, make_area

KIND = "test_text"
TEXT = "Đề nghị đặt thêm đèn ở ngõ 12. Gọi 0912 345 678 gặp ông Lê Văn Tám."
PHONE = "0912 345 678"
NAME = "Lê Văn Tám"
_subjects = itertools.count(1)


@dataclass
class Remembering(kinds.Plain):
    """A kind of text that belongs to no slice: it keeps what others would see of each subject."""

    name: str = KIND
    label: str = "Văn bản thử"
    shown: dict[int, str] = field(default_factory=dict)

    def context(self, session: Session, subject_ids: Sequence[int]) -> dict[int, kinds.Context]:
        parts = (("Điều 5. Mức đóng góp", "Mỗi hộ đóng góp 200.000 đồng."),)
        return {one: kinds.Context("Dự thảo Quy chế · Điều 5", "", parts) for one in subject_ids}

    def apply(self, session: Session, item: ModerationItem) -> None:
        if visible(item.mode, item.status):
            self.shown[item.subject_id] = item.original if item.shown_text is None else item.shown_text
        else:
            self.shown.pop(item.subject_id, None)


def kind() -> Remembering:
    """The kind of these tests, registered anew, remembering nothing."""
    made = Remembering()
    kinds.register(made)
    return made


def make_item(session: Session, area: Area, text: str = TEXT, **values: Any) -> ModerationItem:
    """A text that came in through the queue's own door and waits; ``values`` then alter the row."""
    if KIND not in {one.name for one in kinds.known()}:
        kind()
    keys = ("mode", "collection", "device_hash", "about")
    given = {key: values.pop(key) for key in keys if key in values}
    defaults = {"mode": "before", "collection": "test:1", "about": "Dự thảo Quy chế · Điều 5"}
    item = submit(
        session, kind=KIND, subject_id=next(_subjects), path=area.path, text=text, **defaults | given
    )  # fmt: skip
    for name, value in values.items():
        setattr(item, name, value)
    session.flush()
    return item


def make_items(session: Session, area: Area, count: int, **values: Any) -> None:
    """Many rows at once, as they would be without suggestions."""
    now: datetime = clock.now()
    rows = [
        {
            "kind": KIND, "subject_id": next(_subjects), "path": area.path, "about": "Dự thảo Quy chế · Điều 5",
            "collection": f"test:{number % 7}", "mode": "before", "status": "pending", "covered": [],
            "original": f"Ý kiến số {number} về mức đóng góp của mỗi hộ. " * 5, "shown_text": None, "text_key": "",
            "risk": number * 7 % 100, "reports": 0, "suggestions": [], "device_hash": "", "late": False,
            "submitted_at": now, "due_at": in_days(number % 9 - 3), "reason_key": "", "reason": "", "referred_to": "",
            "version": 1,
        } | values
        for number in range(count)
    ]  # fmt: skip
    session.execute(ModerationItem.__table__.insert(), rows)  # type: ignore[attr-defined]


@dataclass
class Desk:
    """A residential area, the people who moderate in its commune, and the kind of text they read."""

    session: Session
    area: Area
    moderator: Actor
    other: Actor
    officer: Actor
    overseer: Actor
    kind: Remembering

    def item(self, text: str = TEXT, **values: Any) -> ModerationItem:
        return make_item(self.session, self.area, text, **values)


def make_desk(session: Session) -> Desk:
    area = make_area(session)
    commune = area.parent
    assert commune is not None
    return Desk(
        session=session,
        area=area,
        moderator=make_actor(session, Role.MODERATOR, commune, full_name="Phạm Thị Duyệt"),
        other=make_actor(session, Role.MODERATOR, commune, full_name="Vũ Văn Khác"),
        officer=make_actor(session, Role.COMMUNE_OFFICER, commune),
        overseer=make_actor(session, Role.OVERSEER, commune),
        kind=kind(),
    )
