"""Recognising text typed for the fonts of the nineties (TCVN3, VNI) and UTF-8 read as something else.

Such text shows as "NguyÔn V¨n An" or "Nguyeãn Vaên An". It is never repaired silently: the same letters may
stand for two names, so it is named, a reading is suggested, and a person decides.
"""

import re
import unicodedata
from functools import lru_cache

from app.lib.syllables import is_syllable, is_well_written

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_ALONE = dict(zip("æóòôöñîÆÓÒÔÖÑÎ", "ỉĩịơưđỵỈĨỊƠƯĐỴ", strict=True))
_VNI_MARKS = {
    **dict.fromkeys("aAeEoOuUyY", "ùøûõï"),
    "ô": "ùøûõï", "Ô": "ùøûõï", "ö": "ùøûõï", "Ö": "ùøûõï",
}  # fmt: skip
_VNI_PLAIN = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HATS = {
    "a": dict(zip("êéèúüëâáàåãä", "ăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("âáàåãä", "êếềểễệ", strict=True)),
    "o": dict(zip("âáàåãä", "ôốồổỗộ", strict=True)),
}

_VIETNAMESE_LATIN1 = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_COMMON_WORDS = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm
phùng mai tô hà tạ lưu cao lương thái tăng từ thị văn hữu đức công số tổ ngõ hẻm xóm đường thôn ấp phố khu phường xã
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# A first byte and a following byte of UTF-8 as Windows-1252 shows them: a cheap look before decoding.
_UTF8_PAIR = re.compile("[Â-ô][\u0080-¿ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_BREAKS = re.compile(r"[\s,.;:()/\"\-0-9]+")


def _decode_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(c, c) for c in word)


def _vni_pair(letter: str, mark: str) -> str | None:
    """Return what a base letter and the mark typed after it stand for, or None if they are no pair."""
    small = mark.lower()
    hat = _VNI_HATS.get(letter.lower(), {}).get(small)
    if hat is not None:
        return hat.upper() if letter.isupper() else hat
    if small in _VNI_MARKS.get(letter, ""):
        return _VNI_ALONE.get(letter, letter) + _VNI_PLAIN[small]
    return None


def _decode_vni(word: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(word):
        pair = _vni_pair(word[at], word[at + 1]) if at + 1 < len(word) else None
        out.append(pair if pair is not None else _VNI_ALONE.get(word[at], word[at]))
        at += 1 if pair is None else 2
    return "".join(out)


_DECODERS = {"TCVN3": _decode_tcvn3, "VNI": _decode_vni}


def _capital_inside(word: str) -> bool:
    """Tell "NguyÔn" from a name typed with the caps lock on: only its marked letters are capitals."""
    plain = [c for c in word[1:] if c.isascii() and c.isalpha()]
    marked = any(not c.isascii() and c.isupper() for c in word[1:])
    return marked and bool(plain) and all(c.islower() for c in plain)


@lru_cache(maxsize=20_000)
def _suspicion(word: str, encoding: str) -> int:
    """Return 2 when the word can only be the old encoding, 1 when it may be, 0 when it is innocent."""
    if len(word) < 2 or word.isascii() or any(c > "ÿ" for c in word):
        return 0
    decoded = _DECODERS[encoding](word)
    if decoded == word or not is_well_written(decoded):
        return 0
    foreign = any(not c.isascii() and c not in _VIETNAMESE_LATIN1 for c in word)
    if is_syllable(word):
        return 1 if _capital_inside(word) else 0
    if foreign or encoding == "VNI" or decoded.lower() in _COMMON:
        return 2
    return 1


@lru_cache(maxsize=20_000)
def _innocent(word: str) -> bool:
    return not any(_suspicion(word, encoding) for encoding in _DECODERS)


def _weight(words: list[str], encoding: str) -> int:
    """Return how many words speak for the encoding, 0 when they do not suffice."""
    marks = [_suspicion(word, encoding) for word in words]
    if 2 in marks:
        return sum(1 for mark in marks if mark)
    modern = any("ă" <= c <= "ỹ" and c.isalpha() for word in words for c in word.lower())
    return 0 if modern or sum(marks) < 2 else sum(marks)


def _familiar(words: list[str], encoding: str) -> int:
    """Return how many words become well-known ones: some garbage can be read in either encoding."""
    return sum(_DECODERS[encoding](word).lower() in _COMMON for word in words)


def _misread_utf8(s: str) -> str | None:
    """Return the text whose UTF-8 bytes were read as Windows-1252, or None."""
    try:
        raw = b"".join(c.encode("latin-1") if c <= "ÿ" else c.encode("cp1252") for c in s)
        read = raw.decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return None if read == s else read


def legacy_encoding(s: str) -> str | None:
    """Return "TCVN3", "VNI" or "UTF-8" (read wrongly) when the text is garbage of that kind, else None."""
    if s.isascii():
        return None
    if _UTF8_PAIR.search(s) and _misread_utf8(s) is not None:
        return "UTF-8"
    words = [word for word in _BREAKS.split(s) if word]
    if all(map(_innocent, words)):
        return None
    weights = {encoding: _weight(words, encoding) for encoding in _DECODERS}
    best = max(weights, key=lambda encoding: (weights[encoding], _familiar(words, encoding)))
    return best if weights[best] else None


def decode_legacy(s: str, encoding: str) -> str:
    """Return what the garbage most likely says, as a suggestion; ``encoding`` comes from ``legacy_encoding``."""
    if encoding == "UTF-8":
        return _misread_utf8(s) or s
    parts = (w if w.lower() in _COMMON else _DECODERS[encoding](w) for w in re.split(r"(\s+)", s))
    return unicodedata.normalize("NFC", "".join(parts))
