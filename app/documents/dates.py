"""Dates and times as official papers write them, always in Vietnam's time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_BLANK_DATE = "ngày …… tháng …… năm 20……"


def local(moment: datetime) -> datetime:
    """The moment on Vietnam's clock. Raises ValueError when it carries no time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment on a document needs a time zone.")
    return moment.astimezone(VIETNAM)


def official_date(day: date) -> str:
    """Return "ngày 02 tháng 4 năm 2024": days under 10 and months 1 and 2 take a zero (Decree 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def official_moment(moment: datetime) -> str:
    """Return "17 giờ 00 phút, ngày 20 tháng 7 năm 2026"; the seconds are said when they are not zero."""
    at = local(moment)
    seconds = f" {at.second:02d} giây" if at.second else ""
    return f"{at.hour:02d} giờ {at.minute:02d} phút{seconds}, {official_date(at.date())}"


def short_date(day: date) -> str:
    """Return "20/07/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def weekday_date(day: date) -> str:
    """Return "Thứ Hai, 20/07/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {short_date(day)}"


def short_moment(moment: datetime) -> str:
    """Return "17:00 ngày 20/07/2026"."""
    at = local(moment)
    return f"{at.hour:02d}:{at.minute:02d} ngày {short_date(at.date())}"


def place_and_date(place: str, day: date | None) -> str:
    """Return "Thới Hòa, ngày 02 tháng 4 năm 2024", with room to write by hand while the day is not known."""
    return f"{place}, {official_date(day) if day else _BLANK_DATE}"
