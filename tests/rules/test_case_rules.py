"""Days of a case, its code, and which words are for inspectors alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules import cases as rules
from app.feedback.rules.restricted import own_procedure, restricted_kind
from app.lib.codes import ALPHABET

FRIDAY = datetime(2026, 7, 3, 3, 0, tzinfo=UTC)


def test_five_working_days_pass_over_weekends_and_holidays() -> None:
    end = rules.deadline("answer", FRIDAY, {})
    assert (end.date(), end.hour, end.minute) == (date(2026, 7, 10), 23, 59)
    assert rules.deadline("answer", FRIDAY, {date(2026, 7, 8): "off"}).date() == date(2026, 7, 13)
    assert rules.deadline("answer", FRIDAY, {date(2026, 7, 4): "working"}).date() == date(2026, 7, 9)
    with pytest.raises(KeyError):
        rules.deadline("never", FRIDAY, {})


@given(st.sampled_from(sorted(rules.STATUS_NAMES)), st.integers(0, 60))
def test_a_case_that_waits_is_never_one_to_come_back_to(status: str, days: int) -> None:
    now = FRIDAY + timedelta(days=days)
    may = rules.may_reopen(status, FRIDAY, now, {})
    assert may == (status not in rules.WAITING and days <= 21)
    assert not rules.may_reopen(status, None, now, {})
    assert rules.is_late(status, FRIDAY, now + timedelta(seconds=1)) == (status in rules.WAITING)


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_code_is_read_as_it_was_shown_and_not_when_cut(code: str) -> None:
    shown = rules.shown_code(code)
    for typed in (shown, shown.lower(), shown.replace("-", ""), f" {shown} ", code):
        assert rules.typed_code(typed) == code
    assert rules.typed_code(code[:-1]) == rules.typed_code(None) == rules.typed_code(f"GY-{code}") == ""


def test_only_the_end_of_a_number_is_shown() -> None:
    assert rules.masked("0912345678").endswith(" 678") and "345" not in rules.masked("0912345678")
    assert rules.masked("") == ""


MONEY = [
    "Cán bộ gợi ý chi tiền mới nhận hồ sơ.",
    "can bo voi tien toi 200 nghin",
    "Phải đưa phong bì thì hồ sơ mới xong.",
    "Yêu cầu nộp thêm tiền ngoài quy định.",
    "Bắt tôi trả 300 nghìn tiền bồi dưỡng.",
    "Họ nhũng nhiễu người dân.",
    "Tôi phải lót tay mới được việc.",
    "Chị ở quầy 2 đòi hối lộ.",
]
HARMLESS = [
    "Cán bộ không vòi vĩnh, làm việc nhanh.",
    "Không có tình trạng nhũng nhiễu.",
    "Nộp tiền lệ phí phải sang quầy khác.",
    "Yêu cầu nộp thêm giấy tờ ngoài quy định.",
    "Nhận kết quả trong phong bì qua bưu điện.",
    "Gợi ý thêm ghế ngồi và nước uống.",
    "Trả lại tiền thừa đầy đủ, cảm ơn.",
    "Chờ lâu, thái độ chưa tốt.",
    "Anh Nam hướng dẫn rất tận tình.",
]


@pytest.mark.parametrize("text", MONEY)
def test_words_of_money_asked_for(text: str) -> None:
    assert restricted_kind((), text) == "unofficial_payment"


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_accuse_nobody(text: str) -> None:
    assert restricted_kind({"long_wait"}, text) == "" and own_procedure(text) == ""


@pytest.mark.parametrize("text", HARMLESS)
def test_the_reason_chosen_counts_whatever_is_written(text: str) -> None:
    assert restricted_kind({"long_wait", "unofficial_payment"}, text) == "unofficial_payment"


@pytest.mark.parametrize(
    ("text", "kind", "law"),
    [
        ("Ông Nguyễn Văn Bình cửa quyền, hách dịch với dân.", "named_accusation", ""),
        ("Tôi tố cáo cán bộ ở đây.", "named_accusation", "denunciation"),
        ("Tôi khiếu nại quyết định thu hồi đất.", "", "complaint"),
        ("Xin hỏi thủ tục giải quyết khiếu nại, tố cáo.", "", ""),
        ("Ông Nguyễn Văn Bình không hách dịch.", "", ""),
    ],
)
def test_persons_and_laws_of_their_own(text: str, kind: str, law: str) -> None:
    assert (restricted_kind((), text), own_procedure(text)) == (kind, law)
