"""Residents read what hangs, on a phone and inside the commune's existing portal, in a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from app.core.db import Database
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_area, make_commune
from tests.support.publication import make_posting
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def place(committed_database: Database) -> str:
    """A commune with something posted; its code."""
    with committed_database.transaction() as session:
        commune = make_commune(session)
        make_posting(session, make_area(session, commune), title="Danh sách hộ được hỗ trợ sửa nhà", head=7)
        make_posting(session, commune, title="Đề án sắp xếp thôn, tổ dân phố", head=8, days=-40)
        make_posting(session, commune, title="Quy chế tiếp công dân", head=4, permanent=True, text="Điều 1.\nĐiều 2.")
        return commune.code


def seen(page: Page) -> None:
    axe(page)
    fits(page)


def test_what_hangs_is_found_without_marks_and_read_on_a_phone(live_server: Server, desk: Desk, place: str) -> None:
    page = desk.open({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/dia-ban/{place}")
    page.get_by_role("link", name="Xem tất cả nội dung đã công khai").click()
    seen(page)
    page.get_by_label("Tên, số văn bản, nội dung").fill("de an")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="Đề án sắp xếp thôn, tổ dân phố").click()
    expect(page.locator(".note")).to_contain_text("Đã hết hạn niêm yết")
    seen(page)
    page.goto(f"{live_server.url}/cong-khai/{place}/noi-dung")
    seen(page)
    assert desk.complaints == []


@contextmanager
def portal(frames: str) -> Iterator[str]:
    """Another site, with one page; a browser shows frames of this machine only to pages of this machine."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(frames.encode())

        def log_message(self, *_args: object) -> None:
            """Nobody reads a log of it."""

    with HTTPServer(("127.0.0.1", 0), Page) as site:
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()
        thread.join()


def test_another_site_shows_the_block_and_no_other_page(live_server: Server, desk: Desk, place: str) -> None:
    page = desk.open()
    frames = "".join(
        f'<iframe title="{name}" src="{live_server.url}/{path}/{place}"></iframe>'
        for name, path in (("block", "nhung"), ("page", "cong-khai"))
    )
    with portal(frames) as address:
        page.goto(address)
        block = page.frame_locator("iframe[title=block]")
        expect(block.locator("li")).to_have_count(2)
        # Its style sheet is let through by its own rule.
        assert block.locator("li").first.evaluate("item => getComputedStyle(item).borderTopStyle") == "solid"
        expect(page.frame_locator("iframe[title=page]").locator("main")).to_have_count(0)
    [refusal] = desk.complaints
    assert "frame-ancestors 'none'" in refusal
    desk.complaints.clear()
    whole = desk.open({"width": 320, "height": 400})
    whole.goto(f"{live_server.url}/nhung/{place}")
    seen(whole)
