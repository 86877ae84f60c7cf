"""What people wrote, read the same however it was typed, and patterns of words with or without their marks.

``clauses`` gives small letters in NFC, single spaces, one way of placing tones ("hoà" as "hòa"), words of telephones
written out ("ko" as "không", "fong bì" as "phong bì") and every sum of money as one sign. It depends on neither
capitals nor the form of Unicode nor white space: a line break is a space like any other.
"""

import re
import unicodedata
from functools import cache, lru_cache

from app.lib.text import fold

MONEY = "¤"
"""A sum of money: "500k", "2 trăm nghìn", "8.000 đồng", "nửa triệu"."""
SLANG = "¢"
"""What is a sum among those who ask for it ("5 lít", "1 củ"), and a measure elsewhere."""

_TONES = {"oa": "àáảãạ", "oe": "èéẻẽẹ", "uy": "ỳýỷỹỵ"}
_BARE = {"oa": "òóỏõọ", "oe": "òóỏõọ", "uy": "ùúủũụ"}
_OLD_TO_NEW = {
    pair[0] + late: early + pair[1] for pair in _TONES for late, early in zip(_TONES[pair], _BARE[pair], strict=True)
}
_LATE_TONE = re.compile("|".join(_OLD_TO_NEW))
# Hỏi and ngã sound alike in half of the country and are written for each other.
_ONE_TONE = str.maketrans("ãẵẫẽễĩõỗỡũữỹ", "ảẳẩẻểỉỏổởủửỷ")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_FIGURES_END = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=\dtr)(?=\d)")
_SHORT_WORDS = {
    "ko": "không", "k": "không", "kg": "không", "kh": "không", "hok": "không", "hông": "không",
    "khg": "không", "hem": "không", "hổng": "không", "chẳng": "không", "chả": "không", "cb": "cán bộ",
    "cbo": "cán bộ", "nv": "nhân viên", "bd": "bồi dưỡng", "ck": "chuyển khoản", "hs": "hồ sơ", "hsơ": "hồ sơ",
    "dc": "được", "đc": "được", "đk": "được", "xiền": "tiền", "xìn": "tiền", "xien": "tiền", "tìn": "tiền",
    "tèn": "tiền", "xèng": "tiền", "fong": "phong", "pì": "bì", "fải": "phải", "fai": "phải", "pải": "phải",
    "wà": "quà", "wa": "qua", "cafe": "cà phê", "cafê": "cà phê", "café": "cà phê", "caphe": "cà phê",
    "coffee": "cà phê", "dzòi": "vòi", "dòi": "vòi", "zòi": "vòi", "vs": "với", "lixi": "lì xì", "mk": "mình",
    "ngta": "người ta", "mún": "muốn", "bít": "biết", "lp": "lệ phí", "tui": "tôi", "tao": "tôi", "đth": "điện thoại",
}  # fmt: skip
_COUNT = r"(?:\d+(?:,\d+)?|m[oộ]t|hai|ba|b[oố]n|n[aă]m|s[aá]u|b[aả]y|t[aá]m|ch[ií]n|m[uư][oờ]i|v[aà]i|m[aấ]y|n[uử]a)"
_COUNTED = (
    "người nguoi hộ ho bộ bo mét met m m2 tờ to trang lần lan lượt luot dân dan cái cai cây cay km phiếu phieu ngày"
)
_NOT_COUNTED = rf"(?! (?:{'|'.join(_COUNTED.split())})(?!\w))"
_SUM = re.compile(
    rf"(?<![\w,]){_COUNT}(?: (?:tr[aă]m|ch[uụ]c|m[uư][oơ]i|l[aă]m|r[uư][oở]i|m[aấ]y|{_COUNT})){{0,3}}"
    rf" (?:(?:k|ngh[iì]n|ng[aà]n|ng[iì]n|tri[eệ]u|tr|t[yỷ])(?: (?:\d{{1,3}}|r[uư][oở]i|m[aấ]y))?"
    rf"(?: (?:[dđ][oồ]ng|vn[dđ]|[dđ]))?|(?:[dđ][oồ]ng|vn[dđ]|[dđ]ô|usd)){_NOT_COUNTED}(?!\w)"
    rf"|(?<![\w,]){_COUNT} tr[aă]m(?: r[uư][oở]i| {_COUNT})?{_NOT_COUNTED}(?!\w)"
    rf"|(?<![\w,])tr[aă]m (?:r[uư][oở]i|n[uử]a)(?!\w)"
    rf"|(?<![\w,])\d{{1,6}}000(?: (?:[dđ][oồ]ng|vn[dđ]|[dđ]))?{_NOT_COUNTED}(?!\w)"
)
_SLANG_SUM = re.compile(
    rf"(?<![\w,]){_COUNT} (?:ch[uụ]c{_NOT_COUNTED}|c[uủ]|l[ií]t|x[iị]|chai|t[oỏ]i|c[aà]nh|v[eé])(?!\w)"
)
# A full stop after one letter belongs to a name ("ông T. Bình", "N.V.A").
_CLAUSE_END = re.compile(r"[!?;…]+|\.{2,}|(?<=\w\w)\.(?!\d)|(?<=\d)\.(?= |$)")
_OTHER_SIGNS = re.compile(r"[^\w,¤¢%]+|_+")


