"""A client whose every call is undone, so that many can be tried on one scene, each finding it as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, text

from app.core.db import Base, Database
from tests.support.databases import SavepointDatabase
from tests.support.staff import csrf

WRITES = {"INSERT", "UPDATE", "DELETE", "WITH"}


class Caller:
    """Undoes rows and cookies of every call; keeps the token that staff forms need."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.client: FlaskClient = FlaskClient(app, use_cookies=True)
        self.database = database
        self.token = ""
        self._before: dict[str, list[str]] = {}

    def begin(self) -> None:
        """Take a token, once signed in; whoever changes the scene afterwards begins anew."""
        self._before = {}
        page = self.client.get("/staff/tai-khoan-cua-toi", follow_redirects=True)
        self.token = csrf(page)

    def call(self, method: str, path: str, form: Any = None, *, compare: bool = True) -> tuple[int, str, set[str]]:
        """Status, where it leads, and (for a POST) the tables whose rows are others afterwards."""
        assert isinstance(self.database, SavepointDatabase)
        connection = self.database._connection
        assert connection is not None
        compare = compare and method == "POST"
        cookies = dict(self.client._cookies or {})
        if compare and not self._before:
            self._before = dump(connection)
        written: list[str] = []
        savepoint = connection.begin_nested()
        data = {"csrf_token": self.token} | (form or {}) if method == "POST" else None
        with listening(connection, written.append):
            answer = self.client.open(path, method=method, data=data)
            answer.get_data()
        # A household's pages speak to the driver without anybody hearing it.
        heard = path.startswith("/staff")
        after = dump(connection) if compare and (WRITES.intersection(written) or not heard) else self._before
        savepoint.rollback()
        self.client._cookies = cookies
        return answer.status_code, answer.location or "", {name for name in after if after[name] != self._before[name]}


@contextmanager
def listening(connection: Connection, hear: Callable[[str], None]) -> Iterator[None]:
    """Hear the first word of every statement."""

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        hear(statement.split(None, 1)[0].upper())

    event.listen(connection, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", listen)


def dump(connection: Any) -> dict[str, list[str]]:
    """Every row of every table, seen through a connection or a session."""
    # As plain tuples: a row describes itself five times more slowly.
    rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')) for name in Base.metadata.tables}
    return {name: sorted(repr(tuple(row)) for row in found) for name, found in rows.items()}
