"""Many at once: threads that begin together, each with a transaction of its own."""

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.errors import Refusal
from app.polls.operations.casting import CastOutcome, cast
from app.polls.ticket import Ticket

T = TypeVar("T")


def together(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Run the acts at the same moment; their results in order. An exception is raised here."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        gate.wait(30)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.result(120) for done in [threads.submit(begin, act) for act in acts]]


def race(database: Database, acts: Sequence[Callable[[Session], object]]) -> list[str]:
    """Run the acts at once, each in its own transaction; what each came to: "done" or its refusal."""

    def one(act: Callable[[Session], object]) -> str:
        try:
            with database.transaction() as session:
                act(session)
        except Refusal as refusal:
            return str(refusal)
        return "done"

    return together([partial(one, act) for act in acts])


def casting(database: Database, ticket: Ticket) -> Callable[[], CastOutcome | Refusal]:
    """One voter with a committed transaction; a refusal is an outcome too."""

    def act() -> CastOutcome | Refusal:
        try:
            with database.transaction() as session:
                return cast(session, ticket)
        except Refusal as refusal:
            return refusal

    return act


def casting_single(database: Database, ticket: Ticket) -> Callable[[], CastOutcome | Refusal]:
    """The same as the page does it: the statement is the transaction."""

    def act() -> CastOutcome | Refusal:
        with contextlib.closing(database.single()) as session:
            try:
                outcome = cast(session, ticket)
            except Refusal as refusal:
                return refusal
            session.commit()
            return outcome

    return act
