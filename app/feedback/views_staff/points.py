"""Staff pages of points: issued, printed, revoked, replaced, and looked at once a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.feedback.documents.posters import GEOMETRIES, PosterFacts, posters_pdf
from app.feedback.forms_points import SPOILED, WHOLE, CheckForm, ChecksForm, EndForm, IssueForm
from app.feedback.models import RatingPoint, ServiceCenter
from app.feedback.operations import places as place_operations
from app.feedback.operations import points as operations
from app.feedback.queries import places as place_queries
from app.feedback.queries import points as queries
from app.feedback.rules import points as rules
from app.feedback.rules.hours import moment_of, week_of
from app.lib.filetypes import PDF
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.files import saved
from app.web.forms import done, form_page

VIEW, EDIT, CHECK = "feedback:point:view", place_operations.EDIT, operations.CHECK
bp = Blueprint("feedback_points_staff", __name__, url_prefix="/staff/danh-gia")
COUNTED_DAYS = 30
PAPERS = {
    "quay-a5": N_("Biển đặt quầy, khổ A5"),
    "tuong-a3": N_("Áp phích treo tường, khổ A3"),
    "tem-a4": N_("Tờ nhãn dán, khổ A4"),
}


@bp.get("/trung-tam/<int:center_id>/diem")
@require(VIEW, load=place_queries.in_scope_center)
def points(center: ServiceCenter) -> Any:
    """The points of a centre with what they met with in a month, and those that have ended."""
    session = current.session()
    every = queries.of_center(session, center.id, revoked=True)
    ids = [point.id for point in every]
    return render_template(
        "feedback/points/points.html",
        center=center,
        points=[point for point in every if point.revoked_at is None],
        ended=[point for point in every if point.revoked_at is not None],
        counts=queries.counts(session, ids, clock.today() - timedelta(days=COUNTED_DAYS - 1)),
        checks=queries.last_checks(session, ids),
        days=COUNTED_DAYS,
        papers=PAPERS,
        short=rules.is_short(_base_url()),
        longest=rules.LONGEST_ADDRESS,
    )


@bp.route("/trung-tam/<int:center_id>/diem/cap", methods=["GET", "POST"])
@require(EDIT, load=place_queries.in_scope_center)
def issue(center: ServiceCenter) -> Any:
    """Give codes to places that have none, all at once."""
    session = current.session()
    place_operations.must_be_running(center)
    names = operations.place_names(session, center)
    taken = {rules.Place(point.counter_id, point.group_id) for point in queries.of_center(session, center.id)}
    missing = {place.key: place for place in names if place not in taken}
    form = IssueForm(data={"places": [key for key, place in missing.items() if place.group_id is None]})
    form.places.choices = [(key, names[place] or _("Toàn Trung tâm")) for key, place in missing.items()]
    if form.validate_on_submit():
        # An empty value ends the form's own checking of what was chosen.
        wanted = [missing[key] for key in form.places.data or [] if key in missing]
        if done(form, lambda: operations.issue(session, current.actor(), center, wanted)):
            flash(_("Đã cấp %(n)s mã. In và đặt tại quầy.", n=len(wanted)), "good")
            return _to_points(center.id)
    return form_page("feedback/points/issue.html", form, center=center, missing=missing)


@bp.get("/diem/<int:point_id>")
@require(VIEW, load=place_queries.in_scope_point)
def point(found: RatingPoint) -> Any:
    """One point: its address, its papers, its checks, and what became of it."""
    session = current.session()
    heir = session.get(RatingPoint, found.replaced_by) if found.replaced_by else None
    return render_template(
        "feedback/points/point.html",
        point=found,
        center=found.center,
        heir=heir,
        address=rules.address(_base_url(), found.code),
        counts=queries.counts(session, [found.id])[found.id],
        scans=queries.scans_by_day(session, found.id, clock.today() - timedelta(days=13)),
        checks=queries.checks_of(session, found.id),
        papers=PAPERS,
    )


@bp.route("/diem/<int:point_id>/thu-hoi", methods=["GET", "POST"])
@require(EDIT, load=place_queries.in_scope_point)
def revoke(found: RatingPoint) -> Any:
    """End a point, with the reason."""
    _must_be_valid(found)
    form = EndForm()
    if form.validate_on_submit() and done(
        form,
        lambda: operations.revoke(current.session(), current.actor(), found, reason=form.reason.data or ""),
    ):
        flash(_("Đã thu hồi mã %(code)s. Gỡ bản in tại quầy.", code=found.code), "good")
        return _to_points(found.center_id)
    return form_page("feedback/points/end.html", form, point=found, center=found.center, replaces=False)


@bp.route("/diem/<int:point_id>/thay", methods=["GET", "POST"])
@require(EDIT, load=place_queries.in_scope_point)
def replace(found: RatingPoint) -> Any:
    """End a point and give its place a new code."""
    _must_be_valid(found)
    form = EndForm()
    if form.validate_on_submit():
        made: list[RatingPoint] = []
        if done(form, lambda: made.append(
            operations.replace(current.session(), current.actor(), found, reason=form.reason.data or "")
        )):  # fmt: skip
            flash(_("Đã thay mã. In mã mới và gỡ bản in cũ."), "good")
            return redirect(url_for("feedback_points_staff.point", point_id=made[0].id), 303)
    return form_page("feedback/points/end.html", form, point=found, center=found.center, replaces=True)


@bp.route("/trung-tam/<int:center_id>/kiem-tra", methods=["GET", "POST"])
@require(CHECK, load=place_queries.in_scope_center)
def checks(center: ServiceCenter) -> Any:
    """Codes nobody has looked at this week; many can be ticked off at once."""
    session = current.session()
    monday, sunday = week_of(clock.today())
    every = queries.of_center(session, center.id)
    waiting = queries.unchecked(session, center.id, moment_of(monday, 0))
    form = ChecksForm()
    form.points.choices = [(one.id, f"{one.label or _('Toàn Trung tâm')} ({one.code})") for one in waiting]
    if form.validate_on_submit():
        chosen = [one for one in waiting if one.id in set(form.points.data or [])]
        if done(form, lambda: operations.record_checks(session, current.actor(), chosen)):
            flash(_("Đã ghi nhận %(n)s mã đã kiểm tra.", n=len(chosen)), "good")
            return redirect(url_for("feedback_points_staff.checks", center_id=center.id), 303)
    last = queries.last_checks(session, [one.id for one in every])
    return form_page(
        "feedback/points/checks.html", form, center=center, points=every, last=last, waiting=waiting,
        monday=monday, sunday=sunday, since=moment_of(monday, 0),
    )  # fmt: skip


@bp.route("/diem/<int:point_id>/kiem-tra", methods=["GET", "POST"])
@require(CHECK, load=place_queries.in_scope_point)
def check(found: RatingPoint) -> Any:
    """Note how one printed code was found."""
    _must_be_valid(found)
    form = CheckForm(found=WHOLE)
    if form.validate_on_submit() and done(form, lambda: _check(found, form)):
        flash(_("Đã ghi nhận kiểm tra."), "good")
        if form.found.data == SPOILED and current.actor().may(EDIT, found.path):
            return redirect(url_for("feedback_points_staff.point", point_id=found.id), 303)
        return redirect(url_for("feedback_points_staff.checks", center_id=found.center_id), 303)
    return form_page("feedback/points/check.html", form, point=found, center=found.center)


@dataclass(frozen=True)
class Posters:
    """The paper asked for, and of which points."""

    path: str
    kind: str
    points: Sequence[RatingPoint]
    name: str


def _of_center(session: Session, actor: Actor, center_id: int, poster: str) -> Posters | None:
    center = place_queries.in_scope_center(session, actor, center_id)
    if center is None or poster not in GEOMETRIES:
        return None
    return Posters(center.path, poster, queries.of_center(session, center.id), f"trung-tam-{center.id}")


def _of_point(session: Session, actor: Actor, point_id: int, poster: str) -> Posters | None:
    found = place_queries.in_scope_point(session, actor, point_id)
    if found is None or poster not in GEOMETRIES:
        return None
    return Posters(found.path, poster, [found] if found.revoked_at is None else [], found.code)


@bp.get("/trung-tam/<int:center_id>/in/<poster>.pdf")
@require(VIEW, load=_of_center)
def center_posters(asked: Posters) -> Response:
    """The posters of every valid point of a centre."""
    return _paper(asked)


@bp.get("/diem/<int:point_id>/in/<poster>.pdf")
@require(VIEW, load=_of_point)
def point_poster(asked: Posters) -> Response:
    """The poster of one point."""
    return _paper(asked)


def _paper(asked: Posters) -> Response:
    if not asked.points:
        raise WrongMoment(N_("Không có mã nào còn dùng để in."))
    base = _base_url()
    facts = [
        PosterFacts(
            center=point.center.name, place=point.label, url=rules.address(base, point.code),
            typed=rules.typed_address(base, point.code), code=point.code, poster_id=point.id,
            issued_on=point.issued_on, hotline=point.center.hotline,
        )
        for point in asked.points
    ]  # fmt: skip
    return saved(posters_pdf(asked.kind, facts), PDF.media_type, f"{asked.kind}-{asked.name}.pdf")


def _check(found: RatingPoint, form: CheckForm) -> None:
    intact = form.found.data == WHOLE
    operations.record_check(current.session(), current.actor(), found, intact=intact, note=form.note.data or "")


def _must_be_valid(found: RatingPoint) -> None:
    if found.revoked_at is not None:
        raise WrongMoment(N_("Mã này đã thu hồi trước đó."))


def _to_points(center_id: int) -> Any:
    return redirect(url_for("feedback_points_staff.points", center_id=center_id), 303)


def _base_url() -> str:
    return current.services().settings.base_url
