"""Periods of publication (Law Đ11–14) as dated data, and what follows from them for one posting.

The first day is not counted (Civil Code Đ147.2): what is posted on the 1st has been posted 30 days on the 31st.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.lib.calendar import CalendarTable, add_working_days
from app.lib.citations import HOUSE, Citation, law
from app.lib.i18n import N_
from app.publication.rules.heads import AREA_HEAD, BOARD, LOUDSPEAKER, head

_IN_FORCE = date(2023, 7, 1)
_WHOLE = law(11, until=14)


@dataclass(frozen=True)
class Limit:
    """A number of days with the place it comes from; ``citation`` as text where the service itself sets it."""

    key: str
    days: int
    words: str
    citation: Citation | str
    valid_from: date = _IN_FORCE
    valid_to: date | None = None


PUBLISH_WITHIN = Limit("publish_information", 5, N_("Công khai chậm nhất, tính bằng ngày làm việc"), _WHOLE)
POSTED_AT_LEAST = Limit("posting", 30, N_("Niêm yết liên tục ít nhất"), _WHOLE)
LOUDSPEAKER_AT_LEAST = Limit("loudspeaker", 3, N_("Phát trên hệ thống truyền thanh ít nhất"), law(13, 3))
# Time to prolong or to take the sheet off the board.
REMIND_BEFORE = Limit("remind", 3, N_("Nhắc trước khi hết hạn niêm yết"), HOUSE)
# A posting that nobody would live to see ended is a slip of the finger.
POSTED_AT_MOST = Limit("longest", 3660, N_("Niêm yết có thời hạn nhiều nhất"), HOUSE)
LIMITS = (PUBLISH_WITHIN, POSTED_AT_LEAST, LOUDSPEAKER_AT_LEAST, REMIND_BEFORE, POSTED_AT_MOST)


@dataclass(frozen=True)
class Span:
    """One way in which something was made public, from one day to another; None while it still is."""

    form: str
    began_on: date
    ended_on: date | None = None

    def days(self, today: date) -> int:
        """Days on which it was to be seen or heard, first and last included."""
        return ((self.ended_on or max(today, self.began_on)) - self.began_on).days + 1


def days_posted(since: date, until: date) -> int:
    """How many whole days a posting lasts, its first one not counted."""
    return (until - since).days


def shortest_until(since: date) -> date:
    """The earliest day on which something posted for a time may be taken down."""
    return since + timedelta(days=POSTED_AT_LEAST.days)


def publish_by(signed_on: date, days: CalendarTable) -> date:
    """The last day for making a document public, counted from the day it was signed."""
    return add_working_days(signed_on, PUBLISH_WITHIN.days, days)


def is_late(signed_on: date | None, since: date | None, days: CalendarTable) -> bool:
    """Whether a document was made public after its last day; unknown days make nobody late."""
    return signed_on is not None and since is not None and since > publish_by(signed_on, days)


def remind_on(until: date) -> date:
    """The day on which staff are told that a posting is about to end."""
    return until - timedelta(days=REMIND_BEFORE.days)


def missing_forms(number: int, spans: Iterable[Span], today: date) -> list[str]:
    """Forms the law asks of a head that are not recorded.

    The board for all; for some the loudspeaker for three days, and the heads of areas, who tell people (Law Đ13.3, 4).
    """
    known = list(spans)
    wanted = [BOARD, LOUDSPEAKER, AREA_HEAD] if head(number).on_loudspeaker else [BOARD]
    least = {LOUDSPEAKER: LOUDSPEAKER_AT_LEAST.days}
    return [
        form for form in wanted if not any(one.form == form and one.days(today) >= least.get(form, 0) for one in known)
    ]
