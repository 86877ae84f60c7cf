"""Forms about the text of a draft: bringing a file, and mending how it was cut."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.consultations.operations.drafts import NOTE
from app.consultations.rules.pieces import HEADING, NUMBER
from app.web.forms import StaffForm, at_most, needed

LEVELS = [
    ("part", _("Phần")),
    ("chapter", _("Chương")),
    ("section", _("Mục")),
    ("article", _("Điều")),
    ("clause", _("Khoản")),
    ("point", _("Điểm")),
    ("lead", _("Phần mở đầu, căn cứ, nơi nhận")),
]


class ImportForm(StaffForm):
    """A file with the text, for which version, and what is different in it."""

    purpose = RadioField(_("Đây là bản nào"), [needed(_("Chọn dự thảo hoặc bản chính thức."))], choices=[])
    file = FileField(_("Tệp văn bản"), [FileRequired(_("Chọn tệp."))])
    note = TextAreaField(_("Bản này khác bản trước ở đâu"), [Optional(), at_most(NOTE)])


class SeenForm(StaffForm):
    """Carries which state of the text was shown."""

    seen = HiddenField()


class PieceForm(SeenForm):
    """What a piece is."""

    level = SelectField(_("Loại"), [needed(_("Chọn loại."))], choices=LEVELS)
    number = StringField(_("Số"), [Optional(), at_most(NUMBER)])
    heading = StringField(_("Tên"), [Optional(), at_most(HEADING)])


class CutForm(SeenForm):
    """Where a piece is cut, and what the second half is."""

    line = RadioField(_("Đoạn mới bắt đầu từ dòng"), [needed(_("Chọn một dòng."))], coerce=int, choices=[])
    level = SelectField(_("Đoạn mới là"), [needed(_("Chọn loại."))], choices=LEVELS)
    number = StringField(_("Số của đoạn mới"), [Optional(), at_most(NUMBER)])
