"""Staff pages of centres, counters and groups of procedures."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.areas.models import Area
from app.areas.queries import commune_in_scope, places_for
from app.core import clock
from app.feedback.forms_places import CenterForm, CloseForm, CounterForm, GroupForm
from app.feedback.models import ProcedureGroup, ServiceCenter, ServiceCounter
from app.feedback.operations import places as operations
from app.feedback.queries import places as queries
from app.feedback.queries import points as point_queries
from app.feedback.rules.hours import moment_of, open_at, week_of, write_spans
from app.feedback.views_staff import hub
from app.holidays.queries import calendar_lately
from app.lib.calendar import WEEKDAYS
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page

VIEW, EDIT = "feedback:point:view", operations.EDIT
bp = Blueprint("feedback_places_staff", __name__, url_prefix="/staff/danh-gia")
USUAL_HOURS = "7:30-11:30, 13:30-17:00"


@bp.get("/")
@require(VIEW)
def index() -> Any:
    """The centres of the asker's places."""
    session, actor = current.session(), current.actor()
    communes = places_for(session, actor, EDIT, level="commune", day=clock.today())
    return render_template(
        "feedback/places/index.html", centers=queries.centers(session, actor, VIEW), communes=communes
    )


@bp.route("/xa/<code>/trung-tam-moi", methods=["GET", "POST"])
@require(EDIT, load=commune_in_scope)
def new(commune: Area) -> Any:
    """Begin a centre."""
    usual = {f"hours_{day}": USUAL_HOURS for day in range(5)}
    form = CenterForm(data={"name": _("Trung tâm Phục vụ hành chính công %(place)s", place=commune.label)} | usual)
    if form.validate_on_submit():
        made: list[ServiceCenter] = []
        if done(form, lambda: made.append(
            operations.create_center(current.session(), current.actor(), commune, form.entries())
        )):  # fmt: skip
            flash(_("Đã lập Trung tâm. Thêm nhóm thủ tục và quầy."), "good")
            return to_center(made[0].id)
    return form_page("feedback/places/edit.html", form, center=None, commune=commune)


@bp.get("/trung-tam/<int:center_id>")
@require(VIEW, load=queries.in_scope_center)
def center(found: ServiceCenter) -> Any:
    """What there is at a centre, who sits where now, and where to go on."""
    session, now = current.session(), clock.now()
    counters = queries.counters(session, found.id)
    points = point_queries.of_center(session, found.id)
    on_duty = point_queries.on_duty(session, [counter.id for counter in counters], now)
    monday = moment_of(week_of(clock.today())[0], 0)
    return render_template(
        "feedback/places/center.html",
        center=found,
        counters=counters,
        on_duty=on_duty,
        groups=queries.groups(session, found.id),
        handled=queries.handled(session, found.id),
        points=len(points),
        unchecked=len(point_queries.unchecked(session, found.id, monday)),
        hours=[(WEEKDAYS[day], write_spans(found.hours.get(str(day), ()))) for day in range(7)],
        is_open=open_at(found.hours, now, calendar_lately(session)),
        links=hub.links(found),
    )


@bp.route("/trung-tam/<int:center_id>/sua", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_center)
def edit(found: ServiceCenter) -> Any:
    """Correct what is known of a centre."""
    shown = {name: getattr(found, name) for name in ("name", "address", "hotline")}
    hours = {f"hours_{day}": write_spans(found.hours.get(str(day), ())) for day in range(7)}
    form = CenterForm(data=shown | hours | {"networks": "\n".join(found.networks)})
    if form.validate_on_submit() and done(
        form, lambda: operations.edit_center(current.session(), current.actor(), found, form.entries())
    ):
        flash(_("Đã lưu."), "good")
        return to_center(found.id)
    return form_page("feedback/places/edit.html", form, center=found, commune=None)


@bp.route("/trung-tam/<int:center_id>/ngung", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_center)
def close(found: ServiceCenter) -> Any:
    """Close a centre for good."""
    operations.must_be_running(found)
    form = CloseForm()
    if form.validate_on_submit() and done(
        form, lambda: operations.close_center(current.session(), current.actor(), found)
    ):
        flash(_("Đã ngừng %(name)s. Các mã của Trung tâm không nhận đánh giá nữa.", name=found.name), "good")
        return to_center(found.id)
    points = len(point_queries.of_center(current.session(), found.id))
    return form_page("feedback/places/close.html", form, center=found, counter=None, group=None, points=points)


