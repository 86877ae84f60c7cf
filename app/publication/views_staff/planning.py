"""The plan of a year."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.queries import commune_in_scope
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.publication.forms import FulfilForm, PlanForm
from app.publication.models import PlannedPosting, Posting
from app.publication.operations import planning as operations
from app.publication.operations.common import EDIT
from app.publication.queries import staff as queries
from app.publication.queries.staff import PlanLine
from app.publication.rules.heads import FORMS
from app.publication.rules.quarters import FIRST_YEAR, LAST_YEAR
from app.publication.views_staff.common import VIEW, bp, day_given, head_choices, head_hint, page
from app.web import current
from app.web.access import require
from app.web.forms import done


def line_in_scope(session: Session, actor: Actor, code: str, plan_id: int) -> PlanLine | None:
    """A line of a commune's plan inside the asker's scope."""
    area = commune_in_scope(session, actor, code)
    line = session.get(PlannedPosting, plan_id) if area else None
    return PlanLine(area, line) if area and line and line.area_id == area.id else None


@bp.get("/ke-hoach/<code>")
@require(VIEW, load=commune_in_scope)
def plan(commune: Area) -> Any:
    """A commune's plan of a year: what, by when, by whom, and what came of it."""
    year = _year()
    return page(
        "plan",
        commune=commune,
        year=year,
        years=(FIRST_YEAR, LAST_YEAR),
        lines=queries.plan_of(current.session(), commune, year),
        may_edit=current.actor().may(EDIT, commune.path),
    )


@bp.route("/ke-hoach/<code>/them", methods=["GET", "POST"])
@require(EDIT, load=commune_in_scope)
def add_line(commune: Area) -> Any:
    """Add a line to the plan; its day says of which year."""
    form = PlanForm()
    form.head.choices = head_choices()
    form.ways.choices = [(key, _(way.name)) for key, way in FORMS.items()]
    if form.validate_on_submit() and done(form, lambda: _plan(commune, form)):
        flash(_("Đã thêm vào kế hoạch."), "good")
        return _to_plan(commune, day_given(form.due_on.data).year)
    return page("plan_line", form=form, commune=commune, head_hint=head_hint()), 422 if form.errors else 200


@bp.route("/ke-hoach/<code>/<int:plan_id>/xong", methods=["GET", "POST"])
@require(EDIT, load=line_in_scope)
def fulfil(found: PlanLine) -> Any:
    """Say which posting did what was planned."""
    session = current.session()
    choices = queries.choices_for(session, found.area, found.line.head)
    form = FulfilForm()
    form.posting.choices = [(one.id, one.title) for one in choices]
    if form.validate_on_submit() and done(form, lambda: _fulfil(found, form.posting.data)):
        flash(_("Đã ghi nhận."), "good")
        return _to_plan(found.area, found.line.year)
    return page("fulfil", form=form, found=found, choices=choices), 422 if form.errors else 200


@bp.post("/ke-hoach/<code>/<int:plan_id>/bo")
@require(EDIT, load=line_in_scope)
def remove_line(found: PlanLine) -> Any:
    """Strike a line."""
    operations.remove(current.session(), current.actor(), found.area, found.line)
    flash(_("Đã bỏ khỏi kế hoạch."), "good")
    return _to_plan(found.area, found.line.year)


def _year() -> int:
    year = request.args.get("nam", type=int)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else clock.today().year


def _to_plan(commune: Area, year: int) -> Any:
    return redirect(url_for("publication_staff.plan", code=commune.code, nam=year), 303)


def _plan(commune: Area, form: PlanForm) -> None:
    due_on = day_given(form.due_on.data)
    operations.plan(
        current.session(), current.actor(), commune, year=due_on.year, head=form.head.data,
        title=form.title.data or "", due_on=due_on, responsible=form.responsible.data or "",
        ways=form.ways.data or [],
    )  # fmt: skip


def _fulfil(found: PlanLine, posting_id: int) -> None:
    session = current.session()
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise Refusal(N_("Chọn một nội dung đã đăng của xã, phường."), field="posting")
    operations.fulfil(session, current.actor(), found.area, found.line, posting)
