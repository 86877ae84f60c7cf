"""The inbox of the inspectors: a report is a closed envelope until one of them opens it, which is kept."""

from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.feedback.forms_cases import OutcomeForm, ReferForm
from app.feedback.models import RestrictedReport, ServiceCenter
from app.feedback.operations import restricted as acts
from app.feedback.operations.restricted import Opened
from app.feedback.queries import restricted as queries
from app.feedback.queries.restricted import in_scope_report
from app.feedback.rules import restricted as rules
from app.feedback.rules.rights import RESTRICTED
from app.feedback.sealing import open_photo
from app.feedback.views_staff.photos import picture
from app.lib.i18n import N_
from app.web import current, navigation
from app.web.access import require
from app.web.addresses import number_asked
from app.web.files import stored
from app.web.forms import done

bp = Blueprint("feedback_restricted_staff", __name__, url_prefix="/staff/danh-gia/hop-kin")


def init_app(app: Flask) -> None:
    """Register these pages and their place in the menu of inspectors."""
    app.register_blueprint(bp)
    endpoint = "feedback_restricted_staff.inbox"
    navigation.add(app, N_("Hộp kín"), endpoint, RESTRICTED, 26, count=queries.unread)


@bp.get("")
@require(RESTRICTED)
def inbox() -> Any:
    """What came, without a word of it."""
    finished = request.args.get("xong") == "1"
    found = queries.inbox(current.session(), current.actor(), finished=finished, page=number_asked("page") or 1)
    return render_template(
        "feedback/restricted/inbox.html", found=found, finished=finished, kinds=rules.KIND_NAMES,
        statuses=rules.STATUS_NAMES, status_kinds=rules.STATUS_KINDS,
    )  # fmt: skip


@bp.get("/<int:report_id>")
@require(RESTRICTED, load=in_scope_report)
def report(found: RestrictedReport) -> Any:
    """The envelope: what sort it is, who opened it, what was done."""
    return _page(found)


@bp.post("/<int:report_id>/mo")
@require(RESTRICTED, load=in_scope_report)
def open_it(found: RestrictedReport) -> Any:
    """Read it, on this answer alone."""
    opened = acts.open_it(current.session(), current.actor(), current.services().keyring, found)
    return _page(found, opened=opened)


@bp.post("/<int:report_id>/anh")
@require(RESTRICTED, load=in_scope_report)
def photo(found: RestrictedReport) -> Response:
    """Take the photo; that somebody did is kept."""
    key = acts.photo_of(current.session(), current.actor(), found)
    return picture(open_photo(current.services().keyring, found, stored(key)), download=True)


@bp.post("/<int:report_id>/chuyen")
@require(RESTRICTED, load=in_scope_report)
def refer(found: RestrictedReport) -> Any:
    """Say to whom it was handed."""
    form, who = ReferForm(), (current.session(), current.actor(), found)
    body = form.body.data or ""
    if form.validate_on_submit() and done(form, lambda: acts.refer(*who, body=body, version=form.seen)):
        flash(_("Đã ghi nơi chuyển đến."), "good")
        return _to(found)
    return _page(found, referring=form)


@bp.post("/<int:report_id>/ket-thuc")
@require(RESTRICTED, load=in_scope_report)
def close(found: RestrictedReport) -> Any:
    """End it with a sentence for the person."""
    form, who = OutcomeForm(), (current.session(), current.actor(), found)
    text = form.outcome.data or ""
    if form.validate_on_submit() and done(form, lambda: acts.close(*who, outcome=text, version=form.seen)):
        flash(_("Đã kết thúc."), "good")
        return _to(found)
    return _page(found, closing=form)


def _page(found: RestrictedReport, *, opened: Opened | None = None, **forms: Any) -> Any:
    session = current.session()
    session.refresh(found)
    referring = forms.get("referring") or ReferForm(formdata=None, body=found.referred_to)
    closing = forms.get("closing") or OutcomeForm(formdata=None)
    for form in (referring, closing):
        form.version.data = str(found.version)
    page = render_template(
        "feedback/restricted/report.html",
        report=found,
        center=session.get_one(ServiceCenter, found.center_id),
        kind=rules.KIND_NAMES[found.kind],
        status=rules.STATUS_NAMES[found.status],
        status_kind=rules.STATUS_KINDS[found.status],
        history=queries.acts_of_report(session, found.id),
        verbs=rules.VERBS,
        opened=opened,
        destroyed=rules.is_destroyed(found.status, found.outcome),
        referring=referring,
        closing=closing,
    )
    return page, 422 if referring.errors or closing.errors else 200


def _to(found: RestrictedReport) -> Any:
    return redirect(url_for("feedback_restricted_staff.report", report_id=found.id), 303)
