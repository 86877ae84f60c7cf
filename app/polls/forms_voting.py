"""Forms of the time of voting: slips printed, handed over and replaced, households reminded."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.forms import StaffForm, at_most, needed

PER_PAGE = [("8", _("8 phiếu một trang A4")), ("10", _("10 phiếu một trang A4"))]


class PrintForm(StaffForm):
    """Printing the slips of every household that has none."""

    per_page = RadioField(_("Số phiếu một trang"), choices=PER_PAGE, default="8")
    envelope = RadioField(
        _("Cách giao"),
        choices=[("1", _("Bỏ phong bì: ghi đủ họ tên")), ("0", _("Không phong bì: chỉ ghi chữ cái đầu"))],
        default="1",
    )


class ReprintForm(PrintForm):
    """Replacing every slip that was not handed over."""

    reason = StringField(_("Lý do in lại"), [needed(_("Ghi lý do, ví dụ: máy in kẹt giấy.")), at_most(500)])


class ReissueForm(StaffForm):
    """Replacing the slip of one household."""

    number = StringField(_("Số hộ"), [needed(_("Ghi số hộ.")), at_most(30)])
    reason = StringField(_("Lý do cấp lại"), [needed(_("Ghi lý do, ví dụ: hộ làm mất phiếu.")), at_most(500)])


class HandOverForm(StaffForm):
    """Recording that slips were handed over."""

    way = RadioField(
        _("Ghi nhận thế nào"),
        choices=[
            ("numbers", _("Theo số hộ trong danh sách ký nhận")),
            ("all", _("Đã giao tất cả, trừ một số hộ")),
            ("scan", _("Quét mã trên phiếu")),
        ],
        default="numbers",
    )
    numbers = TextAreaField(_("Các hộ đã giao"), [Optional(), at_most(5000)])
    exceptions = TextAreaField(_("Trừ các hộ"), [Optional(), at_most(5000)])
    scanned = StringField(_("Nội dung mã vừa quét"), [Optional(), at_most(300)])


class ReminderForm(StaffForm):
    """Ticking households that were reminded."""

    entries = SelectMultipleField(
        _("Đã nhắc"), choices=[], coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
