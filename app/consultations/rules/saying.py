"""One opinion as it is handed in: what it may hold, how it is cleaned, and when it needs no moderator."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.errors import Refusal
from app.lib.codes import behind
from app.lib.i18n import N_
from app.lib.text import BadPhone, normalise_phone, strange_characters, tidy

LONGEST = 5000
"""Characters of a text."""
LONGEST_NAME = 95
MOST_FILES = 3
MOST_WEIGHT = 100_000
CODE_LENGTH = 8
CODE_PREFIX = "GY"

STANCES = {"agree": N_("Đồng ý"), "change": N_("Đề nghị sửa"), "other": N_("Ý kiến khác")}
NAMINGS = {
    "shown": N_("Hiện tên cho mọi người xem"),
    "staff": N_("Chỉ cán bộ xem tên"),
    "none": N_("Không nêu tên"),
}
SOURCES = {
    "web": N_("Gửi qua trang này"),
    "paper": N_("Gửi bằng giấy"),
    "email": N_("Gửi thư điện tử"),
    "meeting": N_("Nói tại cuộc họp"),
    "other": N_("Gửi bằng cách khác"),
}
# Controls, direction overrides and private characters show nothing, or lie about what is shown.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINS = frozenset("\u200d\ufe0f")
_MOST_MARKS = 3
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_UUID = re.compile(r"[0-9a-f-]{32,36}")
# Between a text and the name under it, where both go to a moderator as one.
_SIGNED = "\n\n— "


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody says about an article (``anchor``), or about the whole draft (empty).

    ``version_no`` is the version that was read; None means the newest. ``resident_of`` is the id of the residential
    area that ``resident_by`` ("slip", "staff") vouches for. ``weight`` is how many people said so together, at a
    meeting for instance. ``written_at`` is when it was written or said, where it did not come by this service.
    """

    stance: str
    text: str = ""
    anchor: str = ""
    version_no: int | None = None
    naming: str = "none"
    name: str = ""
    body: str = ""
    phone: str = ""
    client_uuid: str = ""
    device_hash: str = ""
    resident_of: int | None = None
    resident_by: str = ""
    source: str = "web"
    source_detail: str = ""
    weight: int = 1
    written_at: datetime | None = None


def clean_text(typed: str) -> str:
    """The text as it is kept: NFC, single spaces, lines kept, nothing that cannot be seen."""
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(_seen(text)).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean(saying: Saying) -> Saying:
    """The same, cleaned; raises ``Refusal`` at the field that is missing, too long or unknown."""
    if saying.stance not in STANCES or saying.naming not in NAMINGS or saying.source not in SOURCES:
        raise Refusal(N_("Ông/Bà chưa chọn. Mời chọn một ý."), field="stance")
    name = "" if saying.naming == "none" else _name(saying.name, "name")
    if saying.naming != "none" and not name:
        raise Refusal(N_("Ghi họ và tên, hoặc chọn “Không nêu tên”."), field="name")
    if not 1 <= saying.weight <= MOST_WEIGHT:
        raise Refusal(N_("Số người cùng ý kiến chưa đúng."), field="weight")
    return replace(
        saying,
        text=_text(saying),
        name=name,
        body=_name(saying.body, "body"),
        phone=_phone(saying.phone),
        client_uuid=saying.client_uuid if _UUID.fullmatch(saying.client_uuid) else "",
        source_detail=tidy(saying.source_detail)[:500],
    )


def author(naming: str, name: str, body: str) -> str:
    """Who said it, as others may read it; at most 192 characters."""
    return ", ".join(part for part in (name if naming == "shown" else "", body) if part)


def code_typed(typed: str) -> str:
    """The code that was meant, with or without "GY" before it; empty where no code was."""
    return behind(CODE_PREFIX, typed, CODE_LENGTH)


def signed(text: str, name: str) -> str:
    """A text with the name that is shown under it: a moderator reads both as one."""
    return f"{text}{_SIGNED}{name}" if name else text


def unsigned(shown: str, name: str) -> tuple[str, str]:
    """The text and the name that are left of ``signed`` once parts of it may have been covered.

    Where the two can no longer be told apart, no name is shown: rather too little than a piece of one.
    """
    if not name:
        return shown, ""
    text, between, left = shown.rpartition(_SIGNED)
    return (text, left[:200]) if between and "\n" not in left else (shown, "")


def _text(saying: Saying) -> str:
    text = clean_text(saying.text)
    if len(text) > LONGEST:
        sentence = N_("Ý kiến dài quá. Tối đa %(most)d ký tự, hiện có %(count)d.")
        raise Refusal(sentence, field="text", most=LONGEST, count=len(text))
    if not text and saying.stance != "agree":
        raise Refusal(N_("Ông/Bà chưa viết ý kiến. Mời viết vài dòng."), field="text")
    return text


def _name(typed: str, field: str) -> str:
    name = tidy(typed)
    if len(name) > LONGEST_NAME:
        raise Refusal(N_("Tên dài quá. Tối đa %(most)d ký tự."), field=field, most=LONGEST_NAME)
    if strange_characters(name):
        raise Refusal(N_("Tên có ký tự lạ. Mời gõ lại."), field=field)
    return name


def _phone(typed: str) -> str:
    try:
        return normalise_phone(typed) or ""
    except BadPhone:
        raise Refusal(N_("Số điện thoại chưa đúng. Ghi 10 chữ số, ví dụ 0912 345 678."), field="phone") from None


def _seen(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) and c not in _JOINS else 0
        if c == "\n" or c in _JOINS or (marks <= _MOST_MARKS and unicodedata.category(c) not in _UNSEEN):
            kept.append(c)
        elif c == "\t":
            kept.append(" ")
    return kept
