"""Forms of the calendar of days off: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import NumberRange

from app.lib.calendar import OFF, WORKING
from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed


class DayForm(StaffForm):
    """A day that differs from the plain week."""

    day = DayField(_("Ngày"), [needed(_("Ghi ngày theo dạng 05/07/2026."))])
    kind = RadioField(
        _("Ngày này"),
        [needed(_("Chọn nghỉ hoặc làm việc bù."))],
        choices=[(OFF, _("Nghỉ")), (WORKING, _("Làm việc bù"))],
    )
    name = StringField(_("Tên ngày nghỉ hoặc lý do"), [needed(_("Ghi tên ngày nghỉ hoặc lý do.")), at_most(200)])


class YearForm(StaffForm):
    """A year whose official days are to be added."""

    year = IntegerField(_("Năm"), [needed(), NumberRange(1995, 2100, _("Nhập năm đủ bốn chữ số, ví dụ 2026."))])
