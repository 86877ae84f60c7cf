"""Answers of the database that change seldom and are asked all the time: kept by this process for some seconds.

What is changed in this process is forgotten at once by whoever changes it; other processes notice within the seconds.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
SECONDS = 10.0
MOST = 1000
"""Answers kept of one question and database; beyond that all are forgotten."""
_all: list["Remembered[Any, Any]"] = []


class Remembered(Generic[K, V]):
    """A question with one parameter. Its answers are shared: nobody changes them."""

    def __init__(self, ask: Callable[[Session, K], V], *, seconds: float = SECONDS) -> None:
        self._ask = ask
        self._seconds = seconds
        self._kept: WeakKeyDictionary[Any, dict[K, tuple[float, V]]] = WeakKeyDictionary()
        _all.append(self)

    def of(self, session: Session, key: K) -> V:
        """The answer, at most some seconds old."""
        kept = self._kept.setdefault(session.get_bind().engine.pool, {})
        now = time.monotonic()
        found = kept.get(key)
        if found is not None and found[0] > now:
            return found[1]
        answer = self._ask(session, key)
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = (now + self._seconds, answer)
        return answer

    def forget(self) -> None:
        """Ask anew next time."""
        self._kept.clear()


def forget_all() -> None:
    """Ask everything anew: the databases behind are not what they were."""
    for one in _all:
        one.forget()
