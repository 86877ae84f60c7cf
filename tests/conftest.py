"""Fixtures every test may ask for. People and places come from ``tests.support.cast``."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from app.core import remembered
from app.core.db import Database
from tests.support import browser as browsers
from tests.support import databases as support
from tests.support import servers
from tests.support.pages import PageClient

TOUCH_DATABASE = {"database_url", "database", "session", "committed_database", "app", "client", "live_server"}
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=support.ENGINES, default="sqlite", help="engine to run on")


# A busy machine is slow, which is no fault; and the same commit is judged by the same examples.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("project")
    support.begin_run()


def pytest_collection_finish() -> None:
    # What was imported and collected stays: it need not be looked through again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not IS_WORKER:
        support.end_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    engine = config.getoption("--database")
    for item in items:
        if TOUCH_DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        # What is shown depends on the engine only through what operations and queries find; those have their tests.
        if {"views", "architecture"} & set(item.path.parts) and item.path.name != "test_migrations.py":
            item.add_marker(pytest.mark.pages)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        for other in set(support.ENGINES) - {engine}:
            if item.get_closest_marker(other):
                item.add_marker(pytest.mark.skip(reason=f"only on {other}"))


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[support.Databases]:
    """Hands out migrated databases of the engine under test."""
    handed = support.databases_of(request.config.getoption("--database"))
    yield handed
    handed.close()


@pytest.fixture(scope="session")
def database_url(databases: support.Databases) -> str:
    """A migrated, empty database of this worker; what is committed to it spoils every other test."""
    return databases.fresh()


@pytest.fixture(scope="session")
def _savepoints(database_url: str) -> Iterator[support.SavepointDatabase]:
    database = support.SavepointDatabase(database_url)
    yield database
    database.dispose()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test knows what another one's database answered."""
    remembered.forget_all()


@pytest.fixture
def database(_savepoints: support.SavepointDatabase) -> Iterator[Database]:
    """A database whose sessions and commits are undone when the test ends."""
    with _savepoints.begin():
        yield _savepoints


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session for operations; undone when the test ends."""
    with database.session() as session:
        yield session


@pytest.fixture
def committed_database(databases: support.Databases) -> Iterator[Database]:
    """A database of the test's own, with real commits: for races, and for servers in other processes."""
    url = databases.fresh()
    database = Database(url, pool_size=40)
    yield database
    database.dispose()
    databases.drop(url)


@pytest.fixture(scope="session")
def _application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = servers.build(servers.settings_for_tests(database_url, tmp_path_factory.mktemp("storage")))
    app.test_client_class = PageClient
    return app


@pytest.fixture
def app(_application: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application on the test's database."""
    services = replace(_application.extensions["danban"], database=database)
    monkeypatch.setitem(_application.extensions, "danban", services)
    return _application


@pytest.fixture
def client(app: Flask, session: Session) -> PageClient:
    """A visitor who checks every page; after each answer the test's session reads anew."""
    client: PageClient = app.test_client()  # type: ignore[assignment]
    client.after = session.expire_all
    return client


@pytest.fixture
def live_server(committed_database: Database, tmp_path: Path) -> Iterator[servers.Server]:
    """The service in processes of its own, on ``committed_database``; a fault in its log fails the test."""
    with servers.serve(committed_database.url, tmp_path) as server:
        yield server
    assert not server.faults(), server.log.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsers.started() as browser:
        yield browser


@pytest.fixture
def desk(browser: Browser) -> Iterator[browsers.Desk]:
    """Opens pages as large as wanted; a complaint of the browser fails the test."""
    desk = browsers.Desk(browser)
    yield desk
    desk.close()
    assert not desk.complaints, "\n".join(desk.complaints)


@pytest.fixture
def page(desk: browsers.Desk) -> Page:
    """A page as large as a phone."""
    return desk.open()
