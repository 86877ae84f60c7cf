"""The weekly look at printed codes: another code stuck over ours is the common trick."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import database_now
from app.payments.forms import INTACT, CheckForm
from app.payments.models import Collection
from app.payments.operations import collections as operations
from app.payments.operations.collections import CHECK
from app.payments.queries import collections
from app.payments.queries.collections import collection_in_scope
from app.payments.rules.showing import Standing
from app.payments.views_staff.common import page
from app.web import current
from app.web.access import require
from app.web.forms import done

bp = Blueprint("payments_checks", __name__, url_prefix="/staff/thanh-toan/kiem-tra")


@bp.get("/")
@require(CHECK)
def index() -> Any:
    """What hangs at counters and community houses, what is due first."""
    session, actor = current.session(), current.actor()
    found = collections.listed(session, actor.places(CHECK), database_now(session), clock.today())
    hanging = [one for one in found if one.shown.standing in (Standing.OPEN, Standing.EARLY)]
    return page("checks", found=sorted(hanging, key=lambda one: not one.due))


@bp.route("/<int:collection_id>", methods=["GET", "POST"])
@require(CHECK, load=collection_in_scope)
def record(one: Collection) -> Any:
    """Note what was seen."""
    session, actor = current.session(), current.actor()
    shown = collections.shown(session, one, database_now(session), clock.today())
    form = CheckForm()
    if form.validate_on_submit() and done(
        form,
        lambda: operations.check(session, actor, one, intact=form.seen.data == INTACT, note=form.note.data or ""),
    ):
        flash(_("Đã ghi lần kiểm tra."), "good")
        return redirect(url_for("payments_checks.index"), 303)
    return page("check", form=form, shown=shown, collection=one), 422 if form.errors else 200
