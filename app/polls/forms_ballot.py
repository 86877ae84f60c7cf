"""Forms of the household: the ballot, the typed code, the receipt. Shape only; what may be done, operations know."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.polls.rules.opinions import LONGEST
from app.web.forms import ResidentForm, StaffForm, needed

# Values of equal length: what a form sends must not tell the choice by its size either.
VALUES = "123456789"


class BallotForm(ResidentForm):
    """One choice among the poll's, nothing chosen beforehand. The question is the label: it is the page's title."""

    choice = RadioField(validators=[InputRequired(_("Ông/Bà chưa chọn. Mời chọn một phương án."))])
    other = TextAreaField(_("Ý kiến của Ông/Bà"), validators=[Optional()], render_kw={"maxlength": LONGEST})
    secret = HiddenField()

    def ask(self, question: str, options: list[dict[str, str]]) -> None:
        """Put the poll's question and choices into the form."""
        self.choice.label.text = question
        self.choice.choices = [
            (value, gettext(label)) for value, label in zip(VALUES, (o["label"] for o in options), strict=False)
        ]

    def show(self, options: list[dict[str, str]], choice: str, other_text: str) -> None:
        """Fill in what was chosen before."""
        keys = [option["key"] for option in options]
        self.choice.data = VALUES[keys.index(choice)] if choice in keys else None
        self.other.data = other_text


class CodeForm(ResidentForm):
    """Household number and code, as printed on the slip."""

    number = StringField(_("Số hộ"), validators=[needed(_("Nhập số hộ in trên phiếu.")), Length(max=30)])
    code = StringField(_("Mã phiếu"), validators=[needed(_("Nhập mã phiếu, gồm 12 chữ và số.")), Length(max=60)])


class CounterForm(StaffForm):
    """At the counter: the scanned slip, or household number and code."""

    scanned = StringField(_("Mã quét từ phiếu"), validators=[Optional(), Length(max=300)])
    number = StringField(_("Số hộ"), validators=[Optional(), Length(max=30)])
    code = StringField(_("Mã phiếu"), validators=[Optional(), Length(max=60)])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.scanned.data and not (self.number.data and self.code.data):
            self.form_errors.append(gettext("Quét phiếu, hoặc nhập cả số hộ và mã phiếu."))
            return False
        return True


class ReceiptForm(ResidentForm):
    """A receipt to check."""

    receipt = StringField(
        _("Mã biên nhận"), validators=[needed(_("Nhập mã biên nhận, gồm 12 chữ và số.")), Length(max=60)]
    )
