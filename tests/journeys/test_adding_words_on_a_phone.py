"""A person writes words after the tap and the network goes: nothing typed is lost, and nothing arrives twice."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from app.core.db import Database
from app.feedback.models import Case, RatingNote, RatingPoint
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_area
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.servers import Server
from tests.support.strange_files import photo

WORDS = "Chờ từ sáng đến trưa mới được gọi."
WAITS = "1 phần ghi thêm chưa gửi – sẽ gửi khi có mạng"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def point(committed_database: Database) -> RatingPoint:
    with committed_database.transaction() as session:
        commune = make_area(session).parent
        assert commune is not None
        return make_point(session, make_counter(session, make_center(session, commune)))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def notes(database: Database) -> list[str]:
    with database.session(write=False) as session:
        return list(session.scalars(select(RatingNote.text).order_by(RatingNote.id)))


def thanked(desk: Desk, address: str) -> Page:
    """The page of thanks after a tap, looked at long enough not to be taken for a program."""
    page = desk.open({"width": 360, "height": 640})
    page.goto(address)
    press(page, "Không hài lòng")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận. Cảm ơn Ông/Bà.")
    page.wait_for_timeout(2100)
    return page


def write(page: Page, words: str = WORDS) -> None:
    page.get_by_text("Chờ lâu", exact=True).click()
    page.get_by_label("Ghi thêm").fill(words)


def test_without_network_words_and_a_photo_wait_and_arrive_once(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    page = thanked(desk, f"{live_server.url}/r/{point.code}")
    write(page)
    picture = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo((2600, 1300))}
    page.get_by_label("Ảnh").set_input_files(picture)  # type: ignore[arg-type]
    expect(page.get_by_label("Ảnh")).to_have_js_property("value", "C:\\fakepath\\anh.jpg")
    page.get_by_text("Tôi muốn được trả lời").click()
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.context.set_offline(True)
    press(page, "Gửi thêm")
    strip = page.locator(".waits")
    expect(strip).to_contain_text(f"Phần ghi thêm được giữ trên máy này và tự gửi khi có mạng. {WAITS}")
    expect(strip).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Ghi thêm")).to_have_value(WORDS)
    expect(page.get_by_label("Ghi thêm")).to_be_disabled()
    expect(page.get_by_role("button", name="Gửi thêm")).to_have_count(0)
    press(page, "Gửi ngay")
    expect(strip).to_contain_text(WAITS)
    axe(page)
    fits(page)
    assert notes(committed_database) == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận ý kiến. Cảm ơn Ông/Bà.")
    expect(page.locator(".code")).to_contain_text("PA")
    with committed_database.session(write=False) as session:
        [note] = session.scalars(select(RatingNote))
        assert note.text == WORDS and note.photo_key and note.phone
    page.goto(f"{live_server.url}/r/{point.code}")
    expect(page.locator(".waits")).to_have_count(0)


def test_an_answer_that_is_lost_is_told_again_on_another_page(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    address = f"{live_server.url}/r/{point.code}"
    page = thanked(desk, address)
    write(page)
    page.get_by_text("Tôi muốn được trả lời").click()
    heard: list[str] = []

    def lose(route: Route) -> None:
        # The service hears it, the phone does not hear the service.
        heard.append(route.fetch().text())
        route.abort("connectionreset")

    page.route("**/them", lose)
    press(page, "Gửi thêm")
    expect(page.locator(".waits")).to_contain_text(WAITS)
    assert notes(committed_database) == [WORDS]
    page.unroute("**/them")
    page.goto(address)
    strip = page.locator(".waits")
    expect(strip).to_contain_text("Đã nhận phần ghi thêm. Mời Ông/Bà bấm Xem để giữ mã theo dõi.")
    page.reload()
    press(page, "Xem")
    code = page.locator(".code").inner_text()
    assert code.startswith("PA-") and code in heard[0], "the code that the case was given"
    page.goto(address)
    expect(page.locator("main button.face")).to_have_count(5)
    expect(strip).to_have_count(0)
    assert notes(committed_database) == [WORDS]
    with committed_database.session(write=False) as session:
        assert len(session.scalars(select(Case)).all()) == 1


def test_what_is_dropped_or_too_old_never_arrives_and_a_fault_comes_back_with_its_words(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    address = f"{live_server.url}/r/{point.code}"
    page = thanked(desk, address)
    write(page)
    page.context.set_offline(True)
    press(page, "Gửi thêm")
    press(page, "Xóa")
    strip = page.locator(".waits")
    expect(strip).to_have_count(0)
    expect(page.get_by_label("Ghi thêm")).to_be_editable()
    # Another thought, with a number that is none; the page is left before there is a network.
    page.get_by_text("Tôi muốn được trả lời").click()
    page.get_by_label("Số điện thoại").fill("12")
    press(page, "Gửi thêm")
    expect(strip).to_contain_text(WAITS)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(strip).to_contain_text("Phần ghi thêm chưa được nhận. Mời Ông/Bà bấm Xem để sửa.")
    press(page, "Xem")
    expect(page.get_by_label("Ghi thêm")).to_have_value(WORDS)
    expect(page.locator("main")).to_contain_text("Số điện thoại không đúng")
    assert notes(committed_database) == []
    page.get_by_label("Số điện thoại").fill("0912345678")
    press(page, "Gửi thêm")
    expect(page.locator(".code")).to_contain_text("PA")
    page.goto(address)
    expect(page.locator("main button.face")).to_have_count(5)
    expect(strip).to_have_count(0)
    assert notes(committed_database) == [WORDS]


def test_words_are_dropped_with_the_ticket_they_belong_to(
    desk: Desk, live_server: Server, point: RatingPoint, committed_database: Database
) -> None:
    address = f"{live_server.url}/r/{point.code}"
    page = thanked(desk, address)
    write(page)
    page.context.set_offline(True)
    press(page, "Gửi thêm")
    expect(page.locator(".waits")).to_contain_text(WAITS)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=7, minutes=1))
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator("main button.face")).to_have_count(5)
    expect(page.locator(".waits")).to_have_count(0)
    assert notes(committed_database) == []
