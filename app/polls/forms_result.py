"""Forms of the end of a poll: the decision document and its sending."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.forms import StaffForm, at_most, needed

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d%m%Y"]


class DecisionForm(StaffForm):
    """What a person writes into the decision (Law Đ20.2); the numbers come from the count."""

    form = RadioField(_("Hình thức văn bản"), [needed(_("Chọn hình thức văn bản."))], choices=[])
    number = StringField(_("Số văn bản"), [Optional(), at_most(60)])
    decided_on = DateField(_("Ngày lập"), [needed(_("Ghi ngày theo dạng 05/07/2026."))], format=DATE_FORMATS)
    place = StringField(_("Nơi lập"), [Optional(), at_most(500)])
    conclusion = TextAreaField(
        _("Nội dung quyết định"), [needed(_("Ghi quyết định của cộng đồng dân cư.")), at_most(5000)]
    )
    head_name = StringField(_("Trưởng thôn, Tổ trưởng tổ dân phố"), [needed(), at_most(200)])
    front_name = StringField(_("Trưởng ban công tác Mặt trận"), [needed(), at_most(200)])
    household_one = StringField(_("Đại diện hộ gia đình thứ nhất"), [needed(), at_most(200)])
    household_two = StringField(_("Đại diện hộ gia đình thứ hai"), [needed(), at_most(200)])


class SendForm(StaffForm):
    """Where the signed decision was made public."""

    places = SelectMultipleField(
        _("Đã công khai tại"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class OpinionsForm(StaffForm):
    """Which texts of "ý kiến khác" are fit for the public page."""

    shown = SelectMultipleField(
        _("Ý kiến được đăng"),
        choices=[],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
