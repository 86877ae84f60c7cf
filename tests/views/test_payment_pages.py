"""Where people pay, and the staff pages behind it: when the code shows; no page says that money arrived."""

import gzip
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.schema import ROOT
from app.payments.models import Collection
from app.payments.rules.vietqr import Transfer
from app.web import assets
from tests.support.cast import make_area, make_commune
from tests.support.pages import PageClient
from tests.support.payments import make_collection, make_payee, page_of, read_png
from tests.support.publication import make_posting

START = "/staff/thanh-toan/"
SENTENCE = "Hệ thống không tự xác nhận đã nộp tiền"
ARRIVED = re.compile(
    r"đã (nộp|thanh toán|chuyển|nhận|thu)( đủ)?( tiền| khoản)"
    r"|(thanh toán|nộp tiền|chuyển khoản) thành công|tiền đã đến(?! chưa| hay)",
    re.I,
)


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def collection(session: Session, commune: Area) -> Collection:
    made = make_collection(session, make_payee(session, commune), make_area(session, commune))
    session.commit()
    return made


# ---------------------------------------------------------------------------------------- what people see


def test_the_page_says_by_text_what_the_code_says(client: PageClient, collection: Collection) -> None:
    page = client.get(page_of(collection)).text
    account = collection.account
    for words in ("Chỉ chuyển khi tên người nhận đúng là:", account.holder, "Agribank", account.number,
                  collection.purpose, SENTENCE, "Cổng Dịch vụ công quốc gia", "Lưu ảnh mã QR",
                  "Quyết định số 12/QĐ-UBND", "Ông/Bà tự ghi"):  # fmt: skip
        assert words in page, words
    copied = {tag["data-copy"] for tag in BeautifulSoup(page, "lxml").select("[data-copy]")}
    assert copied == {account.number, collection.purpose}
    image = client.get(page_of(collection, "/ma.png"))
    assert (image.mimetype, image.headers["Cache-Control"]) == ("image/png", "no-store")
    assert read_png(image.data) == Transfer("970405", account.number, purpose=collection.purpose)
    drawn = BeautifulSoup(page, "lxml").select_one("svg[role=img] path[stroke]")
    assert drawn is not None and len(str(drawn["d"])) > 1000


def test_a_typed_sum_and_bill_go_into_the_code_and_nowhere_else(
    client: PageClient, session: Session, collection: Collection
) -> None:
    asked = "?so-tien=50.000&hoa-don=HD-12"
    page = client.get(page_of(collection, asked)).text
    assert "50.000 đồng" in page and "HD-12" in page
    link = BeautifulSoup(page, "lxml").select_one("a[download]")
    assert link is not None
    found = read_png(client.get(str(link["href"])).data)
    assert (found.amount, found.bill, found.purpose) == (50_000, "HD-12", collection.purpose)
    fixed = make_collection(session, collection.account, amount=120_000)
    session.commit()
    found = read_png(client.get(page_of(fixed, "/ma.png?so-tien=1")).data)
    assert found.amount == 120_000


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?so-tien=0", "lớn hơn 0"),
        ("?so-tien=-5", "lớn hơn 0"),
        ("?so-tien=1.5", "số nguyên đồng"),
        ("?hoa-don=Đơn 1", "Có thể ghi: Don 1"),
        ("?hoa-don=" + "x" * 26, "Tối đa 25 ký tự"),
    ],
)
def test_what_no_code_holds_is_said_at_the_field_and_no_code_is_drawn(
    client: PageClient, collection: Collection, asked: str, says: str
) -> None:
    answer = client.get(page_of(collection, asked))
    assert answer.status_code == 422 and says in answer.text
    assert "Chỉ chuyển khi" not in answer.text

    assert client.get(page_of(collection, "/ma.png" + asked)).status_code == 409


def test_a_contribution_names_its_law_and_leads_to_the_decision(
    client: PageClient, session: Session, commune: Area
) -> None:
    posting = make_posting(session, commune, title="Nghị quyết góp quỹ làm đường")
    made = make_collection(session, make_payee(session, commune), kind="contribution", posting_id=posting.id)
    session.commit()
    page = client.get(page_of(made)).text
    assert "Khoản 1 và khoản 2 Điều 15 Luật Thực hiện dân chủ ở cơ sở" in page
    assert f"/niem-yet/{posting.public_id}" in page


