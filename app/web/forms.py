"""The base of every form: Vietnamese messages, Unicode in one form, refusals at the field they concern."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.errors import ManyRefusals, Refusal
from app.lib.text import nfc
from app.web import current
from app.web.formwords import FormWords
from app.web.templating import say


class Cleaning:
    """Text comes in as NFC without spaces around it, whatever keyboard sent it."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Any:
            text = issubclass(unbound_field.field_class, StringField)
            if text and "filters" not in unbound_field.kwargs:
                unbound_field.kwargs["filters"] = [tidy]
            if unbound_field.kwargs.get("choices"):
                # Pairs read best where a form is declared; objects are what WTForms will alone take.
                unbound_field.kwargs["choices"] = [
                    SelectChoice(*one) if isinstance(one, tuple) else one for one in unbound_field.kwargs["choices"]
                ]
            return super().bind_field(form, unbound_field, options)

        def get_translations(self, form: Form) -> FormWords:
            return FormWords()


class StaffForm(Cleaning, FlaskForm):
    """A form of the staff surface: carries the session's CSRF token."""


class VersionForm(StaffForm):
    """Carries which state of a thing was shown, so that nobody overwrites another's change unseen."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version shown; 0, which nothing has, where the browser sent something else."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ResidentForm(Cleaning, FlaskForm):
    """A form of the residents' surface. No session exists there; what it may do is signed by other means."""

    class Meta(Cleaning.Meta):
        csrf = False


def tidy(value: Any) -> Any:
    # No text column holds a zero character.
    return nfc(value).replace("\0", "").strip() if isinstance(value, str) else value


def needed(message: str | None = None) -> InputRequired:
    """The field must be filled in."""
    return InputRequired(message or _("Cần điền mục này."))


def at_most(n: int) -> Length:
    return Length(max=n, message=_("Tối đa %(max)d ký tự."))


def show_refusal(form: Form, refusal: Refusal) -> None:
    """Put the sentence of a refusal at its field, or at the head of the form.

    A field inside a list or a group is named as browsers name it: ``members-0-phone``.
    """
    refusals = refusal.problems if isinstance(refusal, ManyRefusals) else [refusal]
    for one in refusals:
        if not (one.field and _placed(form, one.field, say(one))):
            form.form_errors.append(say(one))


def _placed(fields: Iterable[Any], name: str, sentence: str) -> bool:
    for field in fields:
        if field.name == name:
            field.errors = [*field.errors, sentence]
            return True
        if isinstance(field, FieldList) and _placed(field.entries, name, sentence):
            # A list reads its entries' faults when it is validated; this one came afterwards.
            field.errors = [entry.errors for entry in field.entries]
            return True
        if isinstance(field, FormField) and _placed(field.form, name, sentence):
            return True
    return False


class ReasonForm(StaffForm):
    """A reason that others will read."""

    reason = TextAreaField(_("Lý do"), [needed(_("Ghi lý do.")), at_most(1000)])


def done(form: Form, act: Callable[[], Any]) -> bool:
    """Carry out an operation of a form; a refusal is shown in the form, keeps what was typed and changes nothing."""
    try:
        with current.session().begin_nested():
            act()
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def form_page(template: str, form: Form, **values: Any) -> tuple[str, int]:
    """A page with a form; 422 when the form has faults."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


__all__ = [
    "ReasonForm",
    "ResidentForm",
    "StaffForm",
    "TextAreaField",
    "VersionForm",
    "at_most",
    "done",
    "form_page",
    "needed",
    "show_refusal",
    "tidy",
]
