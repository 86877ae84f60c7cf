"""Forms of the end of a poll: the count, the decision document and its sending."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.polls.operations.deciding import CONCLUSION, LINES
from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed


class RecountForm(StaffForm):
    """Counting again; ``explanation`` is the number of the explanation that was read and is agreed to."""

    explanation = HiddenField()

    @property
    def agreed(self) -> int | None:
        """The number sent; 0, which no explanation has, for anything that is no number; None where none was sent."""
        text = str(self.explanation.data or "")
        if not text:
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class DecisionForm(StaffForm):
    """What a person writes into the decision (Law Đ20.2); the numbers come from the count."""

    form = RadioField(_("Hình thức văn bản"), [needed(_("Chọn hình thức văn bản."))], choices=[])
    number = StringField(_("Số văn bản"), [Optional(), at_most(LINES["number"])])
    decided_on = DayField(_("Ngày lập"), [needed(_("Ghi ngày theo dạng 05/07/2026."))])
    place = StringField(_("Nơi lập"), [Optional(), at_most(LINES["place"])])
    conclusion = TextAreaField(
        _("Nội dung quyết định"), [needed(_("Ghi quyết định của cộng đồng dân cư.")), at_most(CONCLUSION)]
    )
    head_name = StringField(_("Trưởng thôn, Tổ trưởng tổ dân phố"), [Optional(), at_most(200)])
    front_name = StringField(_("Trưởng ban công tác Mặt trận"), [Optional(), at_most(200)])
    household_one = StringField(_("Đại diện hộ gia đình thứ nhất"), [Optional(), at_most(200)])
    household_two = StringField(_("Đại diện hộ gia đình thứ hai"), [Optional(), at_most(200)])


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
