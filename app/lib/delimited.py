"""CSV as office programs really write it: encoding, delimiter and stray quotation marks found by looking."""

import csv
import io
import re
import unicodedata

from app.lib.i18n import N_
from app.lib.sheets import MAX_ROWS, Row, UnreadableTable, too_long, trimmed
from app.lib.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_NOT_TEXT = N_("Tệp này không phải là bảng. Hãy chọn tệp Excel (.xlsx, .xls) hoặc tệp CSV.")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 20_000  # characters looked at to decide on an encoding
_LONGEST_CELL = 2_000  # a longer cell, or one of many lines, means a quotation mark was never closed


def _marked(data: bytes) -> str | None:
    """Return the text of a file that says its encoding by a byte order mark or by its zero bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    head = data[:2000]
    if head[1::2].count(0) * 4 > len(head):
        return data.decode("utf-16-le", errors="replace")
    if head[0::2].count(0) * 4 > len(head):
        return data.decode("utf-16-be", errors="replace")
    return None


def _vietnamese_share(text: str) -> float:
    words = [w for w in _WORD.findall(text[:_SAMPLE]) if not w.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def decode_text(data: bytes) -> str:
    """Return the bytes as NFC text: UTF-8, UTF-16, Windows-1258, else Windows-1252 (as old fonts need).

    A UTF-8 file with a few damaged bytes stays UTF-8, the damage visible as U+FFFD.
    Raises ``UnreadableTable`` for what is not text.
    """
    text = _marked(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            candidates = [data.decode(name, errors="replace") for name in ("utf-8", "cp1258", "cp1252")]
            read = [unicodedata.normalize("NFC", candidate) for candidate in candidates]
            text = max(read[:2], key=_vietnamese_share)
            if _vietnamese_share(text) < 0.5:
                text = read[2]
    if len(_CONTROLS.findall(text[:_SAMPLE])) * 100 > min(len(text), _SAMPLE):
        raise UnreadableTable(_NOT_TEXT)
    return unicodedata.normalize("NFC", text).removeprefix("\ufeff")


def _share_of_mode(lines: list[list[str]]) -> float:
    """Return the share of lines that have the most usual number of fields, 0 when that number is 1."""
    widths = [len(line) for line in lines if line]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    mode = max(set(wide), key=wide.count)
    return wide.count(mode) / len(widths)


def guess_delimiter(text: str) -> str:
    """Return the delimiter most lines agree on; addresses hold commas, so the comma is tried last."""
    head = text[:_SAMPLE].splitlines()[:60]
    shares = {}
    for delimiter in "\t;|,":
        share = _share_of_mode(list(csv.reader(head, delimiter=delimiter)))
        if share >= 0.8:
            return delimiter
        shares[delimiter] = share
    return max(shares, key=lambda delimiter: shares[delimiter])


def _split(text: str, delimiter: str, quoting: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    records: list[list[str]] = []
    for record in reader:
        if len(records) >= MAX_ROWS:
            raise too_long()
        records.append(record)
    return records


def _runs_away(records: list[list[str]]) -> bool:
    return any(len(cell) > _LONGEST_CELL or cell.count("\n") > 5 for record in records for cell in record)


def read_delimited(data: bytes) -> list[Row]:
    """Return the rows of a CSV file, numbered as a spreadsheet program would number them.

    Raises ``UnreadableTable`` when it is not text or has too many rows.
    """
    text = decode_text(data)
    delimiter = ""
    announced = re.match(r"sep=(.)\r?\n", text)
    if announced:
        delimiter, text = announced[1], text[announced.end() :]
    delimiter = delimiter or guess_delimiter(text)
    try:
        records = _split(text, delimiter, csv.QUOTE_MINIMAL)
        broken = _runs_away(records)
    except csv.Error:
        broken = True
    if broken:
        try:
            records = _split(text, delimiter, csv.QUOTE_NONE)
        except csv.Error:
            raise UnreadableTable(_NOT_TEXT) from None
    rows = ((number, trimmed(record)) for number, record in enumerate(records, start=1))
    return [(number, cells) for number, cells in rows if cells]
