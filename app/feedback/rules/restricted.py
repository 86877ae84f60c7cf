"""What must not reach the desk it speaks of: money asked for, and accusations of a person (Law Đ9.2, Đ34)."""

from collections.abc import Iterable

from app.feedback.rules.restricted_money import speaks_of_money
from app.feedback.rules.restricted_persons import accuses_a_person
from app.lib.i18n import N_
from app.lib.text import squeeze
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


def restricted_kind(reasons: Iterable[str], text: str) -> str:
    """Why the note is for inspectors alone; empty where it is not.

    Money: the reason chosen, or words of money or gifts beside what is lawful, not denied. A person: one who can be
    known and is blamed for misconduct, or denounced. The same for capitals, forms of Unicode and white space of any
    kind. Where it is in doubt what money was for, inspectors read it rather than the desk it speaks of; rudeness of
    nobody in particular is for the desk to mend.
    """
    if UNOFFICIAL_PAYMENT in reasons or speaks_of_money(text):
        return UNOFFICIAL_PAYMENT
    return NAMED_ACCUSATION if accuses_a_person(text) or denunciations(_folded(text)) else ""


def is_destroyed(status: str, outcome: str) -> bool:
    """Whether what a report held is no more: none is closed without a sentence, which goes with the rest."""
    return status == "closed" and not outcome


def own_procedure(text: str) -> str:
    """``complaint`` or ``denunciation`` where the words are such a one, which has a law of its own; else empty."""
    folded = _folded(text)
    if denunciations(folded):
        return DENUNCIATION
    return COMPLAINT if complaints(folded) else ""


def _folded(text: str) -> Folded:
    return fold(squeeze(text))
