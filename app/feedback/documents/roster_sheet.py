"""The sheet on which a roster is written: its columns, the people of the centre, and how to fill it in."""

import io
from collections.abc import Sequence

import xlsxwriter

from app.feedback.rules.roster import FIELDS

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = (16, 28, 12, 14, 10, 10, 12)
_HELP = (
    "Mỗi dòng là một ca trực hoặc một lần nghỉ của một người. Một người trực hai ca trong ngày thì ghi hai dòng.",
    "Ngày: ghi như 05/07/2026. Giờ: ghi như 7:30 hoặc 13:30.",
    "Loại: ghi “trực” hoặc “nghỉ”. Để trống là trực.",
    "Người nghỉ thì để trống cột Quầy. Nghỉ cả ngày thì để trống giờ.",
    "Một quầy chỉ có một người trực trong một lúc.",
    "Người chưa có trong danh sách của Trung tâm thì ghi mã và họ tên, hệ thống sẽ thêm.",
    "Dòng chưa ghi ngày, giờ và quầy thì được bỏ qua.",
)


def roster_sheet(officers: Sequence[tuple[str, str]], counters: Sequence[tuple[str, str]]) -> bytes:
    """A workbook to fill in: ``officers`` are (code, name), ``counters`` (number, name) of the centre."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _PLAIN) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8ecf4"})
        text, wrapped = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True})
        sheet = book.add_worksheet("Lịch trực")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, text)
        sheet.write_row(0, 0, list(FIELDS.values()), head)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(1, 6, 5000, 6, {"validate": "list", "source": ["trực", "nghỉ"]})
        for row, (code, name) in enumerate(officers, start=1):
            sheet.write_row(row, 0, [code, name], text)
        how = book.add_worksheet("Cách ghi")
        how.set_column(0, 0, 90, wrapped)
        for row, sentence in enumerate(_HELP):
            how.write_string(row, 0, sentence)
        how.write_string(len(_HELP) + 1, 0, "Các quầy của Trung tâm (ghi số ở cột Quầy):")
        for row, (number, name) in enumerate(counters, start=len(_HELP) + 2):
            how.write_string(row, 0, f"{number}: {name}")
    return out.getvalue()
