"""Changing the calendar of days off."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.errors import Forbidden, NotFound, Refusal
from app.core.permissions import ANONYMOUS, SYSTEM, Actor, Role
from app.holidays import operations, queries
from app.lib.calendar import add_working_days
from tests.support.cast import make_actor, make_area, make_commune

SUNDAY, MONDAY = date(2026, 7, 5), date(2026, 7, 6)


@pytest.fixture
def admin(session: Session) -> Actor:
    return make_actor(session, Role.COMMUNE_ADMIN, make_commune(session))


def entries(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_a_year_is_loaded_and_deadlines_follow(session: Session, admin: Actor) -> None:
    plain = add_working_days(date(2026, 2, 13), 5, {})
    added = operations.load_year(session, admin, 2026)
    assert added == len(queries.days_of(session, 2026)) > 10
    assert add_working_days(date(2026, 2, 13), 5, queries.calendar_table(session)) > plain
    [entry] = entries(session)
    assert (entry.action, entry.path, entry.detail["year"]) == ("holidays.year.load", "", 2026)


def test_loading_again_keeps_what_was_corrected_by_hand(session: Session, admin: Actor) -> None:
    operations.set_day(session, admin, date(2026, 1, 1), kind="off", name="Tết Dương lịch, sửa tay")
    operations.load_year(session, admin, 2026)
    assert operations.load_year(session, admin, 2026) == 0
    row = queries.by_day(session, date(2026, 1, 1))
    assert row is not None and row.name == "Tết Dương lịch, sửa tay"
    assert queries.days_of(session, 2025) == []


@pytest.mark.parametrize("year", [1900, 1994, 2101, 99999])
def test_years_nothing_is_known_about(session: Session, admin: Actor, year: int) -> None:
    with pytest.raises(Refusal, match="Chưa có lịch nghỉ"):
        operations.load_year(session, admin, year)


def test_a_day_is_set_changed_and_removed(session: Session, admin: Actor) -> None:
    operations.set_day(session, admin, SUNDAY, kind="working", name="  Làm bù  ngày 02/9 ")
    assert queries.calendar_table(session) == {SUNDAY: "working"}
    operations.set_day(session, admin, SUNDAY, kind="off", name="Nghỉ")
    assert queries.calendar_table(session) == {SUNDAY: "off"}
    operations.remove_day(session, admin, SUNDAY)
    assert queries.calendar_table(session) == {}
    first, second, third = entries(session)
    assert first.detail["name"] == "Làm bù ngày 02/9"
    assert second.detail["before"] == {"kind": "working", "name": "Làm bù ngày 02/9"}
    assert third.action == "holidays.day.remove"
    with pytest.raises(NotFound):
        operations.remove_day(session, admin, SUNDAY)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "holiday"}, "kind"),
        ({"kind": "working", "day": MONDAY}, "kind"),
    ],
)
def test_what_makes_no_sense(session: Session, admin: Actor, values: dict[str, Any], field: str) -> None:
    asked: dict[str, Any] = {"day": SUNDAY, "kind": "off", "name": "Nghỉ"} | values
    with pytest.raises(Refusal) as refused:
        operations.set_day(session, admin, asked.pop("day"), **asked)
    assert refused.value.field == field
    assert entries(session) == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN)] + [None]
)
def test_others_only_look(session: Session, role: Role | None) -> None:
    by = make_actor(session, role, make_area(session)) if role else ANONYMOUS
    with pytest.raises(Forbidden):
        operations.load_year(session, by, 2026)
    with pytest.raises(Forbidden):
        operations.set_day(session, by, SUNDAY, kind="off", name="Nghỉ")
    with pytest.raises(Forbidden):
        operations.remove_day(session, by, SUNDAY)


def test_the_console_may(session: Session) -> None:
    operations.set_day(session, SYSTEM, SUNDAY, kind="off", name="Nghỉ")
    assert entries(session)[0].account_id is None
