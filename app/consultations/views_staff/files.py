"""Files beside the draft: what people may read, and the plan, which staff alone see."""

from typing import Any

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from app.consultations.forms import FileForm
from app.consultations.models import Consultation
from app.consultations.operations import files as attaching
from app.consultations.operations.editing import PREPARE
from app.consultations.queries.loading import in_scope
from app.consultations.queries.preparation import files_of
from app.consultations.views_staff.common import Found, bp, found_file, page, step_page
from app.core.uploads import Upload
from app.web import current
from app.web.access import require
from app.web.files import file_response, forget_later, upload_of
from app.web.forms import done

ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.webp"


@bp.route("/<int:consultation_id>/tai-lieu", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def files(consultation: Consultation) -> Any:
    """What people may read beside the draft, and the plan that was sent."""
    step_page(consultation)
    form = FileForm()
    if form.validate_on_submit() and done(form, lambda: _add(consultation, form)):
        flash(_("Đã thêm tệp."), "good")
        return redirect(url_for("consultations_staff.files", consultation_id=consultation.id), 303)
    found = files_of(current.session(), consultation, *attaching.KINDS)
    return page("files", consultation, form=form, files=found, accepted=ACCEPTED)


@bp.post("/<int:consultation_id>/tai-lieu/<int:file_id>/xoa")
@require(PREPARE, load=found_file)
def remove_file(found: Found) -> Any:
    """Remove a file while the draft is not published."""
    forget_later(attaching.remove_file(current.session(), current.actor(), found.consultation, found.file))
    flash(_("Đã xóa tệp."), "good")
    return redirect(url_for("consultations_staff.files", consultation_id=found.consultation.id), 303)


@bp.get("/<int:consultation_id>/tai-lieu/<int:file_id>")
@require("consultations:consultation:view", load=found_file)
def download(found: Found) -> Response:
    """Any file of a consultation, the plan too, for staff who may see it."""
    return file_response(found.file)


def _add(consultation: Consultation, form: FileForm) -> None:
    attaching.add_file(
        current.session(),
        current.actor(),
        consultation,
        current.services().storage,
        kind=form.kind.data,
        title=form.title.data or "",
        upload=upload_of(form.file) or Upload("", b""),
    )
