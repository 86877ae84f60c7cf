"""The record for overseers: search, read, take along."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.audit import queries, words
from app.audit.forms import SearchForm
from app.audit.models import AuditEntry
from app.audit.operations import record
from app.audit.queries import Search
from app.core import clock
from app.core.scope import code_of_path
from app.lib.calendar import format_moment
from app.lib.i18n import N_
from app.lib.text import fold
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked
from app.web.files import save_as

bp = Blueprint("audit_staff", __name__, url_prefix="/staff/nhat-ky")
COLUMNS = (
    N_("Lúc"),
    N_("Người làm"),
    N_("Việc"),
    N_("Địa bàn"),
    N_("Mã địa bàn"),
    N_("Đối tượng"),
    N_("Chi tiết"),
)
# Details up to this many characters stand in the table, longer ones open at a tap.
SHORT = 120
# A spreadsheet would take a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@bp.get("/")
@require(queries.PERMISSION)
def entries() -> Any:
    """The newest entries that match, a page at a time."""
    session, actor = current.session(), current.actor()
    form = _form(request.args)
    valid = form.validate()
    before = number_asked("before")
    page = queries.entries(session, actor, _search(form), before=before) if valid else queries.Page((), None)
    found = page.entries
    return render_template(
        "audit/entries.html",
        form=form,
        asked=_asked(form),
        entries=[_row(entry, _names(session, found)) for entry in found],
        by=_name_of(form, found),
        older=page.older,
        paged=before is not None,
    ), 200 if valid else 422


@bp.post("/xuat")
@require(queries.PERMISSION)
def export() -> Any:
    """The same entries as a CSV file, sent piece by piece; that they were taken along is itself recorded."""
    form = _form(request.form)
    filters = _asked(form)
    if not form.validate():
        return redirect(url_for("audit_staff.entries", _external=False, **filters), 303)
    actor, search = current.actor(), _search(form)
    place = search.place or actor.places(queries.PERMISSION)[0]
    subject = ("account", actor.account_id)
    own = record(current.session(), actor, "audit.entry.export", subject=subject, path=place, filters=filters)
    current.session().flush()
    name = f"nhat-ky-{clock.today():%Y%m%d}.csv"
    # The file is read in a transaction of its own, which begins after the one that records the export is over.
    return Response(
        stream_with_context(_lines(search, own.id)),
        content_type="text/csv; charset=utf-8",
        headers=save_as(name),
    )


def _form(values: "MultiDict[str, str]") -> SearchForm:
    form = SearchForm(values, meta={"csrf": False})
    session, actor = current.session(), current.actor()
    slugs = queries.actions(session, actor)
    paths = queries.places(session, actor)
    names = queries.place_names(session, paths)
    form.action.choices = [
        ("", _("Mọi việc")),
        *sorted(((s, words.action(s, _)) for s in slugs), key=lambda choice: fold(choice[1])),
    ]
    form.place.choices = [("", _("Mọi địa bàn")), *((path, names[path]) for path in paths)]
    return form


def _search(form: SearchForm) -> Search:
    return Search(
        words=form.q.data or "",
        account_id=form.account.data,
        action=form.action.data or "",
        place=form.place.data or "",
        subject_kind=form.kind.data or "",
        subject_id=form.subject.data or "",
        first_day=form.first_day.data,
        last_day=form.last_day.data,
    )


def _asked(form: SearchForm) -> dict[str, str]:
    """The search as it stands in an address: what is not asked does not stand there."""
    shown = {field.name: str(field._value() if hasattr(field, "_value") else field.data or "") for field in form}
    return {name: value for name, value in shown.items() if value}


def _name_of(form: SearchForm, found: Any) -> str:
    """Whose acts are shown when the search is for one person's."""
    return found[0].actor_name if form.account.data and found else ""


def _names(session: Any, found: Any) -> dict[str, str]:
    return queries.place_names(session, {entry.path for entry in found})


def _row(entry: AuditEntry, names: dict[str, str]) -> dict[str, Any]:
    found = words.details(entry.detail, _)
    told = "; ".join(f"{name}: {value}" for name, value in found)
    return {
        "entry": entry,
        "action": words.action(entry.action, _),
        "about": words.subject(entry.subject_kind, entry.subject_id, _),
        "place": names.get(entry.path, "") or _("Mọi địa bàn"),
        "details": found,
        "told": told,
        "short": len(told) <= SHORT,
    }


def _lines(search: Search, before: int) -> Iterator[str]:
    # The mark of UTF-8, without which the usual spreadsheet garbles Vietnamese.
    yield "\ufeff" + _line(_(column) for column in COLUMNS)
    with current.services().database.session(write=False) as session:
        names: dict[str, str] = {}
        for entry in queries.each(session, current.actor(), search, before=before):
            if entry.path not in names:
                names |= queries.place_names(session, [entry.path])
            row = _row(entry, names)
            yield _line(
                (
                    format_moment(entry.at),
                    entry.actor_name,
                    row["action"],
                    row["place"],
                    code_of_path(entry.path),
                    row["about"],
                    row["told"],
                )
            )


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in cells)
    return out.getvalue()
