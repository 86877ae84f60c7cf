"""Files that must last, such as attachments and recorded audio."""

import os
import re
import secrets
from pathlib import Path
from typing import Protocol

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
