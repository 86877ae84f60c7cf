"""The search in the record: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.web.addresses import LARGEST
from app.web.fields import DayField
from app.web.forms import StaffForm, at_most


class SearchForm(StaffForm):
    """Asked by GET and by the export alike; whatever is left empty asks nothing."""

    q = StringField(_("Từ cần tìm"), [Optional(), at_most(100)])
    action = SelectField(_("Việc"), [Optional()], choices=[])
    place = SelectField(_("Địa bàn"), [Optional()], choices=[])
    first_day = DayField(_("Từ ngày"), [Optional()])
    last_day = DayField(_("Đến hết ngày"), [Optional()])
    account = IntegerField(_("Người làm"), [Optional(), NumberRange(0, LARGEST)], widget=HiddenInput())
    kind = StringField(_("Loại"), [Optional(), at_most(40)], widget=HiddenInput())
    subject = StringField(_("Số"), [Optional(), at_most(60)], widget=HiddenInput())
