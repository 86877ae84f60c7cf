"""Staff pages of the calendar of days off."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import NotFound, Refusal
from app.holidays import operations, queries
from app.holidays.forms import DayForm, YearForm
from app.lib.calendar import WEEKDAYS
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.forms import show_refusal

bp = Blueprint("holidays_staff", __name__, url_prefix="/staff/lich-nghi")
YEARS = range(1995, 2101)


@bp.get("/")
@require("holidays:day:view")
def year() -> Any:
    """The days of a year (this one unless asked otherwise) that differ from the plain week."""
    asked = request.args.get("year", clock.today().year, type=int)
    if asked not in YEARS:
        raise NotFound(N_("Không có lịch của năm này."))
    return render_template(
        "holidays/year.html",
        year=asked,
        days=queries.days_of(current.session(), asked),
        weekdays=WEEKDAYS,
        may_edit=current.actor().holds_anywhere(operations.PERMISSION),
        years=YEARS,
    )


@bp.route("/them", methods=["GET", "POST"])
@require(operations.PERMISSION)
def add() -> Any:
    """A day off, or a day worked in exchange."""
    form = DayForm()
    if form.validate_on_submit() and form.day.data is not None:
        session, day = current.session(), form.day.data
        try:
            with session.begin_nested():
                operations.set_day(session, current.actor(), day, kind=form.kind.data, name=form.name.data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            flash(_("Đã ghi vào lịch nghỉ."), "good")
            return redirect(url_for("holidays_staff.year", year=day.year), 303)
    return render_template("holidays/add.html", form=form), 422 if form.errors else 200


@bp.post("/nap")
@require(operations.PERMISSION)
def load() -> Any:
    """Add the official days of a year."""
    form = YearForm()
    if not form.validate():
        raise NotFound(N_("Không có lịch của năm này."))
    added = operations.load_year(current.session(), current.actor(), form.year.data)
    flash(_("Đã thêm %(n)s ngày vào lịch năm %(year)s.", n=added, year=form.year.data), "good")
    return redirect(url_for("holidays_staff.year", year=form.year.data), 303)


@bp.post("/<day>/bo")
@require(operations.PERMISSION)
def remove(day: str) -> Any:
    """Let a day follow the plain week again."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise NotFound(N_("Không tìm thấy ngày này.")) from None
    operations.remove_day(current.session(), current.actor(), found)
    flash(_("Đã bỏ khỏi lịch nghỉ."), "good")
    return redirect(url_for("holidays_staff.year", year=found.year), 303)
