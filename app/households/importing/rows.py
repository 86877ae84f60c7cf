"""Telling households from everything else that stands in a roll: lanes, totals, signatures, blank lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from app.households.importing.headings import group_kind, is_footer, is_total, meaning
from app.households.importing.records import PLACE_MAX, Columns
from app.lib.tables import Row, Sheet
from app.lib.text import BadPhone, normalise_phone

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_ORDINAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})[.)]?")
_ID = re.compile(r"(hộ\s+)?(số\s+)?[A-ZĐ]{0,8}[-._/]?\d[\w\-./]{0,20}", re.IGNORECASE)
_CELL_MAX = 1_000  # characters of a cell that are read: patterns and pages stay quick whatever is sent
_SPARSE = 0.6  # a lane or area written on fewer rows than this share counts for the rows beneath


class Kind(Enum):
    """What a row is."""

    HOUSEHOLD = "household"
    GROUP = "group"
    TOTAL = "total"
    FOOTER = "footer"
    NOTHING = "nothing"


@dataclass(slots=True)
class RawRow:
    """The cells of one row by field, as written (formula errors as blank), and the row's filled cells."""

    row: int
    full_name: str
    address: str
    number: str
    serial: str
    phone: str
    cluster: str
    area_name: str
    filled: list[tuple[int, str]]

    @property
    def has_id(self) -> bool:
        """Whether the row is counted or numbered, as households are and signatures are not."""
        return any(map(_ID.fullmatch, (self.number, self.serial)))

    @property
    def has_phone(self) -> bool:
        """Whether a telephone number stands in its place."""
        try:
            return normalise_phone(self.phone) is not None
        except BadPhone:
            return False


def _merged_addresses(sheet: Sheet, columns: Columns) -> dict[tuple[int, int], str]:
    """Return the text of addresses merged over several rows, for the rows beneath the first."""
    starts = {(m.top, m.left): m for m in sheet.merges if m.bottom > m.top and m.left in columns.address}
    if not starts:
        return {}
    texts: dict[tuple[int, int], str] = {}
    for number, cells in sheet.rows:
        for column in columns.address:
            merge = starts.get((number, column))
            if merge is not None and column < len(cells):
                texts.update(dict.fromkeys(((r, column) for r in range(number + 1, merge.bottom + 1)), cells[column]))
    return texts


def _sparse(sheet: Sheet, columns: Columns, column: int | None) -> bool:
    if column is None or not columns.full_name:
        return False
    name = columns.full_name[0]
    named = [cells for n, cells in sheet.rows if n >= columns.first_row and len(cells) > name and cells[name].strip()]
    filled = sum(1 for cells in named if len(cells) > column and cells[column].strip())
    return 0 < filled < len(named) * _SPARSE


class RowReader:
    """Reads the rows below the headings of a sheet, one by one."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.sheet = sheet
        self.columns = columns
        self._merged = _merged_addresses(sheet, columns)
        self.carries_area = _sparse(sheet, columns, columns.area_name)
        self.carries_cluster = _sparse(sheet, columns, columns.cluster)

    def __iter__(self) -> Iterator[RawRow]:
        return (self._raw(row) for row in self.sheet.rows if row[0] >= self.columns.first_row)

    def _raw(self, row: Row) -> RawRow:
        number, cells = row
        columns = self.columns

        def at(column: int | None) -> str:
            if column is None or column >= len(cells):
                return ""
            text = cells[column][:_CELL_MAX].strip()
            return "" if text in _ERRORS else text

        address = [at(c) or self._merged.get((number, c), "").strip() for c in columns.address]
        return RawRow(
            row=number,
            full_name=" ".join(filter(None, map(at, columns.full_name))),
            address=", ".join(filter(None, address)),
            number=at(columns.number),
            serial=at(columns.serial),
            phone=at(columns.phone),
            cluster=at(columns.cluster),
            area_name=at(columns.area_name),
            filled=[(place, cell[:_CELL_MAX]) for place, cell in enumerate(cells) if cell.strip()],
        )


class Classifier:
    """Tells what each row is, remembering whether a total or a signature has just been passed."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._columns = columns
        self._counted = columns.serial is not None or columns.number is not None
        self._wide = {m.top for m in sheet.merges if m.top == m.bottom and m.right - m.left >= 2}
        self._after_total = False
        self._after_footer = False

    def kind(self, raw: RawRow) -> Kind:
        """Return what the row is; rows must be given in file order."""
        complete = bool(raw.full_name and raw.address)
        kind = self._marked(raw, complete)
        if kind is None:
            kind = self._complete(raw) if complete else self._partial(raw)
        if kind is Kind.HOUSEHOLD:
            self._after_total = self._after_footer = False
        elif kind is Kind.TOTAL:
            self._after_total = True
        elif kind is Kind.FOOTER:
            self._after_footer = True
        return kind

    def _marked(self, raw: RawRow, complete: bool) -> Kind | None:
        """Recognise totals, footers and repeated headings by their words; a household's notes are not read."""
        texts = [raw.full_name, raw.address, raw.serial, raw.number]
        if not complete and not raw.has_id:
            texts += [text for _, text in raw.filled]
        if any(map(is_total, texts)):
            return Kind.TOTAL
        if any(map(is_footer, texts)):
            return Kind.FOOTER
        if raw.has_id:
            return None
        headings = [text for text in (raw.full_name, raw.address) if text]
        return Kind.NOTHING if headings and all(map(self._is_heading, headings)) else None

    @staticmethod
    def _is_heading(text: str) -> bool:
        found = meaning(text)
        return found is not None and found[0] in ("full_name", "family_name", "address", "house_number")

    def _complete(self, raw: RawRow) -> Kind:
        if not raw.has_id and self._after_footer and (self._counted or not any(map(str.isdigit, raw.address))):
            return Kind.FOOTER
        return Kind.HOUSEHOLD

    def _partial(self, raw: RawRow) -> Kind:
        if self._is_group(raw):
            return Kind.GROUP
        if raw.has_id:
            return Kind.HOUSEHOLD if raw.full_name or raw.address or raw.has_phone else Kind.NOTHING
        if not (raw.full_name or raw.address) or self._after_total or self._after_footer:
            return Kind.NOTHING
        return Kind.HOUSEHOLD

    def _is_group(self, raw: RawRow) -> bool:
        """A group's heading stands alone in its row, or beside an ordinal (I, A, 1)."""
        filled = raw.filled
        if len(filled) == 2 and _ORDINAL.fullmatch(filled[0][1].strip()):
            text = filled[1][1]
            if filled[0][1].strip()[0].isdigit():  # may also be a household of which only a part was written
                return group_kind(text) is not None and any(map(str.isdigit, text)) and not raw.address
            return len(text) <= PLACE_MAX and (filled[0][0] == self._columns.serial or group_kind(text) is not None)
        if len(filled) != 1 or len(filled[0][1]) > PLACE_MAX or self._after_footer:
            return False
        place, text = filled[0]
        if group_kind(text) is not None:
            return True
        ours = (*self._columns.full_name, *self._columns.address, self._columns.phone)
        return (raw.row in self._wide or place not in ours) and not any(map(str.isdigit, text[:1]))
