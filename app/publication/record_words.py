"""Words in which the record speaks of publication."""

from app.lib.i18n import N_
from app.publication.rules.heads import FORMS

ACTIONS = {
    "publication.posting.create": N_("Soạn nội dung công khai"),
    "publication.posting.edit": N_("Sửa nội dung công khai"),
    "publication.posting.discard": N_("Bỏ nội dung đang soạn"),
    "publication.posting.post": N_("Đăng công khai"),
    "publication.posting.extend": N_("Gia hạn niêm yết"),
    "publication.posting.withdraw": N_("Rút nội dung đã đăng"),
    "publication.posting.remind": N_("Nhắc sắp hết hạn niêm yết"),
    "publication.file.add": N_("Thêm tệp của nội dung công khai"),
    "publication.file.remove": N_("Xóa tệp của nội dung công khai"),
    "publication.place.record": N_("Ghi nhận nơi công khai"),
    "publication.place.end": N_("Ghi nhận ngày thôi công khai"),
    "publication.plan.add": N_("Thêm dòng kế hoạch công khai"),
    "publication.plan.fulfil": N_("Ghi nhận đã làm theo kế hoạch"),
    "publication.plan.remove": N_("Bỏ dòng kế hoạch công khai"),
}
DETAILS = {
    "head": N_("Khoản của Điều 11"),
    "since": N_("Từ ngày"),
    "until": N_("Đến ngày"),
    "permanent": N_("Niêm yết thường xuyên"),
    "signed_on": N_("Ngày ký"),
    "way": N_("Hình thức công khai"),
    "photo": N_("Có ảnh"),
    "due_on": N_("Hạn"),
    "place": N_("Tại"),
}
SUBJECTS = {"posting": N_("nội dung công khai"), "planned_posting": N_("dòng kế hoạch công khai")}
VALUES = {"way": {form.key: form.name for form in FORMS.values()}}
