"""Numbers, dates and telephone numbers as they are read aloud."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.speech import number_words, speakable, spoken_date, spoken_moment, spoken_phone


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (299, "hai trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (10_010, "mười nghìn không trăm mười"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_000_000_000, "hai tỷ"),
    ],
)
def test_numbers_are_said_as_people_say_them(number, words):
    assert number_words(number) == words


@given(st.integers(0, 999_999_999))
def test_said_numbers_can_be_understood_again(number):
    assert _understood(number_words(number)) == number


def test_a_number_below_zero_is_refused():
    with pytest.raises(ValueError, match="zero"):
        number_words(-1)


def test_days_of_the_first_third_are_mung_and_april_is_tu():
    assert spoken_date(date(2026, 4, 2)) == "thứ năm, ngày mùng hai tháng tư"
    assert spoken_date(date(2026, 12, 31)) == "thứ năm, ngày ba mươi mốt tháng mười hai"


def test_full_hours_have_no_minutes():
    assert spoken_moment(datetime(2026, 7, 20, 10, 0, tzinfo=UTC)) == "mười bảy giờ, thứ hai, ngày hai mươi tháng bảy"
    assert spoken_moment(datetime(2026, 7, 19, 16, 59, tzinfo=UTC)).startswith(
        "hai mươi ba giờ năm mươi chín phút, chủ"
    )


def test_a_telephone_number_is_dictated_digit_by_digit():
    assert spoken_phone("0903 123 456") == "không chín không ba, một hai ba, bốn năm sáu"
    assert spoken_phone("") == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Khu phố 6", "Khu phố sáu"),
        ("từ 17:00 ngày 20/7/2026", "từ mười bảy giờ ngày hai mươi tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        ("lúc 7h30", "lúc bảy giờ ba mươi phút"),
        ("đóng 1.500.000 đồng", "đóng một triệu năm trăm nghìn đồng"),
        ("ít nhất 2,5 m2.", "ít nhất hai phẩy năm mét vuông."),
        ("đạt 66,5 % hoặc 50%", "đạt sáu mươi sáu phẩy năm phần trăm hoặc năm mươi phần trăm"),
        ("gọi 0903 123 456", "gọi không chín không ba, một hai ba, bốn năm sáu"),
        ("cần 05 ngày", "cần năm ngày"),
        ("mã 7K3M-9QTR, số 02/NQ-KP6", "mã 7K3M-9QTR, số 02/NQ-KP6"),
        ("99/99 và 1:75", "99/99 và 1:75"),
    ],
)
def test_written_sentences_become_sayable(written, said):
    assert speakable(written) == said


def _understood(words):
    """The number a listener would write down; an independent reading of the same words."""
    units = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
    units |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
    total = triple = last = 0
    for word in words.split():
        if word in units:
            triple, last = triple + units[word], units[word]
        elif word == "trăm":
            triple += last * 99
        elif word == "mươi":
            triple += last * 9
        elif word == "mười":
            triple += 10
        elif word in ("nghìn", "triệu"):
            total, triple = total + triple * {"nghìn": 1_000, "triệu": 1_000_000}[word], 0
        else:
            assert word == "linh"
    return total + triple
