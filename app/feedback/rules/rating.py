"""What a rating may say: five levels, reasons for each side, and what is believed of what a browser tells."""

import re
from datetime import datetime, timedelta

from app.lib.i18n import N_

LEVELS = {
    5: N_("Rất hài lòng"),
    4: N_("Hài lòng"),
    3: N_("Bình thường"),
    2: N_("Không hài lòng"),
    1: N_("Rất không hài lòng"),
}
"""The scale of the Ministry of Home Affairs (QĐ 1001/QĐ-BNV), word for word; the best first, as it is shown."""

PROBLEMS = {
    "long_wait": N_("Chờ lâu"),
    "late_result": N_("Trả kết quả trễ hẹn"),
    "multiple_trips": N_("Phải đi lại nhiều lần"),
    "unclear_guidance": N_("Hướng dẫn chưa rõ"),
    "attitude": N_("Thái độ chưa đúng mực"),
    "extra_papers": N_("Yêu cầu thêm giấy tờ ngoài quy định"),
    "unofficial_payment": N_("Gợi ý chi tiền ngoài quy định"),
    "no_response": N_("Phản ánh chưa được trả lời"),
    "facilities": N_("Chỗ ngồi, trang thiết bị chưa tốt"),
    "online_problem": N_("Khó nộp hoặc thanh toán trực tuyến"),
}
PRAISE = {
    "polite": N_("Lịch sự, tôn trọng"),
    "clear": N_("Hướng dẫn dễ hiểu"),
    "fast": N_("Nhanh, đúng hẹn"),
    "dedicated": N_("Tận tình"),
    "clean": N_("Sạch sẽ, ngăn nắp"),
}
REASONS = PROBLEMS | PRAISE
UNOFFICIAL_PAYMENT = "unofficial_payment"

UNDO = timedelta(minutes=2)
WAITS = timedelta(days=7)
"""How long a rating may wait on a phone without network."""
ADD = timedelta(days=7)
"""How long something may be added to a rating: as long as a form may wait in a phone."""
PAGE = timedelta(days=7)
"""How long a page with five faces may be tapped. What was tapped in time may wait on the phone as long again."""
LONGEST_TEXT = 1000

SLIP = {
    "attitude": N_("Công chức có thái độ giao tiếp lịch sự, tôn trọng"),
    "guidance": N_("Công chức hướng dẫn hồ sơ dễ hiểu, đảm bảo hoàn thiện hồ sơ sau một lần hướng dẫn"),
    "on_time": N_("Thời hạn giải quyết đúng quy định, kết quả được trả đúng hẹn"),
    "posted": N_("Quy định thủ tục hành chính được niêm yết công khai, dễ thấy, dễ hiểu"),
}
"""The questions of the slip that are answered on the same scale, besides the overall one."""
TRIPS = "trips"
TRIP_COUNTS = {0: N_("Không lần nào"), 1: N_("1 lần"), 2: N_("2 lần trở lên")}

_FAMILIES = (
    ("zalo", re.compile(r"zalo", re.I)),
    ("samsung", re.compile(r"samsungbrowser", re.I)),
    ("coccoc", re.compile(r"coc_coc", re.I)),
    ("edge", re.compile(r"\bedg", re.I)),
    ("firefox", re.compile(r"firefox|fxios", re.I)),
    ("chrome", re.compile(r"chrome|crios", re.I)),
    ("safari", re.compile(r"safari", re.I)),
)
_SCREEN = re.compile(r"[0-9]{2,5}x[0-9]{2,5}(?:@[0-9.]{1,4})?")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
LONGEST_MS = 24 * 3600 * 1000


def reasons_for(level: int) -> dict[str, str]:
    """The reasons offered beside a level: trouble up to 3, praise from 4."""
    return PRAISE if level >= 4 else PROBLEMS


def made_at(claimed: datetime | None, shown: datetime, now: datetime) -> datetime:
    """When the person tapped: what the phone says, never before its page was shown nor after now.

    A rating that waited longer than a week is taken as made now.
    """
    if claimed is None or now - claimed > WAITS:
        return now
    return min(max(claimed, shown), now)


def may_add(age: timedelta, *, kiosk: bool) -> bool:
    """Whether something may still be added to a rating of that age. At a tablet the next person stands there soon."""
    return age <= (UNDO if kiosk else ADD)


def is_old(shown: datetime, made: datetime) -> bool:
    """Whether the page was tapped so long after it was shown that nobody may stand there any more."""
    return made - shown > PAGE


def family(user_agent: str) -> str:
    """The browser, and whether it runs on Android or iOS; nothing finer is kept."""
    name = next((name for name, sign in _FAMILIES if sign.search(user_agent)), "other")
    if "Android" in user_agent:
        return f"{name}-android"
    return f"{name}-ios" if "iPhone" in user_agent or "iPad" in user_agent else name


def screen(said: str) -> str:
    """The size of the screen as the browser says it ("360x740"); empty for anything else."""
    return said if len(said) <= 20 and _SCREEN.fullmatch(said) else ""


def locale(said: str) -> str:
    """The language of the browser ("vi-VN"); empty for anything else."""
    return said if len(said) <= 20 and _LOCALE.fullmatch(said) else ""


def milliseconds(said: str) -> int | None:
    """Milliseconds up to a day; None for anything else."""
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        return None
    return int(said) if int(said) <= LONGEST_MS else None


def level_of(said: str) -> int | None:
    """A level of 1–5; None for anything else."""
    return int(said) if said in {"1", "2", "3", "4", "5"} else None
