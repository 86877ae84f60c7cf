"""Publishing the whole answer table at once."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.consultations.models import Consultation
from app.consultations.operations.publishing_answers import PUBLISH, publish
from app.consultations.queries import answers as queries
from app.consultations.queries.loading import in_scope
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import page
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, done


@bp.route("/cong-bo", methods=["GET", "POST"])
@require(PUBLISH, load=in_scope)
def publish_answers(consultation: Consultation) -> Any:
    """Show everything that will go out, then publish it."""
    session, form = current.session(), StaffForm()
    if form.validate_on_submit() and done(form, lambda: publish(session, current.actor(), consultation)):
        flash(_("Đã công bố tiếp thu, giải trình. Người để lại số điện thoại được báo tin."), "good")
        return redirect(url_for(".table", consultation_id=consultation.id), 303)
    rows = queries.table(session, consultation)
    found = queries.problems(session, consultation, rows) if consultation.status == "opened" else []
    refused = [one.refusal() for one in found]
    status = 409 if form.errors else 200
    return page("publish", consultation, form=form, rows=rows, problems=refused), status
