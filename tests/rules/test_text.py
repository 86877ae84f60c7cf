"""Vietnamese text: normal form, search, name order, initials, phones, hidden characters."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.text import (
    SORT_KEY_MAX,
    BadPhone,
    fold,
    initials,
    name_key,
    nfc,
    normalise_phone,
    proper_name,
    sort_key,
    spelling_key,
    squeeze,
    strange_characters,
    tidy,
)

# The order of ICU 72 for vi_VN, given name first.
IN_ORDER = [
    "Nguyễn Thị À", "Nguyễn Thị Ả", "Nguyễn Thị Á", "Nguyễn Văn An", "Nguyễn Văn Anh", "Trần Thị Ánh",
    "Lê Văn Ân", "Phạm Văn Dũng", "Phạm Văn Đức", "Lê Thị Hoa", "Hoàng Thị Hoà", "Hoàng Thị Hòa",
    "Bùi Văn Hóa", "Đinh Văn Ôn", "Đinh Văn Ơn",
]  # fmt: skip
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
word = st.text(alphabet=LETTERS + LETTERS.upper(), min_size=1, max_size=6)
person = st.lists(word, min_size=1, max_size=5).map(" ".join)


def test_names_stand_in_vietnamese_order_whatever_order_they_came_in():
    backwards = IN_ORDER[::-1]
    for key in (name_key, sort_key):
        assert sorted(backwards, key=key) == IN_ORDER
        assert sorted(sorted(IN_ORDER), key=key) == IN_ORDER


@given(st.lists(person, min_size=2, max_size=8))
def test_binary_order_of_the_sort_key_is_name_order(names):
    assert sorted(names, key=sort_key) == sorted(names, key=name_key)


@given(st.text(max_size=30), st.text(max_size=30))
def test_sort_key_orders_any_text_as_name_key_does(one, other):
    if "\ud800" <= min(one + other + " ", default=" ") <= "\udfff":
        return
    assert (sort_key(one) < sort_key(other)) == (name_key(one) < name_key(other))
    assert (sort_key(one) == sort_key(other)) == (name_key(one) == name_key(other))


@given(st.text(max_size=100))
def test_sort_key_is_short_ascii_so_that_every_database_compares_it_alike(text):
    assert sort_key(text).isascii()
    assert len(sort_key(text)) <= SORT_KEY_MAX


def test_given_name_decides_before_the_family_name():
    assert sort_key("Vũ Thị An") < sort_key("Bùi Văn Bình")
    assert sort_key("Đặng Văn An") > sort_key("Dương Văn An")


@pytest.mark.parametrize("typed", ["dang thi huong", "ĐẶNG THỊ HƯỜNG", "  Đặng\u00a0Thị \n Hường", "Ðặng Thị Hường"])
def test_every_way_of_typing_finds_the_same_person(typed):
    assert fold(typed) == "dang thi huong"
    assert fold(unicodedata.normalize("NFD", typed)) == "dang thi huong"


def test_where_the_tone_is_written_does_not_matter_to_a_search():
    assert fold("Hoà") == fold("Hòa") == "hoa"
    assert fold("H’Hen Niê") == fold("H'Hen Niê") == "h'hen nie"


@given(st.text(max_size=40))
def test_folding_is_stable_and_blind_to_normal_form(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(person)
def test_folding_leaves_only_plain_letters_of_vietnamese(name):
    assert fold(name).replace(" ", "").isascii()


@given(st.text(max_size=40))
def test_squeeze_and_tidy_are_stable(text):
    assert squeeze(squeeze(text)) == squeeze(text)
    assert tidy(tidy(text)) == tidy(text)
    assert nfc(tidy(text)) == tidy(text)


def test_spelling_key_keeps_tones_and_forgets_where_they_stand():
    assert spelling_key("Hoà  THUÝ") == spelling_key("hòa thúy")
    assert spelling_key("An") != spelling_key("Ân")
    assert spelling_key("Hoa") != spelling_key("Hóa")
    assert spelling_key("Bản") != spelling_key("Ban")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nguyễn Văn An", "Nguyễn V. A."),
        ("  đặng thị  hường ", "đặng T. H."),
        ("Út", "Ú."),
        ("", ""),
        ("Lê Ý", "Lê Ý."),
    ],
)
def test_initials(name, short):
    assert initials(name) == short


@given(person)
def test_initials_never_tell_the_given_name(name):
    given_name = name.split()[-1]
    assert len(given_name) < 3 or initials(name).split()[-1] != given_name


@pytest.mark.parametrize(
    ("written", "proper"),
    [
        ("  HOÀNG CÔNG ẤN", "Hoàng Công Ấn"),
        ("nguyễn thị   kim mai", "Nguyễn Thị Kim Mai"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("K’SƠR Y-BLIĂT", "K’Sơr Y-Bliăt"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("McDONALD Văn An", "McDONALD Văn An"),
        ("Ý", "Ý"),
        ("Ðỗ Văn Ðạt", "Đỗ Văn Đạt"),
    ],
)
def test_names_are_made_fit_to_print(written, proper):
    assert proper_name(written) == proper
    assert proper_name(unicodedata.normalize("NFD", written)) == proper


@pytest.mark.parametrize(
    "written",
    [
        "0878684335", "878684335", 878684335, 878684335.0, "878684335.0", "+84878684335", "84878684335",
        "0878.684.335", "0878 684 335", "0878-684-335", "(+84) 878 684 335", "+840878684335", "0084878684335",
        "'0878684335", "\u00a00878684335\n", "0878–684–335",
    ],
)  # fmt: skip
def test_one_mobile_number_however_written(written):
    assert normalise_phone(written) == "0878684335"


def test_a_number_that_begins_with_84_itself_is_not_taken_for_the_country_code():
    assert normalise_phone(849507650.0) == "0849507650"
    assert normalise_phone("84849507650") == "0849507650"


@pytest.mark.parametrize("written", [None, "", "  ", "-", "–", "không", "Không có", "KHÔNG", "chưa có", "0", 0.0])
def test_no_number(written):
    assert normalise_phone(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "09123", "0912345678 / 0987654321", "0912345678 0987654321", "02743822822", "01234567890", "0412345678",
        "09123456789", "091234567", "+1 202 555 0100", "091234567a", "9.12345678E+08", "٠٩١٢٣٤٥٦٧٨", "có", "113",
        "-878684335x", "1234567890123456789012345", "0878684335.5", "#REF!", "chồng: 0912345678", float("nan"),
    ],
)  # fmt: skip
def test_what_is_no_mobile_number_is_refused_and_never_repaired(written):
    with pytest.raises(BadPhone):
        normalise_phone(written)


@given(st.integers(min_value=0, max_value=10**8 - 1), st.sampled_from("35789"))
def test_every_mobile_number_survives_its_forms(rest, first):
    number = f"0{first}{rest:08d}"
    forms = (number, number[1:], float(number[1:]), "+84" + number[1:], f"{number[:4]}.{number[4:7]}.{number[7:]}")
    assert {normalise_phone(form) for form in forms} == {number}


@given(st.text(max_size=20))
def test_a_phone_is_ten_digits_or_none_or_refused(text):
    try:
        number = normalise_phone(text)
    except BadPhone:
        return
    assert number is None or (len(number) == 10 and number.isascii() and number.isdecimal() and number[0] == "0")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("An\u202egnahk", "U+202E"), ("A\u200bn", "U+200B"), ("A\ufeffn", "U+FEFF"), ("A\u00adn", "U+00AD"),
        ("A\x00n", "U+0000"), ("A\x1bn", "U+001B"), ("A\u2066n", "U+2066"), ("A\u200dn", "U+200D"),
        ("A\ufffdn", "U+FFFD"), ("A\ue000n", "U+E000"), ("An\u0300\u0301\u0302", "U+0301"), ("\u3164An", "U+3164"),
    ],
)  # fmt: skip
def test_hidden_characters_are_named(text, named):
    assert named in strange_characters(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Văn An",
        "Số 12/5, Hẻm 3\nkhu phố 6",
        "H’Hen Niê",
        "Y Bliăt Êban",
        "Ksor Hơ̆",
        "François",
        "A\u00a0B\tC",
    ],
)
def test_honest_text_holds_no_hidden_characters(text):
    assert strange_characters(nfc(text)) == ()


def test_all_vietnamese_letters_are_honest():
    for letter in itertools.chain(LETTERS, LETTERS.upper()):
        assert strange_characters(letter) == ()
        assert strange_characters(nfc(unicodedata.normalize("NFD", letter))) == ()