@lru_cache(maxsize=8)
def clauses(text: str) -> tuple[str, ...]:
    """The sentences of a text as described above; words and commas stand apart by one space."""
    low = unicodedata.normalize("NFKC", text).lower()
    low = "".join(c for c in low if unicodedata.category(c) != "Cf")
    low = " ".join(_one_spelling(low).split())
    parts = (_read(part) for part in _CLAUSE_END.split(_THOUSANDS.sub("", low)))
    return tuple(part for part in parts if part)


def either(lines: str) -> str:
    """The source of a pattern for phrases parted by ``|``: each with its marks or with none at all.

    With other marks a word is another word ("với" is not "vòi"). A phrase with ``!`` counts only with its marks,
    because without them it is an honest word ("mang" for "mắng"). The longest phrase is tried first.
    """
    phrases = sorted((" ".join(phrase.split()) for phrase in lines.split("|")), key=len, reverse=True)
    return "(?:" + "|".join(dict.fromkeys(_phrase(one) for one in phrases if one)) + ")"


@cache
def compiled(source: str) -> re.Pattern[str]:
    """A pattern made when it is first asked for: long ones take tenths of a second, which no start should wait for."""
    return re.compile(source)


def _phrase(phrase: str) -> str:
    spelled = _one_spelling(phrase.replace("!", ""))
    plain = fold(spelled)
    forms = [spelled] if "!" in phrase else [spelled, plain]
    if "!" not in phrase and spelled.startswith("đ"):
        forms.append("đ" + plain[1:])
    return "(?:" + "|".join(dict.fromkeys(forms)) + ")"


def _one_spelling(text: str) -> str:
    text = unicodedata.normalize("NFC", text.lower()).translate(_ONE_TONE)
    return _LATE_TONE.sub(lambda hit: _OLD_TO_NEW[hit[0]], text)


def _read(part: str) -> str:
    words = _OTHER_SIGNS.sub(" ", _FIGURES_END.sub(" ", part)).replace(",", " , ")
    words = re.sub(r"(?<=\d) , (?=\d)", ",", " ".join(words.split()))
    words = _SLANG_SUM.sub(SLANG, _SUM.sub(MONEY, words))
    # Who writes without marks is read without them: "ngam hs" is "ngam ho so".
    unmarked = words.replace(MONEY, "").replace(SLANG, "").isascii()
    full = (_SHORT_WORDS.get(word, word) for word in words.split())
    return " ".join(map(fold, full) if unmarked else full)
