"""Documents of a poll: what residents read, the question read aloud; proofs are seen by staff alone."""

from typing import Any

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from app.core.uploads import Upload
from app.polls.forms import DocumentForm
from app.polls.models import Poll
from app.polls.operations import attachments
from app.polls.operations.editing import PREPARE
from app.polls.queries.listing import staff_poll
from app.polls.queries.preparation import AUDIO, READING, documents_of
from app.polls.views_staff.common import Found, bp, found_document, page, step_page
from app.web import current
from app.web.access import require
from app.web.files import file_response, forget_later, upload_of
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
