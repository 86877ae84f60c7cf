"""Doing a thing at most once in some time in this process, however often there is occasion for it."""

import threading
import time
from collections.abc import Hashable


class Seldom:
    """Says of each key, at most once in ``seconds``, that the moment has come."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due: dict[Hashable, float] = {}
        self._lock = threading.Lock()

    def is_due(self, key: Hashable) -> bool:
        """True when nobody was told so of this key within the time; then the next are told otherwise."""
        now = time.monotonic()
        with self._lock:
            if self._due.get(key, 0.0) > now:
                return False
            self._due[key] = now + self._seconds
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._due.clear()
