"""Periods of the law (Law, NĐ59, NĐ61) as dated data, and the day each ends on.

The first day is not counted (Civil Code Đ147.2) and the last counts whole. A period in plain days that ends on a day
off is not moved to the next working day: the earlier reading never makes anybody late.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.lib.calendar import CalendarTable, add_months, add_working_days
from app.lib.citations import Citation, decree59, decree61, law
from app.lib.i18n import N_
from app.polls.errors import UnknownMatter
from app.publication.rules.periods import LOUDSPEAKER_AT_LEAST, POSTED_AT_LEAST, PUBLISH_WITHIN

AFTER, BEFORE, AT_LEAST, UNTIL = DIRECTIONS = ("after", "before", "at_least", "until")
DAYS, WORKING_DAYS, MONTHS = UNITS = ("days", "working_days", "months")


@dataclass(frozen=True)
class Period:
    """``after``: to be done at the latest so long after an event; ``before``: at the latest so long before it;
    ``at_least``: has to last so long from the event on; ``until``: holds so long and no longer."""

    kind: str
    amount: int
    unit: str
    direction: str
    words: str
    citation: Citation
    valid_from: date = date(2023, 7, 1)
    valid_to: date | None = None


_DECREES = date(2023, 8, 14)
_CODES = date(2023, 8, 16)
PERIODS: tuple[Period, ...] = (
    Period("meeting_notice", 2, DAYS, BEFORE, N_("Mời họp"), decree59(3, 3), _DECREES),
    Period("meeting_documents", 2, DAYS, BEFORE, N_("Gửi tài liệu họp đến từng hộ"), decree59(3, 3), _DECREES),
    Period("ballot_notice", 2, DAYS, BEFORE, N_("Công khai việc phát phiếu"), law(19, 2)),
    Period("ballot_plan", 2, DAYS, AFTER, N_("Gửi kế hoạch phát phiếu"), decree59(4), _DECREES),
    Period("send_decision", 5, WORKING_DAYS, AFTER, N_("Gửi quyết định của cộng đồng dân cư"), law(20)),
    Period("report_online_result", 5, WORKING_DAYS, AFTER, N_("Báo cáo kết quả trực tuyến"), decree59(5), _DECREES),
    Period("recognise", 5, WORKING_DAYS, AFTER, N_("Công nhận hoặc từ chối bằng văn bản"), law(21, 2)),
    Period(
        "publish_information", PUBLISH_WITHIN.days, WORKING_DAYS, AFTER, N_("Công khai thông tin"), law(11, until=14)
    ),
    Period("posting", POSTED_AT_LEAST.days, DAYS, AT_LEAST, N_("Niêm yết liên tục"), law(11, until=14)),
    Period("loudspeaker", LOUDSPEAKER_AT_LEAST.days, DAYS, AT_LEAST, N_("Phát trên hệ thống truyền thanh"), law(13, 3)),
    Period("election_decision", 20, DAYS, BEFORE, N_("Ra quyết định bầu cử"), decree59(6, until=8), _DECREES),
    Period("election_candidates", 15, DAYS, BEFORE, N_("Lập danh sách người ứng cử"), decree59(6, until=8), _DECREES),
    Period("election_team", 10, DAYS, BEFORE, N_("Lập Tổ bầu cử"), decree59(6, until=8), _DECREES),
    Period("election_notice", 7, DAYS, BEFORE, N_("Thông báo việc bầu cử"), decree59(6, until=8), _DECREES),
    Period("new_election", 60, DAYS, AFTER, N_("Bầu người thay"), decree59(6, until=8), _DECREES),
    Period("code_draft_posting", 30, DAYS, AT_LEAST, N_("Niêm yết dự thảo hương ước, quy ước"), decree61(), _CODES),
    Period("code_dossier", 5, WORKING_DAYS, AFTER, N_("Gửi hồ sơ hương ước, quy ước"), decree61(), _CODES),
    Period("code_recognised", 2, WORKING_DAYS, AFTER, N_("Gửi hương ước được công nhận"), decree61(), _CODES),
    Period("consent_life", 3, MONTHS, UNTIL, N_("Giá trị của ý kiến đồng ý với sáng kiến"), law(16, 3)),
    Period("consultation", 20, DAYS, AT_LEAST, N_("Lấy ý kiến Nhân dân"), law(25, until=29)),
    Period("dialogue_notice", 7, DAYS, BEFORE, N_("Thông báo đối thoại"), law()),
    Period("dialogue_result", 10, DAYS, AFTER, N_("Thông báo kết quả đối thoại"), law()),
    Period("answer_boards", 15, DAYS, AFTER, N_("Trả lời Ban Thanh tra nhân dân"), law()),
)


@dataclass(frozen=True)
class YearlyDay:
    """What is due once a year, at the latest on a day of it."""

    kind: str
    month: int
    day: int
    words: str
    citation: Citation


YEARLY: tuple[YearlyDay, ...] = (
    YearlyDay("code_review", 11, 18, N_("Rà soát hương ước, quy ước"), decree61()),
    # "Before 30 November": the 29th is the last day.
    YearlyDay("code_report", 11, 29, N_("Báo cáo về hương ước, quy ước"), decree61()),
    YearlyDay("conference", 12, 31, N_("Hội nghị định kỳ của cộng đồng dân cư"), law()),
    YearlyDay("dialogue", 12, 31, N_("Đối thoại với Nhân dân"), law()),
)


def yearly(kind: str, year: int) -> date:
    """The last day of the year on which a yearly duty is still done in time. Raises ``UnknownMatter``."""
    for rule in YEARLY:
        if rule.kind == kind:
            return date(year, rule.month, rule.day)
    raise UnknownMatter(N_("Không có việc hằng năm “%(kind)s”."), kind=kind)


def quarter_end(day: date) -> date:
    """The last day of the quarter: by then the list of what was published is made (Law Đ11–14)."""
    return add_months(date(day.year, 1, 1), (day.month + 2) // 3 * 3) - timedelta(days=1)


def period(kind: str, on: date | None = None) -> Period:
    """The period of a kind in force on a day, or the latest one. Raises ``UnknownMatter``."""
    found = [p for p in PERIODS if p.kind == kind]
    if on is not None:
        found = [p for p in found if p.valid_from <= on and (p.valid_to is None or on < p.valid_to)]
    if not found:
        raise UnknownMatter(N_("Không có thời hạn “%(kind)s” vào ngày này."), kind=kind)
    return max(found, key=lambda p: p.valid_from)


def due(kind: str, event: date, days: CalendarTable) -> date:
    """The last day to act (``after``, ``before``), the last day it holds (``until``), or the first day on which
    enough has lasted (``at_least``).

    ``event`` is a Vietnamese day. Raises ``UnknownMatter`` for a kind not in force on that day.
    """
    rule = period(kind, event)
    if rule.unit == WORKING_DAYS:
        return add_working_days(event, rule.amount, days)
    if rule.unit == MONTHS:
        return add_months(event, rule.amount)
    return event + timedelta(days=-rule.amount if rule.direction == BEFORE else rule.amount)
