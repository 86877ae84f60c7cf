"""What must not reach the desk it speaks of: money asked for, and accusations of a person (Law Đ9.2, Đ34)."""

import re
from collections.abc import Iterable

from app.lib.i18n import N_
from app.moderation.rules.accusations import accusations
from app.moderation.rules.folding import Folded, fold
from app.moderation.rules.procedures import complaints, denunciations

UNOFFICIAL_PAYMENT, NAMED_ACCUSATION = "unofficial_payment", "named_accusation"
KIND_NAMES = {UNOFFICIAL_PAYMENT: N_("Gợi ý chi tiền ngoài quy định"), NAMED_ACCUSATION: N_("Quy kết một người")}
STATUS_NAMES = {
    "new": N_("Chưa mở"),
    "read": N_("Đã mở"),
    "referred": N_("Đã chuyển cơ quan có thẩm quyền"),
    "closed": N_("Đã kết thúc"),
}
PERSON_STATUS = {
    "new": N_("Đã nhận. Người có trách nhiệm sẽ mở xem."),
    "read": N_("Đã có người mở xem và đang xử lý."),
    "referred": N_("Đã chuyển đến cơ quan có thẩm quyền."),
    "closed": N_("Đã xử lý xong."),
}
VERBS = {
    "receive": N_("Nhận tin báo"),
    "hand_over": N_("Người kiểm duyệt chuyển vào hộp kín"),
    "open": N_("Mở xem"),
    "photo": N_("Xem ảnh"),
    "refer": N_("Chuyển cơ quan có thẩm quyền"),
    "close": N_("Kết thúc"),
    "destroy": N_("Hủy nội dung đã quá hạn lưu"),
}
STATUS_KINDS = {"new": "warn", "read": "info", "referred": "info", "closed": "good"}
COMPLAINT, DENUNCIATION = "complaint", "denunciation"
EXPLAINED = {
    COMPLAINT: N_("Khiếu nại một quyết định hoặc việc làm của cơ quan theo Luật Khiếu nại: phải gửi đơn riêng."),
    DENUNCIATION: N_("Tố cáo một người theo Luật Tố cáo: phải gửi đơn riêng; tên người tố cáo được giữ bí mật."),
}
_FOR_WHOM = r"(?:ngoai quy dinh|rieng|cho can bo|cho cong chuc|boi duong|tra nuoc|ca phe|uong nuoc|lot tay|cam on)"
_MONEY = re.compile(
    r"(?<!\w)(?P<before>(?:khong|chua|chang|ko|k)(?: \w+){0,3} )?"
    r"(?:boi tron|lot tay|voi tien|voi vinh|doi tien|an tien|hoi lo|dut lot|chung chi tien|chung tien"
    r"|nhung nhieu|sach nhieu"
    r"|(?:dua|nhan|doi|xin|can|kep|phai co)(?: \w+){0,2} phong bi"
    r"|goi y(?: \w+){0,4} (?:tien|boi duong|qua cap|lai qua)"
    rf"|(?:yeu cau|bat|doi|bao|ep|phai|dua|chi|nop|tra)(?: \w+){{0,4}} tien {_FOR_WHOM}"
    r"|(?:yeu cau|bat|doi|bao|ep|phai)(?: \w+){0,2} boi duong(?: cho)? (?:can bo|cong chuc|chi|anh|ho|them))(?!\w)"
)


def restricted_kind(reasons: Iterable[str], text: str) -> str:
    """Why the note is for inspectors alone; empty where it is not.

    Money: the reason chosen, or words of money asked for that are not denied. A person: named and accused in one
    sentence, or denounced.
    """
    folded = fold(text)
    if UNOFFICIAL_PAYMENT in reasons or _speaks_of_money(folded):
        return UNOFFICIAL_PAYMENT
    return NAMED_ACCUSATION if accusations(folded) or denunciations(folded) else ""


def is_destroyed(status: str, outcome: str) -> bool:
    """Whether what a report held is no more: none is closed without a sentence, which goes with the rest."""
    return status == "closed" and not outcome


def own_procedure(text: str) -> str:
    """``complaint`` or ``denunciation`` where the words are such a one, which has a law of its own; else empty."""
    folded = fold(text)
    if denunciations(folded):
        return DENUNCIATION
    return COMPLAINT if complaints(folded) else ""


def _speaks_of_money(folded: Folded) -> bool:
    return any(not hit["before"] for hit in _MONEY.finditer(folded.text))
