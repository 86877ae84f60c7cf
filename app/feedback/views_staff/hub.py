"""What the page of a centre leads to: pages of this slice and of others, each for whoever holds its right."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _

from app.feedback.models import ServiceCenter
from app.lib.i18n import N_
from app.web import current


@dataclass(frozen=True)
class Link:
    """A page about one centre; ``endpoint`` takes ``center_id``, or, where not ``own``, lists every centre's."""

    label: str
    hint: str
    endpoint: str
    permission: str
    own: bool = True


VIEW, NUMBERS, ROSTER = "feedback:point:view", "feedback:numbers:view", "feedback:roster:edit"
LINKS = (
    Link(
        N_("Mã đánh giá và bản in"),
        N_("Cấp, in, thay, thu hồi mã; xem số lượt quét"),
        "feedback_points_staff.points",
        VIEW,
    ),
    Link(
        N_("Kiểm tra mã dán tại quầy"),
        N_("Mỗi tuần một lần"),
        "feedback_points_staff.checks",
        "feedback:check:record",
    ),
    Link(
        N_("Số liệu hài lòng"), N_("Tỷ lệ hài lòng, lý do, xu hướng, tải về"), "feedback_numbers_staff.center", NUMBERS
    ),
    Link(N_("Khảo sát năm"), N_("Kết quả phiếu 19 câu và phiếu 6 câu hỏi"), "feedback_survey_staff.index", NUMBERS),
    Link(N_("Báo cáo quý"), N_("Chín chỉ số, tự chấm và thẩm định"), "feedback_reports_staff.index", NUMBERS),
    Link(
        N_("Việc đã làm theo góp ý"), N_("Viết lên bảng công khai cho người dân"), "feedback_board_staff.index", NUMBERS
    ),
    Link(
        N_("Phản ánh tại quầy"),
        N_("Người dân chờ trả lời"),
        "feedback_cases_staff.cases",
        "feedback:case:view",
        own=False,
    ),
    Link(
        N_("Đánh giá cần xem xét"),
        N_("Lượt đánh giá có dấu hiệu bất thường"),
        "feedback_review_staff.signs",
        "feedback:flag:view",
        own=False,
    ),
    Link(
        N_("Công chức tại quầy"),
        N_("Danh sách, tài khoản, người đã thôi làm việc"),
        "feedback_roster_staff.officers",
        ROSTER,
    ),
    Link(N_("Lịch trực"), N_("Xem theo tuần, nhập từ tệp Excel"), "feedback_roster_staff.week", ROSTER),
    Link(N_("Hồ sơ đã trả"), N_("Số hồ sơ theo ngày, nhập từ tệp Excel"), "feedback_returned_staff.days", NUMBERS),
    Link(
        N_("Màn hình, máy tính bảng"),
        N_("Mã thay mỗi phút, máy để bấm tại quầy"),
        "feedback_trust_staff.displays",
        VIEW,
    ),
    Link(
        N_("Mã hồ sơ"),
        N_("Mã in trên giấy hẹn, khóa kết nối phần mềm một cửa"),
        "feedback_minting_staff.codes",
        "feedback:code:mint",
    ),
)


def links(center: ServiceCenter) -> list[dict[str, object]]:
    """The links that exist and that the asker may follow, as cards."""
    actor, known = current.actor(), current_app.view_functions
    return [
        {
            "title": _(link.label),
            "lines": [_(link.hint)],
            "href": url_for(link.endpoint, center_id=center.id) if link.own else url_for(link.endpoint),
        }
        for link in LINKS
        if link.endpoint in known and actor.may(link.permission, center.path)
    ]
