"""Ratings one by one as CSV and as a workbook, a few thousand in memory however many there are."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from app.documents.text import clean
from app.feedback.queries.rating_rows import RatingRow
from app.feedback.rules.rating import LEVELS, REASONS

HEADINGS = ("Tháng", "Quầy", "Mức", "Mức độ hài lòng", "Tình trạng", "Lý do", "Ý kiến")
_WIDTHS = (12, 28, 6, 20, 24, 40, 60)
STANDINGS = {
    "counted": "Được tính",
    "held": "Chờ xem xét",
    "excluded": "Đã loại",
    "restored": "Được tính sau xem xét",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHEET = 1_000_000
_TOLD = 20_000


def cells(row: RatingRow) -> tuple[str, ...]:
    """The words of a row, in the order of ``HEADINGS``."""
    return (
        f"{row.month:%m/%Y}",
        row.counter,
        str(row.level),
        LEVELS[row.level],
        STANDINGS[row.standing],
        "; ".join(REASONS.get(reason, reason) for reason in row.reasons),
        row.text,
    )


def csv_lines(rows: Iterable[RatingRow]) -> Iterator[str]:
    """The file piece by piece; a cell that a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    # The mark of UTF-8, without which the usual spreadsheet garbles Vietnamese.
    out.write("\ufeff")
    writer.writerow(HEADINGS)
    for number, row in enumerate(rows, start=1):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells(row)])
        if not number % 500:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def workbook(path: Path, rows: Iterable[RatingRow], progress: Callable[[int], object]) -> int:
    """Write the workbook to the file; how many rows. Rows go to the disk as they come; a full sheet begins another."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    written = 0
    with xlsxwriter.Workbook(str(path), plain | {"constant_memory": True}) as book:
        bold, month = book.add_format({"bold": True}), book.add_format({"num_format": "mm/yyyy"})
        sheet: Any = None
        for row in rows:
            at = written % _SHEET
            if not at:
                sheet = _sheet(book, bold)
            values = cells(row)
            sheet.write_datetime(at + 1, 0, row.month, month)
            for column, value in enumerate(values[1:], start=1):
                if column == 2:
                    sheet.write_number(at + 1, column, row.level)
                elif value:
                    sheet.write_string(at + 1, column, clean(value) if column == len(values) - 1 else value)
            written += 1
            if not written % _TOLD:
                progress(written)
        if sheet is None:
            _sheet(book, bold)
    return written


def _sheet(book: xlsxwriter.Workbook, bold: Any) -> Any:
    sheet = book.add_worksheet()
    for column, (words, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, bold)
    sheet.freeze_panes(1, 0)
    return sheet
