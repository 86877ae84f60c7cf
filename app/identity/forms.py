"""Forms of sign-in and of accounts: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.validators import EqualTo, Optional

from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed


def secret(label: str, *validators: object) -> PasswordField:
    """A password field: what is typed is taken as it is, spaces included."""
    return PasswordField(label, [needed(_("Nhập mật khẩu.")), *validators], filters=[])


class SignInForm(StaffForm):
    """Login and password."""

    login = StringField(_("Tên đăng nhập"), [needed(_("Nhập tên đăng nhập.")), at_most(60)])
    password = secret(_("Mật khẩu"))


class CodeForm(StaffForm):
    """The six digits of the second factor."""

    code = StringField(_("Mã xác nhận gồm 6 chữ số"), [needed(_("Nhập mã xác nhận.")), at_most(12)])


class PasswordForm(StaffForm):
    """A new password of one's own choice."""

    present = secret(_("Mật khẩu hiện tại"))
    new = secret(_("Mật khẩu mới"))
    repeat = secret(_("Nhập lại mật khẩu mới"), EqualTo("new", _("Hai lần nhập mật khẩu mới chưa giống nhau.")))


class PersonForm(StaffForm):
    """Name and telephone of a member of staff."""

    full_name = StringField(_("Họ và tên"), [needed(_("Ghi họ và tên.")), at_most(100)])
    phone = StringField(_("Số điện thoại di động"), [Optional(), at_most(20)])


class LoginForm(StaffForm):
    """The name with which somebody will sign in."""

    login = StringField(_("Tên đăng nhập"), [needed(_("Ghi tên đăng nhập.")), at_most(40)])


class RoleForm(StaffForm):
    """A role at a place, until a day."""

    role = RadioField(_("Vai trò"), [needed(_("Chọn một vai trò."))], choices=[])
    place = SelectField(_("Địa bàn"), [needed(_("Chọn địa bàn."))], choices=[])
    last_day = DayField(_("Ngày cuối cùng giữ vai trò"), [Optional()])


class NewAccountForm(PersonForm, LoginForm, RoleForm):
    """A new account with its first role."""
