"""Days, working days and how Vietnamese pages and documents write dates, moments and numbers.

Periods are counted as in the Civil Code (91/2015/QH13, Đ147.2, Đ148): the first day is not counted, and the last one
ends at its midnight, so a deadline is a day and not a moment.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.lib.i18n import N_

OFF = "off"
WORKING = "working"
# Days that differ from the plain week: a holiday ("off") or a weekend day worked in exchange for one ("working").
CalendarTable = Mapping[date, str]

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = (
    N_("Thứ hai"),
    N_("Thứ ba"),
    N_("Thứ tư"),
    N_("Thứ năm"),
    N_("Thứ sáu"),
    N_("Thứ bảy"),
    N_("Chủ nhật"),
)
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_YEARS = range(1900, 2101)
_DATE = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]+)|([0-9]{2})([0-9]{2})([0-9]{4})")


def _plain(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a day is wanted, not a moment: say in which time zone first")
    return day


def local_day(moment: datetime) -> date:
    """The Vietnamese day of an aware moment. Raises ``ValueError`` when the moment has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(VIETNAM).date()


def is_working_day(day: date, days: CalendarTable) -> bool:
    """Whether offices work on the day: what the table says, else Monday to Friday.

    Raises ``ValueError`` when the table says something other than "off" or "working".
    """
    kind = days.get(_plain(day))
    if kind is None:
        return day.weekday() < _SATURDAY
    if kind not in (OFF, WORKING):
        raise ValueError(f"unknown kind of day: {kind}")
    return kind == WORKING


def add_working_days(start: date, n: int, days: CalendarTable) -> date:
    """The n-th working day after ``start``, which itself is not counted; ``start`` when n is 0.

    Raises ``ValueError`` for a negative n.
    """
    if n < 0:
        raise ValueError("working days are counted forwards")
    day = _plain(start)
    while n:
        day += _ONE_DAY
        n -= is_working_day(day, days)
    return day


def working_days_left(today: date, due: date, days: CalendarTable) -> int:
    """How many working days remain after ``today`` up to and including ``due``.

    0 on the last day, or when only days off remain; negative (at least -1) once ``due`` has passed.
    """
    if _plain(today) > _plain(due):
        return -max(1, working_days_left(due, today, days))
    span = (due - today).days
    return sum(is_working_day(today + timedelta(days=i), days) for i in range(1, span + 1))


def add_months(day: date, n: int) -> date:
    """The same day n months later, or the last day of that month where it has no such day (Civil Code Đ148.3)."""
    year, month = divmod(_plain(day).year * 12 + day.month - 1 + n, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - _ONE_DAY).day))


def format_date(day: date | datetime) -> str:
    """dd/MM/yyyy; an aware moment gives its day in Vietnam."""
    if isinstance(day, datetime):
        day = local_day(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_moment(moment: datetime) -> str:
    """HH:MM dd/MM/yyyy in Vietnam. Raises ``ValueError`` when the moment has no time zone."""
    day = local_day(moment)
    return f"{moment.astimezone(VIETNAM):%H:%M} {format_date(day)}"


def format_document_date(day: date) -> str:
    """As headings of documents write it (NĐ 30/2020): a leading zero for days below 10 and for months 1 and 2."""
    day = _plain(day)
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_date(text: str) -> date:
    """Read d/m/yyyy, d-m-yyyy or ddmmyyyy; the day always comes first.

    Raises ``ValueError`` with a sentence for people: for other shapes, mixed separators, years not written with four
    digits or outside 1900–2100, and days that do not exist.
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(N_("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/07/2026."))
    day, month, year = (found[1], found[3], found[4]) if found[2] else (found[5], found[6], found[7])
    if len(year) != 4 or int(year) not in _YEARS:
        raise ValueError(N_("Nhập năm đủ bốn chữ số, ví dụ 2026."))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(N_("Không có ngày này trong lịch. Xem lại ngày và tháng.")) from None


def format_number(value: int | Decimal) -> str:
    """1.234.567,5: a dot between thousands, a comma before decimals; every given decimal is kept."""
    whole, _, fraction = f"{value:,f}".partition(".") if isinstance(value, Decimal) else (f"{value:,}", "", "")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def format_percent(part: int, whole: int) -> str:
    """One decimal, truncated and never rounded: 199 of 299 is "66,5 %", so that it cannot look like two thirds.

    Raises ``ValueError`` when the whole is not positive or the part is negative.
    """
    if whole <= 0 or part < 0:
        raise ValueError("a share needs a positive whole and a part that is not negative")
    units, tenth = divmod(part * 1000 // whole, 10)
    return f"{format_number(units)},{tenth} %"
