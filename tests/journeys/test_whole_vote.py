"""A vote from its preparation to the signed decision, through the pages alone, in a real browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app.core import clock
from app.core.db import Database, database_now
from app.demo.commune import OPEN, PASSWORD, build
from app.polls.models import Poll
from tests.support import papers
from tests.support.browser import DESK, Desk, axe, fits
from tests.support.polls import PDF
from tests.support.servers import Server

HOUSEHOLDS = 32
AGREE, DISAGREE, OTHER = 18, 4, 3
POLLS = "/staff/cuoc-bieu-quyet/"


class Staff:
    """Somebody of the staff at a desk."""

    def __init__(self, page: Page, server: Server, login: str) -> None:
        self.page, self.url = page, server.url
        page.goto(f"{server.url}/staff/dang-nhap")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button.primary")
        expect(page.locator("h1")).to_have_text("Tổng quan")

    def at(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def fill(self, path: str, **values: Any) -> Page:
        """Fill in a step and send it; it must be accepted, so another page follows."""
        page = self.at(path)
        for name, value in values.items():
            put(page, name.replace("__", "-"), value)
        page.locator("main form button.primary").first.click()
        expect(page.locator("#error-summary")).to_have_count(0)
        axe(page)
        return page


def put(page: Page, name: str, value: Any) -> None:
    box = page.locator(f"main [name='{name}']")
    kind = box.first.get_attribute("type")
    if kind == "radio":
        page.check(f"main [name='{name}'][value='{value}']")
    elif kind == "checkbox":
        box.first.set_checked(bool(value))
    elif kind == "file":
        box.set_input_files({"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": value})
    elif box.first.evaluate("e => e.tagName") == "SELECT":
        box.select_option(value)
    else:
        box.fill(value)


def test_from_the_first_word_to_the_sent_decision(
    committed_database: Database, live_server: Server, desk: Desk
) -> None:
    with committed_database.transaction() as session:
        made = build(session, HOUSEHOLDS)
        area = made.areas[OPEN].code
    head = Staff(desk.open(DESK), live_server, "truong.kp6")
    front = Staff(desk.open(DESK), live_server, "mattran.kp6")

    poll = prepare(head, area)
    front.fill(f"{POLLS}{poll}/duyet")
    move(committed_database, poll, opens=timedelta(minutes=-1))

    slips = print_slips(head, poll)
    assert len(slips) == HOUSEHOLDS
    head.fill(f"{POLLS}{poll}/phieu-ma/giao", way="all")

    receipts = vote(desk, live_server, slips)
    assert len(set(receipts)) == AGREE + DISAGREE + OTHER
    before_close(desk, live_server, poll)

    move(committed_database, poll, opens=timedelta(minutes=-9), closes=timedelta(seconds=-1))
    late = desk.open()
    late.goto(local(live_server, slips[-1]))
    expect(late.locator("h1")).to_contain_text("Chưa gửi được")
    head.fill(f"{POLLS}{poll}/ket-qua/mo-kiem-phieu")
    front.fill(f"{POLLS}{poll}/ket-qua/mo-kiem-phieu")
    decide(head, poll)
    see_result(desk, live_server, poll)


def prepare(head: Staff, area: str) -> str:
    page = head.at(f"{POLLS}moi")
    put(page, "area", area)
    put(page, "kind", "decision")
    put(page, "clause", "6")
    page.locator("main form button.primary").first.click()
    page.wait_for_url(lambda url: not url.endswith("/moi"))
    poll = page.url.split("/cuoc-bieu-quyet/")[1].split("/")[0]
    base = f"{POLLS}{poll}"
    head.fill(
        f"{base}/cau-hoi",
        title="Lắp camera an ninh",
        question="Ông/Bà có đồng ý lắp camera an ninh ở các ngõ không?",
        summary="Dùng quỹ tự quản sẵn có.",
    )
    head.fill(f"{base}/danh-sach-ho", roll_rule="Tính các hộ thường trú và tạm trú từ 06 tháng.")
    head.fill(f"{base}/bi-mat", level="sealed", may_change="no")
    opens = clock.local(clock.now() + timedelta(days=3))
    closes = opens + timedelta(days=3)
    times = {"opens_at": f"{opens:%d/%m/%Y}", "opens_time": "07:30"}
    head.fill(f"{base}/thoi-gian", **times, closes_at=f"{closes:%d/%m/%Y}", closes_time="17:00")
    head.fill(f"{base}/to-lay-y-kien", **team())
    for key in ("leaders_agree", "reported_committee", "reported_front", "community_agrees", "devices"):
        head.fill(f"{base}/dieu-kien/{key}", **condition(key))
    head.fill(f"{base}/chay-thu")
    head.fill(f"{base}/trinh")
    return poll


def team() -> dict[str, Any]:
    people = (("Võ Thị Kim Liên", "front"), ("Nguyễn Văn Hòa", "community"), ("Huỳnh Minh Tâm", "household"))
    typed: dict[str, Any] = {"members__0__is_head": True, "members__2__technical": True}
    for row, (name, body) in enumerate(people):
        typed |= {f"members__{row}__full_name": name, f"members__{row}__body": body}
        typed[f"members__{row}__phone"] = f"090912345{row}"
    return typed


def condition(key: str) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    if key == "community_agrees":
        # What follows the way chosen is hidden until it is chosen.
        typed |= {"way": "paper", "agreed": "25", "total": str(HOUSEHOLDS)}
    day = clock.local(clock.now() - timedelta(days=2))
    return typed | {
        "happened_on": f"{day:%d/%m/%Y}",
        "detail": "Biên bản có chữ ký của hai bên.",
        "proof": PDF,
    }


def move(database: Database, poll: str, **shifts: timedelta) -> None:
    """Let time pass: the poll's hours move to where the journey needs them, by the database's own clock."""
    with database.transaction() as session:
        now = database_now(session)
        values = {f"{name}_at": now + shift for name, shift in shifts.items()}
        session.execute(update(Poll).where(Poll.public_id == poll).values(**values))


def print_slips(head: Staff, poll: str) -> list[str]:
    """The addresses in the QR codes of the printed sheet, read from its picture as a phone reads them."""
    page = head.at(f"{POLLS}{poll}/phieu-ma/in")
    with page.expect_download() as waiting:
        page.locator("main form button.primary").first.click()
    printed = Path(waiting.value.path()).read_bytes()
    sheets = [papers.picture(printed, number) for number in range(len(papers.pages(printed)))]
    return sorted(code.text for sheet in sheets for code in sheet.codes())


def local(server: Server, address: str) -> str:
    return f"{server.url}/v/{address.rsplit('/', 1)[1]}"


def vote(desk: Desk, server: Server, slips: list[str]) -> list[str]:
    """Every household with its slip: half of the phones run no script, and the windows are very narrow.

    Of each six two press the buttons; the others send what the buttons send.
    """
    choices = ["1"] * AGREE + ["2"] * DISAGREE + ["3"] * OTHER
    narrow = {"width": 320, "height": 640}
    phones = [desk.open(narrow, java_script_enabled=scripts) for scripts in (True, False)]
    receipts = []
    for turn, (slip, choice) in enumerate(zip(slips, choices, strict=False)):
        phone, other = phones[turn % 2], f"Ý kiến của một hộ, lượt {turn}" if choice == "3" else ""
        if turn % 6 > 1:
            receipts.append(sent(phone, server, slip, choice, other))
            continue
        phone.goto(local(server, slip))
        if turn == 0:
            axe(phone)
            fits(phone)
        phone.check(f"[name=choice][value='{choice}']")
        if choice == "3":
            phone.fill("[name=other]", other)
        phone.click("main button.primary")
        expect(phone.locator("main")).to_contain_text("chưa gửi phiếu", ignore_case=True)
        phone.click("main button.primary")
        expect(phone.locator("h1")).to_contain_text("Đã ghi nhận")
        receipts.append(phone.url.rsplit("/", 1)[1])
    phone.goto(local(server, slips[0]))
    expect(phone.locator("main")).to_contain_text("đã")
    expect(phone.locator("[name=choice]")).to_have_count(0)
    return receipts


def sent(phone: Page, server: Server, slip: str, choice: str, other: str) -> str:
    """The receipt of a ballot that is chosen, looked at and sent by the forms of the pages alone."""
    values: dict[str, str | float | bool] = {"secret": slip.rsplit("/", 1)[1], "choice": choice, "other": other}
    checked = phone.request.post(f"{server.url}/phieu", form=values)
    token = BeautifulSoup(checked.text(), "html.parser").select("input[name=token]")[0]["value"]
    done = phone.request.post(f"{server.url}/phieu/gui", form={"token": str(token)})
    assert "Đã ghi nhận" in done.text(), done.text()
    return done.url.rsplit("/", 1)[1]


def before_close(desk: Desk, server: Server, poll: str) -> None:
    page = desk.open()
    page.goto(f"{server.url}/bieu-quyet/{poll}")
    expect(page.locator("main")).to_contain_text(f"{AGREE + DISAGREE + OTHER}/{HOUSEHOLDS}")
    axe(page)
    fits(page)


def decide(head: Staff, poll: str) -> None:
    base = f"{POLLS}{poll}/ket-qua"
    head.fill(
        f"{base}/van-ban",
        form="nghi_quyet",
        decided_on=f"{clock.today():%d/%m/%Y}",
        conclusion="Lắp camera an ninh ở các ngõ.",
        household_one="Lê Quốc Bình",
        household_two="Lý Thùy Lan",
    )
    page = head.at(f"{base}/")
    with page.expect_download() as waiting:
        page.locator("a[href$='van-ban.pdf']").first.click()
    text = papers.pdf_text(Path(waiting.value.path()).read_bytes())
    assert f"{AGREE}/{HOUSEHOLDS}" in text and "Lý Thùy Lan" in text


def see_result(desk: Desk, server: Server, poll: str) -> None:
    page = desk.open()
    page.goto(f"{server.url}/bieu-quyet/{poll}")
    expect(page.locator("main")).to_contain_text("Được thông qua")
    expect(page.locator("main")).to_contain_text(f"{AGREE}/{HOUSEHOLDS} hộ đồng ý")
    expect(page.locator("main")).to_contain_text("cần ít nhất 17 hộ")
    axe(page)
    fits(page)
