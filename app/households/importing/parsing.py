"""From a sheet and its columns to households and faults."""

from collections.abc import Callable
from typing import Any

from app.households.importing.checks import check_row, find_duplicates, text_faults
from app.households.importing.headings import group_kind, group_name
from app.households.importing.records import Columns, Fault, ParsedHousehold, ParsedRoll
from app.households.importing.rows import Classifier, Kind, RawRow, RowReader
from app.lib.i18n import N_
from app.lib.tables import Sheet
from app.lib.text import tidy

Progress = Callable[[int, int], None]

_STEP = 500  # rows between two reports of progress
_NO_COLUMN = N_("Chưa chọn cột họ tên đại diện hộ hoặc cột địa chỉ.")


class ColumnsMissing(Exception):
    """The columns of name and address were not chosen. ``message`` is a Vietnamese sentence for people."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(_NO_COLUMN)
        self.message = _NO_COLUMN
        self.missing = missing


def _with_kind(kind: str, text: str) -> str:
    """Return "Khu phố 6" for a bare "6" under the heading "Khu phố"."""
    return f"{kind} {text}" if kind and text.isdecimal() else text


class _Reading:
    """What is known while going down the rows: where we are, and what was found."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.rows = RowReader(sheet, columns)
        self.columns = columns
        self.classifier = Classifier(sheet, columns)
        self.area = self.cluster = ""
        self.found: list[ParsedHousehold] = []
        self.faults: list[Fault] = []

    def feed(self, raw: RawRow) -> None:
        kind = self.classifier.kind(raw)
        if kind is Kind.GROUP:
            self._enter(raw)
        elif kind is Kind.HOUSEHOLD:
            household, faults = check_row(raw, self._cluster_of(raw), self._area_of(raw))
            self.found.append(household)
            self.faults += faults

    def _enter(self, raw: RawRow) -> None:
        text = raw.filled[-1][1]
        faults = text_faults(raw.row, "cluster", text)
        self.faults += faults
        name = "" if faults else group_name(text)
        if group_kind(text) == "area_name" and self.columns.area_name is None:
            self.area, self.cluster = name, ""
        else:
            self.cluster = name

    def _area_of(self, raw: RawRow) -> str:
        here = _with_kind(self.columns.area_kind, tidy(raw.area_name))
        if self.rows.carries_area and here:
            self.area = here
        carried = self.rows.carries_area or self.columns.area_name is None
        return here or (self.area if carried else "")

    def _cluster_of(self, raw: RawRow) -> str:
        here = _with_kind(self.columns.cluster_kind, tidy(raw.cluster))
        if self.rows.carries_cluster and here:
            self.cluster = here
        return here or self.cluster


def parse_roll(sheet: Sheet, columns: Columns, progress: Progress | None = None) -> ParsedRoll:
    """Return the households of a sheet and everything to be mended, in row order.

    Lines naming a lane or an area count for the rows beneath; totals, signatures and blank lines are passed over.
    ``progress(done, total)`` is called now and then with numbers of rows. Raises ``ColumnsMissing``.
    """
    if columns.missing:
        raise ColumnsMissing(columns.missing)
    reading = _Reading(sheet, columns)
    total = len(sheet.rows)
    for done, raw in enumerate(reading.rows, start=1):
        reading.feed(raw)
        if progress is not None and done % _STEP == 0:
            progress(done, total)
    garbled = {f.row for f in reading.faults if f.problem in ("legacy_encoding", "missing_name", "missing_address")}
    faults = reading.faults + find_duplicates(reading.found, garbled)
    faults.sort(key=lambda fault: fault.row)
    bad = {fault.row for fault in faults}
    if progress is not None:
        progress(total, total)
    return ParsedRoll(
        households=tuple(home for home in reading.found if home.row not in bad),
        faulty=tuple(home for home in reading.found if home.row in bad),
        faults=tuple(faults),
    )


def faults_json(parsed: ParsedRoll) -> list[dict[str, Any]]:
    """Return the faults as the command prints them: row and problem, each pair once, in row order."""
    pairs = dict.fromkeys((fault.row, fault.problem) for fault in parsed.faults)
    return [{"row": row, "problem": problem} for row, problem in pairs]
