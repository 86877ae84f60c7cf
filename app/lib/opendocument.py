"""Reading OpenDocument spreadsheets, whose repeated rows and columns a plain reader would lay out in full."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from app.lib.i18n import N_
from app.lib.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet, UnreadableTable, too_long, trimmed

_DAMAGED = N_("Không đọc được tệp này. Hãy mở tệp bằng LibreOffice, lưu lại thành .xlsx rồi tải lên lại.")

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _repeated(element: ElementTree.Element, what: str) -> int:
    count = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(count) if count.isdigit() and len(count) < 9 else 1


def _spaced(element: ElementTree.Element) -> str:
    """Return the text inside an element, with the blanks the format writes as elements."""
    blanks = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
    inner = (blanks.get(child.tag, "") + _spaced(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _cell(element: ElementTree.Element) -> str:
    kind, number = element.get(f"{_OFFICE}value-type"), element.get(f"{_OFFICE}value", "")
    if kind == "float" and number:
        return number.removesuffix(".0")
    if kind == "date":
        year, _, rest = element.get(f"{_OFFICE}date-value", "")[:10].partition("-")
        return "/".join([*reversed(rest.split("-")), year])
    lines = (_spaced(paragraph) for paragraph in element if paragraph.tag == f"{_TEXT}p")
    return unicodedata.normalize("NFC", "\n".join(lines))


def _cells(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for element in row:
        if element.tag in _CELLS and len(cells) < MAX_COLUMNS:
            room = MAX_COLUMNS - len(cells)
            cells.extend([_cell(element)] * min(_repeated(element, "columns"), room))
    return trimmed(cells)


def _rows(content: bytes) -> Iterator[tuple[str, int, int, list[str]]]:
    """Yield sheet name, row number, how often the row is repeated, and its cells."""
    name, number = "", 1
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314 - no DTD
        if event == "start" and element.tag == f"{_TABLE}table":
            name, number = element.get(f"{_TABLE}name", ""), 1
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            times = _repeated(element, "rows")
            yield name, number, times, _cells(element)
            number += times
            element.clear()


def read_opendocument(data: bytes) -> list[Sheet]:
    """Return the sheets of an .ods file. Raises ``UnreadableTable`` when damaged or too long."""
    sheets: dict[str, list[Row]] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            content = package.read("content.xml")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnreadableTable(_DAMAGED)
        for name, number, times, cells in _rows(content):
            rows = sheets.setdefault(name, [])
            total += times * len(cells)
            if cells and (number + times > MAX_ROWS or total > MAX_CELLS):
                raise too_long()
            rows.extend((number + extra, list(cells)) for extra in range(times if cells else 0))
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, RecursionError, ValueError):
        raise UnreadableTable(_DAMAGED) from None
    return [Sheet(name, rows) for name, rows in sheets.items()]
