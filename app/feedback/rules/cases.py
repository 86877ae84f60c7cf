"""How a case goes: its days, its states, who takes the next step. Days are promises of the house, not of a law."""

from datetime import datetime

from app.lib.calendar import CalendarTable
from app.lib.codes import behind, grouped
from app.lib.i18n import N_
from app.moderation.rules.clock import due

# What the moderation queue calls words left with a rating.
KIND = "rating_note"
CODE_PREFIX, CODE_LENGTH = "PA", 8
WORKING_DAYS = {"answer": 5, "answer_again": 5, "reopen": 15}
"""Working days after the day itself: to answer, to answer once more, and for the person to come back."""
MOST_TEXT, SHORTEST_ANSWER, SHORTEST_REASON = 1000, 20, 10
MOST_ANSWER = 4000

NEW, ASSIGNED, ANSWERED, REOPENED, CLOSED = "new", "assigned", "answered", "reopened", "closed"
STATUS_NAMES = {
    NEW: N_("Mới"),
    ASSIGNED: N_("Đang xử lý"),
    ANSWERED: N_("Đã trả lời"),
    REOPENED: N_("Người dân chưa đồng ý"),
    CLOSED: N_("Đã kết thúc"),
}
PERSON_STATUS = STATUS_NAMES | {NEW: N_("Đã nhận"), REOPENED: N_("Ông/Bà đã hỏi lại")}
"""The same for the person, who reads it of themself."""

STATUS_KINDS = {NEW: "warn", ASSIGNED: "info", ANSWERED: "good", REOPENED: "bad", CLOSED: ""}
WAITING = (NEW, ASSIGNED, REOPENED)
"""States in which the person waits for an answer."""
VERBS = {
    "open": N_("Nhận phản ánh"),
    "assign": N_("Giao xử lý"),
    "draft": N_("Soạn trả lời"),
    "answer": N_("Gửi trả lời"),
    "phone": N_("Mở xem số điện thoại"),
    "escalate": N_("Quá hạn, báo lãnh đạo"),
    "reopen": N_("Người dân đề nghị trả lời lại"),
    "satisfied": N_("Người dân hài lòng với trả lời"),
    "unsatisfied": N_("Người dân chưa hài lòng với trả lời"),
    "close": N_("Kết thúc"),
}


def deadline(what: str, moment: datetime, days: CalendarTable) -> datetime:
    """The last second of the last working day of a promise in ``WORKING_DAYS``."""
    return due(moment, days, WORKING_DAYS[what])


def is_late(status: str, due_at: datetime, now: datetime) -> bool:
    """Whether the person waits longer than was promised."""
    return status in WAITING and now > due_at


def may_reopen(status: str, answered_at: datetime | None, now: datetime, days: CalendarTable) -> bool:
    """Whether the person may still ask for another answer."""
    if status not in (ANSWERED, CLOSED) or answered_at is None:
        return False
    return now <= deadline("reopen", answered_at, days)


def shown_code(code: str) -> str:
    """The code as people keep it: "PA-7K3M-9QTR"."""
    return f"{CODE_PREFIX}-{grouped(code)}"


def typed_code(typed: str | None) -> str:
    """The code that was meant, with or without "PA" before it; empty where no code was."""
    return behind(CODE_PREFIX, typed or "", CODE_LENGTH)


def masked(phone: str) -> str:
    """A number of which only the end can be read: "•••• ••• 678"."""
    return f"•••• ••• {phone[-3:]}" if phone else ""
