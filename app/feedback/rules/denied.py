"""Whether a word of blame is denied, forbidden or only spoken of: "không hề đòi tiền", "phòng, chống tham nhũng"."""

import re
from collections.abc import Iterator

from app.feedback.rules.wording import compiled, either

_NOT = either(
    "không | chưa | đừng | !cấm | nghiêm cấm | chống | !phòng | phòng chống | ngăn | ngăn chặn | ngăn ngừa | bài trừ"
    " | !tránh"
    " | xử lý | xử phạt | hết | hạn chế | chấm dứt | luật | nếu có | thế nào là | quy định về | tố giác | phát hiện"
)
_WORDS_BETWEEN = either(
    "ai | hề | có | bị | thấy | cần | bao giờ | từng | dám | cho phép | được | người | cán bộ | nhân viên | công chức"
    " | anh | chị | tình trạng | hiện tượng | việc | chuyện | hành vi | tôi | dân | người dân | nào | gì | một | còn"
    " | phải"
    " | ở đây | với | vụ | các | những | nạn | lời | biểu hiện | hay | và | hoặc | lần nào | đâu | đòi | tỏ ra"
    " | tỏ thái độ"
    " | chống | nhận | đưa | xảy ra"
)
_BEFORE = rf"(?<!\w){_NOT}(?:(?: ,)? {_WORDS_BETWEEN}){{0,5}}(?: ,)? $"
# "Không đưa tiền thì không làm", "chưa có phong bì nên hồ sơ bị ngâm": nothing is denied.
_THREAT = (
    rf"(?: [^ ,]+){{0,3}}?(?: ,)? "
    rf"{either('thì | là không | là chậm | là bị | nên bị | nên hồ sơ | nên không | nên chưa | sẽ không | mà vẫn')}"
    r"(?!\w)"
)
# "trước có vòi vĩnh, nay không còn"
_OVER = rf"(?: [^ ,]+){{0,3}}?(?: ,)? {either('nay | giờ | bây giờ | hiện')}(?: đã)? {either('không còn | hết')}(?!\w)"
_GOES_ON = rf" ?(?:, )?(?:{either('hay | và | hoặc | cũng không | không')} )?"
_BACK = 70


def undenied(source: str, clause: str) -> Iterator[re.Match[str]]:
    """What of a pattern stands in a clause and is not denied: neither before it nor in the list it goes on with.

    In "không quát mắng, làm khó" both are denied; what makes serving depend on it ("không đưa tiền thì không làm") is
    not.
    """
    end = -1
    for hit in compiled(source).finditer(clause):
        goes_on = end >= 0 and compiled(_GOES_ON).fullmatch(clause, end, hit.start())
        if goes_on or _is_denied(clause, *hit.span()):
            end = hit.end()
        else:
            yield hit


def _is_denied(clause: str, first: int, end: int) -> bool:
    if compiled(_OVER).match(clause, end):
        return True
    if not compiled(_BEFORE).search(clause[max(0, first - _BACK) : first]):
        return False
    return not compiled(_THREAT).match(clause, end)
