"""Forms of cases and of the restricted inbox: shape only; what may be said, operations know."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from app.feedback.rules import cases as rules
from app.web.forms import ResidentForm, VersionForm, at_most, needed


class CodeForm(ResidentForm):
    """The code of a case."""

    code = StringField(_("Mã phản ánh"), [needed(_("Nhập mã đã nhận, ví dụ PA-7K3M-9QTR.")), Length(max=60)])


class ReopenForm(ResidentForm):
    """The person asks for another answer."""

    code = HiddenField()
    reason = TextAreaField(
        _("Câu trả lời còn thiếu điều gì?"), [needed(_("Ghi điều Ông/Bà muốn được trả lời thêm."))],
        render_kw={"maxlength": 1000},
    )  # fmt: skip


class AnswerForm(VersionForm):
    """What the person will read; kept or sent, as the button says."""

    text = TextAreaField(_("Trả lời người dân"), [needed(_("Viết câu trả lời.")), at_most(rules.MOST_ANSWER)])


class AssignForm(VersionForm):
    """Who handles the case."""

    assigned_to = SelectField(_("Người xử lý"), coerce=int, validate_choice=False)

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Let these be chosen, nobody beforehand."""
        self.assigned_to.choices = [(0, gettext("Chọn người")), *people]


class ReferForm(VersionForm):
    """The body that a report was handed to."""

    body = StringField(_("Cơ quan nhận"), [needed(_("Ghi tên cơ quan nhận.")), at_most(200)])


class OutcomeForm(VersionForm):
    """How a report ended."""

    outcome = TextAreaField(_("Kết quả, người báo tin đọc được"), [needed(_("Ghi kết quả.")), at_most(2000)])
