"""Messages: when people are told, how short a text becomes, and what never stands in it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import VIETNAM
from app.notifications import rules

ADDRESS = "https://danban.example.gov.vn/gop-y/k3m9q7xa/tra-loi"


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-{words}").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("05T07:00", "05T07:00"),
        ("05T12:30", "05T12:30"),
        ("05T20:59:59", "05T20:59:59"),
        ("05T21:00", "06T07:00"),
        ("05T23:59", "06T07:00"),
        ("06T00:00", "06T07:00"),
        ("06T06:59:59", "06T07:00"),
        ("31T22:00", None),
    ],
)
def test_nobody_is_told_anything_at_night(written: str, sent: str | None) -> None:
    expected = at(sent) if sent else datetime(2026, 8, 1, 7, tzinfo=VIETNAM)
    assert rules.next_day(at(written)) == expected


@given(st.integers(0, 10 * 365 * 24 * 60))
def test_the_next_day_is_near_and_no_night(minutes: int) -> None:
    local = at("05T12:30") + timedelta(minutes=minutes)
    told = rules.next_day(local)
    assert not rules.is_night(told) and timedelta() <= told - local <= timedelta(hours=10)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ủy ban nhân dân phường đã trả lời góp ý của Ông/Bà.", "Uy ban nhan dan phuong da tra loi gop y cua Ong/Ba."),
        ("ĐẶNG THỊ HƯỜNG – “Điều 5”…", 'DANG THI HUONG - "Dieu 5"...'),
        ("[a] {b} ~c^ \\d|e `f`", "(a) (b) -c /d/e 'f'"),
        ("một\n dòng\thai", "mot dong hai"),
        ("😀 vui 中", "vui"),
    ],
)
def test_text_messages_are_unaccented(text: str, plain: str) -> None:
    assert rules.unaccented(text) == plain


@given(st.text(max_size=400), st.sampled_from(["", ADDRESS, "https://x.vn/" + "a" * 130, "https://x.vn/" + "a" * 300]))
def test_a_text_message_always_fits_and_every_phone_shows_it(text: str, address: str) -> None:
    message = rules.short_message(text, address)
    assert len(message) <= 160 and message.isascii() and "\n" not in message
    assert not address or len(address) > 119 or message.endswith(f" {address}")


def test_words_give_way_before_the_address() -> None:
    text = (
        "Phường Thới Hòa đã trả lời góp ý cho dự thảo Quy chế dân chủ ở cơ sở. Mời Ông/Bà xem phần tiếp thu, giải trình"
    )
    message = rules.short_message(text, ADDRESS)
    assert message == (
        "Phuong Thoi Hoa da tra loi gop y cho du thao Quy che dan chu o co so. Moi Ong/Ba xem phan tiep thu, giai... "
        + ADDRESS
    )


def test_a_short_text_stays_whole_and_a_cut_ends_after_a_word() -> None:
    assert rules.shortened("một hai ba", 10) == "một hai ba"
    assert rules.shortened("một hai, ba bốn", 12) == "một hai..."
    assert rules.shortened("x" * 20, 10) == "xxxxxxx..."


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Mã của Ông/Bà là GY-7K3M-9QXA", True),
        ("gy-7k3m-9qxa", True),
        ("Nghị định 59/2023/NĐ-CP, Quyết định 12/QĐ-UBND", False),
        ("Dự thảo của HĐND-UBND xã", False),
        ("0901234567", False),
    ],
)
def test_codes_are_noticed(text: str, holds: bool) -> None:
    assert rules.holds_code(text) is holds


def test_pauses_grow() -> None:
    pauses = [rules.pause(attempt) for attempt in range(1, rules.MAX_ATTEMPTS + 1)]
    assert pauses == sorted(pauses) and pauses[0] >= timedelta(minutes=1)
