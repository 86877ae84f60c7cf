"""A household votes on a phone, in a real browser on a real server: with and without script, narrow, offline, twice."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from app.core.db import Database
from app.polls.models import Ballot
from tests.support.ballots import Voting, make_voting
from tests.support.browser import Desk, axe, fits
from tests.support.servers import Server

NARROW = {"width": 320, "height": 640}
ZALO = (
    "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0"
    " Mobile Safari/537.36 Zalo android/25081840 ZaloTheme/light ZaloLanguage/vi"
)
TEXT = "Làm đường trước, rồi mới thu quỹ."

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def voting(committed_database: Database) -> Voting:
    with committed_database.transaction() as session:
        return make_voting(session, 4)


def look(page: Page, title: str) -> None:
    """The page is the one named and fits its window; axe finds nothing grave where scripts run."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    fits(page)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).click()


def ballots(database: Database) -> int:
    with database.session(write=False) as session:
        return session.scalar(select(func.count()).select_from(Ballot)) or 0


def to_the_check(page: Page, server: Server, voting: Voting, household: int = 0) -> None:
    page.goto(f"{server.url}/v/{voting.slips[household].secret}")
    page.get_by_text("Đồng ý", exact=True).click()
    press(page, "Tiếp tục")
    look(page, "Kiểm tra rồi gửi phiếu")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_slip_to_the_receipt(desk: Desk, live_server: Server, voting: Voting, scripts: bool) -> None:
    page = desk.open(NARROW, java_script_enabled=scripts, user_agent=ZALO)
    check = axe if scripts else fits
    page.goto(f"{live_server.url}/v/{voting.slips[0].secret}")
    look(page, voting.poll.question)
    check(page)
    press(page, "Tiếp tục")
    expect(page.locator("#error-summary")).to_contain_text("Ông/Bà chưa chọn")
    check(page)
    # The other opinion opens its box without a script.
    box = page.get_by_label("Ý kiến của Ông/Bà")
    expect(box).to_be_hidden()
    page.get_by_text("Ý kiến khác", exact=True).click()
    box.fill(TEXT)
    press(page, "Tiếp tục")
    look(page, "Kiểm tra rồi gửi phiếu")
    expect(page.locator("main")).to_contain_text(TEXT)
    check(page)
    page.get_by_role("link", name="Sửa lựa chọn").click()
    expect(box).to_have_value(TEXT)
    press(page, "Tiếp tục")
    press(page, "Gửi phiếu biểu quyết")
    look(page, "Đã ghi nhận phiếu biểu quyết")
    expect(page.locator(".code")).to_have_text(re.compile(r"^\s*(\w{4}\s*){3}$"))
    expect(page.locator("main")).not_to_contain_text(TEXT)
    check(page)
    page.go_back()
    look(page, "Đã ghi nhận phiếu biểu quyết")
    press(page, "Người khác dùng máy này")
    page.goto(f"{live_server.url}/phieu/kiem-tra")
    look(page, "Chưa gửi được phiếu")


def test_by_typed_code_at_large_letters(desk: Desk, live_server: Server, voting: Voting) -> None:
    page = desk.open(NARROW)
    page.goto(f"{live_server.url}/phieu/ma")
    page.get_by_role("link", name=voting.poll.title).click()
    page.get_by_role("button", name="A++").click()
    expect(page.locator("html")).to_have_class(re.compile("text-150"))
    look(page, "Nhập số hộ và mã phiếu")
    axe(page)
    slip = voting.slips[1]
    page.get_by_label("Số hộ").fill("2")
    page.get_by_label("Mã phiếu").fill(f"{slip.code[:4]} {slip.code[4:8]} {slip.code[8:]}".lower())
    press(page, "Tiếp tục")
    look(page, voting.poll.question)
    page.get_by_text("Không đồng ý", exact=True).click()
    press(page, "Tiếp tục")
    press(page, "Gửi phiếu biểu quyết")
    look(page, "Đã ghi nhận phiếu biểu quyết")
    axe(page)


def test_every_step_reflows_when_letters_are_twice_as_large(desk: Desk, live_server: Server, voting: Voting) -> None:
    page = desk.open(NARROW)

    def twice() -> None:
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        fits(page)

    page.goto(f"{live_server.url}/v/{voting.slips[0].secret}")
    twice()
    page.get_by_text("Ý kiến khác", exact=True).click()
    page.get_by_label("Ý kiến của Ông/Bà").fill("Đề nghị " + "dài" * 60)
    twice()
    press(page, "Tiếp tục")
    twice()
    press(page, "Gửi phiếu biểu quyết")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận phiếu biểu quyết")
    twice()


def test_without_network_nothing_is_queued_and_it_is_said(
    desk: Desk, live_server: Server, voting: Voting, committed_database: Database
) -> None:
    page = desk.open()
    to_the_check(page, live_server, voting)
    page.context.set_offline(True)
    press(page, "Gửi phiếu biểu quyết")
    expect(page.get_by_role("alert")).to_contain_text("CHƯA được ghi nhận")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Đã có mạng")
    assert ballots(committed_database) == 0
    press(page, "Gửi lại")
    look(page, "Đã ghi nhận phiếu biểu quyết")
    assert ballots(committed_database) == 1


def test_an_answer_lost_on_the_way_is_found_by_pressing_again(
    desk: Desk, live_server: Server, voting: Voting, committed_database: Database
) -> None:
    page = desk.open()
    to_the_check(page, live_server, voting)
    address = page.url

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    cookies = page.context.cookies()
    page.route("**/phieu/gui", lose, times=1)
    press(page, "Gửi phiếu biểu quyết")
    page.wait_for_url("chrome-error://**")
    assert ballots(committed_database) == 1
    # The cookie of the lost answer was lost with it.
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address)
    look(page, "Đã ghi nhận phiếu biểu quyết")
    with committed_database.session(write=False) as session:
        [ballot] = session.scalars(select(Ballot)).all()
    assert "".join(page.locator(".code").inner_text().split()) == ballot.receipt


def test_two_phones_of_one_household(
    desk: Desk, live_server: Server, voting: Voting, committed_database: Database
) -> None:
    mine, theirs = desk.open(), desk.open()
    for page in (mine, theirs):
        to_the_check(page, live_server, voting)
    press(theirs, "Gửi phiếu biểu quyết")
    look(theirs, "Đã ghi nhận phiếu biểu quyết")
    press(mine, "Gửi phiếu biểu quyết")
    look(mine, "Hộ đã gửi phiếu")
    expect(mine.locator("main")).to_contain_text("qua điện thoại")
    axe(mine)
    assert ballots(committed_database) == 1


def test_a_double_tap_is_one_ballot(
    desk: Desk, live_server: Server, voting: Voting, committed_database: Database
) -> None:
    page = desk.open()
    to_the_check(page, live_server, voting)
    page.locator("main").get_by_role("button", name="Gửi phiếu biểu quyết").dblclick(no_wait_after=True)
    look(page, "Đã ghi nhận phiếu biểu quyết")
    assert ballots(committed_database) == 1
