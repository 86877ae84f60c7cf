"""Staff pages of officers and of who is on duty when."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.core.uploads import Upload
from app.feedback.documents.roster_sheet import roster_sheet
from app.feedback.forms_places import LastDayForm, OfficerForm, RosterForm, WriteForm
from app.feedback.models import Officer, RosterImport, ServiceCenter, Shift
from app.feedback.operations import officers as operations
from app.feedback.operations import roster as rosters
from app.feedback.queries import places as queries
from app.feedback.queries import rosters as roster_queries
from app.feedback.rules.hours import DAY, moment_of, week_of
from app.feedback.rules.roster import FIELDS, PROBLEMS
from app.identity.models import Account
from app.lib.calendar import WEEKDAYS
from app.lib.filetypes import XLSX
from app.web import current
from app.web.access import require
from app.web.files import saved, upload_of
from app.web.forms import done, form_page, show_refusal
from app.web.templating import say

ROSTER = operations.ROSTER
bp = Blueprint("feedback_roster_staff", __name__, url_prefix="/staff/danh-gia")
SHOWN = 100


@bp.get("/trung-tam/<int:center_id>/cong-chuc")
@require(ROSTER, load=queries.in_scope_center)
def officers(center: ServiceCenter) -> Any:
    """Who handles procedures at the centre, and who did."""
    people = queries.officers(current.session(), center.id, left=True)
    return render_template(
        "feedback/places/officers.html", center=center, people=people, logins=_logins(people),
        me=current.actor().account_id,
    )  # fmt: skip


@bp.route("/trung-tam/<int:center_id>/cong-chuc/moi", methods=["GET", "POST"])
@require(ROSTER, load=queries.in_scope_center)
def add_officer(center: ServiceCenter) -> Any:
    """Add an officer."""
    form = OfficerForm()
    if form.validate_on_submit() and done(
        form, lambda: operations.add_officer(current.session(), current.actor(), center, **_officer(form))
    ):
        flash(_("Đã thêm công chức."), "good")
        return _to_officers(center.id)
    return form_page("feedback/places/officer.html", form, center=center, officer=None)


@bp.route("/cong-chuc/<int:officer_id>/sua", methods=["GET", "POST"])
@require(ROSTER, load=queries.in_scope_officer)
def edit_officer(officer: Officer) -> Any:
    """Correct an officer."""
    form = OfficerForm(obj=officer, data={"login": _logins([officer]).get(officer.id, "")})
    if form.validate_on_submit() and done(
        form, lambda: operations.edit_officer(current.session(), current.actor(), officer, **_officer(form))
    ):
        flash(_("Đã lưu."), "good")
        return _to_officers(officer.center_id)
    return form_page("feedback/places/officer.html", form, center=_center_of(officer.center_id), officer=officer)


@bp.route("/cong-chuc/<int:officer_id>/thoi", methods=["GET", "POST"])
@require(ROSTER, load=queries.in_scope_officer)
def end_officer(officer: Officer) -> Any:
    """Note the last day of an officer."""
    form = LastDayForm(last_day=clock.today())
    last: Any = form.last_day
    if form.validate_on_submit() and done(
        form, lambda: operations.end_officer(current.session(), current.actor(), officer, last_day=last.data)
    ):
        flash(_("Đã ghi nhận. Các ca trực sau đó đã bỏ khỏi lịch."), "good")
        return _to_officers(officer.center_id)
    return form_page("feedback/places/officer_end.html", form, center=_center_of(officer.center_id), officer=officer)


@bp.get("/trung-tam/<int:center_id>/lich-truc")
@require(ROSTER, load=queries.in_scope_center)
def week(center: ServiceCenter) -> Any:
    """Shifts and leaves of a week, this one unless another day is asked for."""
    monday, sunday = week_of(_day_asked())
    found = roster_queries.shifts(current.session(), center.id, moment_of(monday, 0), moment_of(sunday, DAY))
    by_day = defaultdict(list)
    for shift, counter in found:
        begin, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
        whole = shift.ends_at - shift.starts_at == timedelta(days=1)
        by_day[begin.date()].append((shift, counter, _("Cả ngày") if whole else f"{begin:%H:%M}–{end:%H:%M}"))
    days = [(WEEKDAYS[n], monday + timedelta(days=n), by_day[monday + timedelta(days=n)]) for n in range(7)]
    return render_template(
        "feedback/places/week.html", center=center, days=days, monday=monday, sunday=sunday, empty=not found,
        before=monday - timedelta(days=7), after=monday + timedelta(days=7), me=current.actor().account_id,
    )  # fmt: skip


@bp.post("/ca-truc/<int:shift_id>/bo")
@require(
    ROSTER, load=lambda session, actor, shift_id: _Reached.of(roster_queries.in_scope_shift(session, actor, shift_id))
)
def remove_shift(reached: "_Reached") -> Any:
    """Take one shift out."""
    shift = reached.shift
    center_id, day = shift.officer.center_id, clock.local(shift.starts_at).date()
    operations.remove_shift(current.session(), current.actor(), shift)
    flash(_("Đã bỏ khỏi lịch."), "good")
    return redirect(url_for("feedback_roster_staff.week", center_id=center_id, ngay=day.isoformat()), 303)


@bp.get("/trung-tam/<int:center_id>/lich-truc/mau.xlsx")
@require(ROSTER, load=queries.in_scope_center)
def sheet(center: ServiceCenter) -> Response:
    """The sheet to fill in."""
    people = [(one.code, one.full_name) for one in queries.officers(current.session(), center.id)]
    counters = [(one.number, one.name) for one in queries.counters(current.session(), center.id)]
    return saved(roster_sheet(people, counters), XLSX.media_type, "mau-lich-truc.xlsx")


@bp.route("/trung-tam/<int:center_id>/lich-truc/nhap", methods=["GET", "POST"])
@require(ROSTER, load=queries.in_scope_center)
def upload(center: ServiceCenter) -> Any:
    """Choose a file."""
    form = RosterForm()
    if form.validate_on_submit():
        kept: list[RosterImport] = []
        if done(form, lambda: kept.append(_upload(center, form))):
            return redirect(url_for("feedback_roster_staff.review", roster_id=kept[0].id), 303)
    return form_page("feedback/places/upload.html", form, center=center)


@bp.get("/lich-truc/nhap/<int:roster_id>")
@require(ROSTER, load=roster_queries.in_scope_roster)
def review(kept: RosterImport) -> Any:
    """Faults in their cells, and what would be written; afterwards, what was."""
    if kept.status != "uploaded":
        return render_template("feedback/places/imported.html", kept=kept, center=kept.center)
    try:
        found = rosters.examine(current.session(), current.actor(), kept)
    except Refusal as refusal:
        return render_template("feedback/places/unreadable.html", kept=kept, center=kept.center, sentence=say(refusal))
    return _review(kept, WriteForm(), found)


@bp.post("/lich-truc/nhap/<int:roster_id>/ghi")
@require(ROSTER, load=roster_queries.in_scope_roster)
def commit(kept: RosterImport) -> Any:
    """Write everything or nothing."""
    form = WriteForm()
    if form.validate_on_submit():
        try:
            with current.session().begin_nested():
                written = rosters.commit(current.session(), current.actor(), kept)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            show_refusal(form, refusal)
        else:
            flash(
                _("Đã ghi lịch trực: thêm %(n)s, giữ nguyên %(same)s.", n=len(written.new), same=len(written.same)),
                "good",
            )
            return redirect(url_for("feedback_roster_staff.review", roster_id=kept.id), 303)
    return _review(kept, form, rosters.examine(current.session(), current.actor(), kept))


@bp.post("/lich-truc/nhap/<int:roster_id>/bo")
@require(ROSTER, load=roster_queries.in_scope_roster)
def discard(kept: RosterImport) -> Any:
    """Forget the file."""
    rosters.discard(current.session(), current.actor(), kept)
    flash(_("Đã bỏ tệp này. Không có gì được ghi."), "good")
    return redirect(url_for("feedback_roster_staff.week", center_id=kept.center_id), 303)


class _Reached:
    """A shift with the place it belongs to."""

    def __init__(self, shift: Shift) -> None:
        self.shift, self.path = shift, shift.officer.path

    @classmethod
    def of(cls, shift: Shift | None) -> "_Reached | None":
        return cls(shift) if shift is not None else None


def _upload(center: ServiceCenter, form: RosterForm) -> RosterImport:
    file = upload_of(form.file) or Upload("", b"")
    return rosters.upload(current.session(), current.actor(), center, file, replaces=form.replaces.data)


def _review(kept: RosterImport, form: WriteForm, found: rosters.Examination) -> tuple[str, int]:
    faulty = found.faulty_rows
    return form_page(
        "feedback/places/review.html", form, kept=kept, center=kept.center, found=found, faulty=len(faulty),
        rows=[(row, _cells(found, row)) for row in faulty[:SHOWN]], shown=SHOWN,
        fields=[_(name) for name in FIELDS.values()],
    )  # fmt: skip


def _cells(found: rosters.Examination, row: int) -> list[dict[str, str]]:
    """The cells of a row as the file says them, each with what is wrong in it."""
    said = found.roster.cells[row]
    wrong: dict[str, list[str]] = defaultdict(list)
    for fault in (*found.roster.faults, *found.plan.faults):
        if fault.row == row:
            wrong[fault.field].append(_(PROBLEMS[fault.problem]) % fault.params)
    return [{"text": said.get(name, ""), "error": " ".join(wrong[name])} for name in FIELDS]


def _logins(people: Any) -> dict[int, str]:
    """The names with which officers sign in, by officer."""
    session = current.session()
    found = {one.id: session.get(Account, one.account_id) for one in people if one.account_id}
    return {key: account.login for key, account in found.items() if account is not None}


def _officer(form: OfficerForm) -> dict[str, str]:
    return {"code": form.code.data or "", "full_name": form.full_name.data or "", "login": form.login.data or ""}


def _center_of(center_id: int) -> ServiceCenter:
    return current.session().get_one(ServiceCenter, center_id)


def _to_officers(center_id: int) -> Any:
    return redirect(url_for("feedback_roster_staff.officers", center_id=center_id), 303)


def _day_asked() -> date:
    try:
        day = date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        return clock.today()
    return day if abs((day - clock.today()).days) < 4000 else clock.today()
