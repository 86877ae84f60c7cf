"""Pages of the calendar of days off."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.holidays import queries
from tests.support.cast import make_area, make_commune
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

CALENDAR = "/staff/lich-nghi/"
SUNDAY = {"day": "05/07/2026", "kind": "working", "name": "Làm bù"}


@pytest.fixture
def admin(client: PageClient, session: Session) -> None:
    sign_in_as(client, session, Role.COMMUNE_ADMIN, make_commune(session))


def test_a_year_is_loaded(client: PageClient, session: Session, admin: None) -> None:
    answer = send(client, CALENDAR, {"year": "2026"}, to=f"{CALENDAR}nap")
    assert answer.location == f"{CALENDAR}?year=2026"
    page = client.get(answer.location).text
    assert "Tết Nguyên Đán" in page and "17/02/2026" in page and "Thứ ba" in page
    assert "Đã thêm" in page
    again = send(client, CALENDAR, {"year": "2026"}, to=f"{CALENDAR}nap")
    assert "Đã thêm 0 ngày" in client.get(again.location).text


def test_a_day_is_added_and_removed(client: PageClient, session: Session, admin: None) -> None:
    answer = send(client, f"{CALENDAR}them", SUNDAY)
    assert answer.location == f"{CALENDAR}?year=2026"
    assert "05/07/2026" in client.get(answer.location).text
    assert queries.calendar_table(session) == {date(2026, 7, 5): "working"}
    gone = send(client, f"{CALENDAR}?year=2026", to=f"{CALENDAR}2026-07-05/bo")
    assert gone.location == f"{CALENDAR}?year=2026"
    assert queries.calendar_table(session) == {}
    assert send(client, CALENDAR, to=f"{CALENDAR}2026-07-05/bo").status_code == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": ""}, "Ghi ngày theo dạng 05/07/2026."),
        ({"day": "5.7"}, "Nhập ngày theo dạng ngày/tháng/năm"),
        ({"day": "30/02/2026"}, "Không có ngày này trong lịch."),
        ({"day": "06/07/2026"}, "vốn là ngày làm việc"),
        ({"kind": ""}, "Chọn nghỉ hoặc làm việc bù."),
        ({"name": " "}, "Ghi tên ngày nghỉ hoặc lý do."),
        ({"name": "x" * 201}, "Tối đa 200 ký tự."),
    ],
)
def test_what_makes_no_sense_stands_at_its_place(
    client: PageClient, session: Session, admin: None, values: dict[str, str], sentence: str
) -> None:
    answer = send(client, f"{CALENDAR}them", SUNDAY | values)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert "day" not in values or f'value="{values["day"]}"' in answer.text
    assert queries.calendar_table(session) == {}


def test_this_year_is_shown_first(client: PageClient, admin: None) -> None:
    assert f"Lịch nghỉ năm {clock.today().year}" in client.get(CALENDAR).text


@pytest.mark.parametrize("year", ["1994", "2101", "-1", "99999999999"])
def test_years_without_a_calendar(client: PageClient, admin: None, year: str) -> None:
    assert client.get(CALENDAR, query_string={"year": year}).status_code == 404
    assert send(client, CALENDAR, {"year": year}, to=f"{CALENDAR}nap").status_code == 404


@pytest.mark.parametrize("day", ["2026-13-01", "hom-qua", "20260705x"])
def test_days_that_are_none(client: PageClient, admin: None, day: str) -> None:
    assert send(client, CALENDAR, to=f"{CALENDAR}{day}/bo").status_code == 404


def test_others_see_no_buttons(client: PageClient, session: Session) -> None:
    sign_in_as(client, session, Role.FRONT, make_area(session))
    page = client.get(CALENDAR).text
    assert "Nạp lịch" not in page and "Thêm ngày" not in page
