"""What the rules are called and what their findings say, to leaders, officers and reviewers alike."""

from typing import Any, NamedTuple

from app.feedback.rules.signs.parameters import Parameters
from app.lib.i18n import N_


class RuleWords(NamedTuple):
    """The name of a rule, what it looks for, and what else may lie behind its sign: a number blames nobody."""

    name: str
    looks: str
    innocent: str


RULES: dict[str, RuleWords] = {
    "R1": RuleWords(
        N_("Một máy gửi nhiều lần"),
        N_(
            "Cùng một máy đánh giá một điểm từ 2 lần trong %(pair)s phút, hoặc từ %(many)s lần trong %(window)s ngày."
            " Bằng mã hồ sơ thì từ %(many)s lần trong %(window)s ngày, tại mọi điểm."
        ),
        N_("Người nhà dùng chung điện thoại, người đi nộp giúp nhiều hồ sơ cũng tạo ra dấu hiệu này."),
    ),
    "R2": RuleWords(
        N_("Đánh giá dồn dập tại một điểm"),
        N_(
            "Từ %(burst)s lượt đánh giá liền nhau tại một điểm, lượt này cách lượt trước chưa đến %(gap)s giây. Điểm"
            " đông thì cần nhiều hơn."
        ),
        N_("Một đoàn người cùng xong việc cũng tạo ra dấu hiệu này."),
    ),
    "R3": RuleWords(
        N_("Lượt đánh giá ngoài giờ làm việc"),
        N_(
            "Lượt đánh giá gửi ngoài giờ mở cửa quá %(grace)s phút, vào ngày nghỉ, hoặc ghi cho người đang nghỉ phép."
            " Lượt bằng mã hồ sơ không tính vào đây."
        ),
        N_("Quầy làm thêm giờ mà chưa ghi vào lịch cũng tạo ra dấu hiệu này."),
    ),
    "R4": RuleWords(
        N_("Số lượt đánh giá nhiều hơn số hồ sơ đã trả"),
        N_("Số lượt đánh giá trong ngày tại quầy nhiều hơn số hồ sơ quầy đã trả."),
        N_("Người đến nộp hồ sơ hoặc hỏi thủ tục cũng có thể đánh giá."),
    ),
    "R5": RuleWords(
        N_("Máy của cán bộ, công chức"),
        N_("Trình duyệt đã từng đăng nhập trang của cán bộ."),
        N_("Cán bộ đi làm thủ tục cho nhà mình cũng tạo ra dấu hiệu này."),
    ),
    "R6": RuleWords(
        N_("Nhiều lượt đánh giá từ một mạng ở ngoài trung tâm"),
        N_(
            "Từ %(network)s lượt đánh giá từ một mạng, không phải mạng của trung tâm. Dấu của mạng chỉ giữ một"
            " ngày, nên"
            " chỉ đếm được trong ngày."
        ),
        N_("Nhiều điện thoại dùng chung một mạng di động cũng tạo ra dấu hiệu này."),
    ),
    "R7": RuleWords(
        N_("Mức cao nhất nhiều bất thường"),
        N_(
            "Từ %(least)s lượt đánh giá, tỷ lệ mức cao nhất không kèm lý do cao hơn hẳn các điểm khác, ngẫu"
            " nhiên khó xảy ra."
        ),
        N_("Quầy phục vụ tốt hơn hẳn các quầy khác cũng tạo ra dấu hiệu này."),
    ),
    "R8": RuleWords(
        N_("Lượt đánh giá tăng vọt cuối quý"),
        N_("Trong %(end)s ngày cuối quý, số lượt đánh giá một ngày nhiều hơn %(times)s lần ngày thường."),
        N_("Đợt trả kết quả đông người cuối quý cũng tạo ra dấu hiệu này."),
    ),
    "R9": RuleWords(
        N_("Thời gian chọn giống hệt nhau hoặc quá nhanh"),
        N_(
            "Từ %(same)s lượt đánh giá một ngày tại một điểm được chọn nhanh dưới 1,5 giây, hoặc với thời gian gần như"
            " bằng nhau. Máy khác kiểu nhau thì cần nhiều hơn."
        ),
        N_("Người quen mã này chọn rất nhanh cũng tạo ra dấu hiệu này."),
    ),
    "R10": RuleWords(
        N_("Nhiều lượt đánh giá liền nhau từ một kiểu máy"),
        N_(
            "Từ %(run)s lượt đánh giá liền nhau tại một điểm từ cùng kiểu trình duyệt, cỡ màn hình và ngôn ngữ."
            " Kiểu máy"
            " phổ biến thì cần nhiều hơn."
        ),
        N_("Một kiểu điện thoại nhiều người dùng cũng tạo ra dấu hiệu này."),
    ),
    "R11": RuleWords(
        N_("Dồn lượt đánh giá rất không hài lòng"),
        N_(
            "Một máy hoặc một mạng ở ngoài gửi nhiều lượt đánh giá mức thấp nhất, hoặc từ %(copies)s lượt không hài"
            " lòng chép cùng một lời."
        ),
        N_("Nhiều người cùng bức xúc về một việc cũng tạo ra dấu hiệu này."),
    ),
    "R12": RuleWords(
        N_("Lượt đánh giá gần như biến mất"),
        N_("Số lượt đánh giá còn dưới %(gone)s %% so với ngày thường trong bốn tuần trước."),
        N_("Quầy tạm nghỉ mà chưa ghi vào lịch cũng tạo ra dấu hiệu này."),
    ),
}  # fmt: skip
WHOLE_DAYS = frozenset({"R4", "R7", "R8", "R12"})
"""Signs over a point and days: they hold back no rating by themselves."""

