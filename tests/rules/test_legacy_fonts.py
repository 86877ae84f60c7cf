"""Text typed for the fonts of the nineties is named, and no honest name ever is."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vietnam_provinces import Province, Ward

from app.lib.syllables import is_syllable
from app.lib.text import decode_legacy, legacy_encoding

FAMILIES_LIST = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm "
    "Phùng Mai Tô Hà Tạ Cao Châu Thái Lương Lưu Quách Kiều Tống Triệu Mã Nông Giàng Ông Âu Ưng Ổn Cù Từ Tăng Nghiêm"
)
FAMILIES = FAMILIES_LIST.split()
MIDDLES_LIST = "Văn Thị Hữu Đức Công Xuân Quốc Thanh Thành Ngọc Minh Kim Mỹ Thùy Thuỳ Bích Diệu Hoài Khánh Quý Qúy"
MIDDLES = MIDDLES_LIST.split()
GIVEN_LIST = (
    "An Ân Ấn Ánh Bình Bích Cường Chi Dung Dũng Đào Đạt Hoà Hòa Hoá Hóa Hải Hà Hạnh Hùng Hường Khoa Lan Liên Long Mai "
    "Nam Nga Nhung Oanh Oánh Phúc Phượng Quân Quyên Sơn Tâm Thắng Thảo Thuý Thúy Thuỷ Trang Tuấn Uyên Vinh Ý Yến Út Ốc "
    "Ổi Ửng Xoài Huế Huệ Tuế Toàn Toán Toại Khuê Nguyệt Tuyết Thuyền Quỳnh Quách Luyến Ngoan Hoè Hoan Loan Khuyên "
    "Giang Gìn Giỏi Ngữ Nghĩa Nguyên Phước Được Ước Ếch Én Ngoãn Toả Tỏa Khoẻ Khỏe Luỹ Lũy Chuẩn Hoạch Sáu Bảy Tèo"
)
GIVEN = GIVEN_LIST.split()
MINORITIES = [
    "H'Hen Niê", "Y Bliăt Êban", "Ksor Hơ Bia", "Rơ Châm Hâ", "Siu Hê", "Kpă Klơng", "A Viết Sơn", "Giàng A Páo",
    "Thào Thị Mỷ", "Lò Văn Ún", "Cầm Bá Thước", "K'Brêu", "Bh'riu Liếc", "La Êê", "Hồ Thị Kỳ", "Thạch Sa Rết",
    "Sơn Ngọc Hoà", "Kim Sô Phia", "Danh Út", "Châu Sóc Khonl", "Ya Đúp", "Blô", "Đinh Blê", "Rah Lan Hè",
]  # fmt: skip
FOREIGN = ["Müller", "François", "Noël", "José Peña", "Björn", "Søren Kierkegård", "Chloé", "Zoë", "Renée", "Łukasz"]


def tcvn3(text: str) -> str:
    """Return what a TCVN3 typist's text looks like when read as Unicode."""
    from app.lib.legacy_fonts import _TCVN3

    back = {modern: old for old, modern in _TCVN3.items()}
    return "".join(back.get(c, back.get(c.lower(), c)) for c in text)


def vni(text: str) -> str:
    """Return what a VNI typist's text looks like when read as Unicode."""
    from app.lib.legacy_fonts import _VNI_ALONE, _VNI_HATS, _VNI_MARKS, _VNI_PLAIN

    table = {modern: old for old, modern in _VNI_ALONE.items()}
    for base, marks in _VNI_HATS.items():
        for mark, modern in marks.items():
            table[modern] = base + mark
            table[modern.upper()] = base.upper() + mark.upper()
    for base, marks_of_base in _VNI_MARKS.items():
        for mark in marks_of_base:
            modern = unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + _VNI_PLAIN[mark])
            table.setdefault(modern, base + mark)
    return "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("NguyÔn V¨n Phông", "TCVN3", "Nguyễn Văn Phụng"),
        ("Sè 778, Tæ 9, xóm 6", "TCVN3", "Số 778, Tổ 9, xóm 6"),
        ("§Æng ThÞ H­êng", "TCVN3", "Đặng Thị Hường"),
        ("Lª V¨n T¸m", "TCVN3", "Lê Văn Tám"),
        ("Hä vµ tªn", "TCVN3", "Họ và tên"),
        ("Nguyeãn Vaên AÙn", "VNI", "Nguyễn Văn Án"),
        ("Traàn Thò Ñaøo", "VNI", "Trần Thị Đào"),
        ("Phöôøng Thôùi Hoøa", "VNI", "Phường Thới Hòa"),
        ("ÑAËNG THÒ HÖÔØNG", "VNI", "ĐẶNG THỊ HƯỜNG"),
        ("Nguyá»…n VÄƒn An", "UTF-8", "Nguyễn Văn An"),
    ],
)
def test_garbage_is_named_and_a_reading_suggested(text, encoding, meant):
    assert legacy_encoding(text) == encoding
    assert decode_legacy(text, encoding) == meant


