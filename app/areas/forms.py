"""Forms about places: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed

DOCUMENT = _("Ghi số và ngày nghị quyết sáp nhập, chia tách.")


class NewAreaForm(StaffForm):
    """A new residential area."""

    name = StringField(_("Tên địa bàn"), [needed(_("Ghi tên địa bàn, ví dụ: Khu phố 6.")), at_most(200)])
    kind = RadioField(_("Loại địa bàn"), [needed(_("Chọn loại địa bàn trong danh sách."))], choices=[])
    valid_from = DayField(_("Có từ ngày"), [needed(_("Ghi ngày theo dạng 05/07/2026."))])


class ContactForm(StaffForm):
    """Whom to call in a province or commune; the official list gives the name."""

    phone = StringField(_("Số điện thoại liên hệ"), [Optional(), at_most(30)])
    address = StringField(_("Trụ sở"), [Optional(), at_most(500)])


class AreaForm(StaffForm):
    """Name and contacts of a residential area."""

    name = StringField(_("Tên địa bàn"), [needed(_("Ghi tên địa bàn, ví dụ: Khu phố 6.")), at_most(200)])
    head_name = StringField(_("Trưởng thôn, Tổ trưởng tổ dân phố"), [Optional(), at_most(200)])
    front_name = StringField(_("Trưởng ban công tác Mặt trận"), [Optional(), at_most(200)])
    phone = StringField(_("Số điện thoại liên hệ"), [Optional(), at_most(30)])
    address = StringField(_("Nơi sinh hoạt cộng đồng, nhà văn hóa"), [Optional(), at_most(500)])


class EndAreaForm(StaffForm):
    """The end of an area by merger or split."""

    last_day = DayField(_("Ngày cuối cùng"), [needed(_("Ghi ngày theo dạng 05/07/2026."))])
    document = StringField(_("Nghị quyết sáp nhập, chia tách (số, ngày)"), [needed(DOCUMENT), at_most(500)])
    successors = SelectMultipleField(
        _("Địa bàn kế tục"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
