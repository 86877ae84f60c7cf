"""Staff pages about places."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas import operations, queries, rules
from app.areas.forms import AreaForm, EndAreaForm, NewAreaForm
from app.areas.models import Area
from app.core import clock
from app.web import current
from app.web.access import require
from app.web.forms import done

bp = Blueprint("areas_staff", __name__, url_prefix="/staff/dia-ban")


@bp.get("/")
@require("areas:area:view")
def places() -> Any:
    """The communes of the asker's scope, or the results of a search."""
    session, actor = current.session(), current.actor()
    found = queries.staff_places(session, actor, request.args.get("q", ""), clock.today())
    return render_template("areas/places.html", places=found, words=request.args.get("q", ""))


@bp.get("/<code>")
@require("areas:area:view", load=queries.in_scope)
def place(area: Area) -> Any:
    session = current.session()
    return render_template(
        "areas/place.html",
        area=area,
        kind=rules.KINDS[area.kind],
        below=queries.all_below(session, area) if area.level != "residential" else [],
        predecessors=queries.predecessors(session, area),
        successors=queries.successors(session, area),
        may_manage=current.actor().may("areas:area:manage", area.path),
    )


@bp.route("/<code>/moi", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.in_scope)
def new(commune: Area) -> Any:
    form = NewAreaForm(valid_from=clock.today())
    form.kind.choices = [(kind.slug, _(kind.name)) for kind in rules.residential_kinds()]
    if form.validate_on_submit() and done(form, lambda: _create(commune, form)):
        flash(_("Đã lập %(name)s.", name=form.name.data), "good")
        return redirect(url_for("areas_staff.place", code=commune.code), 303)
    return render_template("areas/new.html", form=form, commune=commune)


@bp.route("/<code>/sua", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.in_scope)
def edit(area: Area) -> Any:
    form = AreaForm(obj=area)
    if form.validate_on_submit():
        values = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: operations.update_area(current.session(), current.actor(), area, **values)):
            flash(_("Đã lưu."), "good")
            return redirect(url_for("areas_staff.place", code=area.code), 303)
    return render_template("areas/edit.html", form=form, area=area)


@bp.route("/<code>/ket-thuc", methods=["GET", "POST"])
@require("areas:area:manage", load=queries.in_scope)
def end(area: Area) -> Any:
    form = EndAreaForm()
    others = queries.all_below(current.session(), area.parent) if area.parent else []
    by_code = {other.code: other for other in others if other.id != area.id and other.valid_to is None}
    form.successors.choices = [(code, other.label) for code, other in by_code.items()]
    if form.validate_on_submit() and done(form, lambda: _end(area, form, by_code)):
        flash(_("Đã ghi nhận kết thúc địa bàn."), "good")
        return redirect(url_for("areas_staff.place", code=area.code), 303)
    return render_template("areas/end.html", form=form, area=area)


def _create(commune: Area, form: NewAreaForm) -> None:
    values = {"name": form.name.data, "kind": form.kind.data, "valid_from": form.valid_from.data}
    operations.create_area(current.session(), current.actor(), commune, **values)


def _end(area: Area, form: EndAreaForm, by_code: dict[str, Area]) -> None:
    operations.end_area(
        current.session(),
        current.actor(),
        area,
        last_day=form.last_day.data,
        successors=[by_code[code] for code in form.successors.data],
        document=form.document.data,
    )
