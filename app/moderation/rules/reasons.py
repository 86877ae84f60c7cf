"""Why a text is not shown, where it is referred to, and why somebody reports it: fixed lists, each with its sentence.

The author reads the sentence; statistics count the key.
"""

from dataclasses import dataclass

from app.lib.i18n import N_


@dataclass(frozen=True)
class Reason:
    """A reason: what staff choose by, and what the author reads."""

    label: str
    sentence: str
    needs_text: bool = False


PERSONAL_DATA = "personal_data"
DUPLICATE = "duplicate"
AUTHORITY = "authority"
REJECT: dict[str, Reason] = {
    PERSONAL_DATA: Reason(
        N_("Lộ thông tin riêng của người khác"),
        N_("Nội dung có thông tin riêng của người khác, như số điện thoại, số giấy tờ, địa chỉ nhà."),
    ),
    "insult": Reason(N_("Xúc phạm, lăng mạ"), N_("Nội dung có lời xúc phạm người khác.")),
    "accusation": Reason(
        N_("Quy kết một người cụ thể"),
        N_("Nội dung quy kết một người cụ thể khi chưa có kết luận của cơ quan có thẩm quyền."),
    ),
    "off_topic": Reason(N_("Không liên quan"), N_("Nội dung không liên quan đến vấn đề đang lấy ý kiến.")),
    "advertising": Reason(N_("Quảng cáo, đường dẫn lạ"), N_("Nội dung là quảng cáo hoặc dẫn đến trang không rõ.")),
    DUPLICATE: Reason(N_("Trùng nội dung đã gửi"), N_("Cùng một máy đã gửi đúng nội dung này trước đó.")),
    "unlawful": Reason(N_("Trái pháp luật"), N_("Nội dung trái pháp luật."), needs_text=True),
    "other": Reason(N_("Lý do khác"), N_("Nội dung không đăng được vì lý do ghi dưới đây."), needs_text=True),
}
REFER: dict[str, Reason] = {
    "complaint": Reason(
        N_("Khiếu nại"),
        N_("Nội dung này là khiếu nại. Khiếu nại được giải quyết theo Luật Khiếu nại, không qua trang góp ý."),
    ),
    "denunciation": Reason(
        N_("Tố cáo"),
        N_("Nội dung này là tố cáo. Tố cáo được giải quyết theo Luật Tố cáo; thông tin người tố cáo được giữ bí mật."),
    ),
    "petition": Reason(
        N_("Kiến nghị, phản ánh về việc khác"), N_("Nội dung này là kiến nghị, phản ánh về một việc khác.")
    ),
    AUTHORITY: Reason(N_("Việc của cơ quan khác"), N_("Nội dung này thuộc việc của cơ quan khác.")),
}
REPORT: dict[str, str] = {
    "insult": N_("Xúc phạm, lăng mạ người khác"),
    PERSONAL_DATA: N_("Lộ thông tin riêng của một người"),
    "false": N_("Nói sai sự thật về một người cụ thể"),
    "advertising": N_("Quảng cáo, lừa đảo"),
    "other": N_("Điều khác"),
}
# Complaints and denunciations have laws of their own: whoever reads of such a referral is led to the procedure.
OWN_PROCEDURE = frozenset({"complaint", "denunciation"})


def label_of(key: str) -> str:
    """What a reason of a decision is called; marked for translation; empty for none."""
    found = REJECT.get(key) or REFER.get(key)
    return found.label if found else ""


def sentence_of(key: str) -> str:
    """What the author reads of a reason; marked for translation; empty for none."""
    found = REJECT.get(key) or REFER.get(key)
    return found.sentence if found else ""
