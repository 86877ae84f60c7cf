"""The answers of the yearly survey and of the slip of six questions as a workbook."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from app.documents.text import clean
from app.feedback.models import ServiceCenter
from app.feedback.queries.survey import Question, Results
from app.feedback.rules.rating import LEVELS, TRIP_COUNTS
from app.lib.calendar import format_date

HEADINGS = ("Câu", "Nội dung", "Số người trả lời", *LEVELS.values(), "Hài lòng trở lên")
FEW = "chưa nêu: chưa đủ 10 người"
_WIDTHS = (8, 70, 12, 12, 12, 12, 12, 12, 12)


def workbook(center: ServiceCenter, found: Results) -> bytes:
    """A sheet for the survey, one for the slip; what few people answered tells only how many did."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        until = f"đến hết ngày {format_date(found.until)}"
        people = f"{found.people} phiếu từ {found.devices} máy, năm {found.year}, {until}"
        survey = [(name, one) for name, questions in found.groups for one in questions]
        _sheet(book, "Khảo sát", f"{clean(center.name)}: {people}", survey)
        sheet = _sheet(
            book, "Phiếu 6 câu", f"{clean(center.name)}: năm {found.year}, {until}", (("", one) for one in found.slip)
        )
        _trips(sheet, found, 4 + len(found.slip))
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, title: str, questions: Iterable[tuple[str, Question]]) -> Any:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "text_wrap": True})
    share = book.add_format({"num_format": "0.0%"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for column, (words, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, words, bold)
    for line, (group, one) in enumerate(questions, start=3):
        sheet.write_string(line, 0, str(one.key) if group else "")
        sheet.write_string(line, 1, f"{group}: {one.words}" if group else one.words)
        sheet.write_number(line, 2, one.found.n)
        if one.hidden:
            sheet.write_string(line, 3, FEW)
            continue
        for column, level in enumerate(LEVELS, start=3):
            sheet.write_number(line, column, one.found.of(level))
        sheet.write_number(line, 3 + len(LEVELS), one.found.share or 0.0, share)
    sheet.freeze_panes(3, 2)
    return sheet


def _trips(sheet: Any, found: Results, line: int) -> None:
    sheet.write_string(line, 1, "Số lần phải đi lại để bổ sung hồ sơ")
    sheet.write_number(line, 2, sum(found.trips.values()))
    if found.trips_hidden:
        sheet.write_string(line, 3, FEW)
        return
    for place, (number, words) in enumerate(TRIP_COUNTS.items(), start=1):
        sheet.write_string(line + place, 1, words)
        sheet.write_number(line + place, 2, found.trips[number])
