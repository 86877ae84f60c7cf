"""Dates, cleaning and QR codes of papers."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import dates, qr
from app.documents.text import breakable, clean, clean_lines, grouped
from tests.support.papers import HOSTILE, Picture


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 4, 2), "ngày 02 tháng 4 năm 2024"),
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_official_dates_have_a_zero_before_small_days_and_the_first_two_months(day, written):
    assert dates.official_date(day) == written


def test_a_moment_is_written_on_vietnams_clock():
    assert dates.official_moment(datetime(2026, 7, 20, 17, 0, tzinfo=UTC)) == "00 giờ 00 phút, ngày 21 tháng 7 năm 2026"
    assert dates.short_moment(datetime(2026, 7, 20, 10, 5, tzinfo=UTC)) == "17:05 ngày 20/07/2026"


def test_the_last_second_of_a_day_is_not_lost():
    last = datetime(2026, 7, 20, 16, 59, 59, tzinfo=UTC)
    assert dates.official_moment(last) == "23 giờ 59 phút 59 giây, ngày 20 tháng 7 năm 2026"


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        dates.official_moment(datetime(2026, 7, 20, 17, 0))  # noqa: DTZ001 - the fault under test


def test_a_date_not_known_yet_leaves_room_to_write():
    assert dates.place_and_date("Thới Hòa", None).startswith("Thới Hòa, ngày …")


@given(st.text(max_size=300))
def test_clean_text_is_one_line_in_nfc_without_control_or_direction_characters(text):
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == " ".join(kept.split())
    assert not {unicodedata.category(letter) for letter in kept} & {"Cc", "Cs"}
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
    assert clean(kept) == kept


@pytest.mark.parametrize("text", HOSTILE)
def test_cleaning_keeps_what_is_only_punctuation(text):
    assert clean(text) == text


def test_an_option_cannot_be_printed_backwards():
    assert clean("Đồng ý \u202eý gnồđ gnôhK\u202c") == "Đồng ý ý gnồđ gnôhK"


def test_decomposed_letters_become_whole():
    assert clean(unicodedata.normalize("NFD", "Đặng Thị Hường")) == "Đặng Thị Hường"


def test_a_word_too_long_for_the_paper_can_break_and_a_name_cannot():
    assert "\u200b" in breakable("a" * 400)
    assert breakable("a" * 400).replace("\u200b", "") == "a" * 400
    assert breakable("Nguyễn Thị Hoàng-Uyên-Phương") == "Nguyễn Thị Hoàng-Uyên-Phương"


def test_longer_text_is_split_at_its_line_ends():
    assert clean_lines("một\r\n\r\n  hai\u2028ba\x00") == ("một", "hai", "ba")


def test_a_fingerprint_is_grouped_and_keeps_every_character():
    fingerprint = "0123456789abcdef" * 4
    assert grouped(fingerprint).replace(" ", "") == fingerprint
    assert {len(group) for group in grouped(fingerprint).split()} == {8}


def test_codes_of_a_batch_have_one_size_whatever_their_length():
    drawings = qr.draw_all(["https://a.vn/v#1", "https://danban.example.vn/v#7K3M9QTR2WXB7K3M9QTR2W", "HTTPS://A.VN/1"])
    assert len({drawing.size for drawing in drawings}) == 1
    assert qr.draw_all([]) == []


def test_a_code_leaves_four_white_modules_on_every_side():
    drawing = qr.draw("https://danban.example.vn/p/7K3M")
    starts = [move.split("h")[0].split() for move in drawing.path.split("M")[1:]]
    assert min(int(x) for x, _ in starts) == 4
    # Strokes run along the middle of their row.
    assert min(float(y) for _, y in starts) == 4.5
    assert max(float(y) for _, y in starts) == drawing.side - 4.5


def test_the_code_in_a_terminal_can_be_scanned():
    url = "https://danban.example.vn/v#7K3M9QTR2WXB7K3M9QTR2W0001"
    halves = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    rows = []
    for line in qr.terminal(url).splitlines():
        rows.append([halves[character][0] for character in line])
        rows.append([halves[character][1] for character in line])
    zoom = 4
    dots = b"".join(bytes([dot for dot in row for _ in range(zoom)]) * zoom for row in rows)
    page = Picture(width=len(rows[0]) * zoom, height=len(rows) * zoom, dots=dots, per_mm=zoom)
    assert [code.text for code in page.codes()] == [url]
