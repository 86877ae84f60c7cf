"""Visitors without an account: forms as they find them, and time in between."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from app.core import clock
from app.visitors import token
from app.web import current

TAKEN = ("token", "client_uuid", "website", "proof", "proof_challenge")


def guard_of(page: str) -> dict[str, str]:
    """The hidden fields of a visitor's form on the page."""
    soup = BeautifulSoup(page, "html.parser")
    found = {name: soup.find("input", attrs={"name": name}) for name in TAKEN}
    return {name: str(tag.get("value") or "") for name, tag in found.items() if tag is not None}


def old_enough(client: FlaskClient, purpose: str) -> dict[str, str]:
    """The guard of a form shown a minute ago to this client, without fetching its page; gives the client its cookie."""
    with client.application.test_request_context():
        shown = token.new(clock.now() - timedelta(minutes=1))
        text = token.write(current.services().keyring, purpose, shown)
    give_device(client)
    return {"token": text, "client_uuid": shown.client_uuid, "website": ""}


def give_device(client: FlaskClient) -> None:
    """Let the client be a device that was here before."""
    from app.visitors import device

    if client.get_cookie(device.COOKIE) is None:
        with client.application.test_request_context():
            client.set_cookie(device.COOKIE, device.introduce())


class Time:
    """Moves the clock of the program."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: datetime | None = None) -> None:
        self.now = start or clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def pass_by(self, **time: Any) -> None:
        self.now += timedelta(**time)
