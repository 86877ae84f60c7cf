"""Staff pages of dossiers returned: what is kept, a table looked at, all of it written or nothing."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.feedback.forms_trust import KeptForm, TableForm
from app.feedback.minting_book import empty_book
from app.feedback.models import ServiceCenter
from app.feedback.operations import returned as operations
from app.feedback.queries import returned as queries
from app.feedback.queries.places import in_scope_center
from app.feedback.rules import returned as rules
from app.feedback.trust_preview import keep, kept
from app.feedback.views_staff.tables import TooLong, faulty_rows, tables_of
from app.lib.calendar import format_date
from app.lib.filetypes import XLSX
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.files import saved
from app.web.forms import form_page, show_refusal

bp = Blueprint("feedback_returned_staff", __name__, url_prefix="/staff/danh-gia")
VIEW = "feedback:numbers:view"
SHOWN = 100


@bp.get("/trung-tam/<int:center_id>/ho-so-da-tra")
@require(VIEW, load=in_scope_center)
def days(center: ServiceCenter) -> Any:
    """The latest days with how many dossiers were returned."""
    return render_template(
        "feedback/returned/days.html",
        center=center,
        days=queries.days(current.session(), center.id),
        may_edit=current.actor().may(operations.EDIT, center.path),
    )


@bp.route("/trung-tam/<int:center_id>/ho-so-da-tra/tai-len", methods=["GET", "POST"])
@require(operations.EDIT, load=in_scope_center)
def upload(center: ServiceCenter) -> Any:
    """A table of figures: read and shown with what is at fault in its cells; nothing is written yet."""
    form = TableForm()
    if form.validate_on_submit():
        try:
            return _preview(center, form.file.data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return form_page("feedback/returned/upload.html", form, center=center)


@bp.post("/trung-tam/<int:center_id>/ho-so-da-tra/ghi")
@require(operations.EDIT, load=in_scope_center)
def write(center: ServiceCenter) -> Any:
    """Write the rows that were shown."""
    form = KeptForm()
    found = kept(current.services().keyring, _about(center), form.rows.data or "", clock.now())
    rows = [rules.Returned(row, date.fromisoformat(day), *figures) for row, day, *figures in found]
    written = operations.write(current.session(), current.actor(), center, rows)
    flash(_("Đã ghi số hồ sơ đã trả của %(n)s ngày.", n=len(written)), "good")
    return redirect(url_for("feedback_returned_staff.days", center_id=center.id), 303)


@bp.get("/trung-tam/<int:center_id>/ho-so-da-tra/mau")
@require(operations.EDIT, load=in_scope_center)
def sample(_center: ServiceCenter) -> Response:
    """An empty table to fill in."""
    headings = [_(name) for name in rules.COLUMN_NAMES.values()]
    example = (format_date(clock.today()), "3", "", "25", "5", "18", "2", "20")
    return saved(empty_book("Hồ sơ đã trả", headings, [example]), XLSX.media_type, "mau-ho-so-da-tra.xlsx")


def _preview(center: ServiceCenter, sent: Any) -> Any:
    session = current.session()
    table = rules.table_of(tables_of(sent))
    columns = {name: _(heading) for name, heading in rules.COLUMN_NAMES.items()}
    if table.missing:
        missing = ", ".join(columns[name] for name in table.missing)
        raise Refusal(N_("Tệp thiếu cột: %(names)s. Tải tệp mẫu rồi điền vào."), field="file", names=missing)
    if len(table.rows) > rules.MOST_ROWS:
        raise TooLong(rules.MOST_ROWS)
    rows, faults = rules.read(table, *queries.known_places(session, center.id), clock.today())
    if not (rows or faults):
        raise Refusal(N_("Tệp không có dòng nào dưới dòng tiêu đề."), field="file")
    form = KeptForm(formdata=None)
    if not faults:
        form.rows.data = keep(current.services().keyring, _about(center), [_plain(row) for row in rows], clock.now())
    faulty = faulty_rows(table.rows, faults, columns)
    found, cells = rules.days_of(rows), dict(table.rows)
    return form_page(
        "feedback/returned/preview.html",
        form,
        center=center,
        rows=rows,
        days=found,
        replaced=queries.kept_rows(session, center.id, found),
        faulty=faulty[:SHOWN],
        faulty_count=len(faulty),
        columns=columns,
        total=sum(row.returned for row in rows),
        shown=SHOWN,
        figures=[[cells[row.row].get(name, "") for name in columns] for row in rows[:SHOWN]],
    )


def _plain(row: rules.Returned) -> list[Any]:
    number, day, *figures = asdict(row).values()
    return [number, day.isoformat(), *figures]


def _about(center: ServiceCenter) -> str:
    return f"returned {center.id} {current.actor().account_id}"
