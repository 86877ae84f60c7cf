"""Forms of the preparation, publication and changing of a consultation: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.validators import Optional

from app.consultations.operations.adopting import NUMBER
from app.consultations.operations.preparing import INVITED, NAME, PHONE, SUMMARY, TITLE
from app.gateways.storage import FILE_TITLE
from app.web.fields import DayField, HourField
from app.web.forms import ReasonForm, StaffForm, VersionForm, at_most, needed

DAY = _("Ghi ngày theo dạng 05/07/2026.")
HOUR = _("Ghi giờ theo dạng 07:00.")


class NewConsultationForm(StaffForm):
    area = SelectField(_("Cấp xã nào"), [needed(_("Chọn địa bàn."))], choices=[])
    title = StringField(_("Tên dự thảo"), [needed(_("Ghi tên dự thảo.")), at_most(TITLE)])


class SubjectForm(VersionForm):
    title = StringField(_("Tên dự thảo"), [needed(_("Ghi tên dự thảo.")), at_most(TITLE)])
    summary = TextAreaField(_("Dự thảo này thay đổi gì?"), [Optional(), at_most(SUMMARY)])


class AudienceForm(VersionForm):
    """Who may comment; what is asked further hangs on the choice."""

    audience = RadioField(_("Ai được góp ý"), [needed(_("Chọn ai được góp ý."))], choices=[])
    areas = SelectMultipleField(
        _("Thôn, tổ dân phố"),
        [Optional()],
        choices=[],
        validate_choice=False,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    invited = TextAreaField(_("Cơ quan, tổ chức được mời"), [Optional(), at_most(INVITED)])


class PlanForm(VersionForm):
    organiser = StringField(_("Cơ quan lấy ý kiến"), [Optional(), at_most(NAME)])
    responsible = StringField(_("Người phụ trách"), [Optional(), at_most(NAME)], render_kw={"spellcheck": "false"})
    phone = StringField(_("Số điện thoại để hỏi"), [Optional(), at_most(PHONE)], render_kw={"inputmode": "tel"})
    council_sent_on = DayField(_("Ngày gửi kế hoạch đến Hội đồng nhân dân"), [Optional()])
    front_sent_on = DayField(_("Ngày gửi kế hoạch đến Ủy ban Mặt trận Tổ quốc Việt Nam"), [Optional()])


class TimesForm(VersionForm):
    """Two moments of Vietnamese time; the refusal of a moment is shown at its day."""

    opens_at = DayField(_("Ngày bắt đầu nhận ý kiến"), [needed(DAY)])
    opens_time = HourField(_("Giờ bắt đầu"), [needed(HOUR)])
    closes_at = DayField(_("Ngày hết hạn"), [needed(DAY)])
    closes_time = HourField(_("Giờ hết hạn"), [needed(HOUR)])


class ModerationForm(VersionForm):
    moderation = RadioField(_("Ý kiến hiện ra khi nào"), [needed(_("Chọn một."))], choices=[])


class FileForm(StaffForm):
    kind = RadioField(
        _("Loại tệp"),
        [needed(_("Chọn loại tệp."))],
        choices=[
            ("reading", _("Tài liệu để người dân đọc thêm")),
            ("plan", _("Kế hoạch lấy ý kiến, chỉ cán bộ xem")),
        ],
    )
    title = StringField(_("Tên tài liệu"), [Optional(), at_most(FILE_TITLE)])
    file = FileField(_("Tệp"), [FileRequired(_("Chọn tệp."))])


class ExtensionForm(ReasonForm):
    new_closes_at = DayField(_("Ngày hết hạn mới"), [needed(DAY)])
    new_closes_time = HourField(_("Giờ hết hạn mới"), [needed(HOUR)])


class AdoptionForm(StaffForm):
    number = StringField(_("Số, ký hiệu văn bản"), [needed(_("Ghi số, ký hiệu văn bản.")), at_most(NUMBER)])
    adopted_on = DayField(_("Ngày ban hành"), [needed(DAY)])
