"""Dossiers returned on a day at a counter: reading the table that the case system gives, cell by cell.

They are the whole of which ratings are a part, and what indices 1–4 know from data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.feedback.rules.minting import counter_key
from app.feedback.rules.trust_table import Fault, Headed, headed
from app.lib.calendar import parse_date
from app.lib.i18n import N_
from app.lib.sheets import Sheet
from app.lib.text import fold, squeeze

MOST_ROWS = 5000
MOST_DOSSIERS = 100_000
DAY, COUNTER, GROUP = "day", "counter", "group"
RETURNED, EARLY, ON_TIME, LATE, ONCE = "returned", "early", "on_time", "late", "once"
FIGURES = (RETURNED, EARLY, ON_TIME, LATE, ONCE)
COLUMN_NAMES = {
    DAY: N_("Ngày"),
    COUNTER: N_("Quầy"),
    GROUP: N_("Nhóm thủ tục"),
    RETURNED: N_("Số hồ sơ đã trả"),
    EARLY: N_("Trước hạn"),
    ON_TIME: N_("Đúng hạn"),
    LATE: N_("Trễ hạn"),
    ONCE: N_("Đủ ngay lần đầu"),
}
_HEADINGS = {
    DAY: {"ngay", "ngay tra", "ngay tra ket qua"},
    COUNTER: {"quay", "so quay", "quay so"},
    GROUP: {"nhom thu tuc", "nhom tthc", "linh vuc"},
    RETURNED: {"so ho so da tra", "ho so da tra", "so ho so tra", "da tra", "so ho so"},
    EARLY: {"truoc han", "som han", "so ho so truoc han"},
    ON_TIME: {"dung han", "so ho so dung han"},
    LATE: {"tre han", "qua han", "so ho so tre han"},
    ONCE: {"du ngay lan dau", "ho so du ngay lan dau", "mot lan"},
}
_COUNT = re.compile(r"[0-9]{1,6}|[0-9]{1,3}(?:\.[0-9]{3})")
_NO_COUNTER = N_("Trung tâm không có quầy “%(name)s”.")
_NO_GROUP = N_("Trung tâm không có nhóm thủ tục “%(name)s”.")
_NO_NUMBER = N_("Ghi số hồ sơ, từ 0 đến %(most)d.")
_FUTURE = N_("Ngày này chưa tới.")
_TWICE = N_("Ngày, quầy và nhóm này đã có ở dòng %(row)d.")
_MORE_TIMES = N_("Trước hạn, đúng hạn và trễ hạn cộng lại là %(sum)d, nhiều hơn số hồ sơ đã trả.")
_MORE_ONCE = N_("Nhiều hơn số hồ sơ đã trả.")


@dataclass(frozen=True, slots=True)
class Returned:
    """What one row says; ``counter_id`` and ``group_id`` are 0 where it names none."""

    row: int
    day: date
    counter_id: int
    group_id: int
    returned: int
    early: int
    on_time: int
    late: int
    once: int

    @property
    def key(self) -> tuple[date, int, int]:
        return self.day, self.counter_id, self.group_id


def table_of(sheets: Sequence[Sheet]) -> Headed:
    """The figures of a file under its headings; a day and how many were returned are needed."""
    return headed(sheets, _HEADINGS, [DAY, RETURNED])


def read(
    table: Headed, counters: Mapping[str, int], groups: Mapping[str, int], today: date
) -> tuple[list[Returned], list[Fault]]:
    """Every row that is whole, and every fault. Counters and groups by ``counter_key`` and ``fold``."""
    rows: list[Returned] = []
    faults: list[Fault] = []
    seen: dict[tuple[date, int, int], int] = {}
    for row, cells in table.rows:
        wrong: list[Fault] = []
        found = _row(row, cells, counters, groups, today, wrong)
        if found is not None and found.key in seen:
            wrong.append(Fault(row, DAY, _TWICE, {"row": seen[found.key]}, cells.get(DAY, "")))
        if found is not None:
            seen.setdefault(found.key, row)
        faults += wrong
        if found is not None and not wrong:
            rows.append(found)
    return rows, faults


def days_of(rows: Iterable[Returned]) -> list[date]:
    """The days that rows speak of, in order."""
    return sorted({row.day for row in rows})


def _row(
    row: int,
    cells: Mapping[str, str],
    counters: Mapping[str, int],
    groups: Mapping[str, int],
    today: date,
    wrong: list[Fault],
) -> Returned | None:
    day = _day(row, cells.get(DAY, ""), today, wrong)
    counter = _named(row, COUNTER, counter_key(cells.get(COUNTER, "")), cells, counters, wrong)
    group = _named(row, GROUP, fold(squeeze(cells.get(GROUP, ""))), cells, groups, wrong)
    counts = {name: _count(row, name, cells.get(name, ""), wrong) for name in FIGURES}
    if day is None or wrong:
        return None
    _add_up(row, counts, wrong)
    return Returned(row, day, counter, group, **counts)


def _add_up(row: int, counts: Mapping[str, int], wrong: list[Fault]) -> None:
    total = counts[EARLY] + counts[ON_TIME] + counts[LATE]
    if total > counts[RETURNED]:
        wrong.append(Fault(row, RETURNED, _MORE_TIMES, {"sum": total}, str(counts[RETURNED])))
    if counts[ONCE] > counts[RETURNED]:
        wrong.append(Fault(row, ONCE, _MORE_ONCE, {}, str(counts[ONCE])))


def _day(row: int, text: str, today: date, wrong: list[Fault]) -> date | None:
    try:
        day = parse_date(text)
    except ValueError as fault:
        wrong.append(Fault(row, DAY, str(fault), {}, text))
        return None
    if day > today:
        wrong.append(Fault(row, DAY, _FUTURE, {}, text))
    return day


def _named(
    row: int, column: str, key: str, cells: Mapping[str, str], known: Mapping[str, int], wrong: list[Fault]
) -> int:
    name = cells.get(column, "")
    if not name or key in known:
        return known[key] if name else 0
    wrong.append(Fault(row, column, _NO_COUNTER if column == COUNTER else _NO_GROUP, {"name": name}, name))
    return 0


def _count(row: int, name: str, text: str, wrong: list[Fault]) -> int:
    """A figure; an empty cell is 0, but how many were returned must be said."""
    if not text and name != RETURNED:
        return 0
    number = int(text.replace(".", "")) if _COUNT.fullmatch(text) else MOST_DOSSIERS + 1
    if number > MOST_DOSSIERS:
        wrong.append(Fault(row, name, _NO_NUMBER, {"most": MOST_DOSSIERS}, text))
        return 0
    return number
