"""The only source of the present moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment of this process, aware, in UTC.

    Opening and closing of a poll are never decided with it: there the database's clock speaks.
    """
    return datetime.now(UTC)


def today() -> date:
    """The present day in Vietnam."""
    return now().astimezone(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """The same moment in Vietnamese time."""
    return moment.astimezone(VIETNAM)
