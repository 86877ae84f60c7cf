"""Forms of the staff pages on which opinions are entered, grouped and answered."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.consultations.operations.grouping import LONGEST_TITLE
from app.consultations.rules.answering import LONGEST_PLACE, LONGEST_SUMMARY, LONGEST_TEXT, OUTCOME_NAMES
from app.consultations.rules.saying import LONGEST, LONGEST_NAME, MOST_WEIGHT, NAMINGS, SOURCES, STANCES
from app.web.fields import DayField, WholeNumberField
from app.web.forms import StaffForm, at_most, needed

_DAY = _("Ghi ngày theo dạng 05/07/2026.")


class EnterForm(StaffForm):
    """One opinion that came on paper, by e-mail or at a meeting."""

    source = RadioField(_("Nhận bằng cách nào?"), [needed(_("Chọn cách nhận ý kiến."))])
    source_detail = StringField(
        _("Ai gửi hoặc cuộc họp nào"), [needed(_("Ghi ai gửi hoặc cuộc họp nào.")), at_most(500)]
    )
    written_on = DayField(_("Ngày viết, gửi hoặc họp"), [needed(_DAY)])
    weight = WholeNumberField(
        _("Bao nhiêu người cùng nói ý này?"),
        [needed(_("Ghi số người, ít nhất là 1.")), NumberRange(1, MOST_WEIGHT)],
        default=1,
    )
    anchor = SelectField(_("Về điều nào?"), validate_choice=True)
    stance = RadioField(_("Ý kiến là"), [needed(_("Chọn một ý."))])
    text = TextAreaField(_("Nội dung ý kiến"), [Optional(), at_most(LONGEST)])
    naming = RadioField(_("Người góp ý muốn ghi tên thế nào?"), [needed(_("Chọn cách ghi tên."))], default="none")
    name = StringField(_("Họ và tên"), [Optional(), at_most(LONGEST_NAME)])
    body = StringField(_("Tên cơ quan, tổ chức"), [Optional(), at_most(LONGEST_NAME)])
    resident_of = SelectField(_("Người dân của khu dân cư nào?"), coerce=int, validate_choice=True)
    files = MultipleFileField(_("Ảnh hoặc tệp PDF của bản giấy"), [Optional()])

    def offer(self, articles: list[tuple[str, str]], areas: list[tuple[int, str]]) -> None:
        """Fill the lists to choose from."""
        self.source.choices = [(key, _(name)) for key, name in SOURCES.items() if key != "web"]
        self.stance.choices = [(key, _(name)) for key, name in STANCES.items()]
        self.naming.choices = [(key, _(name)) for key, name in NAMINGS.items()]
        self.anchor.choices = articles
        self.resident_of.choices = areas


class TitleForm(StaffForm):
    """What the opinions of a group say, in a few words."""

    title = StringField(_("Tên nhóm: các ý kiến này nói gì?"), [needed(), at_most(LONGEST_TITLE)])


class MergeForm(StaffForm):
    """The group whose opinions are brought into this one."""

    other = SelectField(_("Gộp nhóm này vào đây"), coerce=int, validate_choice=False)


class MoveForm(StaffForm):
    """The group a comment goes to; 0: it stands alone."""

    group = SelectField(_("Chuyển vào nhóm"), coerce=int, validate_choice=False)


class AnswerForm(StaffForm):
    """One row of the answer table; the counts are not written by anybody."""

    version = HiddenField()
    summary = TextAreaField(_("Tóm tắt ý kiến"), [needed(), at_most(LONGEST_SUMMARY)])
    outcome = RadioField(_("Kết quả"), [needed(_("Chọn một kết quả."))])
    text = TextAreaField(_("Trả lời"), [needed(), at_most(LONGEST_TEXT)])
    final_place = StringField(_("Ở đâu trong bản hoàn chỉnh"), [Optional(), at_most(LONGEST_PLACE)])

    def offer(self) -> None:
        self.outcome.choices = [(key.value, _(name)) for key, name in OUTCOME_NAMES.items()]


class AssignForm(StaffForm):
    """Who drafts a row, and by when it is approved."""

    assigned_to = SelectField(_("Giao cho"), coerce=int, validate_choice=False)
    due_on = DayField(_("Hạn xong"), [Optional()])


class VersionForm(StaffForm):
    """One tap on exactly what was read."""

    version = IntegerField(validators=[needed()])


class ReasonForm(StaffForm):
    """Sending back, or taking an approval back, with the reason."""

    version = HiddenField()
    reason = TextAreaField(_("Lý do"), [needed(_("Ghi rõ lý do.")), at_most(1000)])


def version_of(form: StaffForm) -> int:
    """The version a form was made of; 0, which no answer has, for anything that is no number."""
    value = str(form.version.data or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
