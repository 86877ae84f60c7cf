"""What everybody may see of moderation: its numbers, reporting an abuse, and where complaints and denunciations go."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from app.areas import queries as areas
from app.areas import rules as area_rules
from app.core import clock
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.moderation.forms import ReportForm
from app.moderation.models import ModerationItem
from app.moderation.operations import reports
from app.moderation.queries import items
from app.moderation.queries.numbers import numbers as numbers_of
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.visitors.verdict import Sign, Verdict
from app.web import current
from app.web.access import public
from app.web.addresses import number_asked
from app.web.forms import done, form_page
from app.web.pagecache import everybody_alike

bp = Blueprint("moderation_public", __name__)
FIRST_YEAR = 2025
PURPOSE = "report"
EXCERPT = 300
# Only programs do these: they are thanked like anybody, and what they sent is not kept.
PROGRAMS = {Sign.HONEYPOT, Sign.NO_TOKEN}


@bp.get("/dia-ban/<code>/kiem-duyet")
@public
@everybody_alike
def numbers(code: str) -> Any:
    """How much was shown and hidden at a place in a year, and for what reasons."""
    session, this_year = current.session(), clock.today().year
    area = areas.communal(session, code)
    year = number_asked("nam") or this_year
    if not FIRST_YEAR <= year <= this_year:
        raise NotFound(N_("Không có số liệu của năm này."))
    return render_template(
        "moderation/numbers.html",
        area=area,
        commune=area_rules.in_sentence(area.commune.name),
        year=year,
        years=range(FIRST_YEAR, this_year + 1),
        found=numbers_of(session, area.path, year),
    )


@bp.route("/bao-cao/<content_kind>/<int:item_id>", methods=["GET", "POST"])
@public
def report(content_kind: str, item_id: int) -> Any:
    """Say that a shown text is abusive. Nobody learns who said so, nor whether others did."""
    item = items.reportable(current.session(), content_kind, item_id)
    if item is None:
        raise NotFound(N_("Không tìm thấy nội dung này."))
    form = ReportForm()
    if request.method == "POST":
        verdict = check_form(PURPOSE, request.form)
        allow(PURPOSE)
        if form.validate() and done(form, lambda: _keep(item, form, verdict)):
            return redirect(url_for("moderation_public.reported"), 303)
    shown = item.original if item.shown_text is None else item.shown_text
    return form_page("moderation/report.html", form, item=item, shown=shown[:EXCERPT], cut=len(shown) > EXCERPT)


@bp.get("/bao-cao/da-nhan")
@public
@everybody_alike
def reported() -> Any:
    """Thanks, the same for everybody."""
    return render_template("moderation/reported.html")


@bp.get("/khieu-nai-to-cao")
@public
@everybody_alike
def procedures() -> Any:
    """Complaints and denunciations follow laws of their own: how they are made."""
    return render_template("moderation/procedures.html")


def _keep(item: ModerationItem, form: ReportForm, verdict: Verdict) -> None:
    if verdict.repeated or PROGRAMS & set(verdict.signs):
        return
    device = verdict.visitor.device_hash
    reports.report(current.session(), item.id, form.reason_key.data, form.text.data or "", device)
