"""Forms of publication: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.gateways.storage import FILE_TITLE
from app.publication.operations.drafts import TEXT
from app.publication.operations.places import DETAIL
from app.publication.operations.planning import RESPONSIBLE
from app.publication.operations.posting import NUMBER, TITLE
from app.web.fields import DayField
from app.web.forms import StaffForm, at_most, needed

DAY = _("Ghi ngày theo dạng 05/07/2026.")
FOR_A_TIME, FOR_GOOD = "time", "good"


class PostingForm(StaffForm):
    """What is to be made public."""

    head = SelectField(_("Thuộc nội dung nào phải công khai"), [needed(_("Chọn một nội dung."))], coerce=int)
    title = StringField(_("Tên nội dung công khai"), [needed(_("Ghi tên của nội dung công khai.")), at_most(TITLE)])
    number = StringField(_("Số, ký hiệu văn bản"), [Optional(), at_most(NUMBER)])
    signed_on = DayField(_("Ngày ký"), [Optional()])
    text = TextAreaField(_("Nội dung, tóm tắt"), [Optional(), at_most(TEXT)])


class NewPostingForm(PostingForm):
    area = SelectField(_("Công khai tại"), [needed(_("Chọn địa bàn."))])


class FileForm(StaffForm):
    title = StringField(_("Tên văn bản"), [Optional(), at_most(FILE_TITLE)])
    file = FileField(_("Tệp"), [FileRequired(_("Chọn tệp."))])


class PeriodForm(StaffForm):
    """How long it hangs."""

    lasting = RadioField(
        _("Niêm yết bao lâu"),
        [needed(_("Chọn một."))],
        choices=[(FOR_A_TIME, _("Đến một ngày")), (FOR_GOOD, _("Thường xuyên, không có ngày hết hạn"))],
    )
    until = DayField(_("Niêm yết đến hết ngày"), [Optional()])


class WithdrawForm(StaffForm):
    reason = TextAreaField(_("Lý do rút"), [needed(_("Ghi rõ lý do rút.")), at_most(1000)])


class PlaceForm(StaffForm):
    """One way in which it was made public, with a photograph."""

    area = SelectField(_("Tại địa bàn"), [needed(_("Chọn địa bàn."))])
    form = RadioField(_("Hình thức công khai"), [needed(_("Chọn hình thức."))])
    detail = StringField(_("Ở đâu, bằng cách nào"), [needed(_("Ghi rõ ở đâu hoặc bằng cách nào.")), at_most(DETAIL)])
    began_on = DayField(_("Từ ngày"), [needed(DAY)])
    ended_on = DayField(_("Đến hết ngày"), [Optional()])
    photo = FileField(_("Ảnh làm chứng"), [Optional()])
    taken_on = DayField(_("Ngày chụp ảnh"), [Optional()])


class EndPlaceForm(StaffForm):
    ended_on = DayField(_("Ngày cuối cùng"), [needed(DAY)])


class PlanForm(StaffForm):
    """One line of the plan of a year."""

    head = SelectField(_("Thuộc nội dung nào phải công khai"), [needed(_("Chọn một nội dung."))], coerce=int)
    title = StringField(_("Việc sẽ công khai"), [needed(_("Ghi tên việc sẽ công khai.")), at_most(TITLE)])
    due_on = DayField(_("Chậm nhất ngày"), [needed(DAY)])
    responsible = StringField(_("Người phụ trách"), [Optional(), at_most(RESPONSIBLE)])
    ways = SelectMultipleField(
        _("Hình thức công khai"), [Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class FulfilForm(StaffForm):
    posting = SelectField(_("Nội dung đã đăng"), [needed(_("Chọn một nội dung đã đăng."))], coerce=int)
