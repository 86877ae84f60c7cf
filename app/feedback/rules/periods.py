"""Weeks, months, quarters and years of figures, and the one before, with which alone they are compared."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.lib.calendar import add_months, format_date
from app.lib.i18n import N_

KINDS = {
    "week": N_("Tuần"),
    "month": N_("Tháng"),
    "quarter": N_("Quý"),
    "year": N_("Năm"),
}
# How many periods a trend shows.
TREND = {"week": 12, "month": 12, "quarter": 8, "year": 5}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
_YEARS = range(2023, 2101)


@dataclass(frozen=True)
class Period:
    """A period by its kind and its first day."""

    kind: str
    first: date

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Period":
        return Period(self.kind, self._moved(1))

    @property
    def previous(self) -> "Period":
        return Period(self.kind, self._moved(-1))

    def trend(self) -> list["Period"]:
        """The periods of a trend that ends with this one, the oldest first."""
        found = [self]
        for _ in range(TREND[self.kind] - 1):
            found.append(found[-1].previous)
        return found[::-1]

    @property
    def words(self) -> str:
        """As papers write it: "quý III năm 2026"."""
        if self.kind == "week":
            return f"tuần từ {format_date(self.first)} đến {format_date(self.last)}"
        if self.kind == "month":
            return f"tháng {self.first.month} năm {self.first.year}"
        if self.kind == "quarter":
            return f"quý {_ROMAN[(self.first.month - 1) // 3]} năm {self.first.year}"
        return f"năm {self.first.year}"

    @property
    def short(self) -> str:
        """For an axis: "03/08", "8/26", "III/26", "2026"."""
        year = self.first.year % 100
        if self.kind == "week":
            return f"{self.first.day:02d}/{self.first.month:02d}"
        if self.kind == "month":
            return f"{self.first.month}/{year}"
        return f"{_ROMAN[(self.first.month - 1) // 3]}/{year}" if self.kind == "quarter" else str(self.first.year)

    def _moved(self, n: int) -> date:
        if self.kind in _MONTHS:
            return add_months(self.first, n * _MONTHS[self.kind])
        return self.first + timedelta(days=7 * n)

    def told(self, until: date) -> date:
        """The last day of the period that figures speak of, when they speak of days up to ``until``."""
        return min(self.last, until)

    def months(self, until: date) -> list["Period"]:
        """The months of the period that are over by then; a week holds none."""
        size = _MONTHS.get(self.kind, 0)
        found = [Period("month", add_months(self.first, n)) for n in range(size)]
        return [one for one in found if one.last <= until]


def period_of(kind: str, day: date) -> Period:
    """The period of the kind in which the day lies; weeks begin on Monday. Raises ``ValueError`` for no such kind."""
    if kind not in KINDS:
        raise ValueError(f"there is no period {kind}")
    if kind == "week":
        return Period(kind, day - timedelta(days=day.weekday()))
    size = _MONTHS[kind]
    return Period(kind, date(day.year, (day.month - 1) // size * size + 1, 1))


def told_until(today: date) -> date:
    """The Sunday up to which figures speak: the end of the last week that is over.

    Figures that moved from day to day would tell, beside the roster, what the few people one officer served chose.
    """
    return today - timedelta(days=today.weekday() + 1)


def parse_period(kind: str, day: str, today: date) -> Period:
    """What an address asks for; this month for anything that is not understood, and nothing after today."""
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        asked = today
    asked = min(asked, today) if asked.year in _YEARS else today
    return period_of(kind if kind in KINDS else "month", asked)
