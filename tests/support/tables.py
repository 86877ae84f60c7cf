"""Making the files communes send, and the files they should not."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from app.households.importing.columns import ColumnGuess, guess_columns
from app.households.importing.parsing import parse_roll
from app.households.importing.records import ParsedRoll
from app.lib.tables import read_table

Rows = Sequence[Any]
HEADING = ("STT", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Điện thoại")


def csv_file(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return the rows as CSV in an encoding."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_file(rows: Rows, merges: Sequence[str] = (), first_row: int = 1, **others: Rows) -> bytes:
    """Return a workbook with the rows on its first sheet ("Sheet1"), and further sheets by name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(rows, start=first_row - 1):
        for column, value in enumerate(row):
            if value is not None and value != "":
                sheet.write(number, column, value)
    for merge in merges:
        sheet.merge_range(merge, "")
        place = merge.split(":")[0]
        sheet.write(place, rows[int(place[1:]) - first_row][ord(place[0]) - ord("A")])
    for name, more in others.items():
        extra = book.add_worksheet(name)
        for number, row in enumerate(more):
            extra.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def ods_file(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet whose only table holds the given XML rows."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Bảng 1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def tampered(workbook: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a workbook with each part passed through ``change(name, content)``; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = change(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return out.getvalue()


def guessed(data: bytes, filename: str = "ds.xlsx") -> ColumnGuess:
    """Return the columns guessed for a file."""
    return guess_columns(read_table(data, filename))


def parsed(data: bytes, filename: str = "ds.xlsx") -> ParsedRoll:
    """Return a file read with the columns guessed for it."""
    sheets = read_table(data, filename)
    guess = guess_columns(sheets)
    return parse_roll(sheets[guess.sheet], guess.columns)


def problems(roll: ParsedRoll) -> list[tuple[int, str]]:
    """Return row and problem of every fault."""
    return [(fault.row, fault.problem) for fault in roll.faults]
