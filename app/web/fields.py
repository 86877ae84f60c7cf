"""Fields for what Vietnamese forms ask and WTForms cannot read."""

import re
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext
from wtforms import DateField, IntegerField, TimeField

from app.core import clock
from app.lib.calendar import format_date, parse_date
from app.lib.text import nfc

_HOUR = re.compile(r"([0-9]{1,2})(?:\s*(?:[:h.]|giờ)\s*([0-9]{2})?)", re.I)
_WHOLE = re.compile(r"[0-9]{1,6}|[0-9]{1,3}(?:\.[0-9]{3})")


class DayField(DateField):
    """A day typed as d/m/yyyy, d-m-yyyy or ddmmyyyy; what is wrong with it is said in Vietnamese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            return
        self.data = None
        try:
            self.data = parse_date(valuelist[0])
        except ValueError as fault:
            raise ValueError(gettext(str(fault))) from fault

    def _value(self) -> Any:
        if self.raw_data:
            return self.raw_data[0]
        return format_date(self.data) if self.data else ""


class HourField(TimeField):
    """An hour of the day typed as 7:00, 07h30, 7.30, 7 giờ or 7h."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            return
        self.data = None
        found = _HOUR.fullmatch(nfc(valuelist[0]).strip().lower())
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValueError(gettext("Ghi giờ từ 00:00 đến 23:59, ví dụ 07:30."))
        self.data = time(int(found[1]), int(found[2] or 0))

    def _value(self) -> Any:
        if self.raw_data:
            return self.raw_data[0]
        return f"{self.data:%H:%M}" if self.data else ""


class WholeNumberField(IntegerField):
    """A whole number, with or without dots between thousands."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            return
        self.data = None
        text = valuelist[0].strip()
        if not _WHOLE.fullmatch(text):
            raise ValueError(gettext("Ghi số nguyên, ví dụ 150."))
        self.data = int(text.replace(".", ""))


def moment_of(day: date | None, hour: time | None) -> datetime:
    """The moment of a day and an hour of Vietnam, once a form has found both."""
    if day is None or hour is None:
        raise ValueError("a moment needs its day and its hour")
    return datetime.combine(day, hour, clock.VIETNAM)


def moment_parts(name: str, moment: datetime | None) -> dict[str, Any]:
    """A moment as the fields ``<name>_at`` and ``<name>_time`` of a form show it: day and hour of Vietnam."""
    local = clock.local(moment) if moment else None
    return {f"{name}_at": local.date() if local else None, f"{name}_time": local.time() if local else None}
