"""Forms of the moderation queue: the shape of input only."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.moderation.operations.words import LONGEST as LONGEST_WORD
from app.moderation.rules import reasons
from app.web.addresses import LARGEST
from app.web.forms import ResidentForm, StaffForm, at_most, needed

SHOW = {
    "waiting": _("Đang chờ duyệt"),
    "mine": _("Tôi đang giữ"),
    "escalated": _("Chờ công chức cấp xã"),
    "reported": _("Bị báo cáo vi phạm"),
    "appealed": _("Đề nghị xem lại"),
    "decided": _("Tôi đã quyết định"),
    "approved": _("Đã duyệt"),
    "rejected": _("Đã từ chối"),
    "referred": _("Đã chuyển"),
    "all": _("Tất cả"),
}
AGES = [("", _("Mọi hạn")), ("today", _("Đến hạn hôm nay hoặc quá hạn")), ("late", _("Quá hạn"))]
RISKS = [("", _("Mọi mức")), ("high", _("Nhiều điều cần chú ý")), ("low", _("Ít điều cần chú ý"))]
ORDERS = [("due", _("Đến hạn trước")), ("risk", _("Cần chú ý trước"))]
VERBS = {
    "reject": _("Từ chối"),
    "redact": _("Che thông tin rồi duyệt"),
    "refer": _("Chuyển cơ quan có thẩm quyền"),
    "escalate": _("Để công chức cấp xã quyết định"),
    "seal": _("Chuyển vào hộp kín"),
}
CHOOSE = ("", _("Chọn"))


def _labels(found: dict[str, reasons.Reason]) -> list[tuple[str, object]]:
    return [CHOOSE, *((key, _(one.label)) for key, one in found.items())]


class QueueForm(StaffForm):
    """What of the queue is looked at; asked by GET."""

    show = SelectField(_("Xem"), [Optional()], choices=list(SHOW.items()))
    collection = SelectField(_("Lấy ý kiến về"), [Optional()], choices=[])
    age = SelectField(_("Hạn duyệt"), [Optional()], choices=AGES)
    risk = SelectField(_("Mức chú ý"), [Optional()], choices=RISKS)
    order = SelectField(_("Xếp theo"), [Optional()], choices=ORDERS)


class DecideForm(StaffForm):
    """One decision; each way to decide reads its own fields only."""

    version = IntegerField(_("Lần sửa"), [needed(), NumberRange(0, LARGEST)], widget=HiddenInput())
    verb = RadioField(_("Quyết định khác"), [Optional()], choices=list(VERBS.items()), validate_choice=False)
    reason_key = SelectField(_("Lý do từ chối"), [Optional()], choices=_labels(reasons.REJECT))
    reason = TextAreaField(_("Nói thêm với người gửi"), [Optional(), at_most(2000)])
    spans = SelectMultipleField(
        _("Chỗ cần che"), coerce=int, choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    words = TextAreaField(_("Chữ khác cần che"), [Optional(), at_most(2000)])
    refer_key = SelectField(_("Nội dung này là"), [Optional()], choices=_labels(reasons.REFER))
    referred_to = StringField(_("Chuyển đến cơ quan"), [Optional(), at_most(200)])
    refer_note = TextAreaField(_("Hướng dẫn người gửi"), [Optional(), at_most(2000)])
    box = SelectField(_("Tin này là"), [Optional()], choices=[], validate_choice=False)
    escalate_note = TextAreaField(_("Vì sao cần công chức cấp xã"), [Optional(), at_most(2000)])

    def offer(self, boxes: Mapping[str, str]) -> None:
        """Only what has a box can be put into one."""
        self.box.choices = [CHOOSE, *((slug, _(words)) for slug, words in boxes.items())]
        if not boxes:
            self.verb.choices = [one for one in VERBS.items() if one[0] != "seal"]


class BulkForm(StaffForm):
    """Items to approve together."""

    chosen = SelectMultipleField(
        _("Các nội dung"),
        coerce=int,
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class HearingForm(StaffForm):
    """The answer to an appeal."""

    outcome = RadioField(
        _("Kết quả xem lại"),
        [needed(_("Chọn kết quả xem lại."))],
        choices=[("uphold", _("Cho hiện nội dung")), ("dismiss", _("Giữ nguyên quyết định"))],
    )
    reason = TextAreaField(_("Lý do"), [needed(_("Ghi lý do. Người gửi sẽ đọc lý do này.")), at_most(2000)])


class WordForm(StaffForm):
    """A word to be pointed out."""

    area_id = SelectField(_("Địa bàn"), coerce=int, choices=[])
    word = StringField(_("Từ hoặc cụm từ"), [needed(), at_most(LONGEST_WORD)])
    exact = BooleanField(_("Chỉ chú ý khi viết đúng dấu như trên"))


class ReportForm(ResidentForm):
    """Somebody finds a shown text abusive."""

    reason_key = RadioField(
        _("Điều gì không đúng?"),
        [needed(_("Chọn điều Ông/Bà thấy không đúng."))],
        choices=[(key, _(label)) for key, label in reasons.REPORT.items()],
    )
    text = TextAreaField(_("Ông/Bà muốn nói thêm gì không?"), [Optional(), at_most(1000)])
