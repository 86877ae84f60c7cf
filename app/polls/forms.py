"""Forms of the preparation, opening and changing of a poll: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, Optional

from app.gateways.storage import FILE_TITLE
from app.polls.operations.conditions import DETAIL
from app.polls.operations.preparation import QUESTION, ROLL_RULE, SUMMARY, TITLE
from app.polls.rules.team import LARGEST
from app.web.fields import DayField, HourField, WholeNumberField
from app.web.forms import ReasonForm, StaffForm, VersionForm, at_most, needed

DAY = _("Ghi ngày theo dạng 05/07/2026.")
HOUR = _("Ghi giờ theo dạng 07:00.")


class NewPollForm(StaffForm):
    """Where, what kind, and which clause of Law Đ15."""

    area = SelectField(_("Tổ chức ở đâu"), [needed(_("Chọn địa bàn."))], choices=[])
    kind = RadioField(_("Loại việc"), [needed(_("Chọn loại việc."))], choices=[])
    clause = RadioField(_("Khoản của Điều 15"), [Optional()], coerce=int, choices=[])


class SubjectForm(VersionForm):
    clause = RadioField(_("Khoản của Điều 15"), [needed(_("Chọn một khoản."))], coerce=int, choices=[])


class QuestionForm(VersionForm):
    title = StringField(_("Tên ngắn gọn"), [needed(_("Ghi tên ngắn gọn của việc này.")), at_most(TITLE)])
    question = TextAreaField(_("Câu hỏi"), [needed(_("Ghi câu hỏi để các hộ trả lời.")), at_most(QUESTION)])
    summary = TextAreaField(_("Tóm tắt"), [Optional(), at_most(SUMMARY)])


class RollForm(VersionForm):
    roll_rule = TextAreaField(
        _("Những hộ được tính vào danh sách"),
        [needed(_("Ghi rõ những hộ nào được tính vào danh sách.")), at_most(ROLL_RULE)],
    )


class SecrecyForm(VersionForm):
    level = RadioField(_("Cách bỏ phiếu"), [needed(_("Chọn phiếu kín hoặc phiếu công khai."))], choices=[])
    may_change = RadioField(
        _("Gửi rồi có được gửi lại"),
        [needed(_("Chọn một."))],
        choices=[("no", _("Không. Mỗi hộ gửi một lần")), ("yes", _("Được gửi lại cho đến khi hết giờ"))],
    )
    small_poll_accepted = BooleanField(_("Tôi đã biết và vẫn tổ chức phiếu kín"))


class TimesForm(VersionForm):
    """Two moments of Vietnamese time; the refusal of a moment is shown at its day."""

    opens_at = DayField(_("Ngày mở"), [needed(DAY)])
    opens_time = HourField(_("Giờ mở"), [needed(HOUR)])
    closes_at = DayField(_("Ngày kết thúc"), [needed(DAY)])
    closes_time = HourField(_("Giờ kết thúc"), [needed(HOUR)])


class MemberForm(Form):
    """One person; a row where nothing is written is nobody."""

    full_name = StringField(_("Họ và tên"), [at_most(200)], render_kw={"spellcheck": "false"})
    body = SelectField(_("Thuộc bên nào"), choices=[], validate_choice=False)
    position = StringField(_("Chức vụ, công việc"), [at_most(200)])
    phone = StringField(_("Số điện thoại"), [at_most(30)], render_kw={"inputmode": "tel"})
    technical = BooleanField(_("Thạo công nghệ thông tin"))
    is_head = BooleanField(_("Là Tổ trưởng"))

    @property
    def is_empty(self) -> bool:
        """Nobody was written here."""
        return not any(field.data for field in self)


class TeamForm(VersionForm):
    members = FieldList(FormField(MemberForm), _("Thành viên"), min_entries=LARGEST, max_entries=LARGEST)


class DocumentForm(StaffForm):
    """A file to read or to hear."""

    kind = RadioField(
        _("Loại tệp"),
        [needed(_("Chọn loại tệp."))],
        choices=[("reading", _("Tài liệu để đọc")), ("audio", _("Bản ghi âm đọc câu hỏi"))],
    )
    title = StringField(_("Tên tài liệu"), [Optional(), at_most(FILE_TITLE)])
    file = FileField(_("Tệp"), [FileRequired(_("Chọn tệp."))])


class ConditionForm(StaffForm):
    """One condition of NĐ59 Đ5: when, who and how, and the paper that proves it."""

    happened_on = DayField(_("Ngày"), [Optional()])
    detail = TextAreaField(_("Ai làm, ở đâu, theo văn bản nào"), [Optional(), at_most(DETAIL)])
    proof = FileField(_("Văn bản chứng minh hoặc ảnh chụp"))


class AgreementForm(ConditionForm):
    """The community's agreement: figures on paper, or a preliminary poll of the service."""

    way = RadioField(
        _("Các hộ đã đồng ý bằng cách nào"),
        [needed(_("Chọn một cách."))],
        choices=[("poll", _("Qua cuộc lấy ý kiến trên hệ thống")), ("paper", _("Họp hoặc lấy ý kiến trên giấy"))],
    )
    consent_poll = SelectField(_("Cuộc lấy ý kiến"), [Optional()], choices=[])
    agreed = WholeNumberField(_("Số hộ đồng ý"), [Optional()])
    total = WholeNumberField(_("Tổng số hộ khi lấy ý kiến"), [Optional()])


class ExtensionForm(ReasonForm):
    new_closes_at = DayField(_("Ngày kết thúc mới"), [needed(DAY)])
    new_closes_time = HourField(_("Giờ kết thúc mới"), [needed(HOUR)])


class DecideForm(StaffForm):
    """Agreeing to a change, or not."""

    answer = HiddenField(validators=[AnyOf(("accept", "reject"))])
