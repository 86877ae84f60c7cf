"""The answer table and the list of opinions as XLSX: written row by row to a file, whatever their number.

Every cell that holds words is a text cell: what begins with ``=``, ``+``, ``-`` or ``@`` is shown and never computed.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import xlsxwriter

from app.consultations.documents import wording
from app.consultations.documents.facts import OpinionFacts, TableFacts
from app.consultations.rules.saying import SOURCES, STANCES
from app.documents.dates import local
from app.lib.calendar import format_moment

# What a spreadsheet would take for a formula, an address or a number stays a text. Memory does not grow with rows.
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy hh:mm",
    "remove_timezone": True,
}
_LONGEST = 32_000
_TABLE = (("Điều", 28), ("Tóm tắt ý kiến", 50), ("Số ý kiến", 10), ("Số người", 10), ("Kết quả", 22),
          ("Nội dung tiếp thu, giải trình", 60), ("Vị trí trong bản hoàn chỉnh", 28))  # fmt: skip
_COUNTS = (("Điều", 40), ("Số ý kiến", 12), ("Đồng ý (người)", 16), ("Đề nghị sửa (người)", 20),
           ("Ý kiến khác (người)", 20))  # fmt: skip
_OPINIONS = (("Số thứ tự", 10), ("Điều", 28), ("Ý kiến", 14), ("Nội dung", 80), ("Tên người góp ý", 24),
             ("Khu dân cư", 20), ("Nhận bằng", 18), ("Số người", 10), ("Thời gian", 17),
             ("Nhóm", 12))  # fmt: skip

Row = Sequence[str | int]


def table_xlsx(path: str, facts: TableFacts, opinions: Iterable[OpinionFacts]) -> None:
    """Write the answer table, its counts, and the opinions it answers to the file at ``path``."""
    with _book(path, f"Bảng tiếp thu, giải trình: {facts.title}") as book:
        _sheet(book, "Tiếp thu, giải trình", _TABLE, _answers(facts))
        _sheet(book, "Số ý kiến", _COUNTS, _counts(facts))
        _sheet(book, "Ý kiến", _OPINIONS, _opinions(opinions))


def opinions_xlsx(path: str, title: str, opinions: Iterable[OpinionFacts]) -> None:
    """Write all opinions that may be shown to the file at ``path``."""
    with _book(path, f"Ý kiến góp ý: {title}") as book:
        _sheet(book, "Ý kiến", _OPINIONS, _opinions(opinions))


@contextmanager
def _book(path: str, title: str) -> Iterator[Any]:
    with xlsxwriter.Workbook(path, _PLAIN) as book:
        book.set_properties({"title": title[:250], "author": ""})
        yield book


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    number = book.add_format({"valign": "top", "num_format": "#,##0"})
    sheet.freeze_panes(1, 0)
    for place, (heading, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, place, value, number)
            else:
                sheet.write_string(line, place, value[:_LONGEST], body)


def _answers(facts: TableFacts) -> Iterator[Row]:
    for row in facts.rows:
        yield (row.article, row.summary, row.entries, row.people, wording.outcome(row), row.text, row.place)


def _counts(facts: TableFacts) -> Iterator[Row]:
    for one in (*facts.counted, facts.total):
        yield (one.article, one.entries, one.agree, one.change, one.other)


def _opinions(opinions: Iterable[OpinionFacts]) -> Iterator[Row]:
    for one in opinions:
        yield (
            one.number,
            one.article,
            STANCES[one.stance],
            one.text,
            one.name,
            one.area,
            SOURCES[one.source],
            one.weight,
            format_moment(local(one.at)),
            one.group,
        )
