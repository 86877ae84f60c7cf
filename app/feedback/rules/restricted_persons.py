"""A person who can be known, and blame for misconduct: named, or of the staff where the deed is grave (Law Đ9, Đ34).

A name is a title with a word that is no part of the language's grammar ("anh Khoa"), an office with a given name, or a
family name with a given one. Capitals are not asked for: people write "chi lan chui toi".
"""

from functools import lru_cache

from app.feedback.rules.blame_words import BAD, DESCRIBED, GRAVE, GRAVE_ALONE, PRAISE, RUDE
from app.feedback.rules.denied import undenied
from app.feedback.rules.given_names import ANY_FAMILY, FAMILY, GIVEN, MIDDLE, NO_NAMES, PAIRS, SURE
from app.feedback.rules.wording import clauses, compiled, either

_PAIR = r"(?: [^ ,]+)"
_LETTERS = r"[^\W\d_]"
_OFFICES = either(
    "cán bộ | công chức | viên chức | nhân viên | chuyên viên | chủ tịch | phó chủ tịch | bí thư | phó bí thư"
    " | giám đốc"
    " | phó giám đốc | trưởng phòng | phó phòng | trưởng thôn | trưởng ấp | trưởng bản | trưởng khu phố | tổ trưởng"
    " | tổ phó | trưởng ban | công an | kế toán | địa chính | tư pháp | hộ tịch | bảo vệ | đồng chí | đc | lãnh đạo"
    " | bác sĩ | bác sỹ | y sĩ | y tá | điều dưỡng | hiệu trưởng | văn thư | một cửa | tiếp dân | tiếp nhận | sếp"
)
_TITLES = either(
    "anh | ông | !bà | !chị | !cô | !chú | !bác | !cậu | !thằng | !mụ | !lão | đồng chí | !con | !tên | !ô"
)
_OPEN_TITLES = either("anh | ông | !bà | !chị | !cô | !chú | !bác | !cậu | !thằng | !mụ | !lão | đồng chí")
# Without marks these are other words too, "có", "chỉ", "ba"; "a Khoa" stands for "anh Khoa".
_SHORT_TITLES = either("bà | chị | cô | chú | bác | thằng | em | a | c | ten | cau")
# What follows these is a place, or no name at all.
_PLACES = "đường đuong duong phố pho hẻm hem ngõ trường truong cầu cau chợ cho đình đền quận phường".split()
_NOT_AFTER = "".join(f"(?<!{word} )" for word in _PLACES)
_NOT_AFTER += "(?<!phan )(?<!hinh )(?<!tieng )(?<!phản )(?<!xử )(?<!quản )(?<!hợp )(?<!đại )(?<!pháp )"
_NO_NAME = f"(?!(?:{either(NO_NAMES)}|{either(PAIRS)})(?!\\w))"
_NEXT = either(
    "tôi | em | con | cháu | bác | mình | người | dân | phải | là | rằng | đi | về | chờ | đợi | không | chưa | nộp"
    " | qua"
    " | sang | lên | mọi | cho | với | ai | chúng | mẹ | ba | bố | bà | ông | vợ | chồng | hồ | thiếu | mai"
)
# "chị bảo tôi chờ": also a verb; a name only where what follows lets it be one.
_NO_VERB = (
    f"(?!(?:{either('bảo | hỏi | sang | thu | giao | mời | quyết | hiểu | trình')} {_NEXT}|{either(PAIRS)})(?!\\w))"
)
_GIVEN = _NO_VERB + either(GIVEN)
_AT = either("tiếp nhận | địa chính | tư pháp | hộ tịch | một cửa | trực | ở đây | phường | xã | quầy | ở | số | phòng")
_ANY_NAME = rf"{_NO_NAME}{_LETTERS}{{2,8}}"
_PERSON = (
    rf"(?<!\w){_NOT_AFTER}(?:{_OPEN_TITLES} {_NO_VERB}{_ANY_NAME}"
    rf"|{_TITLES} {_GIVEN}|{_SHORT_TITLES} {_NO_VERB}{either(SURE)}"
    rf"|(?:{_TITLES}|{_OFFICES}) (?!{either(PAIRS)})[bcdđghlmnpqrstvxy](?: [a-zđ]){{0,2}}"
    rf"|(?:{_OFFICES}|{_TITLES}|{either('người | chị | cô | bà | bác | chú')}){_PAIR}{{0,4}}? "
    rf"{either('tên | mang tên')}"
    rf"(?: {either('là')})? {_ANY_NAME}"
    rf"|{_OFFICES}(?: {_AT}| \d{{1,2}}){{0,4}} {_GIVEN}"
    rf"|(?:{_TITLES}|{_SHORT_TITLES}) {either(ANY_FAMILY)}(?: {either(MIDDLE)})? {_GIVEN}"
    rf"|{either(FAMILY)}(?: {either(MIDDLE)})? {_GIVEN}|{either(FAMILY)} {either(MIDDLE)} {_ANY_NAME}"
    rf"|{either(ANY_FAMILY)} {either('văn | thị')} {_ANY_NAME}"
    rf"|(?:{_TITLES}|{_OFFICES}|{either('chị | cô | bà | bác | chú | người')}){_PAIR}{{0,3}}? (?:{either(DESCRIBED)})"
    rf")(?!\w)"
)
_OFTEN = either("hay | cứ | rất | luôn | lại | toàn | thường | có | quá")
# "cán bộ Na coi khinh dân": a word between an office and blame can hardly be anything but a name.
_OFFICE_AND_NAME = rf"(?<!\w){_OFFICES} {_ANY_NAME} (?:{_OFTEN} )?"
_THIS_ONE = either(
    "ấy | ta | này | đó | kia | cán bộ | nhân viên | bảo vệ | tiếp nhận | ở quầy | ngồi quầy | trực | quầy | làm"
)
_STAFF = (
    rf"(?<!\w)(?:{_OFFICES}|{either('anh | chị | cô | chú | bác | ông | bà | nó | họ | người ta | hắn | ổng | bả')}"
    rf" "
    rf"{_THIS_ONE}"
    rf"|{either('nó | họ | hắn | ổng | bả | quầy')})(?!\w)"
)
_RUDE, _GRAVE, _ALONE = ((rf"(?<!\w){either(words)}(?!\w)") for words in (RUDE + "|" + GRAVE, GRAVE, GRAVE_ALONE))
# "thái độ của chị Nhung rất tệ"
_ATTITUDE = rf"(?<!\w){either('thái độ | cư xử | đối xử | ăn nói')}{_PAIR}{{0,5}}? {either(BAD)}(?!\w)"
# A warning of those who pretend to be of the office blames nobody of it.
_OUTSIDERS = rf"(?<!\w){either('giả danh | mạo danh | kẻ gian | kẻ xấu | kẻ lạ | tin giả | đối tượng')}(?!\w)"
_PRAISED = rf"(?<!\w){either(PRAISE)}(?!\w)"


