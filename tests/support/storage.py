"""Files that only ask what was kept."""

import secrets


class MemoryStorage:
    """A storage in memory; ``files`` holds what was kept, by its key."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, folder: str, data: bytes) -> str:
        key = f"{folder}/{secrets.token_urlsafe(24)}"
        self.files[key] = data
        return key

    def get(self, key: str) -> bytes:
        return self.files[key]

    def delete(self, key: str) -> None:
        self.files.pop(key, None)
