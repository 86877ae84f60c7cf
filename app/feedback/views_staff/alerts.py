"""Alerts about counters for staff: the list, and closing one with what was done."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _

from app.feedback.models import Alert
from app.feedback.operations import alerts as operations
from app.feedback.queries import alerts as queries
from app.feedback.rules.alerts import KIND_NAMES, RULES
from app.feedback.views_staff.numbers import VIEW, bp, words
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, TextAreaField, at_most, done, form_page, needed


class CloseForm(StaffForm):
    """What was done about an alert."""

    note = TextAreaField(_("Đã làm gì để khắc phục"), [needed(), at_most(2000)])


@bp.get("/canh-bao")
@require(VIEW)
def alerts() -> Any:
    """Open and closed alerts of the asker's places."""
    session, places = current.session(), current.actor().places(VIEW)
    return render_template(
        "feedback/numbers/alerts.html",
        waiting=queries.open_alerts(session, places),
        closed=queries.closed_alerts(session, places),
        names=KIND_NAMES,
        rule=RULES["falling"],
        **words(),
    )


@bp.route("/canh-bao/<int:alert_id>", methods=["GET", "POST"])
@require(operations.CLOSE, load=queries.in_scope_alert)
def close(alert: Alert) -> Any:
    """Close an alert."""
    form, session = CloseForm(), current.session()

    def act() -> None:
        operations.close(session, current.actor(), alert, form.note.data or "")

    if form.validate_on_submit() and done(form, act):
        return redirect(url_for("feedback_numbers_staff.alerts"), 303)
    shown = queries.shown(session, alert)
    return form_page("feedback/numbers/close.html", form, shown=shown, rule=RULES[alert.kind], **words())
