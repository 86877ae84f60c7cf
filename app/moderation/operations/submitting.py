"""A text enters the queue: with suggestions by rules, a day by which somebody looks at it, shown as its mode says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import SYSTEM
from app.core.scope import above
from app.holidays.queries import calendar_table
from app.lib.text import nfc
from app.moderation import kinds
from app.moderation.models import AbuseWord, ModerationItem
from app.moderation.operations import common
from app.moderation.rules import clock as service_clock
from app.moderation.rules import reasons, suggestions
from app.moderation.rules.abuse_words import DEFAULT_WORDS
from app.moderation.rules.suggestions import Recent, Suggestion, Word, is_proven_duplicate, risk, suggest

RECENT = timedelta(hours=24)
MOST_OF_A_DEVICE = 50
MOST_ALIKE = 5


def submit(
    session: Session, *, kind: str, subject_id: int, path: str, about: str, collection: str, text: str, mode: str,
    device_hash: str = "", working_days: int = service_clock.WORKING_DAYS,
) -> ModerationItem:  # fmt: skip
    """Put a text of a resident into the queue; the same subject again gives the item it has.

    ``mode`` is ``before`` or ``after`` publication. Somebody should look at it within ``working_days`` after today.
    Nothing is refused by itself but what one device has proved to have sent before, word for word; that too is a
    decision with a reason, which its author may have looked at again.
    """
    item = session.scalar(
        select(ModerationItem).where(ModerationItem.kind == kind, ModerationItem.subject_id == subject_id)
    )
    if item is not None:
        return item
    text, now = nfc(text), clock.now()
    key = text_key(text)
    recent = _recent(session, collection, key, device_hash, now)
    found = suggest(text, words=_words(session, path), recent=recent)
    item = ModerationItem(
        kind=kind, subject_id=subject_id, path=path, about=about[:500], collection=collection, mode=mode,
        status="pending", original=text, covered=[], text_key=key, suggestions=[_kept(one) for one in found],
        risk=risk(found), reports=0, device_hash=device_hash, submitted_at=now, reason_key="", reason="",
        due_at=due(session, now, working_days), version=1, late=False,
    )  # fmt: skip
    session.add(item)
    session.flush()
    if device_hash and is_proven_duplicate(text, recent):
        _refuse_duplicate(session, item)
    else:
        kinds.get(kind).apply(session, item)
    return item


def text_key(text: str) -> str:
    """The same for texts of the same words, however written."""
    return sha256(suggestions.text_key(text).encode()).hexdigest()


def due(session: Session, now: datetime, working_days: int) -> datetime:
    """The last second of the day so many working days after this one."""
    return service_clock.due(now, calendar_table(session), working_days)


def _refuse_duplicate(session: Session, item: ModerationItem) -> None:
    before = common.state_of(item)
    common.decided(item, SYSTEM, "rejected", reason_key=reasons.DUPLICATE)
    common.finish(session, SYSTEM, item, "reject", before, reason_key=reasons.DUPLICATE)


def _words(session: Session, path: str) -> list[Word]:
    """What every place has pointed out, and what this one and those above it want besides."""
    query = select(AbuseWord.folded, AbuseWord.word, AbuseWord.exact).join(Area, Area.id == AbuseWord.area_id)
    return [*DEFAULT_WORDS, *(Word(*row) for row in session.execute(query.where(above(Area.path, path))))]


def _recent(session: Session, collection: str, key: str, device_hash: str, now: datetime) -> Sequence[Recent]:
    """What this device sent lately, whatever about, and the same text in this collection from anywhere."""
    item = ModerationItem
    newest = select(item.original, item.device_hash, item.submitted_at).where(item.submitted_at > now - RECENT)
    newest = newest.order_by(item.submitted_at.desc())
    rows: list[Any] = []
    if device_hash:
        rows += session.execute(newest.where(item.device_hash == device_hash).limit(MOST_OF_A_DEVICE))
    others = newest.where(item.collection == collection, item.text_key == key)
    rows += session.execute(
        others.where(or_(item.device_hash != device_hash, item.device_hash == "")).limit(MOST_ALIKE)
    )
    return [
        Recent(text=text, same_device=bool(device_hash) and sent_by == device_hash, minutes_ago=_minutes(now, at))
        for text, sent_by, at in rows
    ]


def _minutes(now: datetime, at: datetime) -> int:
    return int((now - at).total_seconds() // 60)


def _kept(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "rule": suggestion.rule,
        "why": suggestion.why,
        "params": dict(suggestion.params),
        "spans": [list(span) for span in suggestion.spans],
    }
