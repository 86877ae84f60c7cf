"""Forms about centres, counters, groups, officers and rosters: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.feedback.operations.places import ADDRESS, HOTLINE, NAME, NUMBER, CenterEntries
from app.feedback.rules.roster import CODE
from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed

DAY = _("Ghi ngày theo dạng 05/07/2026.")
HOURS = 100


class CenterForm(StaffForm):
    """A service centre; one line of hours for each day of the week."""

    name = StringField(_("Tên Trung tâm"), [needed(_("Ghi tên Trung tâm.")), at_most(NAME)])
    address = StringField(_("Địa chỉ"), [Optional(), at_most(ADDRESS)])
    hotline = StringField(_("Đường dây nóng"), [Optional(), at_most(HOTLINE)])
    hours_0 = StringField(_("Thứ hai"), [Optional(), at_most(HOURS)])
    hours_1 = StringField(_("Thứ ba"), [Optional(), at_most(HOURS)])
    hours_2 = StringField(_("Thứ tư"), [Optional(), at_most(HOURS)])
    hours_3 = StringField(_("Thứ năm"), [Optional(), at_most(HOURS)])
    hours_4 = StringField(_("Thứ sáu"), [Optional(), at_most(HOURS)])
    hours_5 = StringField(_("Thứ bảy"), [Optional(), at_most(HOURS)])
    hours_6 = StringField(_("Chủ nhật"), [Optional(), at_most(HOURS)])
    networks = TextAreaField(_("Mạng Wi-Fi của Trung tâm"), [Optional(), at_most(2000)])

    def entries(self) -> CenterEntries:
        """What was typed."""
        return CenterEntries(
            name=self.name.data or "",
            address=self.address.data or "",
            hotline=self.hotline.data or "",
            hours=tuple(self[f"hours_{day}"].data or "" for day in range(7)),
            networks=self.networks.data or "",
        )


class CounterForm(StaffForm):
    """A counter and the groups of procedures it handles."""

    number = StringField(_("Số quầy"), [needed(_("Ghi số hoặc ký hiệu của quầy.")), at_most(NUMBER)])
    name = StringField(_("Tên quầy"), [needed(_("Ghi tên quầy, ví dụ: Quầy 3 – Đất đai.")), at_most(NAME)])
    groups = SelectMultipleField(
        _("Nhóm thủ tục tại quầy"),
        [Optional()],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class GroupForm(StaffForm):
    """A group of procedures."""

    name = StringField(_("Tên nhóm thủ tục"), [needed(_("Ghi tên nhóm thủ tục, ví dụ: Đất đai.")), at_most(NAME)])


class CloseForm(StaffForm):
    """The question whether something is to be closed."""


class OfficerForm(StaffForm):
    """Somebody who handles procedures."""

    code = StringField(_("Mã công chức"), [needed(_("Ghi mã công chức.")), at_most(CODE)])
    full_name = StringField(_("Họ và tên"), [needed(_("Ghi họ và tên.")), at_most(NAME)])
    login = StringField(_("Tên đăng nhập"), [Optional(), at_most(80)])


class LastDayForm(StaffForm):
    last_day = DayField(_("Ngày cuối cùng"), [needed(DAY)])


class RosterForm(StaffForm):
    """A file with shifts and leaves."""

    file = FileField(_("Tệp lịch trực"), [FileRequired(_("Chọn tệp."))])
    replaces = BooleanField(_("Thay lịch đã có của những ngày có trong tệp"))


class WriteForm(StaffForm):
    """The go-ahead for writing a roster."""
