"""Staff pages that bring a roll in: file, columns, faults and comparison, confirmation, undo."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.areas import queries as area_queries
from app.areas.models import Area
from app.core.errors import Refusal
from app.households import queries
from app.households.forms import ColumnsForm, CommitForm, UploadForm
from app.households.importing.columns import ColumnGuess
from app.households.importing.records import Columns
from app.households.importing.words import DOUBTS, FIELDS, PROBLEMS, fault_params
from app.households.models import RollImport
from app.households.operations import committing, examining, undoing
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, done, show_refusal
from app.web.templating import say

bp = Blueprint("households_import", __name__, url_prefix="/staff/ho-gia-dinh/nhap")
NONE = -1
SINGLE = ("number", "phone", "cluster", "area_name")
SHOWN = 100


@bp.route("/dia-ban/<code>", methods=["GET", "POST"])
@require("households:roll:import", load=area_queries.in_scope)
def upload(area: Area) -> Any:
    """Choose a file."""
    form = UploadForm()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            with current.session().begin_nested():
                kept = examining.upload(
                    current.session(), current.actor(), area, filename=sent.filename or "", data=sent.read()
                )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(url_for("households_import.review", import_id=kept.id), 303)
    return render_template("households/upload.html", form=form, area=area)


@bp.get("/<int:import_id>")
@require("households:roll:import", load=queries.import_in_scope)
def review(kept: RollImport) -> Any:
    """Faults, comparison, and the confirmation."""
    if kept.status != "uploaded":
        return render_template("households/imported.html", kept=kept, area=kept.area, within=undoing.UNDO_WITHIN)
    return _review(kept, CommitForm())


@bp.route("/<int:import_id>/cot", methods=["GET", "POST"])
@require("households:roll:import", load=queries.import_in_scope)
def columns(kept: RollImport) -> Any:
    """Correct which column holds what."""
    guess, sheets, chosen = examining.settled_columns(kept)
    form = ColumnsForm(data=_form_data(guess, chosen))
    form.sheet.choices = list(enumerate(sheets))
    choices = [(NONE, _("Không có"))] + [(i, _column_name(guess, i)) for i in range(len(guess.headings))]
    for name in ("full_name", "address", *SINGLE):
        form[name].choices = choices
    if form.validate_on_submit():
        picked = _picked(form, chosen)
        sheet = form.sheet.data
        act = lambda: examining.choose_columns(current.session(), current.actor(), kept, sheet=sheet, columns=picked)  # noqa: E731
        if done(form, act):
            return redirect(url_for("households_import.review", import_id=kept.id), 303)
    return render_template("households/columns.html", form=form, kept=kept, area=kept.area, guess=guess)


@bp.post("/<int:import_id>/ghi")
@require("households:roll:import", load=queries.import_in_scope)
def commit(kept: RollImport) -> Any:
    """Write everything or nothing."""
    form = CommitForm()
    session, actor = current.session(), current.actor()
    found = examining.examine(session, kept)
    options = {
        "seen_fingerprint": form.fingerprint.data or "",
        "without_faulty": form.without_faulty.data,
        "end_gone": form.end_gone.data,
    }
    if form.validate_on_submit() and done(form, lambda: committing.commit(session, actor, kept, found, **options)):
        flash(_("Đã ghi danh sách hộ. Ông/Bà có thể hoàn tác trong 24 giờ."), "good")
        return redirect(url_for("households_staff.households", code=kept.area.code), 303)
    return _review(kept, form)


@bp.post("/<int:import_id>/bo")
@require("households:roll:import", load=queries.import_in_scope)
def discard(kept: RollImport) -> Any:
    """Forget the file."""
    examining.discard(current.session(), current.actor(), kept)
    flash(_("Đã bỏ tệp này. Không có gì được ghi."), "good")
    return redirect(url_for("households_staff.households", code=kept.area.code), 303)


@bp.post("/<int:import_id>/hoan-tac")
@require("households:roll:import", load=queries.import_in_scope)
def undo(kept: RollImport) -> Any:
    """Put everything back as it was."""
    restored = undoing.undo(current.session(), current.actor(), kept)
    flash(_("Đã hoàn tác %(n)s hộ.", n=restored), "good")
    return redirect(url_for("households_staff.households", code=kept.area.code), 303)


def _review(kept: RollImport, form: StaffForm) -> Any:
    try:
        found = examining.examine(current.session(), kept)
    except Refusal as refusal:
        return render_template("households/unreadable.html", kept=kept, area=kept.area, sentence=say(refusal))
    form.fingerprint.data = form.fingerprint.data or found.fingerprint
    return render_template(
        "households/review.html",
        form=form,
        kept=kept,
        area=kept.area,
        found=found,
        faulty=_faulty_rows(found),
        fields={name: _(text) for name, text in FIELDS.items()},
        doubts={key: _(text) for key, text in DOUBTS.items()},
        shown=SHOWN,
    )


def _faulty_rows(found: examining.Examination) -> list[dict[str, Any]]:
    """The faulty rows by their number in the file, each fault in its cell."""
    sentences: dict[int, dict[str, str]] = {}
    for fault in found.parsed.faults:
        text = _(PROBLEMS[fault.problem]) % fault_params(fault)
        sentences.setdefault(fault.row, {}).setdefault(fault.field, text)
    rows = {home.row: home for home in found.parsed.faulty}
    return [{"row": row, "home": rows.get(row), "errors": errors} for row, errors in sorted(sentences.items())][:SHOWN]


def _form_data(guess: ColumnGuess, chosen: Columns) -> dict[str, Any]:
    single = {name: NONE if (at := getattr(chosen, name)) is None else at for name in SINGLE}
    first = {name: (getattr(chosen, name) or (NONE,))[0] for name in ("full_name", "address")}
    return {"sheet": guess.sheet, "first_row": str(chosen.first_row), **first, **single}


def _picked(form: ColumnsForm, before: Columns) -> Columns:
    """The columns as chosen; a name that lay in two columns stays so unless its first column was changed."""
    data = before.as_dict()
    for name in ("full_name", "address"):
        at = form[name].data
        kept = getattr(before, name)
        data[name] = kept if kept and kept[0] == at else ((at,) if at != NONE else ())
    for name in SINGLE:
        data[name] = None if form[name].data == NONE else form[name].data
    first_row = (form.first_row.data or "").strip()
    data["first_row"] = int(first_row) if first_row.isdigit() else before.first_row
    return Columns.from_dict(data)


def _column_name(guess: ColumnGuess, index: int) -> str:
    letter = chr(ord("A") + index) if index < 26 else f"{index + 1}"
    heading = guess.headings[index] or ", ".join(guess.samples[index][:2])
    return f"{letter}: {heading}" if heading else letter


