"""A phone that looks like a program reckons for a moment, sends by itself, and loses nothing of what was written."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Route, expect

from app.core.db import Database
from app.visitors.verdict import Sign, Verdict
from tests.support import servers, visitor_routes
from tests.support.browser import Desk, axe

SITE = "http://127.0.0.1:8999"
TEXT = "Cần “thêm” <b>đèn</b>"


@pytest.fixture
def taken(database_url: str, database: Database, tmp_path: Path, page: Page) -> Iterator[list[Verdict]]:
    """The form of the tests' own behind the address the browser opens; what was taken from it."""
    app = servers.build(servers.settings_for_tests(database_url, tmp_path, base_url=SITE))
    taken = visitor_routes.register(app)
    app.extensions["danban"] = replace(app.extensions["danban"], database=database)
    client = app.test_client(use_cookies=False)
    page.context.route(f"{SITE}/**", lambda route: answer(client, route))
    yield taken


def answer(client: FlaskClient, route: Route) -> None:
    asked = route.request
    headers = {name: value for name, value in asked.all_headers().items() if not name.startswith(":")}
    path = asked.url.removeprefix(SITE)
    got = client.open(path, method=asked.method, headers=headers, data=asked.post_data_buffer, base_url=SITE)
    if got.status_code == 303:
        # The browser would follow to where no server is.
        route.fulfill(status=200, content_type="text/html", body="<title>taken</title>")
    else:
        route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.data)


def hurry(page: Page) -> None:
    """Fill the form in as a program does: at once, and the hidden box too."""
    page.goto(f"{SITE}/thu-gui")
    page.locator("#text").fill(TEXT)
    page.locator("#website").evaluate("box => box.value = 'x'")
    page.locator("main button").click()


def test_the_phone_reckons_and_sends_by_itself(page: Page, taken: list[Verdict]) -> None:
    hurry(page)
    expect(page).to_have_title("taken")
    assert [set(verdict.signs) for verdict in taken] == [{Sign.TOO_QUICK, Sign.HONEYPOT}]


def test_who_does_not_wait_sends_and_a_person_reads_first(page: Page, taken: list[Verdict]) -> None:
    page.context.route("**/proof.js", lambda route: route.abort())
    hurry(page)
    expect(page.locator("h1")).to_have_text("Kiểm tra trước khi gửi")
    axe(page)
    page.get_by_role("button", name="Gửi luôn, không đợi").click()
    expect(page).to_have_title("taken")
    assert [Sign.UNPROVEN in verdict.signs for verdict in taken] == [True]


def test_the_hidden_box_is_in_nobodys_way(page: Page, taken: list[Verdict], desk: Desk) -> None:
    page.goto(f"{SITE}/thu-gui")
    assert taken == []
    page.locator("#text").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    box = page.locator("#website").bounding_box()
    frame = page.locator("div.sr:has(#website)").bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["width"] <= 1
    assert frame["height"] <= 1
