"""Staff pages about households and their representatives."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas import queries as area_queries
from app.areas.models import Area
from app.core import clock
from app.households import queries
from app.households.forms import EndForm, HouseholdForm, NewHouseholdForm, RepresentativeForm, RollRuleForm
from app.households.models import Household
from app.households.operations import changing
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page

bp = Blueprint("households_staff", __name__, url_prefix="/staff/ho-gia-dinh")


@bp.get("/")
@require("households:household:view")
def index() -> Any:
    """The residential areas whose households the asker may see."""
    session, actor = current.session(), current.actor()
    permission, day = "households:household:view", clock.today()
    areas = area_queries.places_for(session, actor, permission, level="residential", day=day)
    if len(areas) == 1:
        return redirect(url_for("households_staff.households", code=areas[0].code), 303)
    communes = area_queries.places_for(session, actor, permission, level="commune", day=day)
    if len(communes) == 1:
        return redirect(url_for("households_staff.households", code=communes[0].code), 303)
    counts = queries.counts_of(session, areas)
    return render_template("households/areas.html", counts=counts, communes=communes, commune=None)


@bp.get("/dia-ban/<code>")
@require("households:household:view", load=area_queries.in_scope)
def households(area: Area) -> Any:
    """The roll of a residential area; of a commune, its areas with their numbers."""
    session, actor = current.session(), current.actor()
    may_import = actor.may("households:roll:import", area.path)
    if area.level != "residential":
        below = area_queries.residential_areas(session, area, clock.today())
        return render_template(
            "households/areas.html",
            counts=queries.counts_of(session, below),
            communes=[],
            commune=area,
            imports=queries.imports_of(session, area),
            may_import=may_import and area.level == "commune",
        )
    words, order = request.args.get("q", "")[:100], request.args.get("order", queries.ORDERS[0])
    page = request.args.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    return render_template(
        "households/list.html",
        area=area,
        page=queries.page_of(session, area, words=words, order=order, page=max(number, 1)),
        words=words,
        order=order,
        households=queries.count_present(session, area),
        unrepresented=queries.count_unrepresented(session, area),
        decision=queries.latest_decision(session, area),
        imports=queries.imports_of(session, area),
        may_edit=actor.may("households:household:edit", area.path),
        may_import=may_import,
    )


@bp.route("/dia-ban/<code>/them", methods=["GET", "POST"])
@require("households:household:edit", load=area_queries.residential_in_scope)
def add(area: Area) -> Any:
    """Add one household by hand."""
    form = NewHouseholdForm()
    if form.validate_on_submit():
        values = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: changing.add_household(current.session(), current.actor(), area, **values)):
            flash(_("Đã thêm hộ %(number)s.", number=form.number.data), "good")
            return redirect(url_for("households_staff.households", code=area.code), 303)
    return form_page("households/add.html", form, area=area)


@bp.route("/dia-ban/<code>/quy-uoc", methods=["GET", "POST"])
@require("households:household:edit", load=area_queries.residential_in_scope)
def rule(area: Area) -> Any:
    """Which households count on the roll."""
    latest = queries.latest_decision(current.session(), area)
    form = RollRuleForm(rule=latest.rule if latest else "")
    if form.validate_on_submit():
        text = form.rule.data
        if done(form, lambda: changing.decide_roll(current.session(), current.actor(), area, rule=text)):
            flash(_("Đã ghi nhận."), "good")
            return redirect(url_for("households_staff.households", code=area.code), 303)
    return form_page("households/rule.html", form, area=area)


@bp.get("/<int:household_id>")
@require("households:household:view", load=queries.in_scope)
def household(home: Household) -> Any:
    """A household, and who has represented it."""
    may_edit = current.actor().may("households:household:edit", home.area.path)
    return render_template("households/detail.html", home=home, area=home.area, may_edit=may_edit)


@bp.route("/<int:household_id>/sua", methods=["GET", "POST"])
@require("households:household:edit", load=queries.in_scope)
def edit(home: Household) -> Any:
    """Correct number, address and cluster."""
    form = HouseholdForm(obj=home)
    if form.validate_on_submit():
        values = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: changing.update_household(current.session(), current.actor(), home, **values)):
            return _saved(home)
    return form_page("households/edit.html", form, home=home)


@bp.route("/<int:household_id>/dai-dien", methods=["GET", "POST"])
@require("households:household:edit", load=queries.in_scope)
def representative(home: Household) -> Any:
    """Let another person represent the household."""
    form = RepresentativeForm()
    if form.validate_on_submit():
        values = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: changing.change_representative(current.session(), current.actor(), home, **values)):
            return _saved(home)
    return form_page("households/representative.html", form, home=home)


@bp.route("/<int:household_id>/bo", methods=["GET", "POST"])
@require("households:household:edit", load=queries.in_scope)
def end(home: Household) -> Any:
    """Take a household off the roll."""
    form = EndForm()
    if form.validate_on_submit():
        reason = form.reason.data
        if done(form, lambda: changing.end_household(current.session(), current.actor(), home, reason=reason)):
            flash(_("Đã đưa hộ ra khỏi danh sách."), "good")
            return redirect(url_for("households_staff.households", code=home.area.code), 303)
    return form_page("households/end.html", form, home=home)


def _saved(home: Household) -> Any:
    flash(_("Đã lưu."), "good")
    return redirect(url_for("households_staff.household", household_id=home.id), 303)
