"""What the case system sends, as it came: told to the letter where it is not as it should be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.feedback.rules.minting import COUNTER, DOSSIER, GROUP, TWICE, Wanted
from app.feedback.rules.trust import MOST_DAYS, VALID_DAYS
from app.feedback.rules.trust_table import Fault
from app.lib.i18n import N_

_ENTRIES = (DOSSIER, COUNTER, GROUP)
_WHOLE = ("center", "days", "dossiers")
_LONGEST = 200
_OBJECT = N_("Nội dung gửi phải là một đối tượng JSON có mục dossiers.")
_LIST = N_("Mục này phải là danh sách, ít nhất một hồ sơ.")
_ENTRY = N_("Mỗi hồ sơ là một đối tượng JSON có mục dossier.")
_UNKNOWN = N_("Không có mục nào tên như vậy.")
_NEEDED = N_("Thiếu mục này.")
_TEXT = N_("Mục này phải là chuỗi ký tự, không quá %(most)d ký tự.")
_TWICE = N_("Số hồ sơ này đã có ở %(place)s.")
_DAYS = N_("Số ngày phải là số nguyên từ 1 đến %(most)d.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong at a place of the request, for instance ``dossiers[3].counter``; "" is the whole."""

    place: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that can be read: the centre named in it ("" where none), days until the last, and the dossiers."""

    center: str
    days: int
    wanted: list[Wanted]


def count(body: Any) -> int:
    """How many dossiers a request names; 0 where it is no such thing."""
    dossiers = body.get("dossiers") if isinstance(body, dict) else None
    return len(dossiers) if isinstance(dossiers, list) else 0


def read(body: Any) -> tuple[Asked, list[Wrong]]:
    """The request, and everything wrong in its shape; with a fault the request is not to be used."""
    if not isinstance(body, dict):
        return Asked("", VALID_DAYS, []), [Wrong("", _OBJECT)]
    wrong = [Wrong(str(name)[:_LONGEST], _UNKNOWN) for name in body if name not in _WHOLE]
    center = _text(body.get("center"), "center", wrong)
    days = body.get("days", VALID_DAYS)
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MOST_DAYS:
        wrong.append(Wrong("days", _DAYS, {"most": MOST_DAYS}))
        days = VALID_DAYS
    dossiers = body.get("dossiers")
    if not isinstance(dossiers, list) or not dossiers:
        wrong.append(Wrong("dossiers", _LIST))
        dossiers = []
    return Asked(center, days, [_entry(place, entry, wrong) for place, entry in enumerate(dossiers)]), wrong


def place_of(row: int, column: str) -> str:
    """How a place in the list is called: ``dossiers[3].counter``."""
    return f"dossiers[{row}].{column}"


def wrong_of(fault: Fault) -> Wrong:
    """A fault of the list in the words of a request, which has places and no lines."""
    place = place_of(fault.row, fault.column)
    if fault.message == TWICE:
        return Wrong(place, _TWICE, {"place": f"dossiers[{fault.params['row']}]"})
    return Wrong(place, fault.message, fault.params)


def _entry(place: int, entry: Any, wrong: list[Wrong]) -> Wanted:
    if not isinstance(entry, dict):
        wrong.append(Wrong(f"dossiers[{place}]", _ENTRY))
        return Wanted(place, "")
    wrong += [Wrong(place_of(place, str(name)[:_LONGEST]), _UNKNOWN) for name in entry if name not in _ENTRIES]
    if DOSSIER not in entry:
        wrong.append(Wrong(place_of(place, DOSSIER), _NEEDED))
    return Wanted(place, *(_text(entry.get(name), place_of(place, name), wrong) for name in _ENTRIES))


def _text(value: Any, place: str, wrong: list[Wrong]) -> str:
    """A text, or a number written as one: a counter is often called 3."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        wrong.append(Wrong(place, _TEXT, {"most": _LONGEST}))
        return ""
    return value.strip()