SENTENCES: dict[tuple[str, str], str] = {
    ("R1", "soon"): N_(
        "Một máy gửi %(count)s lượt đánh giá tại cùng một điểm trong %(minutes)s phút. Lượt đầu tiên vẫn được tính."
    ),
    ("R1", "often"): N_(
        "Một máy gửi %(count)s lượt đánh giá tại cùng một điểm trong %(days)s ngày. Lượt đầu tiên vẫn được tính."
    ),
    ("R1", "dossiers"): N_(
        "Một máy gửi %(count)s lượt đánh giá bằng mã hồ sơ trong %(days)s ngày. Lượt đầu tiên vẫn được tính."
    ),
    ("R2", "burst"): N_(
        "%(count)s lượt đánh giá tại một điểm trong %(seconds)s giây, lượt này cách lượt trước chưa đến 20 giây."
        " Với điểm đông như vậy, từ %(needed)s lượt liền nhau là bất thường."
    ),
    ("R3", "closed"): N_("%(count)s lượt đánh giá được gửi khi trung tâm đã đóng cửa hơn 30 phút hoặc chưa mở cửa."),
    ("R3", "day_off"): N_("%(count)s lượt đánh giá được gửi vào ngày trung tâm không làm việc."),
    ("R3", "leave"): N_("%(count)s lượt đánh giá ghi cho người đang nghỉ phép theo lịch trực."),
    ("R4", "counter"): N_("%(count)s lượt đánh giá trong ngày, trong khi quầy chỉ trả %(returned)s hồ sơ."),
    ("R4", "center"): N_("%(count)s lượt đánh giá trong ngày, trong khi cả trung tâm chỉ trả %(returned)s hồ sơ."),
    ("R5", "staff"): N_("%(count)s lượt đánh giá được gửi từ trình duyệt đã từng đăng nhập trang của cán bộ."),
    ("R6", "network"): N_(
        "%(count)s lượt đánh giá từ cùng một mạng, không phải mạng của trung tâm, trong lúc dấu của mạng còn"
        " được giữ (một"
        " ngày). Từ %(needed)s lượt là bất thường. Số máy: %(devices)s."
    ),
    ("R7", "fives"): N_(
        "%(count)s trong %(of)s lượt đánh giá (%(percent)s %%) ở mức cao nhất mà không chọn lý do, không"
        " viết gì. Ở các điểm"
        " khác của trung tâm là %(others_percent)s %%. Nếu chỉ do ngẫu nhiên, chuyện này xảy ra chưa đến một lần"
        " trong một nghìn."
    ),
    ("R8", "spike"): N_(
        "%(count)s lượt đánh giá trong một ngày cuối quý. Ngày thường điểm này nhận khoảng %(median)s lượt."
    ),
    ("R9", "quick"): N_(
        "%(count)s trong %(of)s lượt đánh giá trong ngày được chọn trong chưa đến 1,5 giây, không đủ thời gian đọc."
    ),
    ("R9", "same"): N_(
        "%(count)s lượt đánh giá trong ngày, từ cùng một kiểu máy, có thời gian chọn gần như bằng nhau"
        " (%(least_ms)s đến"
        " %(most_ms)s phần nghìn giây)."
    ),
    ("R9", "alike"): N_(
        "%(count)s trong %(of)s lượt đánh giá trong ngày có thời gian chọn gần như bằng nhau (%(least_ms)s đến"
        " %(most_ms)s phần nghìn giây). Chỉ do ngẫu nhiên thì rất hiếm."
    ),
    ("R10", "look"): N_(
        "%(count)s lượt đánh giá liền nhau tại một điểm từ cùng kiểu trình duyệt, cỡ màn hình và ngôn ngữ. Ở"
        " các lượt khác,"
        " kiểu máy này chiếm %(percent)s %%."
    ),
    ("R11", "device"): N_(
        "Một máy gửi %(count)s lượt đánh giá ở mức thấp nhất tại %(points)s điểm. Lượt đầu tiên vẫn được tính."
    ),
    ("R11", "network"): N_(
        "%(count)s lượt đánh giá ở mức thấp nhất từ cùng một mạng, không phải mạng của trung tâm. Số máy: %(devices)s."
    ),
    ("R11", "copied"): N_(
        "%(count)s lượt đánh giá không hài lòng có lời viết gần như giống hệt nhau. Lượt đầu tiên vẫn được tính."
    ),
    ("R12", "gone"): N_(
        "%(count)s lượt đánh giá trong %(days)s ngày làm việc. Bình thường mỗi ngày có khoảng %(median)s"
        " lượt. Có thể mã bị"
        " che hoặc bị gỡ."
    ),
}


def sentence_of(rule: str, why: dict[str, Any]) -> str:
    """The sentence, still to be translated, for the figures of a finding."""
    return SENTENCES[rule, str(why.get("how", ""))]


def figures_of(why: dict[str, Any]) -> dict[str, Any]:
    """The figures as a sentence takes them: whole numbers without a fraction of nothing."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in why.items()
        if isinstance(value, int | float)
    }  # fmt: skip


def thresholds(p: Parameters) -> dict[str, Any]:
    """The thresholds as the sentences of what rules look for take them."""
    return {
        "pair": int(p.device_pair.total_seconds()) // 60, "many": p.device_many, "window": p.window.days,
        "burst": p.burst_gaps + 1, "gap": int(p.burst_seconds), "grace": int(p.grace.total_seconds()) // 60,
        "network": p.network_many, "least": p.tail_least, "end": p.spike_days, "times": int(p.spike_times),
        "same": p.same_many, "run": p.look_run, "copies": p.copies, "gone": round(100 * p.gone_share),
    }  # fmt: skip
