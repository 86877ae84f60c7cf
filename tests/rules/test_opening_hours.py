"""When a centre is open, as people type it and as moments ask for it; and which networks are its own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules.hours import (
    DAY,
    BadHours,
    moment_of,
    open_at,
    read_spans,
    spans_of,
    week_of,
    workdays,
    write_spans,
)
from app.feedback.rules.networks import BadNetwork, read_networks

HOURS = {str(day): [[450, 690], [810, 1020]] for day in range(5)}
MONDAY = date(2026, 7, 6)


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("7:30-11:30, 13:30-17:00", [[450, 690], [810, 1020]]),
        ("13h30 đến 17h; 7h30–11g30", [[450, 690], [810, 1020]]),
        ("7.30 - 11.30 và 13:30-17:00", [[450, 690], [810, 1020]]),
        ("0:00-24:00", [[0, DAY]]),
        ("", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, spans: list[list[int]]) -> None:
    assert read_spans(typed) == spans
    assert read_spans(write_spans(spans)) == spans


@pytest.mark.parametrize(
    "typed",
    [
        "sáng", "7:30", "11:30-7:30", "7:30-7:30", "7:60-8:00", "23:00-24:30", "7:00-9:00, 8:59-10:00",
        "1-2,3-4,5-6,7-8,9-10",
    ],
)  # fmt: skip
def test_what_says_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(BadHours):
        read_spans(typed)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(7, 29, False), (7, 30, True), (11, 29, True), (11, 30, False), (13, 30, True), (16, 59, True), (17, 0, False)],
)
def test_a_span_holds_its_first_minute_and_not_its_last(hour: int, minute: int, expected: bool) -> None:
    moment = datetime(2026, 7, 6, hour, minute, 30, tzinfo=UTC) - timedelta(hours=7)
    assert open_at(HOURS, moment, {}) is expected
    assert not open_at(HOURS, moment, {MONDAY: "off"})
    assert not open_at(HOURS, moment + timedelta(days=5), {})


def test_the_calendar_closes_holidays_and_opens_days_worked_in_exchange() -> None:
    saturday = MONDAY + timedelta(days=5)
    assert spans_of(HOURS, MONDAY, {MONDAY: "off"}) == spans_of(HOURS, saturday, {}) == []
    assert spans_of(HOURS, saturday, {saturday: "working"}) == [(450, 690), (810, 1020)]
    assert open_at(HOURS, moment_of(saturday, 460), {saturday: "working"})
    days = workdays(HOURS, MONDAY, MONDAY + timedelta(days=6), {MONDAY: "off", saturday: "working"})
    assert [day.day for day in days] == [7, 8, 9, 10, 11]
    assert [day.day for day in workdays({}, MONDAY, MONDAY + timedelta(days=6), {})] == [6, 7, 8, 9, 10]


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    monday, sunday = week_of(day)
    assert monday <= day <= sunday and monday.weekday() == 0 and (sunday - monday).days == 6


def test_networks_are_kept_as_written_once() -> None:
    kept = read_networks("203.0.113.0/24\n203.0.113.7, 2001:db8::/48;203.0.113.7/32")
    assert kept == ["203.0.113.0/24", "203.0.113.7/32", "2001:db8::/48"]
    # Of IPv6 a phone has another address every day: its /64 stays. IPv4 dressed as IPv6 is IPv4.
    kept = read_networks(
        "2001:db8:0:5::7 2001:db8:1:ff00::/56 2001:db8::9/128 ::ffff:203.0.113.0/120 ::ffff:203.0.113.7"
    )
    assert kept == ["2001:db8:0:5::/64", "2001:db8:1:ff00::/56", "2001:db8::9/128", "203.0.113.0/24", "203.0.113.7/32"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wifi trung tâm", "không phải là địa chỉ mạng"),
        ("203.0.113.0/33", "không phải là địa chỉ mạng"),
        ("203.0.113.7/24", "Có thể là 203.0.113.0/24"),
        ("::ffff:203.0.113.7/120", "Có thể là 203.0.113.0/24"),
        ("2001:db8:1:ff01::/56", "Có thể là 2001:db8:1:ff00::/56"),
        ("0.0.0.0/0", "quá rộng"),
        ("10.0.0.0/8", "quá rộng"),
        ("::ffff:10.0.0.0/104", "quá rộng"),
        ("2001::/16", "quá rộng"),
        ("\n".join(f"203.0.113.{n}" for n in range(21)), "không quá 20"),
    ],
)
def test_a_network_that_is_none_is_refused_saying_why(typed: str, said: str) -> None:
    with pytest.raises(BadNetwork) as refused:
        read_networks(typed)
    assert said in refused.value.message % refused.value.params
