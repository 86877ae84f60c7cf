"""An officer prepares a draft on a phone, step by step, publishes it and moves its end; a resident then reads it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import Database
from app.core.permissions import Role
from app.demo.consultations import DATA
from app.identity import passwords
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_account, make_area, make_commune, make_grant
from tests.support.servers import Server

PASSWORD = "con mèo ba chân"
TITLE = "Nghị quyết về dân chủ ở cơ sở"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def place(committed_database: Database) -> str:
    """The code of a commune with an officer who can sign in."""
    with committed_database.transaction() as session:
        commune = make_commune(session)
        make_area(session, commune)
        account = make_account(session, login="congchuc", password_hash=passwords.hash_password(PASSWORD))
        make_grant(session, account, Role.COMMUNE_OFFICER, commune)
        return commune.code


def sound(page: Page, heading: str) -> None:
    """The page that was meant, without a grave fault and without scrolling sideways."""
    expect(page.locator("h1")).to_have_text(heading)
    axe(page)
    fits(page)


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def save(page: Page) -> None:
    page.click("main form .acts button")


def day(days: int) -> str:
    return f"{clock.local(clock.now() + timedelta(days=days)):%d/%m/%Y}"


def prepare(page: Page) -> None:
    page.get_by_role("link", name="Chuẩn bị dự thảo mới").click()
    sound(page, "Chuẩn bị dự thảo mới")
    fill(page, title=TITLE)
    save(page)
    sound(page, "Tên và tóm tắt")
    fill(page, summary="Có lớp tập huấn mỗi năm.\nÝ kiến được trả lời trong 15 ngày làm việc.")
    save(page)
    sound(page, "Các bản dự thảo")
    page.set_input_files("[name=file]", DATA / "dan-chu-co-so.md")
    save(page)
    expect(page.locator("main")).to_contain_text("Điều 3. Tổ chức thực hiện")
    page.get_by_role("link", name=TITLE).click()
    sound(page, TITLE)
    page.get_by_role("link", name="Ai được góp ý").click()
    sound(page, "Ai được góp ý")
    save(page)
    sound(page, "Kế hoạch và người phụ trách")
    fill(page, responsible="Lê Thị Mai", phone="0274 3555 666", council_sent_on=day(0), front_sent_on=day(0))
    save(page)
    sound(page, "Thời gian")
    fill(page, opens_at=day(1), opens_time="7h", closes_at=day(20), closes_time="7h")
    save(page)
    expect(page.locator("#closes_at-error")).to_contain_text("ít nhất 20 ngày")
    fill(page, closes_at=day(21))
    save(page)
    sound(page, "Kiểm duyệt ý kiến")
    save(page)
    sound(page, "Tài liệu kèm theo")


def test_from_nothing_to_a_draft_that_people_read(desk: Desk, live_server: Server, place: str) -> None:
    page = desk.open()
    page.goto(f"{live_server.url}/staff/dang-nhap")
    fill(page, login="congchuc", password=PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tổng quan")
    page.goto(f"{live_server.url}/staff/gop-y/")
    sound(page, "Lấy ý kiến dự thảo")
    prepare(page)
    page.get_by_role("link", name="Về trang chuẩn bị").click()
    page.get_by_role("link", name="Kiểm tra và đăng").click()
    sound(page, "Kiểm tra trước khi đăng")
    page.get_by_role("button", name="Đăng dự thảo lấy ý kiến").click()
    sound(page, TITLE)
    page.get_by_role("link", name="Gia hạn").click()
    sound(page, "Gia hạn")
    fill(page, new_closes_at=day(30), reason="Nhiều hộ chưa kịp đọc dự thảo.")
    save(page)
    expect(page.locator(".event")).to_contain_text("Nhiều hộ chưa kịp đọc dự thảo.")
    page.get_by_role("link", name="Xem trang của người dân").click()
    expect(page).to_have_url(re.compile(r"/gop-y/[0-9a-z]+$"))
    sound(page, TITLE)
    expect(page.locator(".way [aria-current=step]")).to_contain_text("Chúng tôi hỏi")
    page.goto(f"{live_server.url}/dia-ban/{place}")
    sound(page, "Phường Thới Hòa")
    expect(page.locator("main")).to_contain_text("Sắp lấy ý kiến")
    assert desk.complaints == []
