"""The record in words: what each action and each detail is called. Sentences are translated where they are shown."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.core.roles import BODY_NAMES, ROLE_NAMES
from app.core.schema import slice_modules
from app.lib.calendar import format_date, format_moment, format_number
from app.lib.i18n import N_

ACTIONS: dict[str, str] = {
    "areas.area.create": N_("Lập địa bàn"),
    "areas.area.end": N_("Kết thúc địa bàn"),
    "areas.area.update": N_("Sửa thông tin địa bàn"),
    "areas.official.load": N_("Nạp danh mục tỉnh, xã chính thức"),
    "audit.entry.export": N_("Xuất nhật ký"),
    "holidays.day.remove": N_("Bỏ một ngày khỏi lịch nghỉ"),
    "holidays.day.set": N_("Ghi một ngày vào lịch nghỉ"),
    "holidays.year.load": N_("Nạp lịch nghỉ chính thức của năm"),
    "households.household.add": N_("Thêm hộ gia đình"),
    "households.household.end": N_("Đưa hộ gia đình ra khỏi danh sách"),
    "households.household.update": N_("Sửa thông tin hộ gia đình"),
    "households.import.commit": N_("Nhập danh sách hộ gia đình từ tệp"),
    "households.import.discard": N_("Bỏ tệp danh sách hộ gia đình chưa nhập"),
    "households.import.undo": N_("Hoàn tác lần nhập danh sách hộ gia đình"),
    "households.representative.change": N_("Thay đại diện hộ gia đình"),
    "households.representative.phone": N_("Sửa số điện thoại đại diện hộ gia đình"),
    "households.roll.decide": N_("Quyết định cách lập danh sách hộ"),
    "identity.account.create": N_("Lập tài khoản"),
    "identity.account.disable": N_("Khóa tài khoản"),
    "identity.account.enable": N_("Mở lại tài khoản"),
    "identity.account.update": N_("Sửa thông tin tài khoản"),
    "identity.password.change": N_("Đổi mật khẩu của mình"),
    "identity.password.reset": N_("Đặt mật khẩu tạm cho tài khoản"),
    "identity.role.end": N_("Thu hồi vai trò"),
    "identity.role.grant": N_("Giao vai trò"),
    "identity.second_factor.begin": N_("Bắt đầu bật xác thực hai bước"),
    "identity.second_factor.confirm": N_("Bật xác thực hai bước"),
    "identity.second_factor.reset": N_("Tắt xác thực hai bước của tài khoản"),
    "identity.session.close": N_("Đăng xuất"),
    "identity.session.close_all": N_("Đăng xuất trên mọi thiết bị"),
    "identity.session.open": N_("Đăng nhập"),
    "identity.session.refuse": N_("Đăng nhập không thành công"),
    "polls.callback.draw": N_("Chọn ngẫu nhiên hộ để gọi lại kiểm tra"),
    "polls.change.cancel": N_("Hủy cuộc biểu quyết"),
    "polls.change.extend": N_("Gia hạn cuộc biểu quyết"),
    "polls.change.reject": N_("Không đồng ý đề nghị thay đổi"),
    "polls.change.request": N_("Đề nghị gia hạn hoặc hủy"),
    "polls.change.withdraw": N_("Rút đề nghị thay đổi"),
    "polls.count.explain": N_("Giải trình số phiếu chưa khớp"),
    "polls.count.refuse": N_("Kiểm phiếu chưa có kết quả vì số phiếu chưa khớp"),
    "polls.counter.assist": N_("Hỗ trợ hộ biểu quyết tại điểm hỗ trợ"),
    "polls.decision.receive": N_("Ghi nhận cơ quan đã nhận văn bản"),
    "polls.decision.send": N_("Gửi văn bản cho Ủy ban nhân dân và Mặt trận Tổ quốc"),
    "polls.decision.sign": N_("Ghi nhận văn bản đã đủ chữ ký"),
    "polls.decision.write": N_("Lập văn bản kết quả"),
    "polls.document.add": N_("Thêm tài liệu"),
    "polls.document.remove": N_("Xóa tài liệu"),
    "polls.key.release": N_("Đồng ý mở kiểm phiếu"),
    "polls.key.shred": N_("Hủy khóa và phiếu đã niêm phong"),
    "polls.opinions.publish": N_("Chọn ý kiến khác được công bố"),
    "polls.poll.close": N_("Đóng cuộc biểu quyết"),
    "polls.poll.confirm": N_("Duyệt mở cuộc biểu quyết"),
    "polls.poll.count": N_("Kiểm phiếu"),
    "polls.poll.create": N_("Lập cuộc biểu quyết"),
    "polls.poll.discard": N_("Bỏ cuộc đang chuẩn bị"),
    "polls.poll.question": N_("Sửa câu hỏi và phương án"),
    "polls.poll.rehearse": N_("Chạy thử cuộc biểu quyết"),
    "polls.poll.return": N_("Trả lại để chuẩn bị tiếp"),
    "polls.poll.roll_rule": N_("Sửa cách lập danh sách hộ"),
    "polls.poll.secrecy": N_("Sửa mức giữ kín lá phiếu"),
    "polls.poll.subject": N_("Sửa nội dung biểu quyết"),
    "polls.poll.submit": N_("Trình duyệt mở cuộc biểu quyết"),
    "polls.poll.team": N_("Lập Tổ lấy ý kiến"),
    "polls.poll.times": N_("Sửa thời gian mở và đóng"),
    "polls.precondition.record": N_("Ghi nhận một điều kiện trước khi mở"),
    "polls.precondition.remove": N_("Bỏ ghi nhận một điều kiện"),
    "polls.reminder.mark": N_("Ghi nhận đã nhắc hộ chưa tham gia"),
    "polls.roll.purge": N_("Xóa danh sách hộ của cuộc đã xong"),
    "polls.slip.activate": N_("Ghi nhận đã giao phiếu mã"),
    "polls.slip.issue": N_("In phiếu mã"),
    "polls.slip.reissue": N_("Cấp lại phiếu mã"),
    "polls.slip.reissue_unactivated": N_("Cấp lại các phiếu mã chưa giao"),
}
DETAILS: dict[str, str] = {
    "added": N_("Số thêm mới"),
    "address": N_("Địa chỉ"),
    "agreed": N_("Số hộ đồng ý"),
    "areas_created": N_("Số địa bàn lập mới"),
    "at": N_("Sai ở bước"),
    "ballots": N_("Số phiếu"),
    "before": N_("Trước đó"),
    "body": N_("Thay mặt"),
    "browser": N_("Trình duyệt"),
    "by": N_("Người làm"),
    "changed": N_("Số thay đổi"),
    "changes": N_("Thay đổi"),
    "channel": N_("Hình thức"),
    "clause": N_("Khoản của Điều 15"),
    "closes_at": N_("Giờ đóng"),
    "cluster": N_("Cụm"),
    "consent_poll": N_("Cuộc lấy ý kiến trước"),
    "counted": N_("Số phiếu được kiểm"),
    "day": N_("Ngày"),
    "decided_on": N_("Ngày quyết định"),
    "days": N_("Các ngày"),
    "definition_sha256": N_("Dấu vân tay nội dung"),
    "document": N_("Văn bản"),
    "ended": N_("Số đưa ra"),
    "failures": N_("Số lần sai liên tiếp"),
    "explainable": N_("Giải trình được"),
    "faulty_rows_left_out": N_("Số dòng lỗi không nhập"),
    "fields": N_("Mục đã sửa"),
    "filename": N_("Tên tệp"),
    "filters": N_("Điều kiện lọc"),
    "form": N_("Hình thức"),
    "front_name": N_("Trưởng ban công tác Mặt trận"),
    "full_name": N_("Họ và tên"),
    "happened_on": N_("Ngày thực hiện"),
    "head": N_("Tổ trưởng"),
    "head_name": N_("Trưởng thôn, Tổ trưởng tổ dân phố"),
    "household": N_("Hộ số"),
    "households": N_("Các hộ"),
    "how": N_("Cách ghi nhận"),
    "key": N_("Điều kiện"),
    "kind": N_("Loại"),
    "last_day": N_("Ngày cuối cùng"),
    "level": N_("Mức giữ kín"),
    "locked_until": N_("Tạm dừng đến"),
    "login": N_("Tên đăng nhập"),
    "matched": N_("Kết quả khớp"),
    "may_change": N_("Được gửi lại phiếu"),
    "members": N_("Thành viên"),
    "name": N_("Tên"),
    "new": N_("Số hộ mới"),
    "new_closes_at": N_("Giờ đóng mới"),
    "number": N_("Hộ số"),
    "of": N_("Trong tổng số"),
    "opens_at": N_("Giờ mở"),
    "options": N_("Phương án"),
    "phone": N_("Số điện thoại"),
    "places": N_("Nơi công khai"),
    "problems": N_("Điều chưa đúng"),
    "question": N_("Câu hỏi"),
    "reason": N_("Lý do"),
    "role": N_("Vai trò"),
    "roll_rule": N_("Cách lập danh sách"),
    "roll_sha256": N_("Dấu vân tay danh sách hộ"),
    "rows": N_("Số dòng"),
    "rule": N_("Cách lập danh sách"),
    "rule_key": N_("Tỷ lệ cần đạt"),
    "seed": N_("Số gốc để chọn lại"),
    "sha256": N_("Dấu vân tay tệp"),
    "shown": N_("Số ý kiến công bố"),
    "slips": N_("Số phiếu mã"),
    "small_poll_accepted": N_("Đã biết rủi ro ít hộ"),
    "successors": N_("Địa bàn kế tục"),
    "summary": N_("Tóm tắt"),
    "title": N_("Tên gọi"),
    "total": N_("Tổng số hộ"),
    "unchanged": N_("Số giữ nguyên"),
    "year": N_("Năm"),
}
SUBJECTS: dict[str, str] = {
    "account": N_("tài khoản"),
    "area": N_("địa bàn"),
    "calendar_day": N_("ngày trong lịch nghỉ"),
    "calendar_year": N_("lịch nghỉ năm"),
    "household": N_("hộ gia đình"),
    "poll": N_("cuộc biểu quyết"),
    "roll_import": N_("lần nhập danh sách"),
}
_YES, _NO, _ARROW = N_("có"), N_("không"), "→"
VALUES: dict[str, dict[str, str]] = {
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
    "body": {body.value: name for body, name in BODY_NAMES.items()},
    "kind": {
        "off": N_("nghỉ"),
        "working": N_("làm việc bù"),
        "extend": N_("gia hạn"),
        "cancel": N_("hủy"),
        "decision": N_("biểu quyết"),
    },
    "at": {"password": N_("mật khẩu"), "code": N_("mã xác nhận")},
    "level": {"open": N_("công khai"), "sealed": N_("kín")},
    "form": {"online": N_("trực tuyến"), "meeting": N_("tại cuộc họp"), "ballot": N_("phiếu giấy")},
}
# Details that are lists of things; a list of two anywhere else is a value before and after.
LISTS = {"successors", "days", "households", "members", "fields", "places", "options", "head", "problems"}
_DIGEST = re.compile(r"[0-9a-f]{32,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")
Say = Callable[[str], str]

# What slices add for their own acts: a module ``record_words`` with some of ACTIONS, DETAILS, SUBJECTS, VALUES, LISTS.
for _module in slice_modules("record_words"):
    ACTIONS |= getattr(_module, "ACTIONS", {})
    DETAILS |= getattr(_module, "DETAILS", {})
    SUBJECTS |= getattr(_module, "SUBJECTS", {})
    LISTS |= getattr(_module, "LISTS", set())
    for _key, _values in getattr(_module, "VALUES", {}).items():
        VALUES[_key] = VALUES.get(_key, {}) | _values


def action(slug: str, say: Say) -> str:
    """The action in words; ``say`` translates."""
    return say(ACTIONS[slug]) if slug in ACTIONS else slug


def subject(kind: str, key: str, say: Say) -> str:
    """What an act concerned, with its number in the service."""
    return f"{say(SUBJECTS[kind]) if kind in SUBJECTS else kind} {key}".strip()


def details(detail: dict[str, Any], say: Say) -> list[tuple[str, str]]:
    """The details of an entry as (name, value) in words, those left empty not mentioned."""
    return [
        (say(DETAILS[key]) if key in DETAILS else key, shown)
        for key, value in detail.items()
        if (shown := _value(key, value, say))
    ]


def _value(key: str, value: Any, say: Say) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return say(_YES if value else _NO)
    if isinstance(value, int):
        return str(value) if key in ("year", "clause") else format_number(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {shown}" for name, shown in details(value, say))
    if isinstance(value, list):
        return _list(key, value, say)
    return _text(key, str(value), say)


def _list(key: str, values: list[Any], say: Say) -> str:
    before_and_after = key not in LISTS and len(values) == 2
    shown = [_value(key, value, say) or "–" for value in values]
    return f" {_ARROW} ".join(shown) if before_and_after else ", ".join(shown)


def _text(key: str, value: str, say: Say) -> str:
    known = VALUES.get(key, {}).get(value)
    if known is not None:
        return say(known)
    if key == "fields" and value in DETAILS:
        return say(DETAILS[value])
    if _DIGEST.fullmatch(value):
        return value[:16] + "…"
    return _when(value) or value


def _when(value: str) -> str:
    """A day or moment as people write it; empty for what only looks like one."""
    try:
        if _DAY.fullmatch(value):
            return format_date(date.fromisoformat(value))
        return format_moment(datetime.fromisoformat(value)) if _MOMENT.fullmatch(value) else ""
    except ValueError:
        return ""
