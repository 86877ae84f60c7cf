"""A text enters the queue: with suggestions by rules, a day by which somebody looks at it, shown as its mode says."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import SYSTEM
from app.core.prepared import adding
from app.core.rows import hold
from app.holidays.queries import calendar_lately
from app.lib.text import nfc
from app.moderation import kinds
from app.moderation.models import ModerationItem
from app.moderation.operations import common
from app.moderation.queries.listed import LISTED, recent
from app.moderation.rules import clock as service_clock
from app.moderation.rules import reasons, suggestions
from app.moderation.rules.suggestions import Suggestion, is_proven_duplicate, risk, suggest

RECENT = timedelta(hours=24)
_ITEM = adding(ModerationItem)
# What nobody has decided or taken yet.
_UNTOUCHED: dict[str, Any] = {
    **dict.fromkeys(
        ("shown_text", "claimed_by", "claimed_until", "escalated_at", "decided_by", "decided_at", "minutes_taken")
    ),
    **dict.fromkeys(("reason_key", "reason", "referred_to"), ""),
    "status": "pending",
    "reports": 0,
    "late": False,
    "version": 1,
}


def submit(
    session: Session, *, kind: str, subject_id: int, path: str, about: str, collection: str, text: str, mode: str,
    device_hash: str = "", working_days: int = service_clock.WORKING_DAYS,
) -> ModerationItem:  # fmt: skip
    """Put a text of a resident into the queue; the same subject again gives the item it has.

    ``mode`` is ``before`` or ``after`` publication. Somebody should look at it within ``working_days`` after today.
    Nothing is refused by itself but what one device has proved to have sent before, word for word; that too is a
    decision with a reason, which its author may have looked at again.
    """
    session.flush()
    text, now = nfc(text), clock.now()
    key = text_key(text)
    same = recent(session, collection=collection, key=key, device_hash=device_hash, since=now - RECENT, now=now)
    found = suggest(text, words=LISTED.of(session, path), recent=same)
    values: dict[str, Any] = _UNTOUCHED | {
        "kind": kind, "subject_id": subject_id, "path": path, "about": about[:500], "collection": collection,
        "mode": mode, "original": text, "covered": [], "text_key": key, "risk": risk(found),
        "suggestions": [_kept(one) for one in found], "device_hash": device_hash, "submitted_at": now,
        "due_at": due(session, now, working_days),
    }  # fmt: skip
    item, made = _added(session, values)
    if not made:
        return item
    if device_hash and is_proven_duplicate(text, same):
        _refuse_duplicate(session, item)
    else:
        kinds.get(kind).apply(session, item)
    return item


def text_key(text: str) -> str:
    """The same for texts of the same words, however written."""
    return sha256(suggestions.text_key(text).encode()).hexdigest()


def due(session: Session, now: datetime, working_days: int) -> datetime:
    """The last second of the day so many working days after this one."""
    return service_clock.due(now, calendar_lately(session), working_days)


def _added(session: Session, values: dict[str, Any]) -> tuple[ModerationItem, bool]:
    """The item of the subject, and whether it is a new one."""
    for row in _ITEM.ask(session, **values):
        return hold(session, ModerationItem(**row, **values)), True
    subject = (ModerationItem.kind == values["kind"], ModerationItem.subject_id == values["subject_id"])
    return session.scalars(select(ModerationItem).where(*subject)).one(), False


def _refuse_duplicate(session: Session, item: ModerationItem) -> None:
    before = common.state_of(item)
    common.decided(item, SYSTEM, "rejected", reason_key=reasons.DUPLICATE)
    common.finish(session, SYSTEM, item, "reject", before, reason_key=reasons.DUPLICATE)


def _kept(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "rule": suggestion.rule,
        "why": suggestion.why,
        "params": dict(suggestion.params),
        "spans": [list(span) for span in suggestion.spans],
    }
