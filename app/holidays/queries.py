"""Questions about days off and days worked in exchange."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.remembered import Remembered
from app.holidays.models import CalendarDay
from app.lib.calendar import CalendarTable


def calendar_table(session: Session) -> CalendarTable:
    """Every day that differs from the plain week, as ``app.lib.calendar`` reads it."""
    return dict(session.execute(select(CalendarDay.day, CalendarDay.kind)).all())


CALENDAR: Remembered[str, CalendarTable] = Remembered(lambda session, _all: calendar_table(session))


def calendar_lately(session: Session) -> CalendarTable:
    """The same, some seconds old at most: for deadlines that are reckoned many times a second."""
    return CALENDAR.of(session, "")


def days_of(session: Session, year: int) -> Sequence[CalendarDay]:
    """The days of a year that differ from the plain week, in order."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return session.scalars(query.order_by(CalendarDay.day)).all()


def by_day(session: Session, day: date) -> CalendarDay | None:
    return session.scalar(select(CalendarDay).where(CalendarDay.day == day))
