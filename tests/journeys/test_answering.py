"""Two officers answer what people said about a draft, each from a browser of her own; a resident finds the answer."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from app.consultations.operations import grouping
from app.consultations.rules.grouping import Cluster
from app.core.db import Database
from app.identity import passwords
from app.identity.models import Account
from app.lib.codes import grouped, new_code
from tests.support.browser import DESK, Desk, axe, fits
from tests.support.opinions import WRITTEN, make_answering, make_opinion
from tests.support.servers import Server

PASSWORD = "con mèo ba chân"
FEE = "Đề nghị hạ mức phí vệ sinh cho hộ có người già."
GROUP = "Hạ mức phí vệ sinh"
PLACE = "Khoản 2 Điều 1"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Made:
    """A draft whose time is over, with two opinions that say the same; ``code`` is of the second, as it is printed."""

    cid: int
    public_id: str
    code: str


@pytest.fixture
def made(committed_database: Database) -> Made:
    with committed_database.transaction() as session:
        found = make_answering(session)
        one = found.consultation
        said = [make_opinion(session, one, text, code=new_code(8)) for text in (FEE, f"{FEE} Mong sớm có kết quả.")]
        grouping.suggest(
            session, one, "dieu-1", [Cluster(said[0].id, tuple(each.id for each in said), same_text=False)]
        )
        for login, actor in (("nguoisoan", found.drafter), ("nguoiduyet", found.approver)):
            account = session.get_one(Account, actor.account_id)
            account.login, account.password_hash = login, passwords.hash_password(PASSWORD)
        return Made(one.id, one.public_id, f"GY-{grouped(said[1].code)}")


def come(desk: Desk, server: Server, login: str, path: str) -> Page:
    page = desk.open(DESK)
    page.goto(f"{server.url}{path}")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}{path}")
    return page


def look(page: Page, heading: str) -> None:
    """The page that was meant, without a grave fault and without scrolling sideways."""
    expect(page.locator("h1")).to_have_text(heading)
    axe(page)
    fits(page)


def test_from_what_people_said_to_the_answer_they_find(desk: Desk, live_server: Server, made: Made) -> None:
    staff = f"/staff/gop-y/{made.cid}"
    page = come(desk, live_server, "nguoisoan", f"{staff}/nhom")
    look(page, "Nhóm ý kiến giống nhau")
    page.locator("#suggested").get_by_role("link", name=FEE).click()
    page.fill("[name=title]", GROUP)
    page.get_by_role("button", name="Duyệt nhóm này").click()
    expect(page.locator("#accepted")).to_contain_text(GROUP)
    page.get_by_role("link", name="Bảng tiếp thu, giải trình").click()
    page.get_by_role("link", name=GROUP).click()
    page.get_by_role("link", name="Soạn câu trả lời").click()
    look(page, "Soạn câu trả lời")
    page.fill("[name=summary]", WRITTEN.summary)
    page.check(f"[name=outcome][value={WRITTEN.outcome}]")
    page.fill("[name=text]", WRITTEN.text)
    page.fill("[name=final_place]", PLACE)
    page.get_by_role("button", name="Lưu, chờ duyệt").click()
    expect(page.locator("main")).to_contain_text("Người khác sẽ duyệt.")

    second = come(desk, live_server, "nguoiduyet", f"{staff}/tra-loi")
    second.get_by_role("link", name=GROUP).click()
    look(second, GROUP)
    second.get_by_role("button", name="Duyệt câu trả lời").click()
    second.goto(f"{live_server.url}{staff}/cong-bo")
    look(second, "Công bố tiếp thu, giải trình")
    second.get_by_role("button", name="Công bố toàn bộ").click()
    expect(second.locator("main")).to_contain_text("Đã công bố")

    resident = desk.open()
    resident.goto(f"{live_server.url}/gop-y/{made.public_id}/tra-loi")
    look(resident, "Tiếp thu, giải trình ý kiến góp ý")
    expect(resident.locator("#dieu-1")).to_contain_text("Bà con nói (2 người)")
    resident.get_by_role("link", name="Tôi đã góp ý, xem kết quả bằng mã").click()
    resident.fill("[name=code]", made.code.lower())
    resident.get_by_role("button", name="Xem", exact=True).click()
    look(resident, "Ý kiến của Ông/Bà")
    for words in (made.code, "Tiếp thu một phần", WRITTEN.text, PLACE):
        expect(resident.locator("main")).to_contain_text(words)
