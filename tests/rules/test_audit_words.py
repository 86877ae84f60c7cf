"""Details of the record in words."""

from typing import Any

import pytest

from app.audit import words


def say(sentence: str) -> str:
    return sentence


def shown(**detail: Any) -> dict[str, str]:
    return dict(words.details(detail, say))


@pytest.mark.parametrize(
    ("key", "value", "name", "text"),
    [
        ("role", "area_head", "Vai trò", "Trưởng thôn, Tổ trưởng tổ dân phố"),
        ("body", "front", "Thay mặt", "Mặt trận Tổ quốc"),
        ("kind", "off", "Loại", "nghỉ"),
        ("kind", "khu_pho", "Loại", "khu_pho"),
        ("last_day", "2030-12-31", "Ngày cuối cùng", "31/12/2030"),
        ("closes_at", "2026-07-20T10:00:00+00:00", "Giờ đóng", "17:00 20/07/2026"),
        ("households", 36000, "Các hộ", "36.000"),
        ("year", 2026, "Năm", "2026"),
        ("may_change", True, "Được gửi lại phiếu", "có"),
        ("may_change", False, "Được gửi lại phiếu", "không"),
        ("failures", 0, "Số lần sai liên tiếp", "0"),
        ("households", ["12", "12A"], "Các hộ", "12, 12A"),
        ("fields", ["address", "number"], "Mục đã sửa", "Địa chỉ, Hộ số"),
        ("changes", {"name": ["khu phố 3", "khu phố 4"]}, "Thay đổi", "Tên: khu phố 3 → khu phố 4"),
        ("changes", {"phone": ["", "0912345678"]}, "Thay đổi", "Số điện thoại: – → 0912345678"),
        ("before", {"kind": "off", "name": "Nghỉ"}, "Trước đó", "Loại: nghỉ; Tên: Nghỉ"),
        ("sha256", "ab" * 32, "Dấu vân tay tệp", "abababababababab…"),
        ("reason", "2030-12-31T", "Lý do", "2030-12-31T"),
    ],
)
def test_details(key: str, value: Any, name: str, text: str) -> None:
    assert shown(**{key: value}) == {name: text}


@pytest.mark.parametrize("value", [None, "", {}, []])
def test_what_is_empty_is_not_mentioned(value: Any) -> None:
    assert shown(reason=value) == {}


@pytest.mark.parametrize("value", ["2026-13-45", "2026-02-30T25:00:00+07:00"])
def test_what_only_looks_like_a_day_is_left_as_it_is(value: str) -> None:
    assert shown(reason=value) == {"Lý do": value}


def test_unknown_words_are_shown_as_they_are() -> None:
    assert words.action("x.y.z", say) == "x.y.z"
    assert words.subject("thing", "5", say) == "thing 5"
    assert words.subject("area", "", say) == "địa bàn"
    assert shown(invented="a") == {"invented": "a"}


def test_words_are_translated() -> None:
    assert words.action("polls.poll.close", str.upper) == "ĐÓNG CUỘC BIỂU QUYẾT"
    assert words.details({"role": "overseer"}, str.upper) == [("VAI TRÒ", "NGƯỜI GIÁM SÁT")]


def test_no_two_actions_read_alike() -> None:
    assert len(set(words.ACTIONS.values())) == len(words.ACTIONS)
