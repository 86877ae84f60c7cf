"""Files: what is read with a draft, what people sent with an opinion, and taking such files in."""

from flask import Response, request

from app.consultations.queries import comments, reading
from app.consultations.rules.saying import MOST_FILES
from app.consultations.views_public import bp
from app.consultations.views_public.frame import published
from app.core.errors import NotFound, Refusal
from app.lib.i18n import N_
from app.visitors.uploads import CleanFile, clean_upload
from app.web import current
from app.web.access import public
from app.web.files import file_response, saved, stored

KEPT_SECONDS = 3600
_GONE = N_("Không tìm thấy tệp này.")


@bp.get("/<public_id>/tai-lieu/<int:file_read>")
@public
def document(public_id: str, file_read: int) -> Response:
    """A document to read with the draft."""
    files = reading.public_files(current.session(), published(public_id))
    found = next((file for file in files if file.id == file_read), None)
    if found is None:
        raise NotFound(_GONE)
    response = file_response(found)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@bp.get("/<public_id>/y-kien/<int:comment_shown>/tep/<int:file_shown>")
@public
def attachment(public_id: str, comment_shown: int, file_shown: int) -> Response:
    """A file of an opinion that is shown; to be saved, never run as a page of ours."""
    consultation, session = published(public_id), current.session()
    found = comments.shown_file(session, consultation.id, comment_shown, file_shown)
    if found is None:
        raise NotFound(_GONE)
    return saved(stored(found.storage_key), found.media_type, found.filename)


def sent_files(field: str = "files") -> list[CleanFile]:
    """The files of the form just sent, without anything hidden in them. Raises ``Refusal`` at the field.

    Washing takes seconds: it comes before the request's transaction.
    """
    given = [file for file in request.files.getlist(field) if file.filename]
    if len(given) > MOST_FILES:
        raise Refusal(N_("Gửi kèm tối đa %(most)d tệp."), field=field, most=MOST_FILES)
    return [clean_upload(file.read(), field=field) for file in given]
