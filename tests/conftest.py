"""Fixtures every test may ask for. People and places come from ``tests.support.cast``."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.core.db import Database
from tests.support import databases as support

TOUCH_DATABASE = {"database_url", "database", "session", "committed_database", "app", "client", "live_server"}
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=support.ENGINES, default="sqlite", help="engine to run on")


def pytest_configure(config: pytest.Config) -> None:
    support.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not IS_WORKER:
        support.end_run()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    engine = config.getoption("--database")
    for item in items:
        if TOUCH_DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
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


