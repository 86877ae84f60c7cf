"""Forms of who comments, step by step. What was entered before travels along in hidden fields: nothing is kept anywhere
until it is sent, and nothing is lost when a page is loaded again. Shape only; what may be said, rules know.
"""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.consultations.rules.saying import LONGEST, LONGEST_NAME, NAMINGS, STANCES
from app.web.forms import ResidentForm, needed

_NOT_CHOSEN = _("Ông/Bà chưa chọn. Mời chọn một ý.")


class Counted:
    """Shows how much may be written. How much it is, the rules ask, which count what is kept of a text."""

    field_flags: ClassVar[dict[str, int]] = {"maxlength": LONGEST}

    def __call__(self, form: Any, field: Any) -> None:
        return


class SayForm(ResidentForm):
    """The first step: what somebody thinks, and why."""

    stance = RadioField(_("Ông/Bà thấy thế nào?"), validators=[InputRequired(_NOT_CHOSEN)])
    text = TextAreaField(_("Ý kiến của Ông/Bà"), validators=[Optional(), Counted()])
    version_no = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stance.choices = [(key, gettext(words)) for key, words in STANCES.items()]


class NamingForm(ResidentForm):
    """The second step: how to be named, and how to be reached."""

    stance = HiddenField()
    text = HiddenField()
    version_no = HiddenField()
    resident = HiddenField()
    naming = RadioField(_("Ông/Bà muốn ghi tên thế nào?"), validators=[InputRequired(_NOT_CHOSEN)])
    name = StringField(_("Họ và tên"), validators=[Optional(), Length(max=4 * LONGEST_NAME)])
    body = StringField(_("Tên cơ quan, tổ chức"), validators=[Optional(), Length(max=4 * LONGEST_NAME)])
    phone = StringField(_("Số điện thoại"), validators=[Optional(), Length(max=40)])
    area = SelectField(_("Khu dân cư"), validators=[Optional()], validate_choice=False)
    number = StringField(_("Số hộ"), validators=[Optional(), Length(max=30)])
    code = StringField(_("Mã phiếu"), validators=[Optional(), Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.naming.choices = [(key, gettext(words)) for key, words in NAMINGS.items()]
        self.area.choices = []

    def offer(self, areas: list[tuple[str, str]]) -> None:
        """Let these areas be chosen, none beforehand where there are several."""
        self.area.choices = areas if len(areas) == 1 else [("", gettext("Chọn khu dân cư")), *areas]


class SendForm(ResidentForm):
    """The last step: everything is shown once more, files are added, and it is sent."""

    stance = HiddenField()
    text = HiddenField()
    version_no = HiddenField()
    naming = HiddenField()
    name = HiddenField()
    body = HiddenField()
    phone = HiddenField()
    resident = HiddenField()
    files = MultipleFileField(_("Ảnh hoặc tệp PDF gửi kèm"), validators=[Optional()])


class FollowForm(ResidentForm):
    """The code of an opinion."""

    code = StringField(_("Mã góp ý"), validators=[needed(_("Nhập mã góp ý, ví dụ GY-7K3M-9QTR.")), Length(max=60)])


class SecondLookForm(ResidentForm):
    """The author asks that somebody else looks again."""

    code = HiddenField()
    text = TextAreaField(_("Vì sao Ông/Bà đề nghị xem lại?"), validators=[needed()], render_kw={"maxlength": 2000})
