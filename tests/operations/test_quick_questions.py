"""Statements compiled once, and answers kept for some seconds."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from app.core import remembered
from app.core.clock import VIETNAM
from app.core.prepared import Prepared, adding
from app.core.remembered import Remembered
from app.visitors.models import FormUse

AT = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
USE = {
    "nonce": "n1", "client_uuid": "u", "content": "c", "kind": "comment", "device_hash": "d", "network_hash": "n",
    "known": True, "used_at": AT,
}  # fmt: skip
ADD = adding(FormUse)
COLUMNS: tuple[Any, ...] = (FormUse.nonce, FormUse.known, FormUse.used_at)
LATELY: Select[Any] = select(*COLUMNS).where(FormUse.used_at > bindparam("since", type_=FormUse.used_at.type))
SINCE = Prepared(lambda _engine: LATELY)


def test_a_row_is_added_once_with_its_types(session: Session) -> None:
    assert ADD.ask(session, **USE) == [{"nonce": "n1"}]
    assert ADD.ask(session, **USE | {"content": "other"}) == []
    assert session.scalar(select(func.count()).select_from(FormUse)) == 1
    kept = session.get_one(FormUse, "n1")
    assert (kept.content, kept.known, kept.used_at) == ("c", True, AT)


def test_moments_are_asked_for_in_any_zone(session: Session) -> None:
    ADD.ask(session, **USE)
    assert SINCE.ask(session, since=AT.astimezone(VIETNAM)) == []
    earlier = AT.replace(second=0, minute=29).astimezone(VIETNAM)
    assert SINCE.ask(session, since=earlier) == [{"nonce": "n1", "known": True, "used_at": AT}]


def test_a_column_left_out_is_refused(session: Session) -> None:
    with pytest.raises((KeyError, psycopg.ProgrammingError)):
        ADD.ask(session, **{name: value for name, value in USE.items() if name != "kind"})


def test_an_answer_is_kept_until_forgotten_or_old(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    clock = SimpleNamespace(monotonic=lambda: 100.0)
    monkeypatch.setattr(remembered, "time", clock)

    def ask(_session: Session, key: str) -> int:
        asked.append(key)
        return len(asked)

    question = Remembered(ask, seconds=5)
    assert [question.of(session, key) for key in ("a", "b", "a")] == [1, 2, 1]
    clock.monotonic = lambda: 104.9
    assert question.of(session, "a") == 1
    clock.monotonic = lambda: 105.0
    assert question.of(session, "a") == 3
    question.forget()
    assert question.of(session, "a") == 4


def test_what_is_kept_does_not_grow_for_ever(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    asked: list[int] = []
    question: Remembered[int, None] = Remembered(lambda _session, key: asked.append(key))
    for key in (1, 2, 3, 4, 1):
        question.of(session, key)
    assert asked == [1, 2, 3, 4, 1]
