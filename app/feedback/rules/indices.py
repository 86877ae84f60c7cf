"""The nine indices of NĐ 61/2018/NĐ-CP, still the scale of reports: 0, 1 or 2 points each, 18 in all."""

from dataclasses import dataclass

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


def time_kept(early: int, on_time: int, late: int) -> tuple[int, int, int] | None:
    """Dossiers early, on time and late as whole hundredths cut down; None where none is known."""
    whole = early + on_time + late
    return (early * 100 // whole, on_time * 100 // whole, late * 100 // whole) if whole else None
