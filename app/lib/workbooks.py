"""Looking through a spreadsheet file before it is opened.

The reader lays every sheet out as a full rectangle: one cell at XFD1048576 ends the process, and a small file
may unpack to gigabytes. So the parts are unpacked here within a limit, and the cells' addresses are measured.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from app.lib.i18n import N_
from app.lib.sheets import DAMAGED, LOCKED, MAX_CELLS, UnreadableTable

MAX_UNPACKED = 100_000_000
"""Most bytes all parts of a workbook may unpack to."""

_TOO_WIDE = N_("Bảng quá rộng hoặc quá dài. Hãy xóa các ô thừa ngoài danh sách, hoặc chép danh sách sang tệp mới.")
_ADDRESS = re.compile(rb"(?<![\w:])r\s*=\s*[\"']([^\"']*)[\"']")
_PLAIN_ADDRESS = re.compile(rb"([A-Z]{0,3})([1-9][0-9]{0,6})")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16, in which no office program writes a part


def _unpacked(data: bytes, part: zipfile.ZipInfo, limit: int) -> bytes:
    """Return a part's content, whatever size its entry claims, or refuse when it passes the limit."""
    head = data[part.header_offset : part.header_offset + 30]
    if len(head) < 30:
        raise UnreadableTable(DAMAGED)
    name_size, extra_size = struct.unpack("<HH", head[26:30])
    start = part.header_offset + 30 + name_size + extra_size
    packed = data[start : start + part.compress_size]
    if part.flag_bits & 1:
        raise UnreadableTable(LOCKED)
    if part.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(packed, limit + 1)
        except zlib.error:
            raise UnreadableTable(DAMAGED) from None
    else:
        raise UnreadableTable(DAMAGED)
    if len(content) > limit:
        raise UnreadableTable(_TOO_WIDE)
    return content


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_addresses(content: bytes) -> None:
    """Refuse a sheet whose cells span too large a rectangle, or whose addresses no program would write."""
    if content[:2] in _WIDE_TEXT:
        raise UnreadableTable(DAMAGED)
    if b"sheetData" not in content:
        return
    addresses = _ADDRESS.findall(content)
    columns: set[bytes] = set()
    longest = len(_ROW_TAG.findall(content))
    cells = 0
    for address in addresses:
        plain = _PLAIN_ADDRESS.fullmatch(address)
        if plain is None:
            raise UnreadableTable(DAMAGED)
        letters, row = plain.groups()
        longest = max(longest, int(row))
        columns.add(letters)
        cells += bool(letters)
    widest = max(map(_column_number, columns), default=0)
    # Cells without an address stand one after another in their row.
    if len(_CELL_TAG.findall(content)) > cells:
        widest += max(len(_CELL_TAG.findall(row)) for row in _ROW_TAG.split(content))
    if widest * longest > MAX_CELLS:
        raise UnreadableTable(_TOO_WIDE)


def check_zip(data: bytes) -> set[str]:
    """Return the names of the parts of a zipped workbook safe to open; else raise ``UnreadableTable``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise UnreadableTable(DAMAGED) from None
    left = MAX_UNPACKED
    for part in parts:
        content = _unpacked(data, part, left)
        left -= len(content)
        _check_addresses(content)
    return {part.filename for part in parts}


# ------------------------------------------------------------------------------- the old binary format

_SECTOR_END = 0xFFFFFFFA  # from here on a sector number is a mark, not a place
_CELL_RECORDS = frozenset({0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_PASSWORD_RECORD, _SHEET_START = 0x2F, 0x809


def _chain(table: list[int], start: int) -> Iterator[int]:
    seen = 0
    while start < _SECTOR_END and start < len(table):
        yield start
        start = table[start]
        seen += 1
        if seen > len(table):
            raise UnreadableTable(DAMAGED)


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


class _Container:
    """The file system inside an old office file, just enough of it to find one stream."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << (struct.unpack_from("<H", data, 30)[0] & 15)
        head = struct.unpack_from("<5I", data, 44)
        sectors, extra = _numbers(data[76:512]), struct.unpack_from("<I", data, 68)[0]
        while extra < _SECTOR_END and len(sectors) * self.size < len(data):
            more = _numbers(self._sector(extra))
            sectors, extra = sectors + more[:-1], more[-1] if more else _SECTOR_END
        self.table = [n for s in sectors if s < _SECTOR_END for n in _numbers(self._sector(s))]
        self.cutoff = head[3]
        self.small_table = _numbers(self._read(head[4]))
        entries = self._read(head[1])
        self.entries = [entries[at : at + 128] for at in range(0, len(entries) - 127, 128)]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def _read(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(self.table, start)))

    def stream(self, names: tuple[str, ...]) -> bytes:
        """Return the content of the first entry with one of the names, or nothing."""
        for entry in self.entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            if entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace") in names:
                start, size = struct.unpack_from("<II", entry, 116)
                if size >= self.cutoff:
                    return self._read(start)[:size]
                small = self._read(struct.unpack_from("<I", self.entries[0], 116)[0])
                return b"".join(small[n * 64 : n * 64 + 64] for n in _chain(self.small_table, start))[:size]
        return b""


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, row and column of every record; the last two mean something only in records of cells."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if length >= 4 and at + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            # A run of cells in one record ends with the number of its last column.
            if kind in (0xBD, 0xBE) and at + 4 + length <= len(stream):
                column = max(column, struct.unpack_from("<H", stream, at + 2 + length)[0])
            yield kind, row, column
        at += 4 + length


def check_old_workbook(data: bytes) -> None:
    """Raise ``UnreadableTable`` when an .xls file is locked, damaged or unreasonably wide and long."""
    try:
        stream = _Container(data).stream(("Workbook", "Book"))
    except (struct.error, IndexError):
        raise UnreadableTable(DAMAGED) from None
    widest = longest = 0
    for kind, row, column in _records(stream):
        if kind == _PASSWORD_RECORD:
            raise UnreadableTable(LOCKED)
        if kind == _SHEET_START:
            widest = longest = 0
        elif kind in _CELL_RECORDS:
            widest, longest = max(widest, column + 1), max(longest, row + 1)
            if widest * longest > MAX_CELLS:
                raise UnreadableTable(_TOO_WIDE)
    if not stream:
        raise UnreadableTable(DAMAGED)
