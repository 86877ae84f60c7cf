"""Plain text in the encodings in which offices have written it."""

import re

from app.consultations.rules.blocks import Block
from app.core.errors import Refusal
from app.lib.i18n import N_
from app.lib.text import fold, legacy_encoding, nfc

_NO_TEXT = N_("Tệp này không phải văn bản. Chỉ nhận tệp Word (DOCX), PDF có lớp chữ, Markdown hoặc TXT.")
_HTML = N_("Đây là một trang web (HTML). Chép nội dung sang tệp Word rồi tải lên lại.")
_BREAKS = re.compile(r"\r\n|\r|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_FEW_CONTROLS, _MANY_CONTROLS = 4, 0.01


def decoded(data: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16, or the Vietnamese code page of Windows.

    Raises ``Refusal`` at ``file`` for bytes that are no text. Text of old fonts comes back as its garbage.
    """
    text = _unicode(data)
    if text is None:
        text = _code_page(data)
    controls = sum(c < " " and c not in "\t\n\r\x0b\x0c" or c == "\ufffd" for c in text)
    if controls > max(_FEW_CONTROLS, _MANY_CONTROLS * len(text)):
        raise Refusal(_NO_TEXT, field="file")
    if re.match(r"\s*(<!doctype\s+html|<html)", text, re.IGNORECASE):
        raise Refusal(_HTML, field="file")
    return text


def read(text: str) -> list[Block]:
    """One block a line."""
    return [Block(line) for line in _BREAKS.split(text)]


def _unicode(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    half = len(data) // 2
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[::2].count(0))):
        if half > 1 and zeros > half * 0.4:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _code_page(data: bytes) -> str:
    """Windows-1258 where that gives Vietnamese words; else the bytes as the old fonts' garbage, if they are that."""
    western = data.decode("cp1252", errors="replace")
    vietnamese = nfc(data.decode("cp1258", errors="replace"))
    words = set(fold(vietnamese).split())
    marked = re.search("[ăđơưạảấầậếềệốồộớờợứừự]", vietnamese)
    if marked and {"dieu", "va"} & words and not any(map(legacy_encoding, _BREAKS.split(vietnamese)[:200])):
        return vietnamese
    if any(map(legacy_encoding, _BREAKS.split(western)[:200])):
        return western
    raise Refusal(_NO_TEXT, field="file")
