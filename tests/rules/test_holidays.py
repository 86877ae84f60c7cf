"""The official calendar: Tết of several years, exchanged days, and deadlines across them."""

from datetime import date, timedelta

import pytest

from app.holidays.rules import official_days
from app.lib.calendar import add_working_days, is_working_day


def table(*years):
    return {found.day: found.kind for year in years for found in official_days(year)}


@pytest.mark.parametrize(
    ("first_day_of_tet"),
    [
        date(2020, 1, 25),
        date(2021, 2, 12),
        date(2022, 2, 1),
        date(2023, 1, 22),
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2029, 2, 13),
        date(2030, 2, 2),
    ],
)
def test_tet_of_each_year_is_off_with_its_eve_and_three_days_after(first_day_of_tet):
    days = {found.day: found for found in official_days(first_day_of_tet.year)}
    assert days[first_day_of_tet].name == "Tết Nguyên Đán"
    for offset in range(-1, 4):
        assert days[first_day_of_tet + timedelta(days=offset)].kind == "off"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 4, 26), "Ngày Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 30), "Ngày Chiến thắng"),
        (date(2026, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2026, 9, 1), "Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
    ],
)
def test_days_of_2026_are_off_under_their_vietnamese_names(day, name):
    assert (day, "off", name) in official_days(2026)


def test_the_day_of_culture_was_worked_before_2026():
    assert date(2025, 11, 24) not in table(2025)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
        (date(2018, 12, 31), date(2019, 1, 5)),
    ],
)
def test_an_exchange_moves_the_work_to_a_saturday(off, worked):
    known = table(off.year, worked.year)
    assert not is_working_day(off, known)
    assert is_working_day(worked, known)
    assert worked.weekday() == 5


@pytest.mark.parametrize("year", range(2019, 2036))
def test_a_year_holds_its_own_days_once_and_in_order(year):
    days = official_days(year)
    assert [found.day for found in days] == sorted({found.day for found in days})
    assert all(found.day.year == year and found.kind in ("off", "working") and found.name for found in days)
    assert all(found.day.weekday() >= 5 for found in days if found.kind == "working")
    assert sum(found.kind == "off" for found in days) >= 11


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Closed on the Friday before Tết 2026: the whole week of Tết is off.
        (date(2026, 2, 13), date(2026, 2, 27)),
        # Tết 2025 with its Monday and the Saturday that follows.
        (date(2025, 1, 24), date(2025, 2, 7)),
        # The worked Saturday 4 May 2024 counts.
        (date(2024, 4, 28), date(2024, 5, 7)),
        # 30 April, 1 May and the moved anniversary of the Hùng kings in 2023.
        (date(2023, 4, 28), date(2023, 5, 10)),
        # National day 2026: 22 August worked, 31 August off.
        (date(2026, 8, 28), date(2026, 9, 9)),
        (date(2026, 8, 21), date(2026, 8, 27)),
    ],
)
def test_five_working_days_across_holidays(start, due):
    assert add_working_days(start, 5, table(start.year)) == due


@pytest.mark.parametrize("year", [1994, 2101, 0])
def test_years_beyond_knowledge_are_refused(year):
    with pytest.raises(ValueError, match="official days"):
        official_days(year)
