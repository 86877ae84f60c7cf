"""Staff pages that bring a roll in: file, columns, faults and comparison, confirmation, undo."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.areas import queries as area_queries
from app.areas.models import Area
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.households import queries
from app.households.forms import ColumnsForm, CommitForm, UploadForm
from app.households.importing.columns import ColumnGuess
from app.households.importing.records import Columns
from app.households.importing.words import DOUBTS, FIELDS, PROBLEMS, SUGGESTION, fault_params
from app.households.models import RollImport
from app.households.operations import committing, examining, undoing
from app.households.operations.examining import Examination
from app.lib.text import nfc, strange_characters
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page, show_refusal
from app.web.templating import say

bp = Blueprint("households_import", __name__, url_prefix="/staff/ho-gia-dinh/nhap")
NONE = -1
LONGEST = 120  # characters shown of a cell
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
    return form_page("households/upload.html", form, area=area)


@bp.get("/<int:import_id>")
@require("households:roll:import", load=queries.import_in_scope)
def review(kept: RollImport) -> Any:
    """Faults, comparison, and the confirmation; afterwards what was written, and taking it back."""
    if kept.status != "uploaded":
        written = kept.committed_at if kept.status == "committed" else None
        in_time = written is not None and clock.now() - written <= undoing.UNDO_WITHIN
        return render_template("households/imported.html", kept=kept, area=kept.area, in_time=in_time)
    try:
        found = examining.examine(current.session(), current.actor(), kept)
    except Refusal as refusal:
        return render_template("households/unreadable.html", kept=kept, area=kept.area, sentence=say(refusal))
    return _review(kept, CommitForm(), found)


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
    if form.is_submitted() and form.sheet.data != guess.sheet and form.sheet.validate(form):
        # The other columns were chosen from the sheet that is left.
        if done(form, lambda: _act(examining.choose_sheet, kept, sheet=form.sheet.data)):
            return redirect(url_for("households_import.columns", import_id=kept.id), 303)
    elif form.validate_on_submit():
        picked = _picked(form, chosen)
        if done(form, lambda: _act(examining.choose_columns, kept, sheet=form.sheet.data, columns=picked)):
            return redirect(url_for("households_import.review", import_id=kept.id), 303)
    return form_page("households/columns.html", form, kept=kept, area=kept.area, guess=guess, chosen=chosen)


@bp.post("/<int:import_id>/ghi")
@require("households:roll:import", load=queries.import_in_scope)
def commit(kept: RollImport) -> Any:
    """Write everything or nothing."""
    form = CommitForm()
    found = examining.examine(current.session(), current.actor(), kept)
    status: int | None = None
    if form.validate_on_submit():
        try:
            with current.session().begin_nested():
                _commit(kept, found, form)
        except WrongMoment as refusal:
            if kept.status != "uploaded":
                raise
            # What was agreed to is no longer what would be done: show it as it is now, to be agreed to again.
            found, status = examining.examine(current.session(), current.actor(), kept), refusal.status
            form.end_gone.data = False
            show_refusal(form, refusal)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            flash(_("Đã ghi danh sách hộ. Ông/Bà có thể hoàn tác trong 24 giờ."), "good")
            return redirect(url_for("households_import.review", import_id=kept.id), 303)
    page, usual = _review(kept, form, found)
    return page, status or usual


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


def _commit(kept: RollImport, found: Examination, form: CommitForm) -> None:
    committing.commit(
        current.session(),
        current.actor(),
        kept,
        found,
        seen_fingerprint=form.fingerprint.data or "",
        without_faulty=form.without_faulty.data,
        end_gone=form.end_gone.data,
    )


def _act(operation: Callable[..., Any], kept: RollImport, **values: Any) -> None:
    operation(current.session(), current.actor(), kept, **values)


def _review(kept: RollImport, form: CommitForm, found: Examination) -> tuple[str, int]:
    form.fingerprint.data = found.fingerprint
    rows = _faulty_rows(found)
    return form_page(
        "households/review.html",
        form,
        kept=kept,
        area=kept.area,
        found=found,
        faulty=rows[:SHOWN],
        faulty_rows=len(rows),
        places=_places(found),
        fields={name: _(text) for name, text in FIELDS.items()},
        doubts={key: _(text) for key, text in DOUBTS.items()},
        shown=SHOWN,
    )


def _places(found: Examination) -> list[tuple[str, int, bool]]:
    """The areas of the file with their households, and whether each would be founded; nothing for a file of one."""
    names = {area.path: area.label for area in [*found.places.known.values(), found.places.home]} | found.places.new
    counts = Counter(found.places.path_of(home) for home in found.parsed.households)
    if set(counts) <= {found.places.home.path}:
        return []
    return [(names[path], count, path in found.places.new) for path, count in counts.items()]


def _faulty_rows(found: Examination) -> list[dict[str, Any]]:
    """The faulty rows by their number in the file, each fault in its cell with what the file says there."""
    cells: dict[int, dict[str, dict[str, str]]] = {}
    for fault in found.parsed.faults:
        sentence = _(PROBLEMS[fault.problem]) % fault_params(fault)
        if fault.suggestion:
            sentence += " " + _(SUGGESTION) % fault_params(fault)
        cells.setdefault(fault.row, {}).setdefault(fault.field, {"text": _visible(fault.value), "error": sentence})
    homes = {home.row: home for home in found.parsed.faulty}
    return [{"row": row, "home": homes.get(row), "cells": wrong} for row, wrong in sorted(cells.items())]


def _visible(text: str) -> str:
    """What a cell says, short, with a mark for each character that nobody could see."""
    hidden = {chr(int(code.removeprefix("U+"), 16)) for code in strange_characters(nfc(text))}
    shown = "".join("\ufffd" if letter in hidden else letter for letter in nfc(text))
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def _form_data(guess: ColumnGuess, chosen: Columns) -> dict[str, Any]:
    single = {name: NONE if (at := getattr(chosen, name)) is None else at for name in SINGLE}
    first = {name: (getattr(chosen, name) or (NONE,))[0] for name in ("full_name", "address")}
    return {"sheet": guess.sheet, "first_row": chosen.first_row, **first, **single}


def _picked(form: ColumnsForm, before: Columns) -> Columns:
    """The columns as chosen; a name that lay in two columns stays so unless its first column was changed."""
    data = before.as_dict()
    for name in ("full_name", "address"):
        at = form[name].data
        kept = getattr(before, name)
        data[name] = kept if kept and kept[0] == at else ((at,) if at != NONE else ())
    for name in SINGLE:
        data[name] = None if form[name].data == NONE else form[name].data
    data["first_row"] = form.first_row.data
    return Columns.from_dict(data)


def _column_name(guess: ColumnGuess, index: int) -> str:
    heading = guess.headings[index] or ", ".join(guess.samples[index][:2])
    letters = column_letters(index)
    return f"{letters}: {heading[:LONGEST]}" if heading else letters


def column_letters(index: int) -> str:
    """The column (from 0) as spreadsheets call it: A, …, Z, AA, AB, …"""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(ord("A") + rest) + letters, index - 1
    return letters
