"""Before the close nothing anybody could read depends on a choice: the same vote is run twice, chosen differently."""

import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Role
from app.polls.models import Ballot
from tests.support import cast, servers, traces
from tests.support.ballots import Voting, make_voting
from tests.support.databases import Databases
from tests.support.pages import PageClient
from tests.support.staff import sign_in_as
from tests.support.voters import choose, send

TEXTS = ("Làm đường trước, rồi mới thu quỹ", "Giảm mức đóng góp của hộ nghèo")
ONE = [("1", ""), ("2", ""), ("3", TEXTS[0]), ("1", ""), ("3", ""), ("2", "")]
OTHER = [("3", TEXTS[1]), ("1", ""), ("1", ""), ("3", TEXTS[0]), ("2", ""), ("1", "")]
READERS = (Role.AREA_HEAD, Role.FRONT, Role.TEAM_MEMBER, Role.OVERSEER)


@dataclass
class Traces:
    """What one run left behind."""

    pages: list[str]
    lines: list[str]
    cells: list[str]


@pytest.fixture
def fresh(databases: Databases) -> Iterator[Iterator[Database]]:
    """Databases with real commits, one after another."""
    made: list[Database] = []

    def hand_out() -> Iterator[Database]:
        while True:
            made.append(Database(databases.fresh()))
            yield made[-1]

    yield hand_out()
    for database in made:
        database.dispose()
        databases.drop(database.url)


def run(
    database: Database,
    folder: Path,
    chosen: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Traces:
    """One vote through the pages, every page of every reader after it, and what is in the database then."""
    monkeypatch.setattr(cast, "_numbers", itertools.count(1))
    app = servers.build(servers.settings_for_tests(database.url, folder))
    app.test_client_class = PageClient
    caplog.clear()
    with caplog.at_level(logging.DEBUG), database.session() as session:
        voting = make_voting(session, len(chosen))
        session.commit()
        receipts = [_vote(_client(app), voting, place, *one) for place, one in enumerate(chosen)]
        seen = list(_seen(app.test_client, session, voting, receipts))
        lines = [traces.masked(record.getMessage()) for record in caplog.records]
    with database.engine.connect() as connection:
        found = Traces(seen, lines, list(traces.cells(connection)))
    app.extensions["danban"].database.dispose()
    return found


def _client(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def _vote(client: PageClient, voting: Voting, place: int, choice: str, other: str) -> str:
    """A household that looks, errs, votes, and looks again; what only it sees is not compared here."""
    slip = voting.slips[place]
    client.get(f"/v/{slip.secret}")
    client.post("/phieu", data={"secret": slip.secret})
    receipt = str(send(client, slip, choice, other).location[-12:])
    assert choose(_client(client.application), slip, choice, other).status_code == 409
    return receipt


def _seen(new_client: object, session: Session, voting: Voting, receipts: list[str]) -> Iterator[str]:
    place = voting.poll.area.code
    for role in (None, *READERS):
        client = new_client()  # type: ignore[operator]
        client.check = lambda response: None
        if role is not None:
            sign_in_as(client, session, role, voting.poll.area)
        secrets = [slip.secret for slip in voting.slips]
        yield from traces.pages(client.application, client, voting.poll, place, secrets, receipts)


def test_no_page_no_line_and_no_cell_depends_on_a_choice(
    fresh: Iterator[Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = (run(next(fresh), tmp_path, chosen, monkeypatch, caplog) for chosen in (ONE, OTHER))
    assert len(one.pages) > 100 and len(one.cells) > 300
    assert one.pages == other.pages
    assert one.lines == other.lines
    assert one.cells == other.cells
    for trace in (*one.pages, *one.lines, *one.cells):
        assert not any(opinion in trace for opinion in TEXTS)


def test_the_comparison_would_notice_open_ballots(
    fresh: Iterator[Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The same comparison on a poll of level open: there the cells differ, so the test above can fail."""
    found = []
    for choice in ("agree", "disagree"):
        monkeypatch.setattr(cast, "_numbers", itertools.count(1))
        database = next(fresh)
        with database.transaction() as session:
            voting = make_voting(session, 1, level="open")
            session.add(
                Ballot(
                    poll_id=voting.poll.id,
                    entry_id=voting.slips[0].entry_id,
                    choice=choice,
                    channel="phone",
                    slip_id=voting.slips[0].id,
                    idempotency_key="0" * 32,
                    receipt="0" * 12,
                    cast_at=voting.poll.opens_at,
                )
            )
        with database.engine.connect() as connection:
            found.append(list(traces.cells(connection)))
    assert found[0] != found[1]


@pytest.mark.sqlite
def test_no_choice_stands_in_the_files_of_the_database(committed_database: Database, tmp_path: Path) -> None:
    app = servers.build(servers.settings_for_tests(committed_database.url, tmp_path))
    app.test_client_class = PageClient
    with committed_database.transaction() as session:
        voting = make_voting(session, len(ONE))
    # Closing the last connection brings the journal into the file.
    committed_database.dispose()
    before = _words_in_files(committed_database)
    for place, chosen in enumerate(ONE):
        _vote(app.test_client(), voting, place, *chosen)  # type: ignore[arg-type]
    assert Path(f"{_path(committed_database)}-wal").stat().st_size > 0
    assert _words_in_files(committed_database) == before
    app.extensions["danban"].database.dispose()
    assert _words_in_files(committed_database) == before
    with committed_database.session(write=False) as session:
        kept = session.scalars(select(Ballot)).all()
    assert [voting.envelopes_open(ballot.envelope) for ballot in kept] == [
        "agree",
        "disagree",
        "other",
        "agree",
        "other",
        "disagree",
    ]


def _path(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


def _words_in_files(database: Database) -> list[int]:
    """How often each choice's key and text stand in the database's file and its journal."""
    path = _path(database)
    files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    words = ["agree", "disagree", "other", "Đồng ý", "Ý kiến khác", *TEXTS, TEXTS[0][:12]]
    return [sum(file.count(word.encode()) for file in files) for word in words]
