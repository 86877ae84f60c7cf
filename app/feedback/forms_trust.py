"""Forms of displays, codes of dossiers, keys, and dossiers returned: the shape of input only."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import NumberRange

from app.feedback.rules.trust import MOST_DAYS, VALID_DAYS
from app.web.fields import WholeNumberField
from app.web.forms import StaffForm, at_most, needed


class PairForm(StaffForm):
    """A device that is to stand at a point."""

    kind = RadioField(_("Loại máy"), [needed(_("Chọn loại máy."))])
    point = SelectField(_("Đặt tại"), [needed(_("Chọn điểm đánh giá."))], coerce=int)
    name = StringField(_("Tên để nhận ra máy"), [needed(_("Ghi tên để nhận ra máy này.")), at_most(100)])


class KeyForm(StaffForm):
    """A key for the commune's case system."""

    name = StringField(_("Phần mềm dùng khóa"), [needed(_("Ghi tên phần mềm dùng khóa này.")), at_most(100)])


class TableForm(StaffForm):
    """A table from outside."""

    file = FileField(_("Tệp"), [FileRequired(_("Chọn tệp."))])


class KeptForm(StaffForm):
    """What was shown and is to be written."""

    rows = HiddenField()


class MintForm(KeptForm):
    """How long the codes that were shown shall hold."""

    days = WholeNumberField(
        _("Mã dùng được trong (ngày)"),
        [
            needed(_("Ghi số ngày.")),
            NumberRange(1, MOST_DAYS, message=_("Ghi số ngày từ 1 đến %(most)d.", most=MOST_DAYS)),
        ],
        default=VALID_DAYS,
    )


class DossierForm(StaffForm):
    """The number of one dossier."""

    dossier = StringField(_("Số hồ sơ"), [needed(_("Ghi số hồ sơ.")), at_most(100)])
