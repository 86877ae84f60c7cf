"""The sentences an import says to people. ``%(…)s`` places are filled by the web floor after translating."""

from app.households.importing.likeness import Doubt
from app.households.importing.records import Fault
from app.lib.i18n import N_

FIELDS = {
    "number": N_("Số hộ"),
    "serial": N_("Số thứ tự"),
    "full_name": N_("Họ tên đại diện hộ"),
    "address": N_("Địa chỉ thường trú"),
    "phone": N_("Điện thoại"),
    "cluster": N_("Cụm, ngõ, hẻm"),
    "area_name": N_("Thôn, tổ dân phố"),
}
"""The name of each field a column may hold."""

PROBLEMS = {
    "missing_name": N_("Thiếu họ tên. Ghi họ tên đại diện hộ."),
    "missing_address": N_("Thiếu địa chỉ. Ghi địa chỉ thường trú của hộ."),
    "duplicate_household": N_("Hộ này đã có ở dòng %(detail)s. Xóa một dòng, hoặc sửa cho đúng."),
    "bad_phone": N_("Số điện thoại không đúng. Ghi 10 chữ số bắt đầu bằng 0, hoặc để trống."),
    "legacy_encoding": N_("Chữ viết bằng phông cũ (%(detail)s). Gõ lại ô này bằng phông Unicode."),
    "missing_area": N_("Thiếu tên thôn, tổ dân phố. Ghi hộ này thuộc nơi nào."),
    "strange_characters": N_("Ô này có ký tự ẩn (%(detail)s). Xóa ô rồi gõ lại."),
    "too_long": N_("Nội dung quá dài. Viết không quá %(detail)s ký tự."),
    "date_in_address": N_("Địa chỉ đã bị đổi thành ngày tháng. Gõ lại số nhà, ví dụ 12/5."),
}
"""What is wrong in a cell, and what to do about it; the parameters are those of ``fault_params``."""

SUGGESTION = N_("Có thể là: %(suggestion)s")

DOUBTS = {
    "same_phone": N_("Hai hộ cùng số điện thoại."),
    "like_name_and_address": N_("Hai hộ cùng họ tên, địa chỉ gần giống nhau."),
    "same_address": N_("Hai hộ cùng địa chỉ."),
}
"""Why two households may be one."""


def fault_params(fault: Fault) -> dict[str, str]:
    """Return what the places of a problem's sentence are filled with."""
    return {"value": fault.value, "detail": fault.detail, "suggestion": fault.suggestion}


def doubt_sentence(doubt: Doubt) -> str:
    """Return the untranslated sentence for a doubt."""
    return DOUBTS[doubt.reason]
