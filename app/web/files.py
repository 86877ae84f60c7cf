"""Kept files on their way in and out: what a form brought, what is handed out for saving, what is forgotten after."""

from datetime import datetime
from io import BytesIO
from typing import Any, Protocol

from flask import Response, after_this_request, g, send_file

from app.core.errors import NotFound
from app.core.uploads import Upload
from app.lib.i18n import N_
from app.web import current


class Kept(Protocol):
    """A row that tells of a file in the storage."""

    @property
    def storage_key(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def filename(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def uploaded_at(self) -> datetime: ...


def file_response(kept: Kept) -> Response:
    """The bytes of a file, to be saved and never to be shown as a page of ours; of staff pages nothing is kept."""
    response = send_file(
        BytesIO(stored(kept.storage_key)),
        mimetype=kept.media_type,
        as_attachment=True,
        download_name=kept.filename,
        etag=kept.sha256,
        last_modified=kept.uploaded_at,
    )
    if g.get("private"):
        response.headers["Cache-Control"] = "no-store"
    return response


def stored(key: str) -> bytes:
    """The bytes kept under a key; raises ``NotFound`` when there are none any more."""
    try:
        return current.services().storage.get(key)
    except KeyError:
        raise NotFound(N_("Không tìm thấy tệp này.")) from None


def forget_later(*keys: str | None) -> None:
    """Delete stored files once the answer is on its way, which is after the commit; not when that failed."""
    gone = [key for key in keys if key is not None]
    if not gone:
        return

    @after_this_request
    def forget(response: Response) -> Response:
        if response.status_code < 400:
            for key in gone:
                current.services().storage.delete(key)
        return response


def upload_of(field: Any) -> Upload | None:
    """The file of a form's field, or None where none was chosen."""
    if not field.data or not getattr(field.data, "filename", ""):
        return None
    return Upload(field.data.filename, field.data.read())
