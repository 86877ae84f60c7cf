"""Files that must last, such as attachments and recorded audio."""

import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Any, Protocol

from app.core import clock
from app.core.entries import clean_line
from app.core.uploads import Upload
from app.lib.filetypes import FileType, safe_name

FILE_TITLE = 200
_KEY = re.compile(r"[a-z0-9-]{1,40}/[A-Za-z0-9_-]{8,64}")


class Storage(Protocol):
    """Keeps bytes under a key it gives out."""

    def put(self, folder: str, data: bytes) -> str:
        """Keep the bytes; returns the key. What is kept is never changed."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes of a key; raises ``KeyError`` when there are none."""
        ...

    def delete(self, key: str) -> None:
        """Forget a key; harmless when it is gone already."""
        ...


def keep_upload(storage: Storage, folder: str, upload: Upload, kind: FileType, *, title: str) -> dict[str, Any]:
    """Keep a file whose type was told by its content; returns what its row says of it, as columns.

    Without a title the name is one, less its ending. Raises ``Refusal`` at ``title`` for one that is too long.
    """
    name = safe_name(upload.filename, kind)
    return {
        "title": clean_line(title, "title", FILE_TITLE) or name.rsplit(".", 1)[0],
        "filename": name,
        "media_type": kind.media_type,
        "size": len(upload.data),
        "sha256": hashlib.sha256(upload.data).hexdigest(),
        "storage_key": storage.put(folder, upload.data),
        "uploaded_at": clock.now(),
    }


class FileStorage:
    """Files in a folder; written whole or not at all."""

    def __init__(self, root: str) -> None:
        self._root = Path(root)

    def put(self, folder: str, data: bytes) -> str:
        key = f"{folder}/{secrets.token_urlsafe(24)}"
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        with open(draft, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return key

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise KeyError(key)
        return self._root / key
