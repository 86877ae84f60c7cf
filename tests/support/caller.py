"""A client whose every call is undone, so that many can be tried on one scene, each finding it as it was."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core.db import Base, Database
from tests.support.databases import SavepointDatabase
from tests.support.staff import csrf


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
        savepoint = connection.begin_nested()
        data = {"csrf_token": self.token} | (form or {}) if method == "POST" else None
        answer = self.client.open(path, method=method, data=data)
        answer.get_data()
        after = dump(connection) if compare else {}
        savepoint.rollback()
        self.client._cookies = cookies
        return answer.status_code, answer.location or "", {name for name in after if after[name] != self._before[name]}


def dump(connection: Any) -> dict[str, list[str]]:
    """Every row of every table, seen through a connection or a session."""
    # As plain tuples: a row describes itself five times more slowly.
    rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')) for name in Base.metadata.tables}
    return {name: sorted(repr(tuple(row)) for row in found) for name, found in rows.items()}