@bp.route("/trung-tam/<int:center_id>/quay-moi", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_center)
def add_counter(found: ServiceCenter) -> Any:
    """Add a counter."""
    operations.must_be_running(found)
    form = CounterForm()
    _offer_groups(form, found.id)
    if form.validate_on_submit() and done(
        form, lambda: operations.add_counter(current.session(), current.actor(), found, **_counter(form))
    ):
        flash(_("Đã thêm quầy."), "good")
        return to_center(found.id)
    return form_page("feedback/places/counter.html", form, center=found, counter=None)


@bp.route("/quay/<int:counter_id>/sua", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_counter)
def edit_counter(found: ServiceCounter) -> Any:
    """Correct a counter, and which groups it handles."""
    chosen = [group.id for group in queries.groups_at(current.session(), found.id)]
    form = CounterForm(obj=found, data={"groups": chosen})
    _offer_groups(form, found.center_id)
    if form.validate_on_submit() and done(
        form, lambda: operations.edit_counter(current.session(), current.actor(), found, **_counter(form))
    ):
        flash(_("Đã lưu."), "good")
        return to_center(found.center_id)
    return form_page("feedback/places/counter.html", form, center=found.center, counter=found)


@bp.route("/quay/<int:counter_id>/ngung", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_counter)
def close_counter(found: ServiceCounter) -> Any:
    """Close a counter for good."""
    form = CloseForm()
    if form.validate_on_submit() and done(
        form, lambda: operations.close_counter(current.session(), current.actor(), found)
    ):
        flash(_("Đã ngừng %(name)s. Các mã của quầy không nhận đánh giá nữa.", name=found.name), "good")
        return to_center(found.center_id)
    return form_page("feedback/places/close.html", form, center=found.center, counter=found, group=None)


@bp.route("/trung-tam/<int:center_id>/nhom-moi", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_center)
def add_group(found: ServiceCenter) -> Any:
    """Add a group of procedures."""
    operations.must_be_running(found)
    form = GroupForm()
    if form.validate_on_submit() and done(
        form, lambda: operations.add_group(current.session(), current.actor(), found, name=form.name.data or "")
    ):
        flash(_("Đã thêm nhóm thủ tục."), "good")
        return to_center(found.id)
    return form_page("feedback/places/group.html", form, center=found, group=None)


@bp.route("/nhom-thu-tuc/<int:group_id>/sua", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_group)
def edit_group(found: ProcedureGroup) -> Any:
    """Correct the name of a group of procedures."""
    form = GroupForm(obj=found)
    if form.validate_on_submit() and done(
        form, lambda: operations.edit_group(current.session(), current.actor(), found, name=form.name.data or "")
    ):
        flash(_("Đã lưu."), "good")
        return to_center(found.center_id)
    return form_page("feedback/places/group.html", form, center=_center_of(found), group=found)


@bp.route("/nhom-thu-tuc/<int:group_id>/ngung", methods=["GET", "POST"])
@require(EDIT, load=queries.in_scope_group)
def close_group(found: ProcedureGroup) -> Any:
    """Take no more ratings for a group of procedures."""
    form = CloseForm()
    if form.validate_on_submit() and done(
        form, lambda: operations.close_group(current.session(), current.actor(), found)
    ):
        flash(_("Đã ngừng nhóm thủ tục “%(name)s”.", name=found.name), "good")
        return to_center(found.center_id)
    return form_page("feedback/places/close.html", form, center=_center_of(found), counter=None, group=found)


def to_center(center_id: int) -> Any:
    """Back to the page of the centre."""
    return redirect(url_for("feedback_places_staff.center", center_id=center_id), 303)


def _center_of(group: ProcedureGroup) -> ServiceCenter:
    return current.session().get_one(ServiceCenter, group.center_id)


def _offer_groups(form: CounterForm, center_id: int) -> None:
    form.groups.choices = [(group.id, group.name) for group in queries.groups(current.session(), center_id)]


def _counter(form: CounterForm) -> dict[str, Any]:
    return {"number": form.number.data or "", "name": form.name.data or "", "groups": form.groups.data or []}
