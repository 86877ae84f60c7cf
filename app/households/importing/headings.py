"""What the headings of a roll mean, in the many ways communes write them."""

import re
from functools import lru_cache

from app.lib.text import decode_legacy, fold, legacy_encoding, tidy

OTHER = "other"
"""A heading that is understood but holds nothing a roll keeps (year of birth, note, signature …)."""

_AREA = "khu pho|to dan pho|tdp|kp|khoi pho|khoi|tieu khu|khom|thon|ap|ban|buon|bon|lang|phum|soc|xom|khu dan cu|khu"
_CLUSTER = (
    "cum dan cu|cum|to lien gia|to tu quan|lien gia|to nhan dan|to|nhom|hem|ngo|ngach|kiet|duong pho|duong|day|lo"
)
_HOUSEHOLD = "ho gia dinh|ho dan|ho khau|ho"

# (field, score, pattern over the folded heading), the first that matches wins.
_RULES: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (field, score, re.compile(pattern))
    for field, score, pattern in (
        ("phone", 9, r"\b(dien thoai|sdt|so dt|so lien (lac|he)|di dong|phone|mobile)\b|^(dt|zalo|so zalo)\b"),
        (OTHER, 0, r"^(ngay|thang|nam sinh|gioi tinh|quan he|so nhan khau|so khau)\b"),
        ("address", 10, r"\bthuong tru\b"),
        ("address", 8, r"\bdia chi\b(?!.*tam tru)"),
        ("address", 5, r"\bdia chi\b|\btam tru\b|\b(noi|cho) o\b|\bnoi cu tru\b|^dc$"),
        ("house_number", 6, r"^so nha\b"),
        ("number", 9, rf"^(ma|ma so|so hieu|ky hieu|so so|so) ({_HOUSEHOLD})\b|^ho so$"),
        (
            OTHER,
            0,
            r"\b(nam sinh|ngay|thang|tuoi|gioi tinh|dan toc|ton giao|nghe|can cuoc|cccd|cmnd|cmt|dinh danh"
            r"|quan he|nhan khau|khau|ghi chu|ky|chu ky|dien tich|so nguoi|thanh vien|email|trinh do"
            r"|so tien|nam|nu|sinh)\b|\b(vo|chong|cha|me|con)$",
        ),
        ("serial", 8, r"^(stt|so tt|s t t|tt|so thu tu|thu tu|no|so thu tu ho)$"),
        ("full_name", 12, r"\bdai dien\b.*\bten\b|\bten\b.*\bdai dien\b"),
        ("full_name", 11, r"\bdai dien\b"),
        ("full_name", 10, r"\bten\b.*\bchu ho\b|\bchu ho\b.*\bten\b"),
        ("full_name", 9, r"\bchu ho\b"),
        ("family_name", 6, r"^ho( va)?( ten| chu)? (dem|lot)$"),
        ("full_name", 7, r"^(ho va ten|ho ten|ho va chu ten)\b|^ten (ho gia dinh|ho)\b"),
        ("full_name", 4, r"^ho gia dinh$"),
        ("given_name", 4, r"^ten$"),
        ("area_name", 7, rf"^(ten )?({_AREA}|dia ban)( ({_AREA}|hoac|so|ten))*$"),
        ("cluster", 6, rf"^(ten |so )?({_CLUSTER})( ({_CLUSTER}|hoac|so|ten))*$"),
    )
)
_PUNCTUATION = re.compile(r"[^\w]+")
_LONGEST = 80  # a longer text is a title or a sentence, not a heading


@lru_cache(maxsize=2_000)
def meaning(heading: str) -> tuple[str, int] | None:
    """Return the field a heading names and how surely (higher is surer), or None when it is not understood.

    "Hộ" and "Họ" fold alike; alone, the first is a household's number and the second a family name.
    """
    text = tidy(heading[: _LONGEST * 2])
    if not text or len(text) > _LONGEST:
        return None
    encoding = legacy_encoding(text)
    text = decode_legacy(text, encoding) if encoding else text
    if text.lower() in ("hộ", "họ"):
        return ("number", 4) if text.lower() == "hộ" else ("family_name", 4)
    key = _PUNCTUATION.sub(" ", fold(text)).strip()
    if key.startswith("danh sach"):
        return None
    return next(((field, score) for field, score, rule in _RULES if rule.search(key)), None)


# ----------------------------------------------------------------------------- lines between the households

_ORDINAL = re.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.)/:\-]\s*(?=\D)")
_COUNT = re.compile(r"\s*(?:[(:–-]\s*)?\(?\s*\d+\s*hộ\s*\)?\s*$", re.IGNORECASE)
_AREA_START = re.compile(
    r"(khu phố|tổ dân phố|khối phố|tiểu khu|khóm|thôn|ấp|bản|buôn|bon|làng|khu dân cư|tdp|kp|khu pho|to dan pho"
    r"|khoi pho|tieu khu|khom|thon)\b.|(ap|ban|buon)\s*\d"
)
_CLUSTER_START = re.compile(
    r"(cụm|tổ|hẻm|ngõ|ngách|kiệt|đường|phố|dãy|lô|nhóm|liên gia|khu|xóm|tuyến|chung cư|tòa|toà|block"
    r"|cum|to|hem|ngo|ngach|kiet|duong|pho|day|lo|nhom|lien gia|xom|tuyen)\b"
)
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tong cong|tong so|cộng|cong)(\s*$|\s*[:.\d(]|\s+(số|so|hộ|ho|toàn|hẻm|ngõ|tổ|đường|có)\b)"
    r"|(tổng|tong)\s*(:|$)"
)
_FOOTER = re.compile(
    r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm|\bký,?\s*(ghi )?(rõ )?(họ )?tên|^\(\s*ký\b|^ký\s*(,|tên|ghi|và|nhận)"
    r"|^(người|cán bộ|nhân viên) (lập|tổng hợp|kê khai)\b|^(tm|kt|tl)\.|^thủ trưởng\b|^đã ký\b|^xác nhận\b|^nơi nhận\b"
    r"|^(trưởng (ban|thôn|khu|xóm|ấp|bản|khóm|buôn|làng|khối)|tổ trưởng|phó trưởng|phó ban|chủ tịch)(\s|$)"
    r"|^(ban công tác|ban điều hành|ban quản lý|ủy ban nhân dân|uỷ ban nhân dân|ubnd|cộng h[òo][aà] xã hội)"
    r"|^độc lập\s*[-–]|^danh sách\b|^đơn vị\s*:|^ghi chú\s*:|^trang \d"
)


def is_total(text: str) -> bool:
    """Tell whether a cell begins a line of totals; "Tống" and "Công" are families, not totals."""
    return _TOTAL.match(text.lower()) is not None


def is_footer(text: str) -> bool:
    """Tell whether a cell belongs to a date line, a signature, a page head or a note."""
    return _FOOTER.search(text.lower()) is not None


def group_name(text: str) -> str:
    """Return the name of a group without its ordinal and its number of households: "II. Hẻm 12 (43 hộ)"."""
    return _COUNT.sub("", _ORDINAL.sub("", tidy(text))).strip(" :.-–")


def group_kind(text: str) -> str | None:
    """Tell whether a line names a residential area ("area_name"), a lane or cluster ("cluster"), or neither."""
    low = group_name(text).lower()
    if _AREA_START.match(low):
        return "area_name"
    return "cluster" if _CLUSTER_START.match(low) else None
