"""The quarterly list of what was made public (Law Đ14), made from the data alone: as rows, a workbook and a PDF."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from app.areas.models import Area
from app.areas.rules import in_sentence
from app.documents import pdf
from app.documents.blocks import Column, Document, OfficialHeading, Paragraph, Place, Run, Signatures, Table, Title
from app.documents.dates import place_and_date, short_date
from app.documents.text import breakable, clean
from app.publication.models import Posting, PostingPlace
from app.publication.rules.heads import FORMS, head
from app.publication.rules.quarters import Quarter

HEADINGS = ("STT", "Nội dung", "Tên, số, ngày văn bản", "Công khai từ ngày", "Đến ngày", "Hình thức, nơi công khai")
_WIDTHS = (6, 34, 50, 16, 16, 60)
LASTING = "thường xuyên"


@dataclass(frozen=True)
class ListPlace:
    """Whose list it is: "phường Thới Hòa", and the bare name that papers are dated from."""

    in_sentence: str
    bare: str


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    posting_id: int
    head: int
    head_name: str
    what: str
    since: date
    until: date | None
    withdrawn: bool
    where: tuple[str, ...]

    @property
    def until_words(self) -> str:
        if self.withdrawn:
            return "đã rút"
        return short_date(self.until) if self.until else LASTING


def place_of(commune: Area) -> ListPlace:
    name = in_sentence(commune.name)
    kind = name.split(" ")[0]
    bare = name.removeprefix("đặc khu ").removeprefix(f"{kind} ") or name
    return ListPlace(name, bare)


def rows_of(postings: Iterable[Posting]) -> list[Row]:
    """The lines, in the order given; raises ``ValueError`` for something that was never posted."""
    rows = []
    for one in postings:
        if one.since is None:
            raise ValueError("only what was posted stands in the list")
        signed = f", ngày {short_date(one.signed_on)}" if one.signed_on else ""
        number = f" (số {one.number}{signed})" if one.number else (f" ({signed[2:]})" if signed else "")
        rows.append(
            Row(
                posting_id=one.id,
                head=one.head,
                head_name=head(one.head).name,
                what=f"{one.title}{number}",
                since=one.since,
                until=one.until,
                withdrawn=one.status == "withdrawn",
                where=tuple(_place(place) for place in one.places),
            )
        )
    return rows


def _place(place: PostingPlace) -> str:
    """ "Niêm yết: Nhà văn hóa khu phố 6, từ 02/07/2026 đến 01/08/2026"."""
    until = f" đến {short_date(place.ended_on)}" if place.ended_on else ""
    elsewhere = f" ({place.area.label})" if place.area_id != place.posting.area_id else ""
    return f"{FORMS[place.kind].name}: {place.detail}{elsewhere}, từ {short_date(place.began_on)}{until}"


def heading_words(quarter: Quarter) -> str:
    return f"quý {quarter.roman} năm {quarter.year}"


def workbook(place: ListPlace, quarter: Quarter, rows: Sequence[Row]) -> bytes:
    """The list as XLSX; nothing a person wrote is ever read as a formula or a link."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        sheet = book.add_worksheet(f"Quý {quarter.roman} {quarter.year}")
        wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        head_format = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        sheet.write_string(
            0, 0, f"Danh mục nội dung đã công khai {heading_words(quarter)}", book.add_format({"bold": True})
        )
        sheet.write_string(1, 0, f"Ủy ban nhân dân {clean(place.in_sentence)}")
        for column, (words, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, words, head_format)
        sheet.freeze_panes(4, 0)
        for number, row in enumerate(rows, start=1):
            line = 3 + number
            sheet.write_number(line, 0, number, wrap)
            sheet.write_string(line, 1, f"Khoản {row.head}: {row.head_name}", wrap)
            sheet.write_string(line, 2, clean(row.what), wrap)
            sheet.write_datetime(line, 3, row.since, day)
            sheet.write_string(line, 4, row.until_words, wrap)
            sheet.write_string(line, 5, "\n".join(clean(where) for where in row.where), wrap)
    return out.getvalue()


def paper(place: ListPlace, quarter: Quarter, rows: Sequence[Row], day: date) -> bytes:
    """The list as PDF with the heading of NĐ 30/2020; number and date of signing are left to be written."""
    name = clean(place.in_sentence)
    title = f"Nội dung đã công khai {heading_words(quarter)}"
    document = Document(
        title=f"Danh mục nội dung đã công khai {heading_words(quarter)}: {name}",
        heading=OfficialHeading(
            authority="ỦY BAN NHÂN DÂN",
            issuer=name.upper(),
            number="",
            place_and_date=place_and_date(clean(place.bare), day),
        ),
        blocks=(
            Title("DANH MỤC", title),
            Paragraph(
                runs=(
                    Run(
                        "Căn cứ các điều từ 11 đến 14 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15. Danh mục ghi"
                        f" {len(rows)} nội dung được công khai từ ngày {short_date(quarter.first)} đến ngày"
                        f" {short_date(quarter.last)}."
                    ),
                )
            ),
            _table(rows),
            Signatures((Place(title="NGƯỜI LẬP", name=""), Place(title="TM. ỦY BAN NHÂN DÂN", name=""))),
        ),
        size=13,
    )
    return pdf.render_document(document)


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        columns=(
            Column(heading="STT", width=0.9, align="center"),
            Column(heading="Tên, số, ngày văn bản", width=5.2),
            Column(heading="Từ ngày", width=2.1, align="center"),
            Column(heading="Đến ngày", width=2.1, align="center"),
            Column(heading="Hình thức, nơi công khai", width=5.2),
        ),
        rows=tuple(_table_rows(rows)),
        size=11,
    )


def _table_rows(rows: Sequence[Row]) -> Iterable[tuple[str, ...]]:
    """The lines, with the name of each head above what was made public under it."""
    last = 0
    for number, row in enumerate(rows, start=1):
        if row.head != last:
            last = row.head
            yield (f"Khoản {row.head} Điều 11. {row.head_name}",)
        yield (
            str(number),
            breakable(row.what),
            short_date(row.since),
            row.until_words,
            breakable("; ".join(row.where)) or "Trang thông tin này",
        )
