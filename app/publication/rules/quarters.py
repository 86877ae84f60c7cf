"""Quarters of the year, for the list of what was made public (Law Đ14)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2023, 2100
_WRITTEN = re.compile(r"(2[0-9]{3})-([1-4])")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter; ``number`` is 1–4. Raises ``ValueError`` for any other number."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= len(_ROMAN):
            raise ValueError(f"there is no quarter {self.number}")

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        following = self.next
        return following.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    @property
    def roman(self) -> str:
        """As papers number it: "III"."""
        return _ROMAN[self.number - 1]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def parse_quarter(text: str) -> Quarter | None:
    """ "2026-3" as an address writes it; None for anything else and for years outside 2023–2100."""
    found = _WRITTEN.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return Quarter(int(found[1]), int(found[2]))
