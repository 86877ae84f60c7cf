"""Reading a roster: the sheet a commune sends becomes shifts and leaves, or faults that each stand in a cell."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.feedback.rules.hours import DAY, moment_of
from app.lib.calendar import parse_date
from app.lib.i18n import N_
from app.lib.sheets import Sheet
from app.lib.text import fold, nfc, squeeze, strange_characters

FIELDS = {
    "code": N_("Mã công chức"),
    "full_name": N_("Họ và tên"),
    "counter": N_("Quầy"),
    "day": N_("Ngày"),
    "begin": N_("Từ giờ"),
    "end": N_("Đến giờ"),
    "kind": N_("Loại"),
}
_HEADINGS = {
    "code": ("ma cong chuc", "ma so", "ma can bo", "ma"),
    "full_name": ("ho va ten", "ho ten"),
    "counter": ("quay", "quay so"),
    "day": ("ngay",),
    "begin": ("tu gio", "tu"),
    "end": ("den gio", "den"),
    "kind": ("loai", "loai (truc/nghi)", "truc/nghi"),
}
HEADING_ROWS = 20
CODE, NAME = 40, 200
DUTY, LEAVE = "duty", "leave"
_KINDS = {"": DUTY, "truc": DUTY, "nghi": LEAVE}
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|g|\.|gio)\s*(\d{2})?)?(?::\d{2})?")
_SHARE = re.compile(r"0?\.\d+")
PROBLEMS = {
    "no_code": N_("Thiếu mã công chức."),
    "long": N_("Quá dài. Viết không quá %(most)d ký tự."),
    "strange": N_("Ô này có ký tự ẩn (%(codes)s). Xóa ô rồi gõ lại."),
    "no_name": N_("Thiếu họ và tên. Người này chưa có trong danh sách."),
    "other_name": N_("Mã này là của %(name)s. Sửa mã hoặc họ tên."),
    "two_names": N_("Mã này mang tên khác ở dòng %(row)s."),
    "left": N_("Người này đã thôi làm việc tại Trung tâm."),
    "no_counter": N_("Thiếu quầy. Người trực phải có quầy."),
    "unknown_counter": N_("Không có quầy này. Các quầy: %(known)s."),
    "no_day": N_("Thiếu ngày. Ghi như 05/07/2026."),
    "bad_day": N_("Không đọc được ngày. Ghi như 05/07/2026."),
    "far_day": N_("Ngày này cách hôm nay quá một năm. Xem lại năm."),
    "no_hour": N_("Thiếu giờ. Ghi như 7:30."),
    "bad_hour": N_("Không đọc được giờ. Ghi như 7:30."),
    "order": N_("Giờ kết thúc phải sau giờ bắt đầu."),
    "bad_kind": N_("Ghi “trực” hoặc “nghỉ”."),
    "repeated": N_("Dòng này giống dòng %(row)s."),
    "counter_taken": N_("Trùng ca tại quầy này với %(name)s, %(span)s (dòng %(row)s)."),
    "counter_taken_before": N_("Trùng ca tại quầy này với %(name)s, %(span)s, đã có trong lịch."),
    "own": N_("Đây là lịch của chính Ông/Bà. Người khác mới nhập được."),
    "own_gone": N_("Tệp này bỏ ca %(span)s của chính Ông/Bà. Ghi ca đó vào tệp, hoặc nhờ người khác nhập."),
    "person_taken": N_("Người này đã trực quầy khác lúc %(span)s (dòng %(row)s)."),
    "person_taken_before": N_("Người này đã trực quầy khác lúc %(span)s, đã có trong lịch."),
}


class NoRoster(ValueError):
    """No sheet has the columns of a roster; ``missing`` are the fields of which no heading was found."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: ``problem`` is a key of ``PROBLEMS``."""

    row: int
    field: str
    problem: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One shift or leave of the file; a leave has no counter. ``counter`` is as the commune writes it."""

    row: int
    code: str
    full_name: str
    counter: str
    kind: str
    begins: datetime
    ends: datetime


@dataclass
class Known:
    """What the centre knows: officers by folded code as (code, name), who left, counters by folded number or name."""

    officers: Mapping[str, tuple[str, str]]
    left: frozenset[str]
    counters: Mapping[str, str]
    today: date


@dataclass
class Roster:
    """A file as read. ``cells`` holds what each row with a fault says, for showing the fault in its cell."""

    lines: list[Line] = dataclasses.field(default_factory=list)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    cells: dict[int, dict[str, str]] = dataclasses.field(default_factory=dict)


def read_roster(sheets: Iterable[Sheet], known: Known) -> Roster:
    """The first sheet with the headings of a roster, row by row.

    Rows without day, hours, counter and kind are skipped: the template names people ahead. Raises ``NoRoster``.
    """
    sheet, start, columns = _find(sheets)
    roster = Roster()
    names: dict[str, tuple[str, int]] = {}
    for row, cells in sheet:
        if row <= start:
            continue
        said = {name: squeeze(nfc(cells[at])) if at < len(cells) else "" for name, at in columns.items()}
        if any(said.get(name) for name in ("counter", "day", "begin", "end", "kind")):
            roster.cells[row] = said
            _read(roster, row, said, known, names)
    return roster


def _find(sheets: Iterable[Sheet]) -> tuple[Sheet, int, dict[str, int]]:
    best: dict[str, int] = {}
    for sheet in sheets:
        for row, cells in sheet.rows[:HEADING_ROWS]:
            found = _columns(cells)
            if len(found) == len(FIELDS):
                return sheet, row, found
            best = max(best, found, key=len)
    raise NoRoster([name for name in FIELDS if name not in best])


def _columns(cells: Sequence[str]) -> dict[str, int]:
    texts = [squeeze(fold(cell)) for cell in cells]
    return {name: texts.index(word) for name, words in _HEADINGS.items() for word in words[::-1] if word in texts}


def _read(roster: Roster, row: int, said: dict[str, str], known: Known, names: dict[str, tuple[str, int]]) -> None:
    faults = [*_strange(row, said)]
    kind = _KINDS.get(fold(said["kind"]))
    if kind is None:
        faults.append(Fault(row, "kind", "bad_kind"))
    code, name = _person(row, said, known, names, faults)
    counter = _counter(row, said, known, faults) if kind != LEAVE else ""
    span = _span(row, said, kind, known.today, faults)
    roster.faults += faults
    if not faults and span is not None and kind is not None:
        roster.lines.append(Line(row, code, name, counter, kind, *span))


def _strange(row: int, said: dict[str, str]) -> Iterable[Fault]:
    for name, most in (("code", CODE), ("full_name", NAME)):
        if hidden := strange_characters(said[name]):
            yield Fault(row, name, "strange", {"codes": ", ".join(hidden)})
        elif len(said[name]) > most:
            yield Fault(row, name, "long", {"most": most})


def _person(
    row: int, said: dict[str, str], known: Known, names: dict[str, tuple[str, int]], faults: list[Fault]
) -> tuple[str, str]:
    """Code and name of the row's officer; one nobody knows yet is new, and named alike in every row."""
    key, name = fold(said["code"]), said["full_name"]
    if not key:
        faults.append(Fault(row, "code", "no_code"))
        return "", name
    code, kept = known.officers.get(key, (said["code"], ""))
    if key in known.left:
        faults.append(Fault(row, "code", "left"))
    elif kept:
        if name and fold(name) != fold(kept):
            faults.append(Fault(row, "full_name", "other_name", {"name": kept}))
    elif not name:
        faults.append(Fault(row, "full_name", "no_name"))
    else:
        first, at = names.setdefault(key, (name, row))
        if fold(first) != fold(name):
            faults.append(Fault(row, "full_name", "two_names", {"row": at}))
    return code, kept or name


