"""From bytes to lines: what the file is, by its content, and whether its text can be used."""

from pathlib import PurePath

from app.consultations.importing import docx, markdown, pdf, plain
from app.consultations.importing.cleaning import cleaned
from app.consultations.rules.blocks import Block
from app.core.errors import Refusal
from app.core.uploads import Upload, check_size
from app.lib import filetypes
from app.lib.i18n import N_
from app.lib.text import legacy_encoding

MOST_CHARACTERS = 600_000
"""Longest text: four times the longest law of the country."""
_MOST_LINES = 30_000
_SHARE_OF_LEGACY = 0.2

_UNKNOWN = N_("Chỉ nhận tệp Word (DOCX), PDF có lớp chữ, Markdown hoặc văn bản thuần (TXT).")
_EMPTY = N_("Tệp không có chữ nào. Chọn lại tệp.")
_TOO_LONG = N_("Văn bản quá dài: hơn %(most)s chữ cái hoặc quá nhiều dòng. Chia thành nhiều dự thảo.")
_LEGACY = N_(
    "Tệp gõ bằng phông chữ cũ (%(encoding)s), ví dụ “%(sample)s”. Chuyển sang Unicode bằng UniKey rồi tải lên lại."
)
_MISREAD = N_("Chữ trong tệp đã hỏng từ trước, ví dụ “%(sample)s”. Tìm bản gốc rồi tải lên lại.")
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", N_("Đây là tệp Word đời cũ (DOC). Mở bằng Word, lưu thành DOCX rồi tải lên lại.")),
    (b"{\\rtf", N_("Đây là tệp RTF. Mở bằng Word, lưu thành DOCX rồi tải lên lại.")),
    (b"PK\x03\x04", _UNKNOWN),
)


def read(data: bytes, filename: str) -> list[Block]:
    """The lines of a DOCX, Markdown, plain text or PDF file; its name only tells Markdown from plain text.

    Raises ``Refusal`` at the field ``file`` for what is empty, too large, damaged, scanned, locked, or no text.
    """
    check_size(Upload(filename, data))
    kind = filetypes.sniff(data)
    if kind == filetypes.DOCX:
        blocks = docx.read(data)
    elif kind == filetypes.PDF:
        blocks = pdf.read(data)
    else:
        blocks = _text(data, filename, kind)
    return _checked(blocks)


def _text(data: bytes, filename: str, kind: filetypes.FileType | None) -> list[Block]:
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise Refusal(sentence, field="file")
    # An MP3 is known by two bytes, which a text in UTF-16 may begin with too.
    if kind is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(_UNKNOWN, field="file")
    text = plain.decoded(data)
    if PurePath(filename.lower()).suffix in (".md", ".markdown") or markdown.looks_like(text):
        return markdown.read(text)
    return plain.read(text)


def _checked(blocks: list[Block]) -> list[Block]:
    found = [Block(text, block.strong, block.joined) for block in blocks if (text := cleaned(block.text))]
    if not found:
        raise Refusal(_EMPTY, field="file")
    if sum(len(block.text) for block in found) > MOST_CHARACTERS or len(found) > _MOST_LINES:
        raise Refusal(_TOO_LONG, field="file", most=f"{MOST_CHARACTERS:,}".replace(",", "."))
    # Cleaning would take signs out of the garbage by which it is known.
    _refuse_legacy([block.text.strip() for block in blocks])
    return found


def _refuse_legacy(lines: list[str]) -> None:
    """Text for the fonts of the nineties is not repaired silently: a draft must say what its authors wrote."""
    marked = [line for line in lines if not line.isascii()]
    suspects = [(line, encoding) for line in marked if (encoding := legacy_encoding(line))]
    if len(suspects) <= _SHARE_OF_LEGACY * len(marked):
        return
    line, encoding = suspects[0]
    sample = line if len(line) <= 60 else line[:60] + "…"
    raise Refusal(_MISREAD if encoding == "UTF-8" else _LEGACY, field="file", encoding=encoding, sample=sample)
