"""The quarterly report on paper, for a word processor and as a workbook; the same words in all three."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from app.documents.blocks import (
    Column,
    Document,
    Facts,
    OfficialHeading,
    Paragraph,
    Place,
    Run,
    Signatures,
    Table,
    Title,
)
from app.documents.dates import place_and_date
from app.documents.text import breakable, clean
from app.feedback.models import QuarterReport, QuarterScore, ServiceCenter
from app.feedback.rules.indices import INDICES, MOST, SOURCE_NAMES, grade, total
from app.feedback.rules.shares import Tally, neutral, percent, spoken, three_levels
from app.lib.calendar import format_number
from app.publication.rules.quarters import Quarter

HEADINGS = ("STT", "Chỉ số", "Điều đã biết", "Tự chấm", "Căn cứ", "Thẩm định", "Ý kiến thẩm định")


def quarter_of(report: QuarterReport) -> Quarter:
    return Quarter(report.year, report.quarter)


def totals(scores: Sequence[QuarterScore]) -> tuple[int | None, int | None]:
    """Own and verified total; None while a score is missing."""
    return total([one.self_score for one in scores]), total([one.verified_score for one in scores])


def sums(scores: Sequence[QuarterScore]) -> tuple[str, str]:
    """Own and verified total with the grade, as the report writes them."""
    own, verified = totals(scores)
    return _sum(own), _sum(verified)


def _sum(points: int | None) -> str:
    return "chưa chấm" if points is None else f"{points}/{MOST} điểm, xếp loại {grade(points)}"


def document(
    center: ServiceCenter,
    report: QuarterReport,
    scores: Sequence[QuarterScore],
    found: tuple[Tally, Tally],
    issuer: str,
    place: str,
    day: date,
) -> Document:
    """The report as a document; ``found``: the levels of the headline and of all ratings."""
    quarter = quarter_of(report)
    name = f"quý {quarter.roman} năm {quarter.year}"
    return Document(
        title=f"Báo cáo đánh giá việc giải quyết thủ tục hành chính {name}",
        heading=OfficialHeading(
            authority=f"ỦY BAN NHÂN DÂN {clean(issuer).upper()}",
            issuer=clean(center.name).upper(),
            number="",
            place_and_date=place_and_date(clean(place), day),
        ),
        blocks=(
            Title("BÁO CÁO", f"Đánh giá việc giải quyết thủ tục hành chính {name}"),
            Paragraph(
                runs=(
                    Run(
                        "Chín chỉ số theo mô hình của Nghị định số 61/2018/NĐ-CP, mỗi chỉ số 0, 1 hoặc 2 điểm. Điều đã"
                        " biết ghi rõ lấy từ số liệu, từ ý kiến người dân, hay chưa có số liệu."
                    ),
                )
            ),
            _table(scores),
            _facts(scores, found),
            Signatures((Place(title="NGƯỜI LẬP", name=""), Place(title="THỦ TRƯỞNG ĐƠN VỊ", name=""))),
        ),
        size=13,
    )  # fmt: skip


def _facts(scores: Sequence[QuarterScore], found: tuple[Tally, Tally]) -> Facts:
    own, verified = sums(scores)
    headline, whole = found
    rows = (*_satisfied(headline, whole), ("Điểm tự chấm", own), ("Điểm thẩm định", verified))
    return Facts(rows=rows)


def _satisfied(headline: Tally, whole: Tally) -> tuple[tuple[str, str], ...]:
    """Both figures, and three levels with "Bình thường" apart."""
    return (
        ("Số lượt đánh giá được tính", format_number(headline.n)),
        ("Số lượt đang chờ xem xét hoặc đã loại", format_number(whole.n - headline.n)),
        ("Hài lòng trở lên (khoảng tin cậy 95 %)", spoken(headline)),
        ("Tính cả lượt đang chờ xem xét hoặc đã loại", spoken(whole)),
        *(
            (level, f"{format_number(n)} lượt ({percent(n / of)})" if of else "0 lượt")
            for level, n, of in three_levels(headline)
        ),
        ("Bình thường (để riêng, không cộng vào mức nào)", f"{format_number(neutral(headline))} lượt"),
    )


def _table(scores: Sequence[QuarterScore]) -> Table:
    return Table(
        columns=(
            Column(heading="STT", width=0.8, align="center"),
            Column(heading="Chỉ số", width=4.2),
            Column(heading="Điều đã biết", width=5.0),
            Column(heading="Tự chấm và căn cứ", width=3.4),
            Column(heading="Thẩm định", width=3.0),
        ),
        rows=tuple(
            (
                str(one.idx),
                INDICES[one.idx].name,
                breakable(f"({SOURCE_NAMES[one.source]}) {one.known}"),
                breakable(_given(one.self_score, one.self_reason)),
                breakable(_given(one.verified_score, one.verified_reason)),
            )
            for one in scores
        ),
        size=11,
    )


def _given(points: int | None, reason: str) -> str:
    return "–" if points is None else f"{points} điểm. {clean(reason)}".strip()


def workbook(
    center: ServiceCenter, report: QuarterReport, scores: Sequence[QuarterScore], found: tuple[Tally, Tally]
) -> bytes:
    """The report as XLSX; nothing a person wrote is ever read as a formula or a link."""
    out, quarter = io.BytesIO(), quarter_of(report)
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        sheet = book.add_worksheet(f"Quý {quarter.roman} {quarter.year}")
        wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        sheet.write_string(0, 0, f"{clean(center.name)}: quý {quarter.roman} năm {quarter.year}")
        for column, (words, width) in enumerate(zip(HEADINGS, (6, 40, 60, 10, 40, 10, 40), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, words, bold)
        for line, one in enumerate(scores, start=3):
            sheet.write_number(line, 0, one.idx, wrap)
            sheet.write_string(line, 1, INDICES[one.idx].name, wrap)
            sheet.write_string(line, 2, clean(f"({SOURCE_NAMES[one.source]}) {one.known}"), wrap)
            given = ((3, one.self_score, one.self_reason), (5, one.verified_score, one.verified_reason))
            for column, points, reason in given:
                if points is None:
                    sheet.write_blank(line, column, None, wrap)
                else:
                    sheet.write_number(line, column, points, wrap)
                sheet.write_string(line, column + 1, clean(reason), wrap)
        own, verified = sums(scores)
        rows = (("Tự chấm", own), ("Thẩm định", verified), *_satisfied(*found))
        for line, (label, value) in enumerate(rows, start=4 + len(scores)):
            sheet.write_string(line, 1, label)
            sheet.write_string(line, 2, value)
    return out.getvalue()
