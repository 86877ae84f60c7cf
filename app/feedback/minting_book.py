"""Workbooks of this part: codes to be printed on slips, and empty tables to fill in."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from app.feedback.operations.minting import Minted
from app.feedback.rules.trust import dossier_address
from app.lib.calendar import format_date
from app.lib.codes import grouped

# What a spreadsheet would take for a formula, an address or a number stays a text.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CODES = (
    ("Số hồ sơ", 26),
    ("Mã đánh giá", 16),
    ("Địa chỉ trong mã QR", 44),
    ("Dùng đến hết ngày", 18),
    ("Tình trạng", 20),
)
_STATES = {
    "new": "Mới cấp",
    "waiting": "Đã cấp trước đây",
    "over": "Đã hết hạn",
    "revoked": "Đã thu hồi",
}


def codes_book(minted: Iterable[Minted], base_url: str) -> bytes:
    """Each dossier with its code, the address for its QR code, and the last day."""
    return _book("Mã đánh giá", _CODES, [_line(one, base_url) for one in minted])


def empty_book(name: str, headings: Sequence[str], examples: Iterable[Sequence[str]]) -> bytes:
    """A table to fill in, with a few rows that show how."""
    return _book(name, [(heading, max(14, len(heading) + 4)) for heading in headings], examples)


def _line(one: Minted, base_url: str) -> tuple[str, ...]:
    code, address = (grouped(one.code, 5), dossier_address(base_url, one.code)) if one.code else ("", "")
    return one.dossier, code, address, format_date(one.expires_on), _STATES[one.state]


def _book(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, _PLAIN) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        for place, (heading, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
