"""Postings written straight into the database, as they would stand there after the program's own operations."""

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.publication.models import PlannedPosting, Posting, PostingPlace
from app.publication.operations.common import search_key
from tests.support.cast import make_account

_numbers = itertools.count(1)


def make_posting(session: Session, area: Area, *, status: str = "posted", **values: Any) -> Posting:
    """A posting of today that hangs for 30 days, or a draft; ``days`` moves its first day (negative: ago)."""
    days = values.pop("days", 0)
    today, now = clock.today() + timedelta(days=days), clock.now()
    period: dict[str, Any] = {} if status == "draft" else {"since": today, "until": today + timedelta(days=30)}
    period |= {"until": None} if values.get("permanent") else {}
    defaults: dict[str, Any] = {
        "public_id": f"p{next(_numbers):09}",
        "head": 2,
        "title": "Dự toán ngân sách năm 2026",
        "number": "12/QĐ-UBND",
        "text": "Tổng thu 5.000.000.000 đồng.",
        "source": "",
        "permanent": False,
        "withdraw_reason": "Ghi nhầm số tiền ở bảng 2." if status == "withdrawn" else "",
        "created_at": now,
        "changed_at": now,
    }
    posting = Posting(area_id=area.id, area=area, status=status, **defaults | period | values)
    posting.search = search_key(posting)
    session.add(posting)
    session.flush()
    return posting


def make_place(session: Session, posting: Posting, by: Actor, **values: Any) -> PostingPlace:
    """A board on which the posting hangs since its first day."""
    defaults: dict[str, Any] = {
        "kind": "board", "detail": "Bảng tin nhà văn hóa", "began_on": posting.since, "photo_type": "",
        "area_id": posting.area_id, "recorded_by": by.account_id, "recorded_at": clock.now(),
    }  # fmt: skip
    place = PostingPlace(posting_id=posting.id, **defaults | values)
    session.add(place)
    session.flush()
    session.expire(posting, ["places"])
    return place


def make_line(session: Session, commune: Area, **values: Any) -> PlannedPosting:
    """A line of this year's plan, due in ten days unless said otherwise."""
    due_on = values.pop("due_on", clock.today() + timedelta(days=10))
    defaults: dict[str, Any] = {
        "year": due_on.year, "head": 2, "title": "Quyết toán ngân sách", "responsible": "Trần Thị Bình",
        "ways": "board",
        "created_by": values.pop("created_by", None) or make_account(session).id, "created_at": clock.now(),
    }  # fmt: skip
    line = PlannedPosting(area_id=commune.id, due_on=due_on, **defaults | values)
    session.add(line)
    session.flush()
    return line
