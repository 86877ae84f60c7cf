"""What the record calls the acts of the moderation queue."""

from app.lib.i18n import N_
from app.moderation.rules import reasons

ACTIONS = {
    "moderation.item.appeal": N_("Đề nghị xem lại quyết định kiểm duyệt"),
    "moderation.item.approve": N_("Duyệt nội dung của người dân"),
    "moderation.item.claim": N_("Nhận xử lý nội dung của người dân"),
    "moderation.item.dismiss": N_("Xem lại và giữ nguyên quyết định kiểm duyệt"),
    "moderation.item.escalate": N_("Chuyển nội dung cho công chức cấp xã quyết định"),
    "moderation.item.redact": N_("Che thông tin trong nội dung của người dân"),
    "moderation.item.refer": N_("Chuyển nội dung đến cơ quan có thẩm quyền"),
    "moderation.item.reject": N_("Từ chối đăng nội dung của người dân"),
    "moderation.item.release": N_("Thôi giữ nội dung của người dân"),
    "moderation.item.reopen": N_("Đưa nội dung bị báo cáo trở lại hàng chờ"),
    "moderation.item.report": N_("Báo cáo vi phạm một nội dung"),
    "moderation.item.seal": N_("Chuyển nội dung của người dân vào hộp kín"),
    "moderation.item.undo": N_("Hoàn tác quyết định kiểm duyệt"),
    "moderation.item.uphold": N_("Xem lại và cho đăng nội dung của người dân"),
    "moderation.word.add": N_("Thêm từ cần chú ý khi kiểm duyệt"),
    "moderation.word.remove": N_("Bỏ từ cần chú ý khi kiểm duyệt"),
}
DETAILS = {
    "content_kind": N_("Loại nội dung"),
    "reason_key": N_("Lý do"),
    "word": N_("Từ"),
}
SUBJECTS = {
    "abuse_word": N_("từ cần chú ý"),
    "moderation_item": N_("nội dung kiểm duyệt"),
}
VALUES = {
    "reason_key": {key: one.label for key, one in (reasons.REJECT | reasons.REFER).items()},
    "content_kind": {"comment": N_("góp ý")},
}
