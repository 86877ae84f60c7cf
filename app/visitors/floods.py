"""Refusing floods where asking the database at each sending would cost more than the sending itself.

Each process counts for itself, in windows of a fixed length, and forgets: what it stops is a program that sends without
pause, never a queue of people before one counter, nor a hall full of them behind one address. What looks odd but may be
honest is taken, and looked at by somebody later.
"""

import threading
import time
from collections import Counter

from app.core.errors import TooMany
from app.lib.i18n import N_


class Floods:
    """At most ``device`` sendings of one device and ``network`` of one network within ``seconds``, in this process."""

    def __init__(self, *, device: int, network: int, seconds: int) -> None:
        self._device, self._network, self._seconds = device, network, seconds
        self._counts: Counter[str] = Counter()
        self._window = -1
        self._lock = threading.Lock()

    def check(self, device_hash: str, network_hash: str) -> None:
        """Count one sending; raises ``TooMany`` when it is one of a flood. An empty device is nobody's."""
        now = time.monotonic()
        with self._lock:
            if self._window != int(now // self._seconds):
                self._window = int(now // self._seconds)
                self._counts.clear()
            self._counts[device_hash] += bool(device_hash)
            self._counts[network_hash] += 1
            flood = self._counts[device_hash] > self._device or self._counts[network_hash] > self._network
        if flood:
            sentence = N_("Có quá nhiều lượt gửi cùng lúc. Mời Ông/Bà đợi một phút rồi bấm lại.")
            raise TooMany(sentence, retry_after=self._seconds)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts.clear()
