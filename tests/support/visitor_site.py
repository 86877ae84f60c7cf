"""A form of the tests' own as visitors without an account find it: fixtures for whoever imports them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.core.db import Database
from app.visitors.verdict import Verdict
from tests.support import servers, visitor_routes
from tests.support.pages import PageClient
from tests.support.visitors import Time, guard_of

OFFICE = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def probe(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, list[Verdict]]:
    settings = servers.settings_for_tests(database_url, tmp_path_factory.mktemp("probe"), trusted_proxies=1)
    app = servers.build(settings)
    app.test_client_class = PageClient
    return app, visitor_routes.register(app)


@pytest.fixture
def taken(probe: tuple[Flask, list[Verdict]]) -> list[Verdict]:
    probe[1].clear()
    return probe[1]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch, OFFICE)


@pytest.fixture
def site(probe: tuple[Flask, list[Verdict]], database: Database, time: Time, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = probe[0]
    services = replace(app.extensions["danban"], database=database)
    monkeypatch.setitem(app.extensions, "danban", services)
    return app


@pytest.fixture
def phone(site: Flask) -> PageClient:
    client: PageClient = site.test_client()  # type: ignore[assignment]
    return client


def send(client: PageClient, guard: dict[str, str], *, network: str = "203.0.113.7", **values: str) -> Any:
    data = {"text": "Cần thêm đèn.", **guard, **values}
    return client.post("/thu-gui", data=data, headers={"X-Forwarded-For": network})


def opened(client: PageClient, time: Time, seconds: int = 20) -> dict[str, str]:
    """The guard of the page as fetched by this client, read for so many seconds."""
    guard = guard_of(client.get("/thu-gui").text)
    time.pass_by(seconds=seconds)
    return guard
