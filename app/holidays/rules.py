"""The official days off and the weekend days worked in exchange for them."""

from datetime import date
from typing import NamedTuple

import holidays

from app.lib.calendar import OFF, WORKING

# Exchanges of working days announced after the release of the library in use: (day off, day worked instead).
_EXCHANGES = ((date(2026, 1, 2), date(2026, 1, 10)),)  # Bộ Nội vụ, 25/12/2025


class OfficialDay(NamedTuple):
    """A day that differs from the plain week; ``kind`` is "off" or "working", ``name`` Vietnamese."""

    day: date
    kind: str
    name: str


def official_days(year: int) -> list[OfficialDay]:
    """Days off (Labour Code Đ112, with those moved from weekends) and days worked in exchange, in order.

    Tết follows the lunar calendar; a day of a coming year may still be moved by the government, so the table that is
    filled from here stays editable. Raises ``ValueError`` for years outside 1995–2100.
    """
    if not 1995 <= year <= 2100:
        raise ValueError(f"no official days are known for {year}")
    known = holidays.country_holidays("VN", years=year, language="vi")
    days = {day: OfficialDay(day, OFF, name) for day, name in known.items()}
    days |= {day: OfficialDay(day, WORKING, "Ngày làm bù") for day in known.weekend_workdays}
    for off, worked in _EXCHANGES:
        days[off] = OfficialDay(off, OFF, f"Ngày nghỉ (thay cho ngày {worked:%d/%m/%Y})")
        days[worked] = OfficialDay(worked, WORKING, "Ngày làm bù")
    return sorted(found for found in days.values() if found.day.year == year)