@pytest.mark.parametrize(
    ("account", "values", "says"),
    [
        ({"status": "proposed"}, {}, "chưa được duyệt"),
        ({"status": "refused"}, {}, "chưa được duyệt"),
        ({"hours": 23.9}, {}, "sau khi đủ 24 giờ"),
        ({"status": "ended", "ended_at": clock.now(), "end_reason": "Đổi ngân hàng"}, {}, "đã thôi dùng"),
        ({}, {"opens_on": clock.today() + timedelta(days=2)}, "Thu từ ngày"),
        ({}, {"ends_on": clock.today() - timedelta(days=1)}, "đã kết thúc"),
        ({}, {"ended_at": clock.now()}, "đã kết thúc"),
    ],
)
def test_without_a_standing_account_there_is_no_code(
    client: PageClient, session: Session, commune: Area, account: dict, values: dict, says: str
) -> None:
    made = make_collection(session, make_payee(session, commune, **account), **values)
    session.commit()
    page = client.get(page_of(made)).text
    assert says in page
    assert "<path stroke=" not in page and made.account.number not in page and "Lưu ảnh" not in page
    assert client.get(page_of(made, "/ma.png")).status_code == 409


def test_the_log_tells_of_changes_by_their_last_digits(client: PageClient, session: Session, commune: Area) -> None:
    old = make_payee(session, commune, hours=200, number="1111222233334444")
    made = make_collection(session, old)
    new = make_payee(session, commune, hours=30, number="5555666677778888", replaces=old.id)
    false = make_payee(session, commune, status="proposed", number="9999000099991234", replaces=new.id)
    session.commit()
    page = client.get(page_of(made)).text
    assert "5555666677778888" in page and "••••4444" in page and "1111222233334444" not in page
    assert "Các lần thay đổi tài khoản (6)" in page
    assert false.number[-4:] not in page
    assert read_png(client.get(page_of(made, "/ma.png")).data).account == new.number


def test_codes_are_forgiven_and_what_is_not_there_is_said(client: PageClient, session: Session, commune: Area) -> None:
    made = make_collection(session, make_payee(session, commune), code="0A1B2C3D")
    session.commit()
    assert client.get("/nop/oa1b-2c3d").status_code == 200
    for address in ("/nop/ZZZZZZZZ", "/nop/x", "/nop/ZZZZZZZZ/ma.png", "/khoan-thu/79", "/khoan-thu/1-2"):
        assert client.get(address).status_code == 404
    assert made.title in client.get(f"/khoan-thu/{commune.code}").text


def test_a_place_lists_what_can_be_paid_there(client: PageClient, session: Session, commune: Area) -> None:
    payee, area, other = make_payee(session, commune), make_area(session, commune), make_area(session, commune)
    make_collection(session, payee, title="Phí vệ sinh toàn phường")
    make_collection(session, payee, area, title="Quỹ làm đường hẻm 12")
    make_collection(session, payee, other, title="Quỹ khu bên cạnh")
    make_collection(session, make_payee(session, commune, hours=1), area, title="Chưa hiện")
    session.commit()
    page = client.get(f"/khoan-thu/{area.code}").text
    assert "Phí vệ sinh toàn phường" in page and "Quỹ làm đường hẻm 12" in page
    assert "Quỹ khu bên cạnh" not in page and "Chưa hiện" not in page
    assert "Quỹ khu bên cạnh" in client.get(f"/khoan-thu/{commune.code}").text
    assert "Không có khoản nào" in client.get(f"/khoan-thu/{make_area(session).code}").text


def test_the_first_visit_is_small(client: PageClient, collection: Collection) -> None:
    page = client.get(page_of(collection, "?so-tien=50000&hoa-don=BT12-000123")).data
    scripts = sum(len(gzip.compress(assets.bundle(name).encode())) for name in ("resident.js", "pay.js"))
    assert len(gzip.compress(page)) + scripts <= 15 * 1024


def test_no_page_says_that_money_arrived(client: PageClient, session: Session, collection: Collection) -> None:
    words = {path.name: path.read_text() for path in (ROOT / "templates/payments").rglob("*.html")}
    words |= {str(path): path.read_text() for path in (ROOT / "app/payments").rglob("*.py")}
    words["page"] = client.get(page_of(collection)).text
    assert len(words) > 20
    for name, text in words.items():
        rest = text.replace(SENTENCE, "").replace("để biết tiền đã đến chưa", "")
        assert not ARRIVED.search(rest), (name, ARRIVED.search(rest))
    for claim in ("Ông/Bà đã nộp tiền.", "Thanh toán thành công", "Tiền đã đến tài khoản", "đã nhận đủ tiền"):
        assert ARRIVED.search(claim), claim


# ----------------------------------------------------------------------------------------------- staff
