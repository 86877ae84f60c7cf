"""Somebody finds a shown text abusive. Who it was is kept nowhere and told to nobody (Law Đ9)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound, Refusal
from app.core.permissions import Actor
from app.core.rows import lock
from app.lib.i18n import N_
from app.moderation.models import AbuseReport, Appeal, ModerationItem
from app.moderation.operations import common
from app.moderation.operations.submitting import due
from app.moderation.rules import reasons
from app.moderation.rules.clock import WORKING_DAYS
from app.moderation.rules.visibility import visible

RISK_EACH = 10
MOST_RISK = 100
REPORTER = Actor(account_id=None, name="Người xem trang")


def report(session: Session, item_id: int, reason_key: str, text: str, device_hash: str) -> None:
    """Note that a shown text was reported, once for each device; again from the same device changes nothing.

    A report raises the item in the queue and hides nothing. A text that is checked after publication waits again for
    somebody to look at it, unless its author's second look has settled it. Raises ``NotFound`` for a text that is not
    shown, and ``Refusal`` for a reason that is none.
    """
    item = session.get(ModerationItem, item_id)
    if item is None or not visible(item.mode, item.status):
        raise NotFound(N_("Không tìm thấy nội dung này."))
    if reason_key not in reasons.REPORT:
        raise Refusal(N_("Chọn điều Ông/Bà thấy không đúng."), field="reason_key")
    kept = common.prose(text, "text", most=1000)
    lock(session, item)
    again = select(AbuseReport.id).where(AbuseReport.item_id == item.id, AbuseReport.device_hash == device_hash)
    if session.scalar(again) is not None:
        return
    session.add(AbuseReport(item_id=item.id, reason_key=reason_key, text=kept, device_hash=device_hash, at=clock.now()))
    item.reports += 1
    item.risk = min(MOST_RISK, item.risk + RISK_EACH)
    # The record tells that it was reported and not for what: nothing there leads to who said so.
    common.note(session, REPORTER, item, "report")
    if item.mode == "after" and item.status == "approved" and not _settled(session, item):
        _wait_again(session, item)
    session.flush()


def _settled(session: Session, item: ModerationItem) -> bool:
    """Whether a second look has been asked for: from then on nobody of the first decides."""
    return session.scalar(select(Appeal.id).where(Appeal.item_id == item.id)) is not None


def _wait_again(session: Session, item: ModerationItem) -> None:
    before = common.state_of(item)
    item.status, item.decided_by, item.decided_at = "pending", None, None
    item.due_at = due(session, clock.now(), WORKING_DAYS)
    common.finish(session, REPORTER, item, "reopen", before)
