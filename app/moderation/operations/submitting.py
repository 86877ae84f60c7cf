"""A text enters the queue: with suggestions by rules, a day by which somebody looks at it, shown as its mode says."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import SYSTEM
from app.core.prepared import Prepared
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
LEVELS = 3
"""Of places: a province, a commune, a residential area."""


def _of(*columns: Any) -> tuple[Any, ...]:
    return columns


# Asked for every comment that comes in, so they are asked the quick way.
_ITEM = ModerationItem
_SAME_SUBJECT: Select[Any] = select(_ITEM.id).where(
    _ITEM.kind == bindparam("kind"), _ITEM.subject_id == bindparam("subject")
)
_SENT: Select[Any] = select(*_of(_ITEM.original, _ITEM.device_hash, _ITEM.submitted_at))
_SAME_DEVICE = _SENT.where(_ITEM.device_hash == bindparam("device")).order_by(_ITEM.submitted_at.desc())
_SAME_WORDS = _SENT.where(
    _ITEM.collection == bindparam("collection"),
    _ITEM.text_key == bindparam("key"),
    or_(_ITEM.device_hash != bindparam("device"), _ITEM.device_hash == ""),
).order_by(_ITEM.id.desc())
_PLACES: list[Any] = [bindparam(f"level{level}") for level in range(LEVELS)]
_LISTED: Select[Any] = (
    select(*_of(AbuseWord.folded, AbuseWord.word, AbuseWord.exact))
    .join(Area, Area.id == AbuseWord.area_id)
    .where(Area.path.in_(_PLACES))
)
_OF_SUBJECT = Prepared(lambda _engine: _SAME_SUBJECT)
_OF_DEVICE = Prepared(lambda _engine: _SAME_DEVICE.limit(MOST_OF_A_DEVICE))
_ALIKE = Prepared(lambda _engine: _SAME_WORDS.limit(MOST_ALIKE))
_WORDS = Prepared(lambda _engine: _LISTED)


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
    for row in _OF_SUBJECT.ask(session, kind=kind, subject=subject_id):
        return session.get_one(ModerationItem, row["id"])
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
    parts = path.split("/")
    above = {f"level{i}": "/".join(parts[: i + 1]) for i in range(LEVELS)}
    return [*DEFAULT_WORDS, *(Word(**row) for row in _WORDS.ask(session, **above))]


def _recent(session: Session, collection: str, key: str, device_hash: str, now: datetime) -> Sequence[Recent]:
    """What this device sent lately, whatever about, and the same text in this collection from anywhere."""
    rows = _OF_DEVICE.ask(session, device=device_hash) if device_hash else []
    rows += _ALIKE.ask(session, collection=collection, key=key, device=device_hash)
    return [
        Recent(
            text=row["original"],
            same_device=bool(device_hash) and row["device_hash"] == device_hash,
            minutes_ago=int((now - row["submitted_at"]).total_seconds() // 60),
        )
        for row in rows
        if row["submitted_at"] > now - RECENT
    ]


def _kept(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "rule": suggestion.rule,
        "why": suggestion.why,
        "params": dict(suggestion.params),
        "spans": [list(span) for span in suggestion.spans],
    }
