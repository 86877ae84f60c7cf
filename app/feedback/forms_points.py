"""Forms about points and their printed codes: the shape of input only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.feedback.operations.points import LONGEST_REASON, NOTE
from app.web.forms import StaffForm, at_most, needed

WHOLE, SPOILED = "whole", "spoiled"


class IssueForm(StaffForm):
    """Places that need a code."""

    places = SelectMultipleField(
        _("Cấp mã cho"), [Optional()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class EndForm(StaffForm):
    """Why a code ends; whoever scans it reads that."""

    reason = TextAreaField(_("Lý do"), [needed(_("Ghi lý do.")), at_most(LONGEST_REASON)])


class CheckForm(StaffForm):
    """How the printed code was found."""

    found = RadioField(
        _("Mã dán tại chỗ"),
        [needed(_("Chọn một."))],
        choices=[(WHOLE, _("Còn nguyên, đúng mã")), (SPOILED, _("Bị dán đè, rách, mờ hoặc mất"))],
    )
    note = TextAreaField(_("Ghi chú"), [Optional(), at_most(NOTE)])


class ChecksForm(StaffForm):
    """Codes that were found whole, many at once."""

    points = SelectMultipleField(
        _("Mã còn nguyên, đúng chỗ"),
        [Optional()],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
