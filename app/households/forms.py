"""Forms about households and rolls: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.web.fields import WholeNumberField
from app.web.forms import StaffForm, at_most, needed

at_least_one = NumberRange(min=1, message=_("Ghi số dòng, từ 1 trở lên."))


class HouseholdForm(StaffForm):
    """Number and address of a household."""

    number = StringField(_("Số hộ"), [needed(_("Ghi số hộ.")), at_most(30)])
    address = StringField(_("Địa chỉ thường trú"), [needed(_("Ghi địa chỉ thường trú.")), at_most(300)])
    cluster = StringField(_("Cụm, ngõ, hẻm"), [Optional(), at_most(100)])


class RepresentativeForm(StaffForm):
    """Who represents a household."""

    full_name = StringField(_("Họ và tên người đại diện"), [needed(_("Ghi họ và tên người đại diện.")), at_most(100)])
    phone = StringField(_("Điện thoại"), [Optional(), at_most(30)])
    reason = StringField(_("Lý do thay đổi"), [needed(_("Ghi lý do thay đổi.")), at_most(500)])


class NewHouseholdForm(HouseholdForm):
    """A new household with its representative."""

    full_name = StringField(_("Họ và tên người đại diện"), [needed(_("Ghi họ và tên người đại diện.")), at_most(100)])
    phone = StringField(_("Điện thoại"), [Optional(), at_most(30)])


class EndForm(StaffForm):
    """Taking a household off the roll."""

    reason = StringField(_("Lý do"), [needed(_("Ghi lý do.")), at_most(500)])


class RollRuleForm(StaffForm):
    """Which households count."""

    rule = TextAreaField(_("Những hộ nào được tính"), [needed(_("Ghi rõ những hộ nào được tính.")), at_most(2000)])


class UploadForm(StaffForm):
    """A file with a roll."""

    file = FileField(_("Tệp danh sách hộ"), [FileRequired(_("Chọn tệp danh sách hộ."))])


class ColumnsForm(StaffForm):
    """Which column holds what; -1 is none."""

    sheet = SelectField(_("Trang tính"), coerce=int, choices=[])
    first_row = WholeNumberField(_("Dòng đầu tiên có hộ"), [needed(_("Ghi số dòng.")), at_least_one])
    full_name = SelectField(_("Họ và tên người đại diện"), coerce=int, choices=[])
    address = SelectField(_("Địa chỉ thường trú"), coerce=int, choices=[])
    number = SelectField(_("Số hộ, mã hộ"), coerce=int, choices=[])
    phone = SelectField(_("Điện thoại"), coerce=int, choices=[])
    cluster = SelectField(_("Cụm, ngõ, hẻm"), coerce=int, choices=[])
    area_name = SelectField(_("Thôn, tổ dân phố"), coerce=int, choices=[])


class CommitForm(StaffForm):
    """The confirmation of an import."""

    fingerprint = HiddenField()
    without_faulty = BooleanField(_("Nhập mà bỏ các dòng có lỗi"))
    end_gone = BooleanField(_("Bỏ khỏi danh sách các hộ không còn trong tệp"))
