"""Documents of a poll: what residents read, the question read aloud; proofs are seen by staff alone."""

from io import BytesIO
from typing import Any

from flask import Response, after_this_request, flash, redirect, send_file, url_for
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.uploads import Upload
from app.lib.i18n import N_
from app.polls.forms import DocumentForm
from app.polls.models import Poll, PollDocument
from app.polls.operations import attachments
from app.polls.operations.editing import PREPARE
from app.polls.queries.listing import staff_poll
from app.polls.queries.preparation import AUDIO, READING, documents_of
from app.polls.views_staff.common import Found, bp, found_document, page, step_page, upload_of
from app.web import current
from app.web.access import require
from app.web.forms import done

ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.webp,.mp3,.m4a,.ogg"


@bp.route("/<public_id>/tai-lieu", methods=["GET", "POST"])
@require(PREPARE, load=staff_poll)
def documents(poll: Poll) -> Any:
    """What residents will read or hear."""
    step_page(poll)
    form = DocumentForm()
    if form.validate_on_submit() and done(form, lambda: _add(poll, form)):
        flash(_("Đã thêm tệp."), "good")
        return redirect(url_for("polls_staff.documents", public_id=poll.public_id), 303)
    return page(
        "documents", poll, form=form, files=documents_of(current.session(), poll, READING, AUDIO), accepted=ACCEPTED
    )


@bp.post("/<public_id>/tai-lieu/<int:document_id>/xoa")
@require(PREPARE, load=found_document)
def remove_document(found: Found) -> Any:
    """Remove a document while the poll is in preparation."""
    forget_later(attachments.remove_document(current.session(), current.actor(), found.poll, found.thing))
    flash(_("Đã xóa tệp."), "good")
    return redirect(url_for("polls_staff.documents", public_id=found.poll.public_id), 303)


@bp.get("/<public_id>/tai-lieu/<int:document_id>")
@require("polls:poll:view", load=found_document)
def download(found: Found) -> Response:
    """Any file of a poll, proofs too, for staff who may see the poll."""
    return file_response(found.thing)


def file_response(document: PollDocument) -> Response:
    """The bytes of a document, to be saved and never to be shown as a page of ours."""
    try:
        data = current.services().storage.get(document.storage_key)
    except KeyError:
        raise NotFound(N_("Không tìm thấy tệp này.")) from None
    return send_file(
        BytesIO(data),
        mimetype=document.media_type,
        as_attachment=True,
        download_name=document.filename,
        etag=document.sha256,
        last_modified=document.uploaded_at,
    )


def forget_later(key: str | None) -> None:
    """Delete a stored file once the answer is on its way, which is after the commit; not when that failed."""
    if key is None:
        return

    @after_this_request
    def forget(response: Response) -> Response:
        if response.status_code < 400:
            current.services().storage.delete(key)
        return response


def _add(poll: Poll, form: DocumentForm) -> None:
    attachments.add_document(
        current.session(),
        current.actor(),
        poll,
        current.services().storage,
        kind=form.kind.data,
        title=form.title.data or "",
        upload=upload_of(form.file) or Upload("", b""),
    )
