"""The browser of the tests finds faults of pages that only a browser can see."""

import pytest
from playwright.sync_api import Page

from tests.support.browser import DESK, Desk, axe, fits

GOOD = """<!doctype html><html lang="vi"><head><title>Biểu quyết</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Biểu quyết</h1></main></body></html>"""


def test_a_good_page_passes(page: Page) -> None:
    page.set_content(GOOD)
    axe(page)
    fits(page)


def test_axe_finds_a_field_without_a_label(page: Page) -> None:
    page.set_content(GOOD.replace("</main>", "<input></main>"))
    with pytest.raises(AssertionError, match="label"):
        axe(page)


def test_a_page_wider_than_its_window_is_found(page: Page) -> None:
    page.set_content(GOOD.replace("</h1>", "</h1><p>" + "a" * 500))
    with pytest.raises(AssertionError, match="wider"):
        fits(page)


def test_a_complaint_of_the_browser_is_kept(desk: Desk) -> None:
    page = desk.open(DESK)
    page.set_content("<script>console.error('hỏng'); nothing()</script>")
    page.evaluate("1")
    assert len(desk.complaints) == 2
    desk.complaints.clear()
