"""Figures of a centre for staff: the page, on paper, as workbooks; an officer's own weeks."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for

from app.areas.models import Area
from app.core import clock
from app.core.errors import NotFound
from app.core.permissions import Actor
from app.feedback import exports, papers_numbers
from app.feedback.models import ServiceCenter
from app.feedback.operations import exporting
from app.feedback.queries import numbers, officer_lines, places, rating_rows
from app.feedback.queries.alerts import open_alerts
from app.feedback.queries.numbers import Asked, Dashboard
from app.feedback.rules.periods import KINDS, Period, parse_period, period_of, told_until
from app.feedback.rules.rating import LEVELS, REASONS
from app.feedback.rules.shares import LEAST, RANK_LEAST, four_levels, percent, spoken, three_levels
from app.jobs.queries import latest
from app.lib.filetypes import PDF, XLSX
from app.lib.i18n import N_
from app.publication.papers import place_of
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked
from app.web.files import save_as, saved, stored

bp = Blueprint("feedback_numbers_staff", __name__, url_prefix="/staff/danh-gia")
VIEW = "feedback:numbers:view"
OFFICERS = "feedback:officer:view"
OWN = "feedback:own:view"
FILTERS = {"can-bo": "officer_id", "quay": "counter_id", "nhom": "group_id"}


def words() -> dict[str, Any]:
    """What templates of figures say shares and levels with."""
    return {
        "percent": percent,
        "spoken": spoken,
        "four_levels": four_levels,
        "three_levels": three_levels,
        "levels": LEVELS,
        "reason_names": REASONS,
        "kinds": KINDS,
        "least": LEAST,
        "rank_least": RANK_LEAST,
    }


@bp.get("/so-lieu")
@require(VIEW)
def index() -> Any:
    """The centres whose figures the asker may see."""
    session, actor = current.session(), current.actor()
    found = places.centers(session, actor, VIEW)
    alerts = open_alerts(session, actor.places(VIEW))
    return render_template("feedback/numbers/index.html", centers=found, alerts=alerts)


@bp.get("/so-lieu/<int:center_id>")
@require(VIEW, load=places.in_scope_center)
def center(thing: ServiceCenter) -> Any:
    """The dashboard: shares with how many and how sure, both figures, tiers, reasons, the own past."""
    session = current.session()
    return render_template(
        "feedback/numbers/center.html",
        found=_found(thing),
        center=thing,
        counters=places.counters(session, thing.id, closed=True),
        groups=places.groups(session, thing.id, closed=True),
        officers=places.officers(session, thing.id, left=True) if _may_see_officers(thing) else [],
        alerts=[one for one in open_alerts(session, [thing.path]) if one.alert.center_id == thing.id],
        may_officers=_may_see_officers(thing),
        args=_args(_period()),
        today=clock.today(),
        **words(),
    )


@bp.get("/so-lieu/<int:center_id>/tai.pdf")
@require(VIEW, load=places.in_scope_center)
def paper(thing: ServiceCenter) -> Response:
    """The same figures on paper."""
    found, place = _found(thing), place_of(current.session().get_one(Area, thing.area_id))
    data = papers_numbers.paper(found, _scope(found), place.in_sentence, place.bare, clock.today())
    return saved(data, PDF.media_type, f"so-lieu-{found.period.first}.pdf")


@bp.get("/so-lieu/<int:center_id>/tong-hop.xlsx")
@require(VIEW, load=places.in_scope_center)
def summary(thing: ServiceCenter) -> Response:
    """The figures with four and with three levels."""
    found = _found(thing)
    return saved(papers_numbers.summary(found), XLSX.media_type, f"tong-hop-{found.period.first}.xlsx")


@bp.post("/so-lieu/<int:center_id>/luot.csv")
@require(exporting.EXPORT, load=places.in_scope_center)
def rows_csv(thing: ServiceCenter) -> Response:
    """Single ratings as CSV, sent piece by piece; that they were taken along is recorded."""
    period = _period()
    exporting.take_along(current.session(), current.actor(), thing, period, "CSV")
    return Response(
        stream_with_context(_lines(thing.id, period, current.actor().account_id)),
        content_type="text/csv; charset=utf-8",
        headers=save_as(f"luot-danh-gia-{period.first}.csv"),
    )


def _lines(center_id: int, period: Period, reader: int | None) -> Any:
    # Read in a transaction of its own, after the one that records the taking is over.
    with current.services().database.session(write=False) as session:
        yield from exports.csv_lines(rating_rows.each(session, center_id, period.first, _last(period), reader=reader))


def _last(period: Period) -> date:
    return period.told(told_until(clock.today()))


@bp.post("/so-lieu/<int:center_id>/luot")
@require(exporting.EXPORT, load=places.in_scope_center)
def order(thing: ServiceCenter) -> Any:
    """Let a workbook of single ratings be made."""
    period = _period()
    exporting.order_workbook(current.session(), current.actor(), thing, period)
    return redirect(url_for("feedback_numbers_staff.ordered", center_id=thing.id, **_args(period)), 303)


@bp.get("/so-lieu/<int:center_id>/luot")
@require(exporting.EXPORT, load=places.in_scope_center)
def ordered(thing: ServiceCenter) -> Any:
    """How far the workbook is, and the workbook."""
    period = _period()
    job = latest(current.session(), exporting.key_of(current.actor(), thing, period))
    gone = job is not None and job.finished_at is not None and job.finished_at < clock.now() - exporting.KEPT
    return render_template(
        "feedback/numbers/rows.html", center=thing, period=period, job=None if gone else job, args=_args(period)
    )


@bp.get("/so-lieu/<int:center_id>/luot.xlsx")
@require(exporting.EXPORT, load=places.in_scope_center)
def rows_workbook(thing: ServiceCenter) -> Response:
    """The workbook that was asked for; each has their own."""
    period = _period()
    job = latest(current.session(), exporting.key_of(current.actor(), thing, period))
    if job is None or not job.result:
        raise NotFound(N_("Tệp này chưa làm xong hoặc đã hết hạn. Bấm tạo tệp lần nữa."))
    return saved(stored(str(job.result["key"])), XLSX.media_type, f"luot-danh-gia-{period.first}.xlsx")


@bp.get("/cua-toi")
@require(OWN)
def own() -> Any:
    """An officer's own finished weeks, with nobody else's beside them."""
    session, actor = current.session(), current.actor()
    mine = places.officers_of_account(session, actor.account_id or 0)
    weeks = [(one, officer_lines.own_weeks(session, one, clock.today())) for one in mine]
    return render_template("feedback/numbers/own.html", weeks=weeks, **words())


def _period() -> Period:
    # Forms that post name the period in their address, as links do. Unasked, the last month of which all is told.
    if "ky" not in request.args:
        return period_of("month", told_until(clock.today()) + timedelta(days=1)).previous
    return parse_period(request.args["ky"], request.args.get("ngay", ""), clock.today())


def _filter() -> dict[str, int]:
    """The part asked for, one alone: figures of two parts together would let small numbers be worked out."""
    for name in FILTERS:
        if number := number_asked(name):
            return {name: number}
    return {}


def _args(period: Period) -> dict[str, Any]:
    """The filters as they stand in an address."""
    return {"ky": period.kind, "ngay": period.first.isoformat()} | _filter()


def _found(thing: ServiceCenter) -> Dashboard:
    period, session = _period(), current.session()
    wanted = {FILTERS[name]: number for name, number in _filter().items()}
    if not numbers.known(session, thing, wanted):
        raise NotFound(N_("Không tìm thấy nội dung này."))
    asked, today = Asked(thing.id, period.first, period.last, **wanted), clock.today()
    return numbers.dashboard(session, thing, period, asked, today=today, officers=_may_see_officers(thing))


def _may_see_officers(thing: ServiceCenter) -> bool:
    actor: Actor = current.actor()
    return actor.may(OFFICERS, thing.path)


def _scope(found: Dashboard) -> str:
    """Which part of the centre the figures speak of, for papers."""
    session, asked = current.session(), found.asked
    parts: list[str] = []
    parts += [one.name for one in places.counters(session, asked.center_id, closed=True) if one.id == asked.counter_id]
    parts += [one.name for one in places.groups(session, asked.center_id, closed=True) if one.id == asked.group_id]
    return ", ".join(parts) or (found.total.name if asked.officer_id else "")
