"""The nine indices of NĐ 61/2018/NĐ-CP, still the scale of reports: 0, 1 or 2 points each, 18 in all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.feedback.rules.rating import REASONS, SLIP, TRIP_COUNTS
from app.feedback.rules.shares import LEAST
from app.lib.calendar import format_number, format_percent
from app.lib.i18n import N_

MOST = 18
POINTS = (0, 1, 2)
# Where what is known about an index comes from.
DATA, OPINION, UNKNOWN = "data", "opinion", "unknown"
SOURCE_NAMES = {
    DATA: N_("từ số liệu"),
    OPINION: N_("từ ý kiến"),
    UNKNOWN: N_("chưa có số liệu"),
}


@dataclass(frozen=True)
class Index:
    """One index, and the reasons people choose that speak of it; ``slip``: questions of the slip that do."""

    name: str
    trouble: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    slip: tuple[str, ...] = ()


INDICES: dict[int, Index] = {
    1: Index(
        N_("Tổng thời gian giải quyết thủ tục hành chính so với quy định"), ("late_result",), ("fast",), ("on_time",)
    ),
    2: Index(N_("Thời gian thực hiện của từng cơ quan, đơn vị tham gia giải quyết")),
    3: Index(N_("Số lần phải liên hệ với nơi tiếp nhận để hoàn thiện hồ sơ"), ("multiple_trips",)),
    4: Index(N_("Số lượng cơ quan, đơn vị, tổ chức phải liên hệ để hoàn thiện hồ sơ")),
    5: Index(
        N_("Tổ chức tiếp nhận, giải quyết, trả kết quả tại Bộ phận Một cửa"), ("long_wait", "facilities"), ("clean",)
    ),
    6: Index(N_("Công khai các thủ tục hành chính"), ("extra_papers",), (), ("posted",)),
    7: Index(
        N_("Thái độ của cán bộ, công chức, viên chức khi hướng dẫn, tiếp nhận, giải quyết"),
        ("attitude", "unclear_guidance"),
        ("polite", "clear", "dedicated"),
        ("attitude", "guidance"),
    ),
    8: Index(N_("Tiếp thu, giải trình đối với ý kiến phản ánh, kiến nghị"), ("no_response",)),
    9: Index(N_("Tiến độ và chất lượng cung cấp dịch vụ công trực tuyến"), ("online_problem",)),
}
TRIPS_INDEX = 3
# From how many points on a grade is given, the highest first; a boundary belongs to the better grade.
GRADES: tuple[tuple[int, str], ...] = (
    (15, N_("Xuất sắc")),
    (12, N_("Tốt")),
    (9, N_("Khá")),
    (6, N_("Trung bình")),
    (0, N_("Yếu")),
)


def grade(points: int) -> str:
    """The grade of a total. Raises ``ValueError`` outside 0–18."""
    if not 0 <= points <= MOST:
        raise ValueError("a total lies between 0 and 18")
    return next(name for least, name in GRADES if points >= least)


def total(scores: list[int | None]) -> int | None:
    """The sum of the nine; None while one is missing."""
    return sum(one for one in scores if one is not None) if all(one is not None for one in scores) else None


@dataclass(frozen=True)
class Known:
    """What is known of a quarter: sums of dossiers and cases, how often a reason was chosen, answers of the slip.

    ``slip``: for each question how many answered and how many of them 4 or 5. ``trips``: how many people came no, one,
    two or more times again.
    """

    returned: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    once: int = 0
    ratings: int = 0
    cases: int = 0
    cases_late: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    slip: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    trips: Mapping[int, int] = field(default_factory=dict)


def told(number: int, known: Known) -> tuple[str, str]:
    """Where what is known of an index comes from, and what it is, as the report writes it."""
    data = {1: _time_kept, 3: _once, 8: _cases}.get(number, lambda _known: "")(known)
    opinion = " ".join(part for part in (_opinion(INDICES[number], known), _trips(number, known)) if part)
    if data:
        return DATA, " ".join(part for part in (data, opinion) if part)
    return (OPINION, opinion) if opinion else (UNKNOWN, "")


def _time_kept(known: Known) -> str:
    whole = known.early + known.on_time + known.late
    if not whole:
        return ""
    counted = (known.early, known.on_time, known.late)
    early, on_time, late = (f"{format_number(n)} ({format_percent(n, whole)})" for n in counted)
    return f"{format_number(whole)} hồ sơ đã trả: trước hạn {early}, đúng hạn {on_time}, quá hạn {late}."


def _once(known: Known) -> str:
    if not known.once or not known.returned:
        return ""
    share = format_percent(known.once, known.returned)
    return f"{format_number(known.once)} trên {format_number(known.returned)} hồ sơ ({share}) đủ ngay lần nộp đầu."


def _cases(known: Known) -> str:
    if not known.cases:
        return ""
    return f"{known.cases} phản ánh tại quầy cần trả lời, {known.cases_late} phản ánh quá hạn."


def _trips(number: int, known: Known) -> str:
    if number != TRIPS_INDEX or sum(known.trips.values()) < LEAST:
        return ""
    counted = ", ".join(f"{TRIP_COUNTS[times].lower()} {known.trips.get(times, 0)}" for times in TRIP_COUNTS)
    return f"Phiếu 6 câu hỏi, số lần phải đi lại: {counted} người."


def _opinion(index: Index, known: Known) -> str:
    parts = []
    chosen = [(REASONS[slug], known.reasons[slug]) for slug in index.trouble + index.praise if known.reasons.get(slug)]
    if chosen:
        listed = ", ".join(f"“{name}” {format_number(n)} lần" for name, n in chosen)
        parts.append(f"Trong {format_number(known.ratings)} lượt đánh giá, người dân chọn: {listed}.")
    for question in index.slip:
        n, satisfied = known.slip.get(question, (0, 0))
        if n >= LEAST:
            parts.append(f"Phiếu 6 câu hỏi, “{SLIP[question]}”: {satisfied} trên {n} người hài lòng.")
    return " ".join(parts)
