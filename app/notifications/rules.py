"""When people are told, and how a text becomes short enough. Pure."""

import re
import unicodedata
from datetime import datetime, time, timedelta

from app.lib.text import squeeze

SMS = 160
MAX_ATTEMPTS = 5
# Nobody's phone rings in the night. Vietnamese time, the evening's end included, the morning's excluded.
NIGHT_BEGINS = time(21)
NIGHT_ENDS = time(7)
_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
# What the alphabet of text messages lacks, or counts twice.
_PLAIN = str.maketrans(
    {
        "đ": "d", "Đ": "D", "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "•": "-",
        "[": "(", "]": ")", "{": "(", "}": ")", "~": "-", "^": "", "\\": "/", "|": "/", "`": "'", "«": '"', "»": '"',
    }
)  # fmt: skip
_CODE = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{2,4}(-[0-9A-Z]{2,4})+\b", re.IGNORECASE)


def is_night(local: datetime) -> bool:
    """Whether nobody is told anything at this moment of Vietnamese time."""
    return local.time() >= NIGHT_BEGINS or local.time() < NIGHT_ENDS


def next_day(local: datetime) -> datetime:
    """The moment itself, or the end of the night it falls into."""
    if not is_night(local):
        return local
    day = local.date() + timedelta(days=local.time() >= NIGHT_BEGINS)
    return datetime.combine(day, NIGHT_ENDS, tzinfo=local.tzinfo)


def pause(attempts: int) -> timedelta:
    """How long to wait after a channel was too busy the given number of times (from 1)."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def unaccented(text: str) -> str:
    """The text in the alphabet that every phone shows: ASCII, one line, each character counting once."""
    bare = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return squeeze("".join(c for c in bare if " " <= c <= "~" or c.isspace()))


def shortened(text: str, limit: int) -> str:
    """The text in at most ``limit`` characters, cut after a word."""
    text = squeeze(text)
    if len(text) <= limit:
        return text
    kept = text[: max(0, limit - 3)]
    whole = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return (whole or kept).rstrip(" ,;:-") + "..."


def composed(text: str, address: str, limit: int) -> str:
    """The text and the address to read on, in at most ``limit`` characters: words give way, never the address.

    An address that leaves no room for words is left out.
    """
    room = limit - len(address) - 1
    if not address or room < limit // 4:
        return shortened(text, limit)
    return f"{shortened(text, room)} {address}"


def short_message(text: str, address: str = "") -> str:
    """A text message: unaccented, at most 160 characters, with the address to read on."""
    return composed(unaccented(text), address, SMS)


def holds_code(text: str) -> bool:
    """Whether a receipt's or a slip's code stands in the text: messages never carry one."""
    return _CODE.search(text) is not None
