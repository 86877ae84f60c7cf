"""Staff pages of screens and tablets: which there are, pairing one, ending one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.documents import qr
from app.feedback.forms_trust import PairForm
from app.feedback.models import Display, RatingPoint, ServiceCenter
from app.feedback.operations import trust_displays as operations
from app.feedback.queries import places, points
from app.feedback.queries import trust as queries
from app.feedback.rules.trust import display_address
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page

bp = Blueprint("feedback_trust_staff", __name__, url_prefix="/staff/danh-gia")
VIEW = "feedback:point:view"


@bp.get("/trung-tam/<int:center_id>/man-hinh")
@require(VIEW, load=places.in_scope_center)
def displays(center: ServiceCenter) -> Any:
    """The screens and tablets of a centre."""
    return render_template(
        "feedback/trust/displays.html",
        center=center,
        displays=queries.displays_of(current.session(), center.id),
        kinds=operations.KINDS,
        may_edit=current.actor().may(operations.EDIT, center.path),
    )


@bp.route("/trung-tam/<int:center_id>/man-hinh/ket-noi", methods=["GET", "POST"])
@require(operations.EDIT, load=places.in_scope_center)
def pair(center: ServiceCenter) -> Any:
    """Pair a device; its address, which holds a secret, is shown by this one answer and never again."""
    session, found = current.session(), points.of_center(current.session(), center.id)
    form = PairForm(kind="screen")
    form.kind.choices = [(kind, _(name)) for kind, name in operations.KINDS.items()]
    form.point.choices = [(point.id, label(point)) for point in found]
    made: list[tuple[Display, str]] = []
    if form.validate_on_submit():
        point = next(point for point in found if point.id == form.point.data)
        given = {"kind": form.kind.data, "name": form.name.data or ""}
        if done(form, lambda: made.append(operations.pair(session, current.actor(), point, **given))):
            return _shown_once(center, *made[0])
    return form_page("feedback/trust/pair.html", form, center=center, points=found)


@bp.post("/man-hinh/<int:display_id>/ket-thuc")
@require(operations.EDIT, load=queries.in_scope_display)
def end(display: Display) -> Any:
    """End a device."""
    operations.end(current.session(), current.actor(), display)
    flash(_("Đã ngừng máy này. Máy không còn hiện mã, không còn nhận đánh giá."), "good")
    return redirect(url_for("feedback_trust_staff.displays", center_id=display.point.center_id), 303)


def label(point: RatingPoint) -> str:
    """Where a point is, in words."""
    if point.counter is None:
        return point.label or _("Cả Trung tâm")
    return f"{point.counter.name}: {point.group.name}" if point.group else point.counter.name


def _shown_once(center: ServiceCenter, display: Display, secret: str) -> Any:
    address = display_address(current.services().settings.base_url, display.kind, secret)
    return render_template(
        "feedback/trust/paired.html", center=center, display=display, address=address, drawing=qr.draw(address)
    )
