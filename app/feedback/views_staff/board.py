"""What was done about opinions, written by staff for the public board."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from app.areas.models import Area
from app.feedback.models import BoardNote, ServiceCenter
from app.feedback.operations import board as operations
from app.feedback.queries import board as queries
from app.feedback.queries import places
from app.feedback.rules.rating import REASONS, UNOFFICIAL_PAYMENT
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, TextAreaField, at_most, done, form_page, needed

bp = Blueprint("feedback_board_staff", __name__, url_prefix="/staff/danh-gia/bang")
VIEW = "feedback:numbers:view"


class NoteForm(StaffForm):
    """What people said, what was done."""

    said = TextAreaField(_("Ông/Bà nói"), [needed(), at_most(500)])
    done = TextAreaField(_("Chúng tôi đã làm"), [needed(), at_most(1000)])
    reason = SelectField(_("Lý do liên quan"), validate_choice=False)


@bp.get("/<int:center_id>")
@require(VIEW, load=places.in_scope_center)
def index(center: ServiceCenter) -> Any:
    """The lines of a centre's board, withdrawn ones too."""
    session = current.session()
    found = queries.notes(session, center.id, withdrawn=True)
    area = session.get_one(Area, center.area_id)
    return render_template("feedback/board/notes.html", center=center, notes=found, area=area)


@bp.route("/<int:center_id>/them", methods=["GET", "POST"])
@require(operations.WRITE, load=places.in_scope_center)
def post(center: ServiceCenter) -> Any:
    """Write a line."""
    form, session = NoteForm(), current.session()
    chips = [(slug, gettext(name)) for slug, name in REASONS.items() if slug != UNOFFICIAL_PAYMENT]
    form.reason.choices = [("", gettext("Không chọn")), *chips]

    def act() -> None:
        words = {"said": form.said.data or "", "done": form.done.data or "", "reason": form.reason.data or ""}
        operations.post(session, current.actor(), center, **words)

    if form.validate_on_submit() and done(form, act):
        flash(gettext("Đã đăng lên bảng công khai."), "good")
        return redirect(url_for("feedback_board_staff.index", center_id=center.id), 303)
    return form_page("feedback/board/post.html", form, center=center)


@bp.post("/dong/<int:board_note_id>/rut")
@require(operations.WRITE, load=queries.in_scope_note)
def withdraw(note: BoardNote) -> Any:
    """Take a line off the board."""
    operations.withdraw(current.session(), current.actor(), note)
    return redirect(url_for("feedback_board_staff.index", center_id=note.center_id), 303)
