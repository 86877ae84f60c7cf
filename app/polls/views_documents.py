"""Documents of an opened poll, for anybody: what to read, and the question read aloud."""

from flask import Blueprint, Response

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.polls.queries.listing import public_document
from app.web import current
from app.web.access import public
from app.web.files import file_response

bp = Blueprint("polls_documents", __name__, url_prefix="/bieu-quyet")
KEPT_SECONDS = 3600


@bp.get("/<public_id>/tai-lieu/<int:document_id>")
@public
def document(public_id: str, document_id: int) -> Response:
    """A document; what was opened never changes, so browsers may keep it for a while."""
    found = public_document(current.session(), public_id, document_id)
    if found is None:
        raise NotFound(N_("Không tìm thấy tệp này."))
    response = file_response(found)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
