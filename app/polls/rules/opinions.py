"""The text of an "ý kiến khác": what is kept of what somebody typed, and whether it fits."""

import re
import unicodedata

from app.core.errors import Refusal
from app.lib.i18n import N_
from app.lib.text import nfc

LONGEST = 500
"""Characters."""
MOST_BYTES = 1500
"""The same in UTF-8: 500 letters of every script people here write."""

# Controls, direction overrides, zero-width and private characters: they show nothing, or lie about what is shown.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MOST_MARKS = 3
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean_opinion(typed: str) -> str:
    """The text as it is kept and shown again before it is sent: NFC, single spaces, nothing that cannot be seen."""
    text = nfc(typed).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(_seen(text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def refuse_long(text: str) -> None:
    """Raise a refusal at the field ``other`` when a cleaned text does not fit."""
    if len(text) > LONGEST:
        sentence = N_("Ý kiến dài quá. Tối đa %(most)d ký tự, hiện có %(count)d.")
        raise Refusal(sentence, field="other", most=LONGEST, count=len(text))
    if len(text.encode()) > MOST_BYTES:
        raise Refusal(N_("Ý kiến có quá nhiều ký hiệu đặc biệt. Mời Ông/Bà viết ngắn lại."), field="other")


def _seen(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if c == "\n" or (marks <= _MOST_MARKS and unicodedata.category(c) not in _UNSEEN):
            kept.append(c)
        elif c == "\t":
            kept.append(" ")
    return kept