names = st.builds(
    lambda family, middles, given_name: " ".join([family, *middles, given_name]),
    st.sampled_from(FAMILIES),
    st.lists(st.sampled_from(MIDDLES), max_size=2),
    st.sampled_from(GIVEN),
)


@given(names)
def test_no_honest_name_is_called_garbage(name):
    for form in (name, name.upper(), name.lower(), name.swapcase()):
        assert legacy_encoding(form) is None, form


@pytest.mark.parametrize("name", MINORITIES + FOREIGN)
def test_names_of_minorities_and_foreigners_are_not_garbage(name):
    for form in (name, name.upper(), name.lower()):
        assert legacy_encoding(form) is None, form


def test_no_place_in_the_country_is_called_garbage():
    places = [p.name for p in Province.iter_all()] + [w.name for w in Ward.iter_all()]
    assert len(places) > 3_000
    assert [p for p in places if any(map(legacy_encoding, (p, p.upper(), p.lower())))] == []


@pytest.mark.parametrize(
    "text", ["", "An", "Số 12/5, hẻm 3", "lÊ vĂn aN", "LÊ THỊ TÔ", "Tô Lê", "12 Lê Lợi", "à", "ß", "×", "nhà ½"]
)
def test_odd_but_honest_text_is_not_garbage(text):
    assert legacy_encoding(text) is None


def is_told_apart(name: str, garbage: str) -> bool:
    """Some garbage reads as Vietnamese: nobody could tell; names with one word that does not must be found."""
    return any(not is_syllable(word) for word in garbage.split())


@given(names)
def test_nearly_every_name_typed_in_tcvn3_is_found(name):
    garbage = tcvn3(name)
    strong = any(not c.isascii() and c not in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ" for c in garbage)
    if strong and is_told_apart(name, garbage):
        assert legacy_encoding(garbage) is not None, garbage


@given(names)
def test_nearly_every_name_typed_in_vni_is_found(name):
    garbage = vni(name)
    if is_told_apart(name, garbage) and garbage != name:
        assert legacy_encoding(garbage) is not None, garbage


@pytest.mark.parametrize(("typist", "encoding"), [(tcvn3, "TCVN3"), (vni, "VNI")])
def test_the_right_encoding_is_named(typist, encoding):
    garbage = {
        typist(f"{f} {m} {g}")
        for f in FAMILIES
        for m in MIDDLES[::7]
        for g in GIVEN[::3]
        if f"{f}{m}{g}" != typist(f + m + g)
    }
    answers = Counter(map(legacy_encoding, garbage))
    assert answers[encoding] / len(garbage) > 0.95
    assert sum(answers.values()) - answers[encoding] - answers[None] < len(garbage) * 0.005


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text):
    encoding = legacy_encoding(text)
    assert encoding in (None, "TCVN3", "VNI", "UTF-8")
    if encoding:
        decode_legacy(text, encoding)


@pytest.mark.parametrize("word", ["nguyễn", "Quý", "qúy", "giếng", "gì", "Khuyến", "ưỡn", "Yến", "xoong", "hoà", "hòa"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["", "nguyôn", "vaên", "êp", "bat", "Krông", "zoë", "hòá", "vâ", "str", "aa", "Blê", "đăk", "12", "thùyt"]
)
def test_what_no_syllable_looks_like(word):
    assert not is_syllable(word)
