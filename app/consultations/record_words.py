"""What the record calls the acts on consultations."""

from app.consultations.rules.answering import OUTCOME_NAMES
from app.consultations.rules.opening import AUDIENCE_NAMES, MODE_NAMES
from app.consultations.rules.saying import SOURCES
from app.lib.i18n import N_

ACTIONS = {
    "consultations.answer.approve": N_("Duyệt câu trả lời ý kiến góp ý"),
    "consultations.answer.assign": N_("Giao việc soạn trả lời ý kiến góp ý"),
    "consultations.answer.draft": N_("Soạn câu trả lời ý kiến góp ý"),
    "consultations.answer.reopen": N_("Gỡ duyệt câu trả lời ý kiến góp ý"),
    "consultations.answer.return": N_("Trả lại câu trả lời để soạn tiếp"),
    "consultations.answers.publish": N_("Công bố tiếp thu, giải trình"),
    "consultations.comment.enter": N_("Nhập ý kiến nhận bằng cách khác"),
    "consultations.consultation.adopt": N_("Đăng văn bản đã ban hành"),
    "consultations.consultation.areas": N_("Chọn thôn, tổ dân phố được lấy ý kiến"),
    "consultations.consultation.audience": N_("Chọn ai được góp ý"),
    "consultations.consultation.correct": N_("Đăng bản sửa của dự thảo"),
    "consultations.consultation.create": N_("Bắt đầu chuẩn bị lấy ý kiến về dự thảo"),
    "consultations.consultation.discard": N_("Bỏ dự thảo chưa đăng"),
    "consultations.consultation.extend": N_("Gia hạn lấy ý kiến"),
    "consultations.consultation.moderation": N_("Chọn cách kiểm duyệt ý kiến"),
    "consultations.consultation.open": N_("Đăng dự thảo lấy ý kiến"),
    "consultations.consultation.plan": N_("Ghi kế hoạch và người phụ trách lấy ý kiến"),
    "consultations.consultation.subject": N_("Sửa tên và tóm tắt dự thảo"),
    "consultations.consultation.times": N_("Chọn thời gian lấy ý kiến"),
    "consultations.consultation.withdraw": N_("Rút dự thảo đang lấy ý kiến"),
    "consultations.draft.discard": N_("Bỏ một bản dự thảo chưa đăng"),
    "consultations.draft.import": N_("Tải lên một bản dự thảo"),
    "consultations.draft.merge": N_("Gộp hai đoạn của dự thảo"),
    "consultations.draft.rename": N_("Đặt lại loại, số, tên một đoạn của dự thảo"),
    "consultations.draft.split": N_("Tách một đoạn của dự thảo"),
    "consultations.file.add": N_("Thêm tài liệu kèm dự thảo"),
    "consultations.file.remove": N_("Xóa tài liệu kèm dự thảo"),
    "consultations.group.accept": N_("Duyệt hoặc đặt tên nhóm ý kiến"),
    "consultations.group.dissolve": N_("Bỏ nhóm ý kiến"),
    "consultations.group.merge": N_("Gộp hai nhóm ý kiến"),
    "consultations.group.move": N_("Chuyển nhóm của một ý kiến"),
    "consultations.group.start": N_("Lập nhóm ý kiến"),
    "consultations.group.suggest": N_("Tìm các ý kiến giống nhau"),
}
DETAILS = {
    "adopted_number": N_("Số, ký hiệu văn bản"),
    "adopted_on": N_("Ngày ban hành"),
    "article": N_("Điều"),
    "answer_due_on": N_("Hạn tiếp thu, giải trình"),
    "areas": N_("Thôn, tổ dân phố"),
    "assigned_to": N_("Giao cho"),
    "audience": N_("Ai được góp ý"),
    "comment": N_("Ý kiến"),
    "council_sent_on": N_("Ngày gửi Hội đồng nhân dân"),
    "draft": N_("Bản số"),
    "due_on": N_("Hạn xong"),
    "front_sent_on": N_("Ngày gửi Ủy ban Mặt trận Tổ quốc"),
    "group": N_("Nhóm"),
    "invited": N_("Cơ quan, tổ chức được mời"),
    "moderation": N_("Cách kiểm duyệt"),
    "late_days": N_("Chậm (ngày)"),
    "late_rows": N_("Số mục quá hạn"),
    "merged": N_("Nhóm được gộp vào"),
    "opinions": N_("Số ý kiến"),
    "organiser": N_("Cơ quan lấy ý kiến"),
    "outcome": N_("Kết quả"),
    "people": N_("Số người"),
    "piece": N_("Đoạn"),
    "pieces": N_("Số đoạn"),
    "purpose": N_("Loại bản"),
    "responsible": N_("Người phụ trách"),
    "row": N_("Mục"),
    "source": N_("Nhận bằng cách"),
    "weight": N_("Số người cùng ý kiến"),
}
SUBJECTS = {"consultation": N_("lấy ý kiến dự thảo")}
LISTS = {"areas"}
VALUES = {
    "outcome": {key.value: name for key, name in OUTCOME_NAMES.items()},
    "purpose": {"draft": N_("Dự thảo"), "final": N_("Bản chính thức")},
    "audience": AUDIENCE_NAMES,
    "moderation": MODE_NAMES,
    "source": SOURCES,
    "kind": {"reading": N_("Tài liệu để đọc"), "plan": N_("Kế hoạch lấy ý kiến")},
}
# What messages to residents are about.
MESSAGES = {"consultation.answered": N_("Kết quả tiếp thu, giải trình")}
