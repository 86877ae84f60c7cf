"""What a text that comes in is compared with: the words places want pointed out, and what was sent lately.

Asked for every text, so asked the quick way.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.prepared import Prepared
from app.core.remembered import Remembered
from app.moderation.models import AbuseWord, ModerationItem
from app.moderation.rules.abuse_words import DEFAULT_WORDS
from app.moderation.rules.suggestions import Recent, Word

MOST_OF_A_DEVICE = 50
MOST_ALIKE = 5
LEVELS = 3
"""Of places: a province, a commune, a residential area."""


def _words(session: Session, path: str) -> list[Word]:
    """What every place has pointed out, and what this one and those above it want besides."""
    parts = path.split("/")
    above = {f"level{i}": "/".join(parts[: i + 1]) for i in range(LEVELS)}
    return [*DEFAULT_WORDS, *(Word(**row) for row in _AT_PLACES.ask(session, **above))]


LISTED: Remembered[str, list[Word]] = Remembered(_words)
"""The words to point out at a place, by its path."""


def recent(
    session: Session, *, collection: str, key: str, device_hash: str, since: datetime, now: datetime
) -> list[Recent]:
    """What this device sent since then, whatever about, and the same text in this collection from anywhere."""
    rows = _LATELY.ask(session, collection=collection, key=key, device=device_hash, since=since)
    return [
        Recent(
            text=row["original"],
            same_device=bool(device_hash) and row["device_hash"] == device_hash,
            minutes_ago=int((now - row["submitted_at"]).total_seconds() // 60),
        )
        for row in rows
    ]


def _places() -> Select[Any]:
    columns: list[Any] = [AbuseWord.folded, AbuseWord.word, AbuseWord.exact]
    places: list[Any] = [bindparam(f"level{level}") for level in range(LEVELS)]
    return select(*columns).join(Area, Area.id == AbuseWord.area_id).where(Area.path.in_(places))


def _lately() -> Select[Any]:
    """Two questions in one; each reads no more rows than its limit."""
    item, device = ModerationItem, bindparam("device", type_=ModerationItem.device_hash.type)
    columns: list[Any] = [item.original, item.device_hash, item.submitted_at]
    sent = select(*columns).where(item.submitted_at > bindparam("since", type_=item.submitted_at.type))
    own = sent.where(item.device_hash == device, item.device_hash != "").order_by(item.submitted_at.desc())
    alike = sent.where(
        item.collection == bindparam("collection"),
        item.text_key == bindparam("key"),
        or_(item.device_hash != device, item.device_hash == ""),
    )
    parts = [own.limit(MOST_OF_A_DEVICE).subquery(), alike.order_by(item.id.desc()).limit(MOST_ALIKE).subquery()]
    return select(union_all(*(select(part) for part in parts)).subquery())


_AT_PLACES = Prepared(lambda _engine: _places())
_LATELY = Prepared(lambda _engine: _lately())