def _counter(row: int, said: dict[str, str], known: Known, faults: list[Fault]) -> str:
    text = fold(said["counter"])
    if not text:
        faults.append(Fault(row, "counter", "no_counter"))
        return ""
    found = known.counters.get(text) or known.counters.get(text.removeprefix("quay").strip())
    if found is None:
        listed = ", ".join(dict.fromkeys(known.counters.values()))
        faults.append(Fault(row, "counter", "unknown_counter", {"known": listed or "–"}))
    return found or ""


def _span(
    row: int, said: dict[str, str], kind: str | None, today: date, faults: list[Fault]
) -> tuple[datetime, datetime] | None:
    """Begin and end; a leave without hours is the whole day."""
    day = _day(row, said["day"], today, faults)
    if kind == LEAVE and not said["begin"] and not said["end"]:
        begin: int | None = 0
        end: int | None = DAY
    else:
        begin, end = (_hour(row, name, said[name], faults) for name in ("begin", "end"))
    if begin is None or end is None:
        return None
    if begin >= end:
        faults.append(Fault(row, "end", "order"))
        return None
    return None if day is None else (moment_of(day, begin), moment_of(day, end))


def _day(row: int, text: str, today: date, faults: list[Fault]) -> date | None:
    if not text:
        faults.append(Fault(row, "day", "no_day"))
        return None
    try:
        day = parse_date(text)
    except ValueError:
        faults.append(Fault(row, "day", "bad_day"))
        return None
    if abs((day - today).days) > 366:
        faults.append(Fault(row, "day", "far_day"))
    return day


def _hour(row: int, name: str, text: str, faults: list[Fault]) -> int | None:
    if not text:
        faults.append(Fault(row, name, "no_hour"))
        return None
    minute = read_minute(text)
    if minute is None:
        faults.append(Fault(row, name, "bad_hour"))
    return minute


def read_minute(text: str) -> int | None:
    """The minute after midnight of "7:30", "7h30", "07:30:00", "7 giờ", or of a day's share as spreadsheets keep it."""
    if _SHARE.fullmatch(text):
        return round(float(text) * DAY)
    found = _HOUR.fullmatch(fold(text))
    if found is None:
        return None
    minute = int(found[1]) * 60 + int(found[2] or 0)
    return minute if int(found[2] or 0) < 60 and minute <= DAY else None
