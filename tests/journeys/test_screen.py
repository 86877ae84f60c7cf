"""The screen at a counter in a real browser: scanned from its picture, kept fresh, honest when the network is gone."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import Database
from app.core.tokens import Keyring
from app.feedback.models import Display
from app.feedback.rules.trust import slot_holds
from app.feedback.rules.trust_keys import slot_mac
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.servers import SECRETS, Server
from tests.support.trust import SCREEN_SECRET, make_display

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = [{"width": 1920, "height": 1080}, {"width": 800, "height": 1280}]


@pytest.fixture
def point(committed_database: Database) -> str:
    """The code of a point with a screen."""
    with committed_database.transaction() as session:
        point = make_point(session, make_counter(session, make_center(session, make_commune(session)), name="Quầy 3"))
        make_display(session, point, secret=SCREEN_SECRET)
        return point.code


def scanned(page: Page) -> str:
    """What a phone reads off the screen."""
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found.text


def test_the_screen_is_scanned_with_and_without_a_script(live_server: Server, desk: Desk, point: str) -> None:
    for size in SIZES:
        for script in (True, False):
            page = desk.open(size, java_script_enabled=script)
            page.goto(f"{live_server.url}/man-hinh/{SCREEN_SECRET}")
            address, _slash, code = scanned(page).rpartition("/")
            assert address == f"{live_server.url}/r/{point}"
            assert slot_holds(slot_mac(Keyring(SECRETS["secret_key"])), point, code, clock.now())
        fits(page)
    assert desk.complaints == []


def test_the_screen_turns_covers_what_is_too_old_and_says_when_it_was_ended(
    live_server: Server, desk: Desk, point: str, committed_database: Database
) -> None:
    page = desk.open(SIZES[0])
    page.clock.install()
    page.goto(f"{live_server.url}/man-hinh/{SCREEN_SECRET}")
    axe(page)
    with page.expect_response(lambda answer: answer.url.endswith(SCREEN_SECRET)):
        page.clock.fast_forward(51_000)
    page.context.set_offline(True)
    page.clock.fast_forward(9 * 60_000)
    expect(page.locator("#lost")).to_be_visible()
    page.context.set_offline(False)
    page.clock.fast_forward(51_000)
    expect(page.locator("#lost")).to_be_hidden()
    with committed_database.transaction() as session:
        session.query(Display).one().ended_at = clock.now()
    page.clock.fast_forward(51_000)
    expect(page.locator("h1")).to_contain_text("đã ngừng")
    assert desk.complaints == []
