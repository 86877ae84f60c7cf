"""Changing the calendar of days off: it moves every deadline in working days, in all places at once."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.errors import Forbidden, NotFound, Refusal
from app.core.permissions import SYSTEM, Actor
from app.holidays import queries, rules
from app.holidays.models import CalendarDay
from app.lib.calendar import OFF, WORKING, is_working_day
from app.lib.i18n import N_
from app.lib.text import squeeze, tidy

PERMISSION = "holidays:day:edit"
# The calendar belongs to no single place: what happens to it is recorded above all of them.
EVERYWHERE = ""


def load_year(session: Session, by: Actor, year: int) -> int:
    """Add the official days of a year; returns how many were added.

    Days already in the calendar stay as they are: somebody may have corrected them by hand. Raises ``Refusal`` for a
    year nothing is known about.
    """
    _must_edit(by)
    try:
        official = rules.official_days(year)
    except ValueError:
        raise Refusal(N_("Chưa có lịch nghỉ chính thức cho năm này."), field="year") from None
    present = {row.day for row in queries.days_of(session, year)}
    added = [found for found in official if found.day not in present]
    session.add_all(CalendarDay(day=found.day, kind=found.kind, name=found.name) for found in added)
    _flush(session)
    record(
        session,
        by,
        "holidays.year.load",
        subject=("calendar_year", year),
        path=EVERYWHERE,
        year=year,
        days=[found.day for found in added],
    )
    return len(added)


def set_day(session: Session, by: Actor, day: date, *, kind: str, name: str) -> CalendarDay:
    """Say that a day is off, or is worked in exchange; replaces what the calendar said of it.

    Raises ``Refusal`` for an unnamed day and for a working day that is one anyway.
    """
    _must_edit(by)
    title = squeeze(tidy(name))
    if not title:
        raise Refusal(N_("Ghi tên ngày nghỉ hoặc lý do."), field="name")
    if len(title) > 200:
        raise Refusal(N_("Tên ngày nghỉ tối đa 200 ký tự."), field="name")
    if kind not in (OFF, WORKING):
        raise Refusal(N_("Chọn nghỉ hoặc làm việc bù."), field="kind")
    if kind == WORKING and is_working_day(day, {}):
        raise Refusal(N_("Ngày này vốn là ngày làm việc, không cần ghi là làm bù."), field="kind")
    row = queries.by_day(session, day)
    before = {"kind": row.kind, "name": row.name} if row else None
    if row is None:
        row = CalendarDay(day=day)
        session.add(row)
    row.kind, row.name = kind, title
    _flush(session)
    record(
        session,
        by,
        "holidays.day.set",
        subject=("calendar_day", day.isoformat()),
        path=EVERYWHERE,
        day=day,
        kind=kind,
        name=title,
        before=before,
    )
    return row


def remove_day(session: Session, by: Actor, day: date) -> None:
    """The day follows the plain week again; raises ``NotFound`` when it already does."""
    _must_edit(by)
    row = queries.by_day(session, day)
    if row is None:
        raise NotFound(N_("Ngày này không có trong lịch nghỉ."))
    session.delete(row)
    _flush(session)
    record(
        session,
        by,
        "holidays.day.remove",
        subject=("calendar_day", day.isoformat()),
        path=EVERYWHERE,
        day=day,
        kind=row.kind,
        name=row.name,
    )


def _must_edit(by: Actor) -> None:
    if by != SYSTEM and not by.holds_anywhere(PERMISSION):
        raise Forbidden(N_("Ông/Bà không có quyền sửa lịch nghỉ."))


def _flush(session: Session) -> None:
    queries.CALENDAR.forget()
    try:
        session.flush()
    except IntegrityError:
        raise Refusal(N_("Người khác vừa sửa ngày này. Mời Ông/Bà tải lại trang."), field="day") from None
