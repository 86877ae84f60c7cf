"""The service clock: how long a resident waits for a decision, in working days of the holiday calendar."""

from datetime import datetime, time
from enum import StrEnum

from app.lib.calendar import VIETNAM, CalendarTable, add_working_days, local_day

END_OF_DAY = time(23, 59, 59)
WORKING_DAYS = 2
"""What the service promises unless a commune promises otherwise; no law sets it."""


class Clock(StrEnum):
    """How a waiting text stands: in time, to be decided today, or late."""

    IN_TIME = "in_time"
    TODAY = "today"
    LATE = "late"


def due(submitted: datetime, days: CalendarTable, working_days: int = WORKING_DAYS) -> datetime:
    """The last second of the last working day (Civil Code Đ147.2, Đ148.5); the day of sending is not counted.

    Raises ``ValueError`` for a moment without time zone or a negative number.
    """
    return datetime.combine(add_working_days(local_day(submitted), working_days, days), END_OF_DAY, VIETNAM)


def stand(due_at: datetime, now: datetime) -> Clock:
    """How a text that is due at that moment stands now."""
    if now > due_at:
        return Clock.LATE
    return Clock.TODAY if local_day(now) == local_day(due_at) else Clock.IN_TIME
