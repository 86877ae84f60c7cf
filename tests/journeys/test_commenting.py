"""A resident reads and comments on a phone, in a real browser: with and without script, narrow, offline, twice."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from app.consultations.models import Comment, Consultation
from app.core.db import Database
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_area
from tests.support.consultations import make_consultation
from tests.support.servers import Server

NARROW = {"width": 320, "height": 640}
ZALO = (
    "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0"
    " Mobile Safari/537.36 Zalo android/25081840 ZaloTheme/light ZaloLanguage/vi"
)
# Milliseconds within which only programs send a form.
PERSON = 2100
TEXT = "Nên ghi rõ giờ thu gom rác của từng ngõ."

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def consultation(committed_database: Database) -> Consultation:
    with committed_database.transaction() as session:
        commune = make_area(session).parent
        assert commune is not None
        return make_consultation(session, commune, moderation="after")


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).click()


def look(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    fits(page)


def opinions(database: Database) -> int:
    with database.session(write=False) as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def write(page: Page, server: Server, consultation: Consultation, article: int = 2) -> None:
    page.goto(f"{server.url}/gop-y/{consultation.public_id}/dieu-{article}")
    page.get_by_text("Đề nghị sửa", exact=True).click()
    page.get_by_label("Ý kiến của Ông/Bà").fill(TEXT)


def whole(page: Page) -> None:
    """Nothing grave for axe, nothing wider than the window, with letters of twice the size too."""
    axe(page)
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_draft_to_the_code_and_back_by_it(
    desk: Desk, live_server: Server, consultation: Consultation, scripts: bool
) -> None:
    page = desk.open(NARROW, java_script_enabled=scripts, user_agent=ZALO)
    check = whole if scripts else fits
    page.goto(f"{live_server.url}/gop-y/{consultation.public_id}")
    look(page, consultation.title)
    check(page)
    page.get_by_role("link", name="Góp ý Điều 2 (0)").click()
    look(page, "Điều 2. Nội dung thứ 2")
    press(page, "Tiếp tục")
    expect(page.locator("#error-summary")).to_contain_text("chưa chọn")
    check(page)
    page.get_by_text("Đề nghị sửa", exact=True).click()
    page.get_by_label("Ý kiến của Ông/Bà").fill(TEXT)
    press(page, "Tiếp tục")
    look(page, "Ông/Bà muốn ghi tên thế nào?")
    check(page)
    page.get_by_text("Hiện tên cho mọi người xem").click()
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Hoa")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    press(page, "Tiếp tục")
    look(page, "Kiểm tra rồi gửi ý kiến")
    expect(page.locator("main")).to_contain_text(TEXT)
    check(page)
    page.wait_for_timeout(PERSON)
    press(page, "Gửi ý kiến")
    look(page, "Đã ghi nhận ý kiến")
    check(page)
    code = page.locator(".code").inner_text().strip()
    assert re.fullmatch(r"GY-\w{4}-\w{4}", code) and code not in page.url
    page.goto(f"{live_server.url}/gop-y/ma")
    page.get_by_label("Mã góp ý").fill(code.lower().replace("-", " "))
    press(page, "Xem")
    look(page, "Ý kiến của Ông/Bà")
    expect(page.locator("main")).to_contain_text(TEXT)
    check(page)
    page.goto(f"{live_server.url}/gop-y/{consultation.public_id}/dieu-2")
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Hoa")
    expect(page.locator("main")).not_to_contain_text("0912")
    check(page)


def test_a_bad_line_and_a_double_tap_lose_nothing_and_count_once(
    desk: Desk, live_server: Server, consultation: Consultation, committed_database: Database
) -> None:
    agree_twice(desk.open(java_script_enabled=False), live_server, consultation)
    assert opinions(committed_database) == 1
    page = desk.open()
    come_back_to_what_was_being_written(page, live_server, consultation)
    page.context.set_offline(True)
    press(page, "Gửi ý kiến")
    expect(page.get_by_role("alert")).to_contain_text("CHƯA được ghi nhận")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Đã có mạng")
    assert opinions(committed_database) == 1 and TEXT in page.evaluate("JSON.stringify(localStorage)")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/gui", lose, times=1)
    press(page, "Gửi lại")
    page.wait_for_url("chrome-error://**")
    assert opinions(committed_database) == 2
    page.go_back()
    look(page, "Kiểm tra rồi gửi ý kiến")
    press(page, "Gửi ý kiến")
    look(page, "Đã ghi nhận ý kiến")
    with committed_database.session(write=False) as session:
        made = session.scalars(select(Comment).where(Comment.text == TEXT)).one()
    assert made.code in page.locator(".code").inner_text().replace("-", "")
    assert page.evaluate("localStorage.length") == 0


def agree_twice(page: Page, server: Server, consultation: Consultation) -> None:
    page.goto(f"{server.url}/gop-y/{consultation.public_id}")
    page.locator("main").get_by_role("button", name="Đồng ý toàn bộ dự thảo").dblclick(no_wait_after=True)
    look(page, "Đã ghi nhận ý kiến")
    page.go_back()
    press(page, "Đồng ý toàn bộ dự thảo")
    expect(page.locator("h1")).to_be_visible()


def come_back_to_what_was_being_written(page: Page, server: Server, consultation: Consultation) -> None:
    """The words are kept on the phone, for this article alone, until they are sent; now at the last step."""
    write(page, server, consultation)
    expect(page.get_by_role("status").first).to_contain_text("CHƯA gửi")
    page.goto(f"{server.url}/gop-y/{consultation.public_id}/dieu-1")
    expect(page.get_by_label("Ý kiến của Ông/Bà")).to_have_value("")
    page.goto(f"{server.url}/gop-y/{consultation.public_id}/dieu-2")
    axe(page)
    press(page, "Viết tiếp")
    expect(page.get_by_label("Ý kiến của Ông/Bà")).to_have_value(TEXT)
    expect(page.get_by_label("Đề nghị sửa")).to_be_checked()
    press(page, "Tiếp tục")
    page.locator("label", has_text="Không nêu tên").click()
    press(page, "Tiếp tục")
    look(page, "Kiểm tra rồi gửi ý kiến")
