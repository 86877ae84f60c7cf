"""Words in which the record speaks of counters, ratings and cases."""

from app.lib.i18n import N_

ACTIONS = {
    "feedback.case.answer": N_("Gửi trả lời phản ánh tại quầy"),
    "feedback.case.assign": N_("Giao xử lý phản ánh tại quầy"),
    "feedback.case.close": N_("Kết thúc phản ánh tại quầy"),
    "feedback.case.draft": N_("Soạn trả lời phản ánh tại quầy"),
    "feedback.case.escalate": N_("Phản ánh quá hạn, báo lãnh đạo"),
    "feedback.case.phone": N_("Mở xem số điện thoại của người phản ánh"),
    "feedback.case.reopen": N_("Người dân đề nghị trả lời lại"),
    "feedback.case.satisfied": N_("Người dân hài lòng với trả lời"),
    "feedback.case.unsatisfied": N_("Người dân chưa hài lòng với trả lời"),
    "feedback.photo.delete": N_("Xóa ảnh gửi kèm đánh giá không được hiện"),
    "feedback.restricted.close": N_("Kết thúc tin báo trong hộp kín"),
    "feedback.restricted.open": N_("Mở xem tin báo trong hộp kín"),
    "feedback.restricted.photo": N_("Mở xem ảnh của tin báo trong hộp kín"),
    "feedback.restricted.refer": N_("Chuyển tin báo trong hộp kín đến cơ quan có thẩm quyền"),
    "feedback.alert.raise": N_("Cảnh báo: tỷ lệ hài lòng tại quầy giảm"),
    "feedback.alert.close": N_("Đóng cảnh báo về quầy"),
    "feedback.rating.export": N_("Tải danh sách lượt đánh giá"),
    "feedback.report.make": N_("Lập báo cáo quý của Bộ phận Một cửa"),
    "feedback.report.score": N_("Tự chấm điểm báo cáo quý"),
    "feedback.report.verify": N_("Thẩm định điểm báo cáo quý"),
    "feedback.board.post": N_("Đăng việc đã làm theo góp ý"),
    "feedback.board.withdraw": N_("Rút việc đã đăng"),
}
DETAILS = {
    "late": N_("Quá hạn"),
    "counter": N_("Quầy"),
    "quarter": N_("Quý"),
    "points": N_("Tổng điểm"),
    "file": N_("Loại tệp"),
}
SUBJECTS = {
    "feedback_case": N_("phản ánh tại quầy"),
    "rating_note": N_("góp ý khi đánh giá"),
    "restricted_report": N_("tin báo trong hộp kín"),
    "alert": N_("cảnh báo"),
    "center": N_("Trung tâm Phục vụ hành chính công"),
    "quarter_report": N_("báo cáo quý"),
    "board_note": N_("việc đã làm theo góp ý"),
}
VALUES: dict[str, dict[str, str]] = {}
