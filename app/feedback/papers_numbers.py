"""The figures of a centre on paper and as a workbook with three and four levels; the same that its page shows."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from app.documents import pdf
from app.documents.blocks import Column, Document, OfficialHeading, Paragraph, Run, Section, Table, Title
from app.documents.dates import place_and_date
from app.documents.text import breakable, clean
from app.feedback.queries.lines import Line, Point
from app.feedback.queries.numbers import Dashboard
from app.feedback.rules.rating import REASONS
from app.feedback.rules.shares import Tally, four_levels, neutral, percent, spoken, three_levels
from app.lib.calendar import format_date

FEW = "chưa nêu"
NOT_TOLD = "Chưa nêu các mức: chưa đủ 10 lượt đánh giá, hoặc để không suy ra được số liệu của người khác, nơi khác."
SILENT = "công chức chưa nêu số liệu vì chưa đủ 10 lượt hoặc để không suy ra được số liệu của người khác."
NO_PLACE = "Không rõ"
_SHARES = (
    Column(heading="Nơi", width=4.6),
    Column(heading="Hài lòng trở lên (khoảng tin cậy 95 %)", width=5.0),
    Column(heading="Số lượt", width=1.6, align="right"),
    Column(heading="Chưa tính", width=1.7, align="right"),
    Column(heading="Mã in / đổi / hồ sơ", width=2.6, align="right"),
    Column(heading="Tỷ lệ phản hồi", width=2.0, align="right"),
)


def paper(found: Dashboard, scope: str, issuer: str, place: str, day: date) -> bytes:
    """The dashboard as PDF; ``scope``: which part of the centre it speaks of, empty for the whole."""
    document = Document(
        title=f"Số liệu hài lòng {found.period.words}",
        heading=OfficialHeading(
            authority=f"ỦY BAN NHÂN DÂN {clean(issuer).upper()}",
            issuer=clean(found.center.name).upper(),
            number="",
            place_and_date=place_and_date(clean(place), day),
        ),
        blocks=(
            Title("SỐ LIỆU HÀI LÒNG", f"{found.period.words}{': ' + clean(scope) if scope else ''}"),
            *_blocks(found),
        ),
        size=13,
    )
    return pdf.render_document(document)


def _blocks(found: Dashboard) -> Sequence[Section | Paragraph | Table]:
    until = (_said(f"Số liệu đến hết ngày {format_date(found.until)}."),) if found.period.last > found.until else ()
    if found.hidden:
        return (*until, _said(NOT_TOLD))
    total = found.total
    blocks: list[Section | Paragraph | Table] = [
        *until,
        _said(
            f"Tỷ lệ hài lòng (mức hài lòng và rất hài lòng): {spoken(total.headline)}. Tính cả lượt đang chờ xem xét"
            f" hoặc đã loại: {spoken(total.whole) if total.whole.n else FEW}. Số lượt chưa tính: {total.left_out}."
        ),
        _levels(total.headline),
        *_part("Theo quầy", found.counters),
        *_part("Theo nhóm thủ tục", found.groups),
    ]
    if found.officers or found.silent:
        blocks += [Section("Theo công chức"), _officers(found)]
        blocks += [_said(f"Còn {found.silent} {SILENT}")] if found.silent else []
    if found.reasons:
        rows = tuple((REASONS.get(slug, slug), str(n)) for slug, n in found.reasons)
        blocks += [Section("Lý do người dân chọn"), _pairs(("Lý do", "Số lần"), rows)]
    trend = tuple((one.period.words, FEW if one.hidden else spoken(one.found), _mix(one)) for one in found.trend)
    return [*blocks, Section("So với các kỳ trước của chính nơi này"), _threes("Kỳ", trend)]


def _said(words: str) -> Paragraph:
    return Paragraph(runs=(Run(words),))


def _levels(found: Tally) -> Table:
    rows = tuple((name, str(n), percent(n / whole) if whole else "–") for name, n, whole in four_levels(found))
    columns = (
        Column(heading="Mức", width=6),
        Column(heading="Số lượt", width=3, align="right"),
        Column(heading="Tỷ lệ", width=3, align="right"),
    )
    return Table(columns=columns, rows=rows, size=12)


def _part(heading: str, lines: Sequence[Line]) -> Sequence[Section | Table]:
    if not lines:
        return ()
    return (Section(heading), Table(columns=_SHARES, rows=tuple(map(_row, lines)), size=11))


def _row(line: Line) -> tuple[str, ...]:
    return (
        breakable(line.name) or NO_PLACE,
        FEW if line.hidden else spoken(line.headline),
        str(line.n),
        str(line.left_out),
        _mix(line),
        percent(line.response) if line.response is not None else "chưa có số liệu",
    )


def _officers(found: Dashboard) -> Table:
    rows = tuple((breakable(line.name), spoken(line.headline), _mix(line)) for line in found.officers)
    return _threes("Công chức", rows)


def _mix(of: Line | Point) -> str:
    return "–" if of.hidden or not sum(of.tiers) else " / ".join(map(str, of.tiers))


def _threes(heading: str, rows: tuple[tuple[str, ...], ...]) -> Table:
    columns = (
        Column(heading=heading, width=5),
        Column(heading="Hài lòng trở lên", width=6),
        Column(heading="Mã in / đổi / hồ sơ", width=3, align="right"),
    )
    return Table(columns=columns, rows=rows, size=12)


def _pairs(headings: tuple[str, str], rows: tuple[tuple[str, str], ...]) -> Table:
    columns = (Column(heading=headings[0], width=7), Column(heading=headings[1], width=7))
    return Table(columns=columns, rows=rows, size=12)


def summary(found: Dashboard) -> bytes:
    """A workbook with four levels and with three, for the centre, its counters and its groups of procedures."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    lines = [("Toàn bộ", found.total)] if not found.hidden else []
    lines += [("Quầy", line) for line in found.counters] + [("Nhóm thủ tục", line) for line in found.groups]
    lines += [("Công chức", line) for line in found.officers]
    with xlsxwriter.Workbook(out, plain) as book:
        for name, three in (("Bốn mức", False), ("Ba mức", True)):
            _sheet(book, name, found, lines, three=three)
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, found: Dashboard, lines: Sequence[tuple[str, Line]], *, three: bool
) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "text_wrap": True})
    share = book.add_format({"num_format": "0.0%"})
    names = [one[0] for one in (three_levels if three else four_levels)(Tally())]
    counted = [f"{level}{suffix}" for level in names for suffix in (" (lượt)", " (tỷ lệ)")]
    headings = ["Loại", "Tên", "Số lượt", *counted, *(["Bình thường (lượt, không tính)"] if three else []), "Chưa tính"]
    sheet.write_string(0, 0, f"{clean(found.center.name)}: {found.period.words}", book.add_format({"bold": True}))
    sheet.write_string(1, 0, NOT_TOLD if found.hidden else _caption(three=three))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((14, 48, *[13] * (len(headings) - 2))):
        sheet.set_column(column, column, width)
    for column, words in enumerate(headings):
        sheet.write_string(3, column, words, bold)
    for number, (kind, line) in enumerate(lines, start=4):
        levels = (three_levels if three else four_levels)(line.headline)
        sheet.write_string(number, 0, kind)
        sheet.write_string(number, 1, clean(line.name) or NO_PLACE, wrap)
        sheet.write_number(number, 2, line.n if line.hidden else levels[0][2])
        sheet.write_number(number, len(headings) - 1, line.left_out)
        if line.hidden:
            sheet.write_string(number, 3, FEW)
            continue
        for place, (_level, n, whole) in enumerate(levels):
            sheet.write_number(number, 3 + 2 * place, n)
            if whole:
                sheet.write_number(number, 4 + 2 * place, n / whole, share)
        if three:
            sheet.write_number(number, 3 + 2 * len(levels), neutral(line.headline))
    sheet.freeze_panes(4, 2)


def _caption(*, three: bool) -> str:
    if three:
        return "Ba mức: mức Bình thường để riêng, không cộng vào mức nào và không tính trong tổng số."
    return "Bốn mức: Rất không hài lòng và Không hài lòng gộp làm một."
