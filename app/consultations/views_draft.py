"""Staff pages about the text of a draft: bring a file, see how it was cut, mend that, see what is different."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.consultations.forms_draft import CutForm, ImportForm, PieceForm
from app.consultations.models import Consultation, DraftVersion
from app.consultations.operations import drafts
from app.consultations.operations.editing import PREPARE
from app.consultations.queries import drafts as queries
from app.consultations.queries.drafts import FoundPiece, FoundVersion, found_piece, found_version
from app.consultations.queries.loading import in_scope
from app.consultations.queries.preparation import waiting_version
from app.consultations.rules.differences import by_article, compare
from app.consultations.rules.markers import find_marker
from app.consultations.rules.phases import Phase, phase
from app.consultations.rules.pieces import SplitPiece, fingerprint
from app.core.db import database_now
from app.core.errors import NotFound, WrongMoment
from app.core.permissions import Actor
from app.core.uploads import Upload
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.files import forget_later, upload_of
from app.web.forms import done, form_page

bp = Blueprint("consultations_drafts", __name__, url_prefix="/staff/gop-y/<int:consultation_id>/du-thao")
ACCEPTED = ".docx,.pdf,.md,.markdown,.txt"
PURPOSES = {"draft": N_("Dự thảo"), "final": N_("Bản chính thức, đã ban hành")}
_DUE = {
    Phase.PREPARING: ("draft",),
    Phase.UPCOMING: ("draft", "final"),
    Phase.OPEN: ("draft", "final"),
    Phase.CLOSED: ("final",),
    Phase.ANSWERED: ("final",),
}
_EXCERPT = 160


@bp.route("", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def draft(consultation: Consultation) -> Any:
    """The versions there are, and bringing another where one is due."""
    session = current.session()
    form, due = ImportForm(), _DUE.get(phase(consultation, database_now(session)), ())
    form.purpose.choices = [(purpose, _(PURPOSES[purpose])) for purpose in due]
    if not due and request.method == "POST":
        raise WrongMoment(N_("Lúc này không tải thêm bản nào."))
    if len(due) == 1:
        # Nothing to choose between.
        del form.purpose
    if form.validate_on_submit():
        made = _bring(consultation, form, due)
        if made is not None:
            count = len(queries.rows_of(session, made))
            flash(_("Đã chia văn bản thành %(n)s đoạn. Xem lại dưới đây.", n=count), "good")
            return _to("pieces", consultation, made)
    found = queries.versions(session, consultation)
    return form_page(
        "consultations/staff/draft.html",
        form,
        consultation=consultation,
        versions=found,
        files=queries.files_by_version(session, found),
        purposes=PURPOSES,
        due=due,
        waiting=[version for version in found if version.published_at is None],
        accepted=ACCEPTED,
    )


@bp.get("/<int:version_no>")
@require(PREPARE, load=found_version)
def pieces(found: FoundVersion) -> Any:
    """A version as an outline; one that waits can be mended here."""
    session = current.session()
    rows = queries.rows_of(session, found.version)
    split = [queries.as_split(row) for row in rows]
    return _page(
        "draft_pieces",
        found,
        rows=list(zip(rows, split, strict=True)),
        seen=fingerprint(split),
        units=len(queries.articles(session, found.version)),
        before=queries.published_before(session, found.version),
        excerpt=_EXCERPT,
    )


@bp.post("/<int:version_no>/gop")
@require(PREPARE, load=found_version)
def merge(found: FoundVersion) -> Any:
    """Let the piece whose button was pressed go on in the one before it."""
    session, number = current.session(), request.form.get("piece_id", "")
    rows = {str(row.id): row for row in queries.rows_of(session, found.version)}
    if number not in rows:
        raise NotFound(N_("Không tìm thấy đoạn này."))
    kept = drafts.merge(*_args(found), rows[number], seen=request.form.get("seen", ""))
    flash(_("Đã gộp."), "good")
    return _to("pieces", found.consultation, found.version, f"doan-{kept.id}")


@bp.route("/<int:version_no>/doan/<int:piece_id>", methods=["GET", "POST"])
@require(PREPARE, load=found_piece)
def piece(found: FoundPiece) -> Any:
    """Say what a piece is."""
    one = queries.as_split(found.piece)
    form = PieceForm(level=one.level, number=one.number, heading=one.heading, seen=_seen(found))
    if form.validate_on_submit() and done(form, lambda: _rename(found, form)):
        flash(_("Đã lưu."), "good")
        return _to("pieces", found.consultation, found.version, f"doan-{found.piece.id}")
    return _form_page("draft_piece", found, form, one=one)


@bp.route("/<int:version_no>/doan/<int:piece_id>/tach", methods=["GET", "POST"])
@require(PREPARE, load=found_piece)
def cut(found: FoundPiece) -> Any:
    """Cut a piece into two."""
    one = queries.as_split(found.piece)
    choices = _lines(one)
    form = CutForm(seen=_seen(found), level=one.level if one.level != "lead" else "article")
    form.line.choices = choices
    if form.validate_on_submit() and done(form, lambda: _cut(found, form)):
        flash(_("Đã tách."), "good")
        return _to("pieces", found.consultation, found.version, f"doan-{found.piece.id}")
    return _form_page("draft_cut", found, form, one=one, lines=choices)


@bp.post("/<int:version_no>/bo")
@require(PREPARE, load=found_version)
def discard(found: FoundVersion) -> Any:
    """Throw away a version that is not published."""
    forget_later(drafts.discard(*_args(found)))
    flash(_("Đã bỏ bản chưa đăng."), "good")
    return redirect(url_for("consultations_drafts.draft", consultation_id=found.consultation.id), 303)


@bp.get("/<int:version_no>/so-sanh")
@require(PREPARE, load=found_version)
def differences(found: FoundVersion) -> Any:
    """What is different from the published draft before."""
    session = current.session()
    before = queries.published_before(session, found.version)
    if before is None:
        raise NotFound(N_("Chưa có bản nào trước bản này để so sánh."))
    old, new = queries.pieces_of(session, before), queries.pieces_of(session, found.version)
    return _page("draft_differences", found, before=before, articles=by_article(compare(old, new)))


# ------------------------------------------------------------------------------------------------- inside


def _bring(consultation: Consultation, form: ImportForm, due: Sequence[str]) -> DraftVersion | None:
    """The version made of the file of the form; None with the reason in the form."""
    session = current.session()
    made: list[DraftVersion] = []
    upload = upload_of(form.file) or Upload("", b"")
    purpose = due[0] if len(due) == 1 else form.purpose.data
    replaced = queries.file_of(session, waiting_version(session, consultation, purpose))
    key = replaced.storage_key if replaced else None
    args = session, current.actor(), consultation, current.services().storage, upload, purpose, form.note.data or ""
    if not done(form, lambda: made.append(drafts.import_draft(*args))):
        return None
    forget_later(key)
    return made[0]


def _rename(found: FoundPiece, form: PieceForm) -> None:
    drafts.rename(
        *_args(found), found.piece, level=form.level.data, number=form.number.data or "",
        heading=form.heading.data or "", seen=form.seen.data or "",
    )  # fmt: skip


def _cut(found: FoundPiece, form: CutForm) -> None:
    drafts.split_piece(
        *_args(found), found.piece, line=form.line.data, level=form.level.data, number=form.number.data or "",
        seen=form.seen.data or "",
    )  # fmt: skip


def _lines(one: SplitPiece) -> list[tuple[int, str]]:
    """The lines with which a new piece may begin; those that look like a beginning are marked."""
    lines = list(enumerate(one.text.split("\n")))[0 if one.heading else 1 :]
    return [(place, f"{'→ ' if find_marker(line) else ''}{_excerpt(line)}") for place, line in lines if line]


def _excerpt(line: str) -> str:
    return line if len(line) <= _EXCERPT else line[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _args(found: FoundVersion) -> tuple[Session, Actor, Consultation, DraftVersion]:
    return current.session(), current.actor(), found.consultation, found.version


def _seen(found: FoundVersion) -> str:
    return fingerprint(queries.pieces_of(current.session(), found.version))


def _to(name: str, consultation: Consultation, version: DraftVersion, anchor: str | None = None) -> Any:
    address = url_for(
        f"consultations_drafts.{name}", consultation_id=consultation.id, version_no=version.number, _anchor=anchor
    )
    return redirect(address, 303)


def _values(found: FoundVersion) -> dict[str, Any]:
    return {"consultation": found.consultation, "version": found.version, "purpose": PURPOSES[found.version.purpose]}


def _page(name: str, found: FoundVersion, **values: Any) -> Any:
    return render_template(f"consultations/staff/{name}.html", **_values(found), **values)


def _form_page(name: str, found: FoundPiece, form: Any, **values: Any) -> Any:
    return form_page(f"consultations/staff/{name}.html", form, **_values(found), piece=found.piece, **values)