@lru_cache(maxsize=8)
def accuses_a_person(text: str) -> bool:
    """Whether a person is blamed who can be known by it.

    A name and blame stand in one sentence, or the blame in the next one, where that has no name of its own and the
    first does not praise. For what is grave (violence, threats, forgery, harassment, drink) "cán bộ" is enough.
    """
    before = ""
    for clause in clauses(text):
        named = bool(compiled(_PERSON).search(clause)) or _blamed_by_office(clause)
        meant = named or (compiled(_PERSON).search(before) and not compiled(_PRAISED).search(before))
        of_staff = compiled(_STAFF).search(clause) and not compiled(_OUTSIDERS).search(clause)
        if _blames(_ALONE, clause) or (of_staff and _blames(_GRAVE, clause)):
            return True
        if meant and (_blames(_RUDE, clause) or _blames(_ATTITUDE, clause)):
            return True
        before = clause
    return False


def _blamed_by_office(clause: str) -> bool:
    return any(compiled(_RUDE).match(clause, hit.end()) for hit in compiled(_OFFICE_AND_NAME).finditer(clause))


def names_staff(clause: str) -> bool:
    """Whether a clause, as ``wording.clauses`` gives it, speaks of somebody of the staff or of a named person."""
    return bool(compiled(_STAFF).search(clause) or compiled(_PERSON).search(clause))


def _blames(source: str, clause: str) -> bool:
    return next(undenied(source, clause), None) is not None
