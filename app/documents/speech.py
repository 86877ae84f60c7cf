"""Vietnamese as it is read over a loudspeaker: numbers, dates, hours and telephone numbers in words."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from app.documents.dates import local

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_MONTHS = (
    "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
)  # fmt: skip
_UNITS = {"m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối", "m³": "mét khối", "km": "ki-lô-mét"}


def number_words(number: int) -> str:
    """Return "hai trăm chín mươi chín" for 299. Raises ValueError below zero."""
    if number < 0:
        raise ValueError("Only numbers from zero up are read aloud.")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [f"{number_words(billions)} tỷ"] if billions else []
    words.extend(_below_a_billion(rest, leading=not billions))
    return " ".join(words)


def spoken_date(day: date) -> str:
    """Return "thứ hai, ngày hai mươi tháng bảy"; the year goes without saying in an announcement."""
    of_month = f"mùng {number_words(day.day)}" if day.day <= 10 else number_words(day.day)
    return f"{_WEEKDAYS[day.weekday()]}, ngày {of_month} tháng {_MONTHS[day.month - 1]}"


def spoken_moment(moment: datetime) -> str:
    """Return "mười bảy giờ ba mươi phút, thứ hai, ngày hai mươi tháng bảy", on Vietnam's clock."""
    at = local(moment)
    return f"{_spoken_clock(at.hour, at.minute)}, {spoken_date(at.date())}"


def spoken_phone(phone: str) -> str:
    """Return "không chín không ba, một hai ba, bốn năm sáu": digits one by one, in the groups people dictate."""
    digits = re.sub(r"\D", "", phone)
    head = len(digits) % 3 + 3 if len(digits) % 3 else 3
    groups = [digits[:head], *(digits[start : start + 3] for start in range(head, len(digits), 3))]
    return ", ".join(" ".join(_DIGITS[int(digit)] for digit in group) for group in groups if group)


def speakable(text: str) -> str:
    """A written sentence with its dates, hours, shares, sums and plain numbers put in words.

    Codes that mix letters and digits stay as they are: they are spelt, not counted.
    """
    for pattern, say in _READINGS:
        text = pattern.sub(say, text)
    return text


def _below_a_billion(number: int, *, leading: bool) -> Iterator[str]:
    for power in (2, 1, 0):
        triple, number = divmod(number, 1000**power)
        if triple:
            yield _triple(triple, leading=leading)
            if _SCALES[power]:
                yield _SCALES[power]
        leading = leading and not triple


def _triple(number: int, *, leading: bool) -> str:
    """1–999 in words; unless it leads the number its hundreds are said even when they are zero."""
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or not leading else []
    tens, ones = divmod(rest, 10)
    if tens:
        words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_ones(tens, ones))
    return " ".join(words)


def _ones(tens: int, ones: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    if tens >= 2:
        return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones])
    return _DIGITS[ones]


def _spoken_clock(hour: int, minute: int) -> str:
    return f"{number_words(hour)} giờ" + (f" {number_words(minute)} phút" if minute else "")


def _say_date(found: re.Match[str]) -> str:
    day, month, year = (int(part) if part else 0 for part in found.groups())
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found.group()
    of_month = f"mùng {number_words(day)}" if day <= 10 else number_words(day)
    said = f"{of_month} tháng {_MONTHS[month - 1]}"
    return f"{said} năm {number_words(year)}" if year else said


def _say_clock(found: re.Match[str]) -> str:
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return _spoken_clock(hour, minute) if hour < 25 and minute < 60 else found.group()


def _say_percent(found: re.Match[str]) -> str:
    return f"{_decimal(found.group(1))} phần trăm"


def _say_unit(found: re.Match[str]) -> str:
    return f"{_decimal(found.group(1))} {_UNITS[found.group(2)]}"


def _say_number(found: re.Match[str]) -> str:
    return _decimal(found.group())


def _say_phone(found: re.Match[str]) -> str:
    return spoken_phone(found.group())


def _decimal(written: str) -> str:
    """Return "2,5" as "hai phẩy năm" and "1.500.000" as one number; a leading zero is only typography."""
    whole, _, fraction = written.replace(".", "").partition(",")
    said = number_words(int(whole))
    return f"{said} phẩy {' '.join(_DIGITS[int(digit)] for digit in fraction)}" if fraction else said


_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
# Letters, digits and the marks of codes, so "NQ-12/2026" and "7K3M" are left alone.
_FREE_LEFT, _FREE_RIGHT = r"(?<![\w/.-])(?<!\d:)", r"(?![\w/-]|[.,:]\d)"
# Order matters: a date holds numbers, a telephone number would be read as a sum.
_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"{_FREE_LEFT}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?{_FREE_RIGHT}"), _say_date),
    (re.compile(rf"{_FREE_LEFT}(\d{{1,2}})(?:[:h]|g(?=\d))(\d{{2}})?{_FREE_RIGHT}"), _say_clock),
    (re.compile(rf"{_FREE_LEFT}0\d{{2,3}}[ .]?\d{{3}}[ .]?\d{{3,4}}{_FREE_RIGHT}"), _say_phone),
    (re.compile(rf"{_FREE_LEFT}({_NUMBER})\s*%"), _say_percent),
    (re.compile(rf"{_FREE_LEFT}({_NUMBER})\s*(m2|m²|m3|m³|km)\b"), _say_unit),
    (re.compile(rf"{_FREE_LEFT}(?:{_NUMBER}){_FREE_RIGHT}"), _say_number),
)
