"""A resident finds what is to be paid, on a phone: the name to compare, the code as a picture, lines to copy."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from app.core.db import Database
from app.payments.rules.vietqr import parse
from tests.support.browser import Desk, axe, fits
from tests.support.cast import make_area, make_commune
from tests.support.payments import make_collection, make_payee
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_resident_copies_the_account_and_keeps_the_picture(
    live_server: Server, desk: Desk, committed_database: Database
) -> None:
    with committed_database.transaction() as session:
        area = make_area(session, make_commune(session))
        payee = make_payee(session, area)
        make_collection(session, payee, title="Quỹ làm đường hẻm 12")
        place, number = area.code, payee.number
    page = desk.open({"width": 320, "height": 640}, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/dia-ban/{place}")
    page.get_by_role("link", name="Các khoản thu").click()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Quỹ làm đường hẻm 12").click()
    expect(page.get_by_role("img", name="Mã VietQR")).to_be_visible()
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.get_by_role("img", name="Mã VietQR").screenshot())))
    assert parse(code.text).account == number
    page.get_by_role("button", name="Chép số tài khoản").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == number
    axe(page)
    fits(page)
    page.get_by_label("Số tiền (đồng)").fill("50.000")
    page.get_by_role("button", name="Lập lại mã").click()
    expect(page.get_by_text("50.000 đồng")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Lưu ảnh mã QR").click()
    assert saved.value.suggested_filename.endswith(".png")
    page.get_by_label("Số tiền (đồng)").fill("0")
    page.get_by_role("button", name="Lập lại mã").click()
    expect(page.locator(".errors")).to_contain_text("lớn hơn 0")
    axe(page)
    fits(page)
    assert desk.complaints == []
