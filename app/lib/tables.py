"""Reading the tables people send: XLSX, XLS, ODS and CSV, as text, with the row numbers of the file.

Files come from outside: a spreadsheet is looked through by ``app.lib.workbooks`` before it is opened, because
the reader would take all memory, or the whole process, for a hostile one.
"""

import datetime
import io
import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.lib.delimited import read_delimited
from app.lib.i18n import N_, Term
from app.lib.opendocument import read_opendocument
from app.lib.sheets import DAMAGED, LOCKED, MAX_COLUMNS, MAX_ROWS, Merge, Row, Sheet, UnreadableTable, too_long, trimmed
from app.lib.workbooks import check_old_workbook, check_zip

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Merge", "Row", "Sheet", "UnreadableTable", "read_table"]

MAX_BYTES = 20_000_000
"""Largest file read, in bytes."""

_EMPTY = N_("Tệp này trống. Hãy chọn tệp có danh sách cần nhập.")
_TOO_BIG = N_("Tệp quá lớn. Hãy chọn tệp không quá %(limit)s MB.")
_WRONG_KIND = N_("Tệp này là %(kind)s, không phải là bảng. Hãy chọn tệp Excel (.xlsx, .xls) hoặc tệp CSV.")
_WEB_PAGE = N_("Tệp này là trang web mang đuôi Excel. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lại.")

_IMAGE = N_("hình ảnh")
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("tệp PDF")),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"{\\rtf", N_("văn bản Word")),
    (b"Rar!", N_("tệp nén")),
    (b"7z\xbc\xaf", N_("tệp nén")),
    (b"\x1f\x8b", N_("tệp nén")),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|\?xml|meta|script)", re.I)
_ESCAPED = re.compile(r"_x000[9ADad]_")

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def _text(value: Value) -> str:
    """Return a cell as a person would read it: 12.0 is "12", a date is dd/MM/yyyy; text in NFC."""
    if isinstance(value, str):
        if value.isascii() and "_x000" not in value:
            return value
        return _ESCAPED.sub("\n", unicodedata.normalize("NFC", value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _rows(values: Sequence[Sequence[Value]]) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(values, start=1):
        cells = trimmed([_text(value) for value in islice(line, MAX_COLUMNS)])
        if cells:
            rows.append((number, cells))
    return rows


def _sheet(sheet: CalamineSheet, visible: bool) -> Sheet:
    if sheet.total_height > MAX_ROWS:
        raise too_long()
    merges = tuple(
        Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(sheet.name, _rows(sheet.to_python(skip_empty_area=False)), merges, visible)


def _read_workbook(data: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(book.get_sheet_by_name(meta.name), meta.visible == SheetVisibleEnum.Visible)
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except UnreadableTable:
        raise
    except PasswordError:
        raise UnreadableTable(LOCKED) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    # A panic inside the reader derives from BaseException; to whoever sent the file it is a damaged file.
    except BaseException as error:
        raise UnreadableTable(DAMAGED) from error


def _wrong_kind(kind: str) -> UnreadableTable:
    return UnreadableTable(_WRONG_KIND, kind=Term(kind))


def _read_zip(data: bytes) -> list[Sheet]:
    names = check_zip(data)
    if "word/document.xml" in names:
        raise _wrong_kind(N_("văn bản Word"))
    if any(name.startswith("ppt/") for name in names):
        raise _wrong_kind(N_("bài trình chiếu"))
    if "xl/workbook.bin" in names:
        raise UnreadableTable(DAMAGED)
    if "content.xml" in names:
        return read_opendocument(data)
    if not any(name.startswith("xl/") for name in names):
        raise _wrong_kind(N_("tệp nén"))
    return _read_workbook(data)


def _read_old(data: bytes) -> list[Sheet]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableTable(LOCKED)
    if "WordDocument".encode("utf-16-le") in data:
        raise _wrong_kind(N_("văn bản Word"))
    check_old_workbook(data)
    return _read_workbook(data)


def _refuse_other_kinds(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableTable(_TOO_BIG, limit=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise UnreadableTable(_EMPTY)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _wrong_kind(kind)
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    if bitmap or data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        raise _wrong_kind(_IMAGE)
    if _MARKUP.match(data):
        raise UnreadableTable(_WEB_PAGE)


def read_table(data: bytes, filename: str) -> list[Sheet]:
    """Return the sheets of a file that has at least one row, told apart by content, not by the file's name.

    ``filename`` only names the single sheet of a CSV. Raises ``UnreadableTable`` for what is no table.
    """
    _refuse_other_kinds(data)
    if data.startswith(b"PK"):
        sheets = _read_zip(data)
    elif data.startswith(_OLD_OFFICE):
        sheets = _read_old(data)
    else:
        sheets = [Sheet(filename.rpartition(".")[0] or filename, read_delimited(data))]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableTable(_EMPTY)
    return filled
