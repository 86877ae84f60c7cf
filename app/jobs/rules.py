"""When failed work is tried again, and what may be kept of its fault."""

from datetime import timedelta

from app.core.errors import Refusal
from app.lib.i18n import N_

MAX_ATTEMPTS = 5
# How long a worker holds a job before another may take it up; every sign of progress begins the time anew.
HOLD = timedelta(minutes=5)
_PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))

UNEXPECTED = N_("Việc này gặp lỗi ngoài dự kiến. Nhật ký của máy chủ ghi lỗi ở đâu.")
BROKEN_OFF = N_("Máy chủ dừng giữa chừng nhiều lần khi làm việc này.")
UNKNOWN = N_("Không có phần nào của phần mềm làm loại việc này.")


def pause(attempts: int) -> timedelta:
    """How long to wait after the given number of failed attempts (from 1)."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1]


def may_try_again(attempts: int) -> bool:
    """Whether work that failed so many times is tried once more."""
    return attempts < MAX_ATTEMPTS


def sentence(fault: Exception) -> str:
    """What is kept of a fault: a sentence without content, since words of a fault may repeat what people wrote.

    Of a refusal the sentence stays with its numbers; every other value in it becomes an ellipsis.
    """
    if not isinstance(fault, Refusal):
        return UNEXPECTED
    if not fault.params:
        return fault.message[:500]
    kept = {name: value if isinstance(value, int | float) else "…" for name, value in fault.params.items()}
    return (fault.message % kept)[:500]
