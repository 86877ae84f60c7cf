"""Kept files on their way in and out: what a form brought, what is handed out for saving, what is forgotten after."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import quote

from flask import Response, after_this_request, send_file

from app.core.errors import NotFound
from app.core.uploads import Upload
from app.lib.i18n import N_
from app.lib.text import fold
from app.web import current

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


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
    """The bytes of a file, to be saved and never to be shown as a page of ours."""
    return send_file(
        BytesIO(stored(kept.storage_key)),
        mimetype=kept.media_type,
        as_attachment=True,
        download_name=kept.filename,
        etag=kept.sha256,
        last_modified=kept.uploaded_at,
    )


def saved(data: bytes | str, media_type: str, name: str) -> Response:
    """Bytes made for this answer, to be saved under a name."""
    return Response(data, content_type=media_type, headers=save_as(name))


def save_as(name: str, *, disposition: str = "attachment") -> dict[str, str]:
    """The header that names a file; letters beyond ASCII beside a spelling without them (RFC 6266, appendix D)."""
    plain = name if _UNSAFE.search(name) is None else _UNSAFE.sub("-", fold(name))
    exact = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": f'{disposition}; filename="{plain}"{exact}'}


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
