"""Fields for what Vietnamese forms ask and WTForms cannot read."""

from typing import Any

from flask_babel import gettext
from wtforms import DateField

from app.lib.calendar import format_date, parse_date


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
