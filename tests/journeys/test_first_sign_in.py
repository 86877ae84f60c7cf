"""A new member of staff signs in for the first time, at phone width, in a real browser on a real server."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import Database
from app.core.permissions import SYSTEM, Role
from app.identity import operations, totp
from tests.support import servers
from tests.support.browser import axe, fits
from tests.support.cast import make_area

NEW = "con mèo ba chân"


@pytest.fixture
def server(committed_database: Database, tmp_path: Path) -> Iterator[servers.Server]:
    """As in production: whoever can change a vote needs a second factor."""
    with servers.serve(committed_database.url, tmp_path, second_factor=True) as server:
        yield server
    assert not server.faults(), server.log.read_text()


@pytest.fixture
def password(committed_database: Database) -> str:
    """The temporary password of a new head of an area."""
    with committed_database.transaction() as session:
        _account, password = operations.create_account(
            session,
            SYSTEM,
            login="truongkhupho",
            full_name="Nguyễn Văn An",
            role=Role.AREA_HEAD,
            area=make_area(session),
        )
    return password


def look(page: Page, title: str) -> None:
    """The page is the one named, fits its window, and axe finds nothing grave."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    fits(page)
    axe(page)


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Tên đăng nhập").fill("truongkhupho")
    page.get_by_label("Mật khẩu").fill(password)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).click()


@pytest.mark.browser
def test_from_the_temporary_password_to_the_first_page(page: Page, server: servers.Server, password: str) -> None:
    page.goto(f"{server.url}/staff/dia-ban/")
    look(page, "Đăng nhập")
    sign_in(page, "quên rồi")
    expect(page.locator("#error-summary")).to_be_focused()
    sign_in(page, password)

    look(page, "Đổi mật khẩu")
    page.get_by_label("Mật khẩu hiện tại").fill(password)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    press(page, "Đổi mật khẩu")

    look(page, "Bật xác thực hai bước")
    press(page, "Bắt đầu")
    look(page, "Bật xác thực hai bước")
    secret = base64.b32decode("".join(page.locator(".code").inner_text().split()))
    page.get_by_label("Mã xác nhận").fill(totp.code(secret, totp.step_of(clock.now())))
    press(page, "Bật xác thực hai bước")

    look(page, "Địa bàn")
    expect(page.get_by_text("Đã bật xác thực hai bước.")).to_be_visible()
    page.get_by_role("link", name="Nguyễn Văn An").click()
    look(page, "Tài khoản của tôi")
    page.get_by_role("button", name="Đăng xuất", exact=True).first.click()

    look(page, "Đăng nhập")
    sign_in(page, NEW)
    look(page, "Nhập mã xác nhận")
    page.get_by_label("Mã xác nhận").fill("12345")
    press(page, "Tiếp tục")
    expect(page.get_by_text("Mã xác nhận chưa đúng").first).to_be_visible()
    page.get_by_label("Mã xác nhận").fill(totp.code(secret, totp.step_of(clock.now()) + 1))
    press(page, "Tiếp tục")
    look(page, "Tổng quan")
