"""The catalogue: what a commune must make public (Law Đ11), and the ways of doing so (Law Đ12).

Names are short and ours; the clause is what counts. ``confirmed`` says whether a head's name was held against the text
of the law: where it was not, staff are told to look the clause up before they rely on the name. Which heads go out on
the loudspeaker and to the heads of areas is said by number in Law Đ13.3 and 13.4 and does not depend on the names.
"""

from dataclasses import dataclass
from datetime import date

from app.lib.citations import Citation, law
from app.lib.i18n import N_

FIRST, LAST = 1, 14
_IN_FORCE = date(2023, 7, 1)
_ON_LOUDSPEAKER = range(7, 13)


@dataclass(frozen=True)
class Head:
    """One of the 14 heads. ``lasting``: regulations and procedures, which stay posted for good."""

    number: int
    name: str
    lasting: bool = False
    confirmed: bool = False
    valid_from: date = _IN_FORCE
    valid_to: date | None = None

    @property
    def citation(self) -> Citation:
        return law(11, self.number)

    @property
    def on_loudspeaker(self) -> bool:
        """Whether it is also read out, for at least three days on end, and told by heads of areas (Law Đ13.3, 4)."""
        return self.number in _ON_LOUDSPEAKER


REGULATIONS, ANSWERS, PROCEDURES, OTHER = 4, 10, 12, 14
HEADS: dict[int, Head] = {
    head.number: head
    for head in (
        Head(1, N_("Kế hoạch phát triển kinh tế - xã hội và kết quả thực hiện"), confirmed=True),
        Head(2, N_("Ngân sách, tài chính cấp xã"), confirmed=True),
        Head(3, N_("Dự án, công trình; đất đai; quy hoạch"), confirmed=True),
        Head(REGULATIONS, N_("Quy chế; nhiệm vụ, quyền hạn của cán bộ, công chức cấp xã"), lasting=True),
        Head(5, N_("Các quỹ, khoản tài trợ, khoản Nhân dân đóng góp")),
        Head(6, N_("Vay vốn, hỗ trợ sản xuất, giảm nghèo")),
        Head(7, N_("Bình xét, hỗ trợ hộ nghèo, đối tượng chính sách")),
        Head(8, N_("Đề án về đơn vị hành chính, thôn, tổ dân phố")),
        Head(9, N_("Kết quả thanh tra, kiểm tra, xử lý vụ việc")),
        Head(ANSWERS, N_("Lấy ý kiến Nhân dân và kết quả tiếp thu, giải trình")),
        Head(11, N_("Phí, lệ phí và khoản thu khác do cấp xã trực tiếp thu")),
        Head(PROCEDURES, N_("Thủ tục hành chính do cấp xã giải quyết"), lasting=True),
        Head(13, N_("Quyết định, văn bản khác liên quan đến Nhân dân")),
        Head(OTHER, N_("Nội dung khác theo quy định của pháp luật")),
    )
}


@dataclass(frozen=True)
class Form:
    """A way of making something public (Law Đ12.1). ``name`` is what a list says, ``detail`` what is asked about it."""

    key: str
    name: str
    detail: str
    citation: Citation


BOARD, PORTAL, LOUDSPEAKER, AREA_HEAD, MEETING, ELSE = "board", "portal", "loudspeaker", "area_head", "meeting", "other"
FORMS: dict[str, Form] = {
    form.key: form
    for form in (
        Form(BOARD, N_("Niêm yết"), N_("Bảng tin, trụ sở, nhà văn hóa nào"), law(12, 1, "a")),
        Form(PORTAL, N_("Cổng, trang thông tin điện tử"), N_("Địa chỉ trang"), law(12, 1, "b")),
        Form(LOUDSPEAKER, N_("Hệ thống truyền thanh"), N_("Giờ phát, cụm loa"), law(12, 1, "c")),
        Form(AREA_HEAD, N_("Trưởng thôn, Tổ trưởng tổ dân phố thông báo"), N_("Thông báo cách nào"), law(12, 1, "d")),
        Form(MEETING, N_("Hội nghị trao đổi, đối thoại"), N_("Hội nghị nào, ở đâu"), law(12, 1, "e")),
        Form(ELSE, N_("Hình thức khác"), N_("Gửi văn bản, tiếp công dân, qua đoàn thể, tin nhắn…"), law(12, 1)),
    )
}


def head(number: int) -> Head:
    """The head of a number; raises ``KeyError`` outside 1–14."""
    return HEADS[number]
