"""The text layer of a PDF."""

import threading

import pypdfium2

from app.consultations.importing.cleaning import cleaned
from app.consultations.rules.blocks import Block
from app.core.errors import Refusal
from app.lib.i18n import N_

MOST_PAGES = 300
_MOST_CHARACTERS = 2_000_000
_FEW_CHARACTERS = 30
_TOO_MANY = N_("Tệp PDF có hơn %(most)s trang. Chia thành nhiều tệp.")
_DAMAGED = N_("Không đọc được tệp PDF này: tệp hỏng hoặc có đặt mật khẩu. Gửi tệp Word (DOCX) thay vào.")
_SCANNED = N_("Tệp PDF này là ảnh chụp, không có lớp chữ. Gửi tệp Word (DOCX) hoặc PDF xuất ra từ Word.")
# The library under pypdfium2 must be used by one thread at a time.
_one_at_a_time = threading.Lock()


def read(data: bytes) -> list[Block]:
    """One block a line, page numbers left out.

    Raises ``Refusal`` for a PDF that is damaged, locked, too long, or only pictures of pages.
    """
    with _one_at_a_time:
        try:
            pages = _pages(data)
        except (pypdfium2.PdfiumError, ValueError, OSError):
            raise Refusal(_DAMAGED, field="file") from None
    if sum(len(line) for page in pages for line in page) < min(_FEW_CHARACTERS * len(pages), 200):
        raise Refusal(_SCANNED, field="file")
    return [Block(line) for number, page in enumerate(pages, start=1) for line in _without_number(page, number)]


def _pages(data: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > MOST_PAGES:
            raise Refusal(_TOO_MANY, field="file", most=MOST_PAGES)
        pages: list[list[str]] = []
        left = _MOST_CHARACTERS
        for number in range(len(document)):
            text = _text(document[number])[:left]
            left -= len(text)
            pages.append([line for raw in text.splitlines() if (line := cleaned(raw))])
        return pages
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    try:
        layer = page.get_textpage()
        try:
            return str(layer.get_text_range()) if layer.count_chars() else ""
        finally:
            layer.close()
    finally:
        page.close()


def _without_number(lines: list[str], number: int) -> list[str]:
    """The lines of a page without the line that only says which page it is, first or last."""
    mark = str(number)
    if lines and lines[0].strip("-–— ") == mark:
        lines = lines[1:]
    return lines[:-1] if lines and lines[-1].strip("-–— ") == mark else lines
