"""Working days, dates as people and documents write them, numbers that never round up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.calendar import (
    add_months,
    add_working_days,
    format_date,
    format_document_date,
    format_moment,
    format_number,
    format_percent,
    is_working_day,
    local_day,
    parse_date,
    working_days_left,
)

FRIDAY = date(2026, 3, 6)
SATURDAY = date(2026, 3, 7)
MONDAY = date(2026, 3, 9)
# Labour day 2024 as it was: Monday 29 April off, Saturday 4 May worked instead.
EXCHANGE = {
    date(2024, 4, 18): "off",
    date(2024, 4, 29): "off",
    date(2024, 4, 30): "off",
    date(2024, 5, 1): "off",
    date(2024, 5, 4): "working",
}

near = st.dates(date(2000, 1, 1), date(2060, 12, 31))
tables = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(["off", "working"]), max_size=40
)


@pytest.mark.parametrize(
    ("day", "table", "works"),
    [
        (FRIDAY, {}, True),
        (SATURDAY, {}, False),
        (date(2026, 3, 8), {}, False),
        (FRIDAY, {FRIDAY: "off"}, False),
        (SATURDAY, {SATURDAY: "working"}, True),
        (SATURDAY, {SATURDAY: "off"}, False),
        (MONDAY, {MONDAY: "working"}, True),
        (MONDAY, {FRIDAY: "off"}, True),
    ],
)
def test_a_day_is_worked_as_the_table_says_else_as_the_week_goes(day, table, works):
    assert is_working_day(day, table) is works


@pytest.mark.parametrize(
    ("start", "n", "table", "end"),
    [
        (FRIDAY, 0, {}, FRIDAY),
        (FRIDAY, 1, {}, MONDAY),
        (SATURDAY, 1, {}, MONDAY),
        (FRIDAY, 5, {}, date(2026, 3, 13)),
        (FRIDAY, 1, {SATURDAY: "working"}, SATURDAY),
        (FRIDAY, 5, {MONDAY: "off"}, date(2026, 3, 16)),
        # Over the exchange: 2 and 3 May, the worked Saturday 4, then 6 and 7 May.
        (date(2024, 4, 28), 5, EXCHANGE, date(2024, 5, 7)),
        (date(2024, 4, 26), 3, EXCHANGE, date(2024, 5, 4)),
        (date(2024, 4, 17), 1, EXCHANGE, date(2024, 4, 19)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, n, table, end):
    assert add_working_days(start, n, table) == end


def test_counting_backwards_and_unknown_kinds_are_refused():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(FRIDAY, -1, {})
    with pytest.raises(ValueError, match="unknown kind"):
        is_working_day(FRIDAY, {FRIDAY: "half"})


def test_a_moment_is_not_taken_for_a_day():
    moment = datetime(2026, 3, 6, 20, tzinfo=UTC)
    for call in (
        lambda: is_working_day(moment, {}),
        lambda: add_working_days(moment, 1, {}),
        lambda: working_days_left(FRIDAY, moment, {}),
        lambda: add_months(moment, 1),
        lambda: format_document_date(moment),
    ):
        with pytest.raises(TypeError):
            call()


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SATURDAY, 0),
        (FRIDAY, MONDAY, 1),
        (SATURDAY, FRIDAY, -1),
        (MONDAY, FRIDAY, -1),
        (date(2026, 3, 10), FRIDAY, -2),
    ],
)
def test_days_left_tell_the_last_day_from_lateness(today, due, left):
    assert working_days_left(today, due, {}) == left


@given(near, st.integers(1, 60), tables)
def test_the_end_of_a_period_is_a_working_day_with_n_of_them_before(start, n, table):
    end = add_working_days(start, n, table)
    assert is_working_day(end, table)
    assert working_days_left(start, end, table) == n
    assert add_working_days(end, 1, table) > end


@given(near, st.integers(0, 30), tables, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_one_more_day_off_never_brings_a_deadline_nearer(start, n, table, holiday):
    assert add_working_days(start, n, {**table, holiday: "off"}) >= add_working_days(start, n, table)


@pytest.mark.parametrize(
    ("day", "n", "end"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, n, end):
    assert add_months(day, n) == end


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 4, 2), "ngày 02 tháng 4 năm 2024"),
        (date(2024, 2, 9), "ngày 09 tháng 02 năm 2024"),
        (date(2024, 1, 10), "ngày 10 tháng 01 năm 2024"),
        (date(2024, 3, 31), "ngày 31 tháng 3 năm 2024"),
        (date(2024, 12, 1), "ngày 01 tháng 12 năm 2024"),
    ],
)
def test_documents_write_dates_as_decree_30_wants(day, text):
    assert format_document_date(day) == text


def test_moments_are_shown_in_vietnam_whatever_their_zone():
    assert format_moment(datetime(2026, 3, 6, 17, 30, tzinfo=UTC)) == "00:30 07/03/2026"
    assert format_moment(datetime(2026, 3, 6, 8, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))) == "08:05 06/03/2026"
    assert format_date(datetime(2026, 3, 6, 17, 30, tzinfo=UTC)) == "07/03/2026"
    assert format_date(date(2026, 3, 6)) == "06/03/2026"
    assert local_day(datetime(2026, 3, 6, 16, 59, 59, tzinfo=UTC)) == FRIDAY
    for call in (format_moment, format_date, local_day):
        with pytest.raises(ValueError, match="time zone"):
            call(datetime(2026, 3, 6))  # noqa: DTZ001 - exactly what must be refused


@pytest.mark.parametrize("text", ["5/7/2026", "05/07/2026", "5-7-2026", " 05-07-2026 ", "05072026", "5/07/2026"])
def test_the_day_comes_first_however_it_is_typed(text):
    assert parse_date(text) == date(2026, 7, 5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ngày/tháng/năm"),
        ("5/7", "ngày/tháng/năm"),
        ("5/7-2026", "ngày/tháng/năm"),
        ("5.7.2026", "ngày/tháng/năm"),
        ("2026-07-05", "ngày/tháng/năm"),
        ("5 7 2026", "ngày/tháng/năm"),
        ("572026", "ngày/tháng/năm"),
        ("5072026", "ngày/tháng/năm"),
        ("hôm nay", "ngày/tháng/năm"),
        ("٠٥/٠٧/2026", "ngày/tháng/năm"),
        ("5/7/26", "bốn chữ số"),
        ("5/7/02026", "bốn chữ số"),
        ("5/7/1026", "bốn chữ số"),
        ("31/4/2026", "Không có ngày"),
        ("29/2/2026", "Không có ngày"),
        ("7/13/2026", "Không có ngày"),
        ("0/7/2026", "Không có ngày"),
        ("31022026", "Không có ngày"),
    ],
)
def test_dates_that_could_mean_something_else_are_refused(text, says):
    with pytest.raises(ValueError, match=says):
        parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_shown_date_reads_back(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(f"{day.day}-{day.month}-{day.year}") == day
    assert parse_date(f"{day:%d%m}{day.year}") == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_written_year_first_is_never_read_as_another_day(day):
    with pytest.raises(ValueError, match=r"\w"):
        parse_date(f"{day.year}{day:%m%d}")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1500000, "1.500.000"),
        (-1234, "-1.234"),
        (Decimal("1234567.5"), "1.234.567,5"),
        (Decimal("0.50"), "0,50"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_numbers(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (199, 299, "66,5 %"),
        (200, 299, "66,8 %"),
        (2, 3, "66,6 %"),
        (999, 1000, "99,9 %"),
        (9999, 10000, "99,9 %"),
        (150, 300, "50,0 %"),
        (300, 300, "100,0 %"),
        (0, 299, "0,0 %"),
    ],
)
def test_shares_are_truncated(part, whole, text):
    assert format_percent(part, whole) == text


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (1, 0), (1, -3), (-1, 3)])
def test_shares_of_nothing_are_refused(part, whole):
    with pytest.raises(ValueError, match="share"):
        format_percent(part, whole)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_never_shown_larger_than_it_is(part, whole):
    shown = Decimal(format_percent(part, whole).removesuffix(" %").replace(".", "").replace(",", "."))
    assert shown * whole <= part * 100 < (shown + Decimal("0.1")) * whole


def test_the_last_moment_of_a_day_in_vietnam_is_still_that_day():
    midnight = datetime(2026, 3, 7, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert local_day(midnight) == SATURDAY
    assert local_day(midnight - timedelta(microseconds=1)) == FRIDAY
