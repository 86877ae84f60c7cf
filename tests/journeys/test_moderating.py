"""A moderator works through the queue with the keyboard alone, in a real browser on a real server."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core.db import Database
from app.core.permissions import Role
from app.identity import passwords
from app.moderation.models import ModerationItem
from app.moderation.rules.covering import MARK
from tests.support.browser import DESK, PHONE, Desk, axe, fits
from tests.support.cast import make_account, make_commune, make_grant
from tests.support.commenting import say
from tests.support.consultations import make_consultation
from tests.support.servers import Server

PASSWORD = "con mèo ba chân"
PLAIN = "Đồng ý với mức đóng góp, đề nghị thu làm hai đợt trong năm."
RUDE = "Ông trưởng khu phố là đồ ngu, cả xóm đều biết."
PHONE_NUMBER = "0912 345 678"
PRIVATE = f"Ai muốn góp thêm thì gọi {PHONE_NUMBER} gặp tôi."
CLAIM = "Tôi tố cáo ông Lê Văn Tám nhận tiền của người dân khi làm giấy tờ nhà đất."
TEXTS = (PLAIN, RUDE, PRIVATE, CLAIM)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def waiting(committed_database: Database) -> list[int]:
    """Four comments that wait, and a moderator who can sign in; the numbers of the items in the order of the queue."""
    with committed_database.transaction() as session:
        commune = make_commune(session)
        account = make_account(session, login="kiemduyet", password_hash=passwords.hash_password(PASSWORD))
        make_grant(session, account, Role.MODERATOR, commune)
        consultation = make_consultation(session, commune, moderation="before")
        for text in TEXTS:
            say(session, consultation, text=text)
        return list(session.scalars(select(ModerationItem.id).order_by(ModerationItem.due_at, ModerationItem.id)))


def sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/staff/dang-nhap")
    tab_to(page, "input[name=login]")
    page.keyboard.type("kiemduyet")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tổng quan")


def tab_to(page: Page, selector: str) -> None:
    """Walk with the tabulator until what is meant is in focus."""
    for _step in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not reach {selector} on {page.url}")


def at(page: Page, item_id: int) -> None:
    expect(page).to_have_url(re.compile(rf"/staff/kiem-duyet/{item_id}(\?|$)"))


def state(database: Database, item_id: int) -> tuple[str, str | None]:
    with database.session(write=False) as session:
        item = session.get_one(ModerationItem, item_id)
        return item.status, item.shown_text


def while_composing(page: Page) -> None:
    """What a Telex keyboard, a held key and keys of the browser itself send; none of it decides."""
    for extra in ({"isComposing": True}, {"ctrlKey": True}, {"altKey": True}, {"metaKey": True}, {"repeat": True}):
        page.evaluate(
            "extra => document.body.dispatchEvent(new KeyboardEvent('keydown',"
            " Object.assign({code: 'Digit1', key: '1', bubbles: true}, extra)))",
            extra,
        )


def test_a_queue_by_keyboard_alone(
    desk: Desk, live_server: Server, waiting: list[int], committed_database: Database
) -> None:
    plain, rude, private, claim = waiting
    page = desk.open(DESK)
    sign_in(page, live_server)
    tab_to(page, "nav a[href^='/staff/kiem-duyet']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Kiểm duyệt")
    axe(page)
    fits(page)
    tab_to(page, "main button.primary")
    page.keyboard.press("Enter")

    at(page, plain)
    axe(page)
    fits(page)
    while_composing(page)
    page.keyboard.press("j")
    at(page, rude)
    page.keyboard.press("k")
    at(page, plain)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("1")

    at(page, rude)
    assert state(committed_database, plain) == ("approved", None)
    page.keyboard.press("z")
    at(page, plain)
    assert state(committed_database, plain) == ("pending", None)
    page.keyboard.press("1")

    at(page, rude)
    page.keyboard.press("2")
    expect(page.locator("[name=reason_key]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("1 lời xúc phạm, đề nghị viết lại.")
    at(page, rude)
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_contain_text("Chọn lý do từ chối")
    axe(page)
    tab_to(page, "[name=reason_key]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")

    at(page, private)
    assert state(committed_database, rude) == ("rejected", None)
    page.keyboard.press("3")
    expect(page.locator("[name=spans]").first).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "[name=preview]")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_contain_text(f"gọi {MARK} gặp tôi")
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")

    at(page, claim)
    assert state(committed_database, private) == ("approved", PRIVATE.replace(PHONE_NUMBER, MARK))
    page.keyboard.press("4")
    expect(page.locator("[name=refer_key]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Thanh tra tỉnh")
    tab_to(page, "main .acts button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Không còn nội dung nào chờ Ông/Bà.")).to_be_visible()
    assert state(committed_database, claim)[0] == "referred"


def test_keys_can_be_switched_off_and_stay_off(
    desk: Desk, live_server: Server, waiting: list[int], committed_database: Database
) -> None:
    page = desk.open(PHONE)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/staff/kiem-duyet/{waiting[0]}")
    fits(page)
    axe(page)
    tab_to(page, "[data-switch]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-switch]")).to_have_text("Bật phím tắt")
    page.reload()
    for key in ("1", "j", "?", "z"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_hidden()
    at(page, waiting[0])
    assert state(committed_database, waiting[0]) == ("pending", None)
