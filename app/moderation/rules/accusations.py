"""A named person and an accusing word in one sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.lib.text import fold as plain
from app.lib.text import nfc, spelling_key
from app.moderation.rules.folding import Folded, Span

_TITLES = (
    r"(?:phó )?chủ tịch|(?:phó )?bí thư|(?:phó )?trưởng (?:thôn|ấp|bản|khu phố|buôn|phum|sóc|công an|ban|phòng)"
    r"|tổ (?:trưởng|phó)|cán bộ|công chức|kế toán|công an|địa chính|giám đốc|hiệu trưởng|đồng chí|đ/c"
    r"|ông|bà|anh|chị|cô|chú|bác|thằng|con|mụ|lão|tên"
)
_WORD = r"[^\W\d_a-zà-ỹđ][^\W\d_]*"
_SPACE = r"\s{1,4}"
_PERSON = re.compile(
    rf"\b(?i:{_TITLES}){_SPACE}(?:(?i:{_TITLES}){_SPACE}){{0,3}}(?P<name>{_WORD}(?:{_SPACE}{_WORD}){{0,4}})"
)
_FULL_NAME = re.compile(
    r"\b(?P<name>(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Mai|Lâm)"
    rf"(?:{_SPACE}{_WORD}){{1,3}})"
)
_VERBS = """
tham nhũng | tham ô | ăn chặn | ăn bớt | ăn hối lộ | nhận hối lộ | đòi hối lộ | hối lộ | đút lót | lừa đảo | chiếm đoạt
biển thủ | rút ruột | bòn rút | ăn cắp | ăn cướp | ăn trộm | cướp đất | chiếm đất | lấn chiếm | vòi tiền | vòi vĩnh
đòi tiền | bao che | gian lận | trục lợi | lộng quyền | cửa quyền | hách dịch | sách nhiễu | nhũng nhiễu | đánh người
đánh đập | buôn lậu | cho vay nặng lãi | chạy chức | ngoại tình | bồ bịch | xã hội đen | bảo kê | tiếp tay | khai khống
khai man | làm giả | ăn tiền
"""
_SPELLINGS: dict[str, str] = {
    plain(verb): spelling_key(verb) for line in _VERBS.strip().splitlines() for verb in map(str.strip, line.split("|"))
}
# "phòng, chống tham nhũng", "xử lý lấn chiếm", "không tham ô": the word is spoken of, and nobody is accused of it.
_HARMLESS = (
    r"(?:chong|phong|ngan|ngan chan|ngan ngua|xu ly|xu phat|cam|nghiem cam|khong|khong duoc|chua|tranh|bai tru|luat"
    r"|to giac|phat hien|giai toa|hanh vi|nan|tinh trang|viec xu ly|the nao la|neu co)(?:,?\s{1,4}|\s{1,4}va\s{1,4})"
)
_ANY_VERB = "|".join(verb.replace(" ", r"\s{1,4}") for verb in _SPELLINGS)
_ACCUSING = re.compile(rf"(?<!\w)(?P<before>{_HARMLESS})?(?P<verb>{_ANY_VERB})(?!\w)")
# A line end is white space where the next line goes on with a small letter, as telephones and mail break lines.
_SENTENCE = re.compile(r"(?:[^.!?;\n]|\n(?=[a-zà-ỹđ]))+")
_FAR = 90
# What follows these words is a place or a thing, whoever it is named after.
_PLACE_BEFORE = re.compile(
    r"(?i:\b(?:đường|phố|hẻm|ngõ|trường|cầu|chợ|quận|phường|xã|tượng|đền|công viên|quảng trường) )$"
)


@dataclass(frozen=True, slots=True)
class Accusation:
    """Where the name and where the accusing word stand."""

    name: Span
    verb: Span


def accusations(folded: Folded) -> list[Accusation]:
    """One for each sentence that names a person and accuses, the nearest name with the first such word."""
    text = folded.original
    found = []
    for sentence in _SENTENCE.finditer(_abbreviations_closed(text)):
        names = list(_names(text, *sentence.span()))
        verbs = list(_verbs(folded, *sentence.span())) if names else []
        pairs = [(_gap(name, verb), name, verb) for verb in verbs for name in names if _gap(name, verb) <= _FAR]
        if pairs:
            _near, name, verb = min(pairs)
            found.append(Accusation(name, verb))
    return found


def _abbreviations_closed(text: str) -> str:
    """The dot of "Nguyễn Văn A." ends a sentence, that of "ông T. Bình" or "TP. Huế" does not."""
    return re.sub(r"(?<=\b[^\W\d_])\.(?= ?[^\W\d_a-zà-ỹđ])|(?<=TP)\.|(?<=Tp)\.", " ", text)


def _names(text: str, first: int, end: int) -> Iterator[Span]:
    for pattern in (_PERSON, _FULL_NAME):
        for hit in pattern.finditer(text, first, end):
            if not _PLACE_BEFORE.search(text[max(0, hit.start() - 15) : hit.start()]):
                yield hit.span("name") if pattern is _FULL_NAME else hit.span()


def _verbs(folded: Folded, first: int, end: int) -> Iterator[Span]:
    for hit in _ACCUSING.finditer(folded.text):
        span = folded.span(*hit.span("verb"))
        if not hit["before"] and first <= span[0] < end and _meant(folded.original[slice(*span)]):
            yield span


def _meant(written: str) -> bool:
    """With marks, only the word's own spelling counts; without any, people typed it so."""
    return written.isascii() or spelling_key(nfc(written)) == _SPELLINGS[plain(written)]


def _gap(one: Span, other: Span) -> int:
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))
