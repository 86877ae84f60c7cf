"""What people answered in the yearly survey and on the slip of six questions, for staff: a page and a workbook."""

from typing import Any

from flask import Blueprint, Response, render_template

from app.core import clock
from app.feedback import papers_survey
from app.feedback.models import ServiceCenter
from app.feedback.queries import places
from app.feedback.queries import survey as queries
from app.feedback.rules.periods import told_until
from app.feedback.rules.rating import TRIP_COUNTS
from app.feedback.views_staff.numbers import words
from app.lib.filetypes import XLSX
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked
from app.web.files import saved

bp = Blueprint("feedback_survey_staff", __name__, url_prefix="/staff/danh-gia/khao-sat")
VIEW = "feedback:numbers:view"


@bp.get("/<int:center_id>")
@require(VIEW, load=places.in_scope_center)
def index(center: ServiceCenter) -> Any:
    """The answers of a year, question by question."""
    found = _found(center)
    offered = queries.years(current.session(), center.id, clock.today())
    shown = {"center": center, "found": found, "years": offered, "trip_names": TRIP_COUNTS}
    return render_template("feedback/numbers/survey.html", **shown, **words())


@bp.get("/<int:center_id>/tai.xlsx")
@require(VIEW, load=places.in_scope_center)
def workbook(center: ServiceCenter) -> Response:
    """The same as a workbook."""
    found = _found(center)
    return saved(papers_survey.workbook(center, found), XLSX.media_type, f"khao-sat-{found.year}.xlsx")


def _found(center: ServiceCenter) -> queries.Results:
    session, today = current.session(), clock.today()
    asked = number_asked("nam")
    year = asked if asked in queries.years(session, center.id, today) else today.year
    # Figures that moved from day to day would tell what somebody who was just there answered.
    return queries.results(session, center.id, year, told_until(today))
