"""A person rates on a phone, in a real browser: without script, without network, twice; and on the office's tablet."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.feedback.models import PointScan, Rating, RatingNote, RatingPoint
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_area
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.figure_pages import day_told
from tests.support.figures import make_rated, rate, settle
from tests.support.rating import make_kiosk
from tests.support.servers import Server
from tests.support.strange_files import photo

NARROW = {"width": 320, "height": 640}
# What is left of a small phone between the bars of a browser inside another program.
BARRED = {"width": 360, "height": 560}
TABLET = {"width": 1280, "height": 800}

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def point(committed_database: Database) -> RatingPoint:
    with committed_database.transaction() as session:
        commune = make_area(session).parent
        assert commune is not None
        point = make_point(session, make_counter(session, make_center(session, commune)))
        point.label = make_kiosk(session, point)
        return point


def levels(database: Database) -> list[int]:
    with database.session(write=False) as session:
        return list(session.scalars(select(Rating.level).where(Rating.undone_at.is_(None)).order_by(Rating.id)))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def thanked(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận. Cảm ơn Ông/Bà.")


def whole(page: Page) -> None:
    """Nothing grave for axe, nothing wider than the window with letters of twice the size, nothing too small to tap."""
    axe(page)
    small = page.eval_on_selector_all(
        "main button, main .choice label", "all => all.filter(one => one.offsetHeight < 48 && one.offsetHeight).length"
    )
    assert small == 0
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    fits(page)
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("scripts", [True, False])
def test_one_tap_then_more_and_a_slip_of_the_finger(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database, scripts: bool
) -> None:
    page = desk.open(NARROW, java_script_enabled=scripts)
    check = whole if scripts else fits
    page.goto(f"{live_server.url}/r/{point.code}")
    check(page)
    for size in (BARRED, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        expect(page.locator(".l1"), "every face is seen at once").to_be_in_viewport(ratio=1)
    page.locator("main").get_by_role("button", name="Rất không hài lòng").dblclick()
    thanked(page)
    check(page)
    press(page, "Tôi bấm nhầm")
    expect(page.locator("main")).to_contain_text("Đã bỏ đánh giá vừa rồi")
    press(page, "Không hài lòng")
    thanked(page)
    assert levels(committed_database) == [2]
    # Larger letters keep the page of thanks.
    page.get_by_role("button", name="A++").click()
    expect(page.locator("html")).to_have_class("text-150")
    thanked(page)
    fits(page)
    page.get_by_text("Chờ lâu", exact=True).click()
    page.get_by_label("Ghi thêm").fill("Chờ hai giờ.")
    picture = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo((2600, 1300))}
    page.get_by_label("Ảnh").set_input_files(picture)  # type: ignore[arg-type]
    if scripts:
        expect(page.get_by_label("Ảnh")).to_have_js_property("value", "C:\\fakepath\\anh.jpg")
    page.get_by_text("Tôi muốn được trả lời").click()
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.wait_for_timeout(2100)
    press(page, "Gửi thêm")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận ý kiến. Cảm ơn Ông/Bà.")
    expect(page.locator(".code")).to_contain_text("PA")
    check(page)
    with committed_database.session(write=False) as session:
        [note] = session.scalars(select(RatingNote))
        assert note.text == "Chờ hai giờ." and note.photo_key and note.wants_answer
        assert (session.scalar(select(PointScan.count)) is not None) == scripts


def test_without_network_it_waits_on_the_phone_and_arrives_once(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    page = desk.open()
    address = f"{live_server.url}/r/{point.code}"
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address)
    expect(page.locator("main").get_by_role("link", name="Điều gì được giữ?")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Hài lòng", exact=True).dblclick()
    strip = page.locator(".waits")
    expect(strip).to_contain_text("1 đánh giá chưa gửi – sẽ gửi khi có mạng")
    below = "e => e.getBoundingClientRect().top >= document.querySelector('.l1').getBoundingClientRect().bottom"
    assert strip.evaluate(below), "it covers a face"
    expect(strip).to_be_in_viewport(ratio=1)
    # Another tap on the same page is another thought about the same visit, not another rating.
    press(page, "Bình thường")
    expect(strip).to_contain_text("1 đánh giá chưa gửi")
    axe(page)
    assert levels(committed_database) == []
    page.context.set_offline(False)
    thanked(page)
    assert levels(committed_database) == [3]
    page.goto(address)
    expect(page.locator(".waits")).to_have_count(0)
    assert levels(committed_database) == [3]


def test_an_answer_that_is_lost_counts_once_and_what_is_dropped_not_at_all(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    page = desk.open()
    address = f"{live_server.url}/r/{point.code}"
    page.goto(address)

    def lose(route):
        if route.request.method == "POST" and route.request.url == address:
            # The service hears it, the phone does not hear the service.
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/*", lose)
    press(page, "Rất hài lòng")
    expect(page.locator(".waits")).to_contain_text("1 đánh giá chưa gửi")
    assert levels(committed_database) == [5]
    page.unroute("**/*")
    page.goto(address)
    expect(page.locator(".waits")).to_contain_text("Đã gửi. Cảm ơn Ông/Bà.")
    assert levels(committed_database) == [5]
    page.context.set_offline(True)
    press(page, "Không hài lòng")
    page.get_by_role("button", name="Xóa").click()
    expect(page.locator(".waits")).to_have_count(0)
    # What waited for more than a week is of no use to anybody.
    press(page, "Bình thường")
    expect(page.locator(".waits")).to_contain_text("1 đánh giá chưa gửi")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=8))
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator(".waits")).to_have_count(0)
    assert levels(committed_database) == [5]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_tablet_forgets_the_person_before(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database, scripts: bool
) -> None:
    page = desk.open(TABLET, java_script_enabled=scripts)
    if scripts:
        page.clock.install()
    address = f"{live_server.url}/quay/{point.label}"
    page.goto(address)
    if scripts:
        whole(page)
        page.context.set_offline(True)
        press(page, "Rất hài lòng")
        expect(page.locator(".waits")).to_contain_text("Máy đang mất mạng")
        page.context.set_offline(False)
        expect(page.locator(".waits")).to_have_count(0)
    # Somebody reads English in large letters, and so is thanked; the next person finds Vietnamese again.
    page.get_by_role("link", name="English").click()
    page.locator("a.btn").last.click()
    expect(page.locator("html")).to_have_attribute("class", "text-125 kiosk")
    page.locator("main button").nth(2).click()
    expect(page.locator(".panel")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("textarea, input[type=file], a").count() == 0
    if scripts:
        whole(page)
        page.clock.run_for(31_000)
    else:
        refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
        assert refresh == f"30;url=/quay/{point.label}"
        page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("hài lòng ở mức nào")
    expect(page.locator("html")).to_have_attribute("class", "text-100 kiosk")
    press(page, "Hài lòng")
    thanked(page)
    page.get_by_text("Tận tình").click()
    press(page, "Xong")
    expect(page.locator("main")).to_contain_text("Mời người tiếp theo")
    assert page.context.cookies() == [] and levels(committed_database) == [3, 4]
    with committed_database.session(write=False) as session:
        assert len(set(session.scalars(select(Rating.device_hash)))) == 2


def test_the_board_fits_the_smallest_phone(desk: Desk, live_server: Server, committed_database: Database) -> None:
    with committed_database.transaction() as session:
        made = make_rated(session)
        made.counters[0].name = "Đăng ký kinh doanh, lao động, xã hội"
        rate(session, made, "5" * 1200 + "1" * 40, days=(clock.today() - day_told()).days)
        settle(session, made)
        code = made.commune.code
    page = desk.open(NARROW)
    page.goto(f"{live_server.url}/mot-cua/{code}")
    expect(page.locator("dl.rows")).to_contain_text("hài lòng trở lên")
    whole(page)
