"""Photos of notes, for staff who may see them: never kept by a browser, never a page of ours."""

from io import BytesIO

from flask import Response, send_file

from app.core.errors import NotFound
from app.lib.filetypes import JPEG
from app.lib.i18n import N_
from app.web.files import stored


def photo_response(key: str) -> Response:
    """The picture kept under a key; raises ``NotFound`` for none."""
    if not key:
        raise NotFound(N_("Không có ảnh gửi kèm."))
    return picture(stored(key))


def picture(data: bytes, *, download: bool = False) -> Response:
    """A picture as an answer. All of them were written anew as JPEG when they came."""
    response = send_file(
        BytesIO(data), mimetype=JPEG.media_type, as_attachment=download, download_name=f"anh.{JPEG.ending}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
