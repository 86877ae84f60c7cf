"""Staff pages of dossiers' codes: how many there are, a list brought in, one code taken back or replaced."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Refusal
from app.documents import qr
from app.feedback.documents.slip_labels import SlipLabel, labels_pdf
from app.feedback.forms_trust import DossierForm, MintForm, TableForm
from app.feedback.minting_book import codes_book, empty_book
from app.feedback.models import DossierCode, ServiceCenter
from app.feedback.operations import minting as operations
from app.feedback.operations.minting import MINT, state_of
from app.feedback.queries import minting as queries
from app.feedback.queries.places import in_scope_center
from app.feedback.rules import minting as rules
from app.feedback.rules.trust import VALID_DAYS, dossier_address
from app.feedback.trust_preview import keep, kept
from app.feedback.views_staff.tables import TooLong, faulty_rows, tables_of
from app.lib.filetypes import PDF, XLSX
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.files import saved
from app.web.forms import form_page, show_refusal

bp = Blueprint("feedback_minting_staff", __name__, url_prefix="/staff/danh-gia")
SHOWN = 100
STATES = {
    "waiting": N_("Còn hạn"),
    "over": N_("Đã hết hạn"),
    "revoked": N_("Đã thu hồi"),
}


@bp.route("/trung-tam/<int:center_id>/ma-ho-so", methods=["GET", "POST"])
@require(MINT, load=in_scope_center)
def codes(center: ServiceCenter) -> Any:
    """How many codes there are, and one dossier's looked up; a dossier's number stands in no address."""
    session, today = current.session(), clock.today()
    form, found = DossierForm(), None
    if form.validate_on_submit():
        found = queries.by_number(session, center.id, form.dossier.data or "")
        if found is None:
            show_refusal(form, Refusal(N_("Hồ sơ này chưa được cấp mã tại Trung tâm."), field="dossier"))
    return form_page(
        "feedback/minting/codes.html",
        form,
        center=center,
        states=queries.states(session, center.id, today),
        found=found,
        state=state_of(found, today) if found else "",
        state_names=STATES,
    )


@bp.route("/trung-tam/<int:center_id>/ma-ho-so/tai-len", methods=["GET", "POST"])
@require(MINT, load=in_scope_center)
def upload(center: ServiceCenter) -> Any:
    """A list of dossiers: read and shown with what is at fault in its cells; nothing is minted yet."""
    form = TableForm()
    if form.validate_on_submit():
        try:
            return _preview(center, form.file.data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return form_page("feedback/minting/upload.html", form, center=center)


@bp.post("/trung-tam/<int:center_id>/ma-ho-so/cap")
@require(MINT, load=in_scope_center)
def mint(center: ServiceCenter) -> Any:
    """Mint for the list that was shown; the answer is a workbook or labels. Asked again, the same codes."""
    services, form = current.services(), MintForm()
    rows = kept(services.keyring, _about(center), form.rows.data or "", clock.now())
    placed = [rules.Placed(*row) for row in rows]
    if not form.validate_on_submit():
        return form_page("feedback/minting/preview.html", form, **_shown(center, placed, []))
    minted = operations.mint(
        current.session(), current.actor(), services.keyring, center, placed, days=form.days.data or VALID_DAYS
    )
    name, base_url = f"ma-ho-so-{clock.today():%Y%m%d}", services.settings.base_url
    if "labels" in request.form:
        return _labels(center, minted, base_url, name)
    return saved(codes_book(minted, base_url), XLSX.media_type, f"{name}.xlsx")


@bp.get("/trung-tam/<int:center_id>/ma-ho-so/mau")
@require(MINT, load=in_scope_center)
def sample(_center: ServiceCenter) -> Response:
    """An empty list to fill in."""
    headings = [_(name) for name in rules.COLUMN_NAMES.values()]
    book = empty_book("Hồ sơ", headings, [("H012.26.05.2026-0001", "3", "")])
    return saved(book, XLSX.media_type, "mau-ho-so.xlsx")


@bp.post("/ma-ho-so/<int:dossier_code_id>/thu-hoi")
@require(MINT, load=queries.in_scope_code)
def revoke(code: DossierCode) -> Any:
    """Take one code back."""
    operations.revoke(current.session(), current.actor(), code)
    flash(_("Đã thu hồi mã của hồ sơ %(dossier)s.", dossier=code.dossier), "good")
    return redirect(url_for("feedback_minting_staff.codes", center_id=code.center_id), 303)


@bp.post("/ma-ho-so/<int:dossier_code_id>/cap-lai")
@require(MINT, load=queries.in_scope_code)
def renew(code: DossierCode) -> Any:
    """Another code for one dossier, shown by this one answer."""
    services = current.services()
    minted = operations.renew(current.session(), current.actor(), services.keyring, code)
    address = dossier_address(services.settings.base_url, minted.code)
    return render_template(
        "feedback/minting/renewed.html",
        center_id=code.center_id,
        minted=minted,
        address=address,
        drawing=qr.draw(address),
    )


def _labels(center: ServiceCenter, minted: list[operations.Minted], base_url: str, name: str) -> Response:
    """Labels of the codes that can still be used; of a list without any, a sentence."""
    labels = [
        SlipLabel(one.dossier, one.code, dossier_address(base_url, one.code), one.expires_on)
        for one in minted
        if one.state in ("new", "waiting")
    ]
    if not labels:
        raise Refusal(N_("Không còn mã nào dùng được trong danh sách này nên không có gì để in."))
    return saved(labels_pdf(center.name, labels), PDF.media_type, f"{name}.pdf")


def _preview(center: ServiceCenter, sent: Any) -> Any:
    table = rules.table_of(tables_of(sent))
    if table.missing:
        raise Refusal(N_("Tệp thiếu cột “Số hồ sơ”. Tải tệp mẫu rồi điền vào."), field="file")
    if len(table.rows) > rules.MOST_IN_FILE:
        raise TooLong(rules.MOST_IN_FILE)
    read = rules.read(rules.wanted_of(table), queries.places_of(current.session(), center.id))
    if not (read.placed or read.faults):
        raise Refusal(N_("Tệp không có hồ sơ nào dưới dòng tiêu đề."), field="file")
    # Nothing was sent yet of the form that follows: it must not take this one's file for its own answer.
    form = MintForm(formdata=None)
    if not read.faults:
        rows = [[one.row, one.dossier, one.point_id] for one in read.placed]
        form.rows.data = keep(current.services().keyring, _about(center), rows, clock.now())
    columns = {name: _(heading) for name, heading in rules.COLUMN_NAMES.items()}
    faulty = faulty_rows(table.rows, read.faults, columns)
    return form_page("feedback/minting/preview.html", form, **_shown(center, read.placed, faulty))


def _shown(center: ServiceCenter, placed: list[rules.Placed], faulty: list[list[Any]]) -> dict[str, Any]:
    before = queries.codes_of(current.session(), center.id, [one.dossier for one in placed])
    return {
        "center": center,
        "placed": placed,
        "again": len(before),
        "faulty": faulty[:SHOWN],
        "faulty_count": len(faulty),
        "columns": {name: _(heading) for name, heading in rules.COLUMN_NAMES.items()},
    }


def _about(center: ServiceCenter) -> str:
    return f"minting {center.id} {current.actor().account_id}"
