"""Everything a vote leaves behind that somebody could read: pages, log lines, cells; with what is random masked."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.engine import Connection

from app.core.db import Base
from app.polls.models import Poll

_MASKS = [
    # Sealed cookies and tokens, hashes, secrets, receipts (also in groups of four), moments, ports.
    (re.compile(r"[A-Za-z0-9_.-]{60,}"), "#"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "#"),
    (re.compile(r"\b[0-9A-HJKMNP-TV-Z]{12}\b|\b[0-9A-HJKMNP-TV-Z]{26}\b"), "#"),
    (re.compile(r"(?<=<span>)[0-9A-HJKMNP-TV-Z]{4}(?=</span>)"), "#"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:?\d\d)?"), "T"),
    (re.compile(r"\b\d\d:\d\d(:\d\d)?\b|\b\d\d/\d\d/\d{4}\b"), "T"),
    (re.compile(r"\b\d+\.\d+ ?s\b|0x[0-9a-f]+"), "#"),
]
# What the seal makes: only its size may be compared.
SEALED = {"envelope", "other_envelope"}


def masked(value: str) -> str:
    """Text without what differs from run to run whatever anybody chose."""
    for pattern, stands in _MASKS:
        value = pattern.sub(stands, value)
    return value


def cells(connection: Connection) -> Iterator[str]:
    """Every cell of every table in the order of the rows' keys."""
    for table in Base.metadata.sorted_tables:
        keys = ", ".join(column.name for column in table.primary_key)
        for number, row in enumerate(connection.execute(text(f"SELECT * FROM {table.name} ORDER BY {keys}"))):
            for name, value in row._mapping.items():
                yield f"{table.name}[{number}].{name} = {_cell(name, value)}"


def _cell(name: str, value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    if isinstance(value, datetime | date):
        return "T"
    return masked(str(value)) if name not in SEALED else "#"


def pages(
    app: Flask, client: FlaskClient, poll: Poll, place: str, secrets: list[str], receipts: list[str]
) -> Iterator[str]:
    """Every address that can be asked for with GET: status, headers and text."""
    values = {"public_id": [poll.public_id], "code": [place], "secret": secrets, "receipt": receipts}
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" not in (rule.methods or ()) or len(rule.arguments) > 1:
            continue
        argument = next(iter(rule.arguments), None)
        for value in values.get(argument, []) if argument else [""]:
            with app.test_request_context():
                asked: dict[str, Any] = {argument: value} if argument else {}
                address = app.url_for(rule.endpoint, **asked)
            answer = client.get(address)
            kind = answer.mimetype or ""
            body = answer.text if kind.startswith("text/") else kind
            yield f"{rule} {answer.status} {_headers(answer.headers)}\n{masked(body)}"


def _headers(headers: Any) -> str:
    return masked(str([(k, v) for k, v in headers if k not in ("Set-Cookie", "Content-Length", "Location")]))
