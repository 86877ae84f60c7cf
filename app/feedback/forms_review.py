"""Forms of reviewers: which signs are looked at, and the decision about one."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from app.feedback.rules.signs.words import RULES
from app.feedback.rules.standing import EXCLUDE, RESTORE
from app.web.forms import StaffForm, at_most, needed

SHOW = {"open": _("Chờ quyết định"), "decided": _("Đã quyết định"), "all": _("Tất cả")}


class SignsForm(StaffForm):
    """Which signs are listed; asked by GET."""

    show = SelectField(_("Xem"), [Optional()], choices=list(SHOW.items()))
    rule = SelectField(
        _("Loại dấu hiệu"), [Optional()],
        choices=[("", _("Tất cả")), *((key, _(words.name)) for key, words in RULES.items())],
    )  # fmt: skip
    center = SelectField(_("Trung tâm"), [Optional()], coerce=int, choices=[])


class SignForm(StaffForm):
    """The decision about one sign; ``seen``: how many lines it had when it was read."""

    seen = HiddenField()
    decision = RadioField(
        _("Quyết định"), [needed(_("Chọn một quyết định."))],
        choices=[(RESTORE, _("Tính các lượt này")), (EXCLUDE, _("Loại các lượt này khỏi số liệu chính"))],
    )  # fmt: skip
    reason = TextAreaField(_("Lý do"), [needed(_("Ghi lý do.")), at_most(1000)])
