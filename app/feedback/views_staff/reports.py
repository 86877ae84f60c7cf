"""The quarterly report for staff: made, scored, verified, taken along."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.areas.models import Area
from app.core import clock
from app.core.errors import Refusal
from app.documents import docx, pdf
from app.feedback import papers_report
from app.feedback.forms_reports import MakeForm, ScoresForm
from app.feedback.models import QuarterReport, ServiceCenter
from app.feedback.operations import reports as operations
from app.feedback.queries import places
from app.feedback.queries import reports as queries
from app.feedback.queries.sums import Asked
from app.feedback.rules.indices import INDICES, SOURCE_NAMES, grade
from app.feedback.rules.shares import Tally
from app.feedback.views_staff.numbers import words
from app.lib.filetypes import DOCX, PDF, XLSX, FileType
from app.lib.i18n import N_
from app.publication.papers import place_of
from app.publication.rules.quarters import Quarter, parse_quarter, quarter_of
from app.web import current
from app.web.access import require
from app.web.files import saved
from app.web.forms import done, form_page

bp = Blueprint("feedback_reports_staff", __name__, url_prefix="/staff/danh-gia/bao-cao")
VIEW = "feedback:numbers:view"
OFFERED = 8


@bp.get("/<int:center_id>")
@require(VIEW, load=places.in_scope_center)
def index(center: ServiceCenter) -> Any:
    """The reports of a centre."""
    found = queries.reports(current.session(), center)
    return render_template("feedback/reports/index.html", center=center, reports=found, quarter_of=_quarter)


@bp.route("/<int:center_id>/lap", methods=["GET", "POST"])
@require(operations.SCORE, load=places.in_scope_center)
def make(center: ServiceCenter) -> Any:
    """Make the report of a quarter that is over."""
    form, session = MakeForm(), current.session()
    form.quarter.choices = [(str(one), _("Quý %(n)s năm %(year)s", n=one.roman, year=one.year)) for one in _offered()]
    made: list[QuarterReport] = []

    def act() -> None:
        quarter = parse_quarter(form.quarter.data or "")
        if quarter is None:
            raise Refusal(N_("Chọn quý."), field="quarter")
        made.append(operations.make(session, current.actor(), center, quarter, clock.today()))

    if form.validate_on_submit() and done(form, act):
        return redirect(url_for("feedback_reports_staff.report", report_id=made[0].id), 303)
    return form_page("feedback/reports/make.html", form, center=center)


@bp.get("/quy/<int:report_id>")
@require(VIEW, load=queries.in_scope_report)
def report(one: QuarterReport) -> Any:
    """The report: what is known, both scores, the grade."""
    session = current.session()
    scores = queries.scores(session, one)
    headline, whole = _levels(one)
    own, verified = papers_report.totals(scores)
    return render_template(
        "feedback/reports/report.html",
        report=one, quarter=_quarter(one), center=_center(one), scores=scores, headline=headline, whole=whole,
        own=own, verified=verified, indices=INDICES, sources=SOURCE_NAMES, grade=grade, **words(),
    )  # fmt: skip


@bp.route("/quy/<int:report_id>/tu-cham", methods=["GET", "POST"])
@require(operations.SCORE, load=queries.in_scope_report)
def score(one: QuarterReport) -> Any:
    """Give the unit's own points."""
    return _scoring(one, operations.score, "feedback_reports_staff.score", own=True)


@bp.route("/quy/<int:report_id>/tham-dinh", methods=["GET", "POST"])
@require(operations.VERIFY, load=queries.in_scope_report)
def verify(one: QuarterReport) -> Any:
    """Verify the points, as somebody else."""
    return _scoring(one, operations.verify, "feedback_reports_staff.verify", own=False)


def _scoring(one: QuarterReport, act: Any, endpoint: str, *, own: bool) -> Any:
    session, form = current.session(), ScoresForm()
    if form.validate_on_submit() and done(form, lambda: act(session, current.actor(), one, form.given(), form.seen)):
        flash(_("Đã ghi điểm."), "good")
        return redirect(url_for("feedback_reports_staff.report", report_id=one.id), 303)
    scores = queries.scores(session, one)
    if not form.is_submitted():
        for line in scores:
            points = line.self_score if own or line.verified_score is None else line.verified_score
            form[f"points_{line.idx}"].data = None if points is None else str(points)
            form[f"reason_{line.idx}"].data = line.self_reason if own else line.verified_reason
    form.version.data = str(one.version)
    return form_page(
        "feedback/reports/score.html", form, report=one, quarter=_quarter(one), center=_center(one), scores=scores,
        indices=INDICES, sources=SOURCE_NAMES, own=own, action=url_for(endpoint, report_id=one.id),
    )  # fmt: skip


@bp.get("/quy/<int:report_id>/tai.pdf")
@require(VIEW, load=queries.in_scope_report)
def paper(one: QuarterReport) -> Response:
    """The report as PDF."""
    return _saved(pdf.render_document(_document(one)), PDF, one)


@bp.get("/quy/<int:report_id>/tai.docx")
@require(VIEW, load=queries.in_scope_report)
def text(one: QuarterReport) -> Response:
    """The report for a word processor."""
    return _saved(docx.render_document(_document(one)), DOCX, one)


@bp.get("/quy/<int:report_id>/tai.xlsx")
@require(VIEW, load=queries.in_scope_report)
def workbook(one: QuarterReport) -> Response:
    """The report as a workbook."""
    scores = queries.scores(current.session(), one)
    return _saved(papers_report.workbook(_center(one), one, scores, _levels(one)), XLSX, one)


def _document(one: QuarterReport) -> Any:
    scores, center = queries.scores(current.session(), one), _center(one)
    place = place_of(_commune(center))
    return papers_report.document(center, one, scores, _levels(one), place.in_sentence, place.bare, clock.today())


def _levels(one: QuarterReport) -> tuple[Tally, Tally]:
    quarter = _quarter(one)
    return queries.satisfaction(current.session(), Asked(one.center_id, quarter.first, quarter.last))


def _center(one: QuarterReport) -> ServiceCenter:
    return current.session().get_one(ServiceCenter, one.center_id)


def _commune(center: ServiceCenter) -> Area:
    return current.session().get_one(Area, center.area_id)


def _quarter(one: QuarterReport) -> Quarter:
    return papers_report.quarter_of(one)


def _offered() -> list[Quarter]:
    """The last quarters that are over, the newest first."""
    found = [quarter_of(clock.today()).previous]
    while len(found) < OFFERED:
        found.append(found[-1].previous)
    return found


def _saved(data: bytes, kind: FileType, one: QuarterReport) -> Response:
    return saved(data, kind.media_type, f"bao-cao-{_quarter(one)}.{kind.ending}")
