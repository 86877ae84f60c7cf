"""Dossiers that want a code: reading them from a table or a request, and telling where something is wrong.

What is read is plain; which counters, groups and points there are comes in as values.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.feedback.rules.trust import MOST_DAYS, VALID_DAYS, expires_on
from app.feedback.rules.trust_table import Fault, Headed, headed
from app.lib.i18n import N_
from app.lib.sheets import Sheet
from app.lib.text import fold, nfc, squeeze

MOST_AT_ONCE = 500
MOST_IN_FILE = 2000
LONGEST_DOSSIER = 60
DOSSIER, COUNTER, GROUP = "dossier", "counter", "group"
COLUMN_NAMES = {DOSSIER: N_("Số hồ sơ"), COUNTER: N_("Quầy"), GROUP: N_("Nhóm thủ tục")}
_HEADINGS = {
    DOSSIER: {"so ho so", "ma ho so", "ma so ho so", "so bien nhan", "ma bien nhan"},
    COUNTER: {"quay", "so quay", "quay so", "quay tiep nhan"},
    GROUP: {"nhom thu tuc", "nhom tthc", "linh vuc", "nhom thu tuc hanh chinh"},
}
_DOSSIER = re.compile(r"[0-9A-ZĐ](?:[0-9A-ZĐ._/-]*[0-9A-ZĐ])?")
_NO_DOSSIER = N_("Ghi số hồ sơ.")
_BAD_DOSSIER = N_("Số hồ sơ chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch nối, gạch chéo; tối đa %(most)d ký tự.")
TWICE = N_("Số hồ sơ này đã có ở dòng %(row)d.")
_NO_COUNTER = N_("Trung tâm không có quầy “%(name)s” đang mở.")
_NO_GROUP = N_("Trung tâm không có nhóm thủ tục “%(name)s” đang dùng.")
_NO_POINT_AT = N_("Quầy này chưa có điểm đánh giá đang dùng. Phát hành điểm cho quầy rồi cấp mã.")
_WHICH_GROUP = N_("Ghi nhóm thủ tục, vì mỗi nhóm của quầy này có điểm đánh giá riêng.")
_NO_POINT = N_("Ghi quầy, vì Trung tâm chưa có điểm đánh giá chung.")
BAD_DAYS = N_("Thời hạn của mã phải từ 1 đến %(most)d ngày.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One dossier as it was asked for; ``row`` is its place in the file or the list."""

    row: int
    dossier: str
    counter: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """What a centre has open: keys as ``counter_key`` and ``fold`` write them; points by counter and group, 0: none."""

    counters: Mapping[str, int]
    groups: Mapping[str, int]
    points: Mapping[tuple[int, int], int]
    handlers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A dossier and the point that its code will rate."""

    row: int
    dossier: str
    point_id: int


@dataclass(frozen=True, slots=True)
class Read:
    """What a list came to: the dossiers that can have a code, and what is at fault. Any fault: none is minted."""

    placed: list[Placed]
    faults: list[Fault]


def table_of(sheets: Sequence[Sheet]) -> Headed:
    """The dossiers of a file under its headings; only the number is needed."""
    return headed(sheets, _HEADINGS, [DOSSIER])


def wanted_of(table: Headed) -> list[Wanted]:
    """The rows of a table as dossiers."""
    return [
        Wanted(row, cells.get(DOSSIER, ""), cells.get(COUNTER, ""), cells.get(GROUP, "")) for row, cells in table.rows
    ]


def dossier_number(typed: str) -> str:
    """A dossier's number as it is kept: capitals, without spaces, so that one dossier is never two."""
    return "".join(nfc(typed).upper().split())


def counter_key(name: str) -> str:
    """The key by which a counter is named: "3", "Quầy 3" and "quầy số 03" are the same."""
    key = fold(squeeze(name))
    for word in ("quay so ", "quay "):
        key = key.removeprefix(word)
    return key.lstrip("0") or key


def read(wanted: Iterable[Wanted], places: Places) -> Read:
    """Each dossier with its point, or what is at fault in it."""
    placed: list[Placed] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for one in wanted:
        number = dossier_number(one.dossier)
        wrong = _wrong_number(one, number, seen)
        point_id, lost = _point(one, places)
        seen.setdefault(number, one.row)
        found = [fault for fault in (wrong, lost) if fault is not None]
        faults += found
        if not found and point_id is not None:
            placed.append(Placed(one.row, number, point_id))
    return Read(placed, faults)


def last_day(minted_on: date, days: int = VALID_DAYS) -> date:
    """The last day of codes minted now for so many days; raises ``ValueError`` unless 1–``MOST_DAYS``."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"{days} days")
    return expires_on(minted_on, days)


def _wrong_number(one: Wanted, number: str, seen: Mapping[str, int]) -> Fault | None:
    if not number:
        return Fault(one.row, DOSSIER, _NO_DOSSIER)
    if len(number) > LONGEST_DOSSIER or not _DOSSIER.fullmatch(number):
        return Fault(one.row, DOSSIER, _BAD_DOSSIER, {"most": LONGEST_DOSSIER}, one.dossier)
    if number in seen:
        return Fault(one.row, DOSSIER, TWICE, {"row": seen[number]}, one.dossier)
    return None


def _point(one: Wanted, places: Places) -> tuple[int | None, Fault | None]:
    """The point of the counter and group, else of the counter, else of the whole centre where none is named.

    A counter named without a group, which has points of groups alone, is rated at its one point, or the group is asked.
    """
    group = places.groups.get(fold(squeeze(one.group)), 0) if one.group else 0
    if one.group and not group:
        return None, Fault(one.row, GROUP, _NO_GROUP, {"name": one.group}, one.group)
    if one.counter:
        counter = places.counters.get(counter_key(one.counter), 0)
        if not counter:
            return None, Fault(one.row, COUNTER, _NO_COUNTER, {"name": one.counter}, one.counter)
    else:
        handlers = places.handlers.get(group, ())
        counter = handlers[0] if len(handlers) == 1 else 0
    point = places.points.get((counter, group)) or places.points.get((counter, 0))
    if point is None and counter and not one.counter:
        point = places.points.get((0, 0))
    if point is None and counter and not group:
        own = [point_id for (at, _group), point_id in places.points.items() if at == counter]
        if len(own) > 1:
            return None, Fault(one.row, GROUP, _WHICH_GROUP)
        point = own[0] if own else None
    if point is None:
        return None, Fault(one.row, COUNTER, _NO_POINT_AT if counter else _NO_POINT, {}, one.counter)
    return point, None
