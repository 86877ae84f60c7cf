"""Staff pages about places."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas import operations, queries, rules
from app.areas.forms import AreaForm, ContactForm, EndAreaForm, NewAreaForm
from app.areas.models import Area
from app.core import clock
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page

bp = Blueprint("areas_staff", __name__, url_prefix="/staff/dia-ban")


@bp.get("/")
@require("areas:area:view")
def places() -> Any:
    """The communes of the asker's scope, or the results of a search."""
    session, actor = current.session(), current.actor()
    words = request.args.get("q", "")[:100]
    found = queries.staff_places(session, actor, words, clock.today())
    return render_template("areas/places.html", places=found, words=words)


@bp.get("/<code>")
@require("areas:area:view", load=queries.in_scope)
def place(area: Area) -> Any:
    """What is known of a place, and what lies below it."""
    session, actor = current.session(), current.actor()
    return render_template(
        "areas/place.html",
        area=area,
        kind=rules.KINDS[area.kind],
        below=queries.all_below(session, area) if area.level != "residential" else [],
        predecessors=queries.predecessors(session, area),
        successors=queries.successors(session, area),
        sees=actor.sees,
        may_manage=actor.may("areas:area:manage", area.path),
        may_see_households=actor.may("households:household:view", area.path),
    )


@bp.route("/<code>/moi", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.commune_in_scope)
def new(commune: Area) -> Any:
    """Found a residential area."""
    form = NewAreaForm(valid_from=clock.today())
    form.kind.choices = [(kind.slug, _(kind.name)) for kind in rules.residential_kinds()]
    if form.validate_on_submit() and done(form, lambda: _create(commune, form)):
        flash(_("Đã lập %(name)s.", name=form.name.data), "good")
        return redirect(url_for("areas_staff.place", code=commune.code), 303)
    return form_page("areas/new.html", form, commune=commune)


@bp.route("/<code>/sua", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.in_scope)
def edit(area: Area) -> Any:
    """Correct name and contacts."""
    form = AreaForm(obj=area) if area.level == "residential" else ContactForm(obj=area)
    if form.validate_on_submit():
        values = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: operations.update_area(current.session(), current.actor(), area, **values)):
            flash(_("Đã lưu."), "good")
            return redirect(url_for("areas_staff.place", code=area.code), 303)
    return form_page("areas/edit.html", form, area=area)


@bp.route("/<code>/ket-thuc", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.residential_in_scope)
def end(area: Area) -> Any:
    """End an area by a merger or a split."""
    form = EndAreaForm()
    others = queries.all_below(current.session(), area.parent) if area.parent else []
    by_code = {other.code: other for other in others if other.id != area.id and other.valid_to is None}
    form.successors.choices = [(code, other.label) for code, other in by_code.items()]
    if form.validate_on_submit() and done(form, lambda: _end(area, form, by_code)):
        flash(_("Đã ghi nhận kết thúc địa bàn."), "good")
        return redirect(url_for("areas_staff.place", code=area.code), 303)
    return form_page("areas/end.html", form, area=area)


def _create(commune: Area, form: NewAreaForm) -> None:
    values: dict[str, Any] = {"name": form.name.data, "kind": form.kind.data, "valid_from": form.valid_from.data}
    operations.create_area(current.session(), current.actor(), commune, **values)


def _end(area: Area, form: EndAreaForm, by_code: dict[str, Area]) -> None:
    values: dict[str, Any] = {"last_day": form.last_day.data, "document": form.document.data}
    successors = [by_code[code] for code in form.successors.data or []]
    operations.end_area(current.session(), current.actor(), area, successors=successors, **values)
