"""Staff pages of payments: accounts by two people, collections, posters and the weekly look."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.lib.calendar import format_date
from app.payments.models import Collection, CollectionCheck, PayeeAccount
from app.payments.rules.vietqr import parse
from tests.support.cast import make_area, make_commune
from tests.support.pages import PageClient
from tests.support.papers import pages, pdf_text, picture
from tests.support.payments import make_collection, make_payee, page_of
from tests.support.staff import send, sign_in_as

START = "/staff/thanh-toan/"
SENTENCE = "Hệ thống không tự xác nhận đã nộp tiền"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def collection(session: Session, commune: Area) -> Collection:
    made = make_collection(session, make_payee(session, commune), make_area(session, commune))
    session.commit()
    return made


def test_one_enters_another_approves_and_a_day_later_it_shows(
    client: PageClient, session: Session, commune: Area
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    form = {"area": commune.code, "bank": "970405", "is_card": "account", "number": "1500 2012 34567",
            "holder": "UBND PHUONG THOI HOA", "document": "Giấy xác nhận số 12."}  # fmt: skip
    assert send(client, START + "tai-khoan/moi", form).status_code == 303
    payee = session.scalars(select(PayeeAccount)).one()
    assert (payee.number, payee.status, payee.shown_from) == ("1500201234567", "proposed", None)
    form = {"area": commune.code, "payee": str(payee.id), "kind": "utility", "title": "Phí vệ sinh", "basis": "QĐ",
            "posting": "0", "purpose": "Phi VS", "amount": "50.000",
            "opens_on": format_date(clock.today())}  # fmt: skip
    assert send(client, START + "khoan-thu/moi", form).status_code == 303
    made = session.scalars(select(Collection)).one()
    assert made.amount == 50_000
    at = f"{START}tai-khoan/{payee.id}"
    assert client.get(at + "/duyet").status_code == 403
    assert "Agribank (970405)" in client.get(at).text
    payee.bank = "999999"
    session.commit()
    assert "999999 (999999)" not in client.get(at).text
    assert "1500201234567" not in client.get(START).text and "••••4567" in client.get(START).text
    assert client.get(f"{START}khoan-thu/{made.id}/to-dan-a5.pdf").status_code == 409
    sign_in_as(client, session, Role.LEADER, commune)
    assert "1500201234567" in client.get(at + "/duyet").text
    assert send(client, at + "/duyet", {"decision": "refuse", "reason": "x"}).status_code == 422
    assert send(client, at + "/duyet", {"decision": "approve"}).status_code == 303
    assert "Đã duyệt, chờ đủ 24 giờ" in client.get(at).text
    assert "đủ 24 giờ" in client.get(page_of(made)).text
    session.refresh(payee)
    assert payee.shown_from is not None and payee.decided_at is not None
    assert payee.shown_from - payee.decided_at == timedelta(hours=24)
    payee.shown_from -= timedelta(hours=24)
    session.commit()
    assert "Chỉ chuyển khi" in client.get(page_of(made)).text
    assert send(client, at + "/dung-hien", {"reason": "Ngân hàng báo tài khoản bị khóa."}).status_code == 303
    assert "Ngân hàng báo tài khoản bị khóa." in client.get(page_of(made)).text
    assert client.get(at + "/thay").status_code == 403


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"bank": "khac", "other_bank": "12"}, "gồm đúng 6 chữ số"),
        ({"bank": ""}, "Chọn ngân hàng."),
        ({"number": "12-34"}, "Số tài khoản gồm"),
        ({"holder": "UBND\u202eXA"}, "ký tự lạ"),
        ({"area": "79"}, "Not a valid choice|Chọn"),
    ],
)
def test_faults_of_an_account_stand_at_their_fields(
    client: PageClient, session: Session, commune: Area, values: dict, says: str
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    form = {"area": commune.code, "bank": "970405", "is_card": "account", "number": "123456789",
            "holder": "UBND PHUONG", "document": "Giấy số 12."}  # fmt: skip
    answer = send(client, START + "tai-khoan/moi", form | values)
    assert answer.status_code == 422 and re.search(says, answer.text)
    assert session.scalars(select(PayeeAccount)).all() == []


def test_the_printed_code_is_looked_at_by_the_desk(
    client: PageClient, session: Session, collection: Collection
) -> None:
    collection.made_at -= timedelta(days=8)
    session.commit()
    place = collection.account.area
    sign_in_as(client, session, Role.DESK, place)
    assert "Cần kiểm tra" in client.get(START + "kiem-tra/").text
    at = f"{START}kiem-tra/{collection.id}"
    page = client.get(at).text
    assert collection.account.holder in page and collection.account.number not in page
    assert send(client, at, {"seen": "changed"}).status_code == 422
    assert send(client, at, {"seen": "intact"}).status_code == 303
    assert "Cần kiểm tra" not in client.get(START + "kiem-tra/").text
    assert send(client, at, {"seen": "changed", "note": "Bị dán đè, đã gỡ."}).status_code == 303
    assert [one.intact for one in session.scalars(select(CollectionCheck))] == [True, False]
    sign_in_as(client, session, Role.COMMUNE_OFFICER, place)
    assert "Bị dán đè, đã gỡ." in client.get(f"{START}khoan-thu/{collection.id}").text
    assert "Mã có vấn đề" in client.get(START).text


@pytest.mark.parametrize(("paper", "width", "height"), [("a5", 148, 210), ("a4", 210, 297)])
def test_a_poster_holds_one_code_large_enough_and_the_name(
    client: PageClient, session: Session, collection: Collection, paper: str, width: int, height: int
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, collection.account.area)
    answer = client.get(f"{START}khoan-thu/{collection.id}/to-dan-{paper}.pdf")
    assert answer.mimetype == "application/pdf"
    text = pdf_text(answer.data)
    number = f"{collection.code[:4]}-{collection.code[4:]}"
    for words in ("Chỉ chuyển khi tên người nhận đúng là:", collection.account.holder, collection.account.number,
                  SENTENCE, f"Số của tờ dán: {number}", f"/nop/{collection.code}"):  # fmt: skip
        assert words in text, words
    shown = picture(answer.data)
    assert (round(shown.width / shown.per_mm), round(shown.height / shown.per_mm)) == (width, height)
    [code] = shown.codes()
    assert parse(code.text).account == collection.account.number
    corners = code.position
    side = (corners.top_right.x - corners.top_left.x) / shown.per_mm
    assert side >= 40
    assert client.get(f"{START}khoan-thu/{collection.id}/to-dan-a3.pdf").status_code == 404
    collection.title, collection.account.holder = "Quỹ làm đường " * 14, "HTX DICH VU MOI TRUONG " * 8
    session.commit()
    assert len(pages(client.get(f"{START}khoan-thu/{collection.id}/to-dan-{paper}.pdf").data)) == 1


def test_a_replacement_is_entered_and_ended_collections_print_nothing(
    client: PageClient, session: Session, collection: Collection
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, collection.account.area)
    at = f"{START}tai-khoan/{collection.account_id}"
    form = {"area": collection.account.area.code, "bank": "970436", "is_card": "account", "number": "0123456789",
            "holder": "UBND PHUONG THOI HOA", "document": "Giấy số 13."}  # fmt: skip
    assert send(client, at + "/thay", form).status_code == 303
    assert "Tài khoản thay thế" in client.get(at).text
    assert client.get(at + "/thay").status_code == 409
    assert (
        send(
            client, f"{START}khoan-thu/{collection.id}", {}, to=f"{START}khoan-thu/{collection.id}/ket-thuc"
        ).status_code
        == 303
    )
    assert client.get(f"{START}khoan-thu/{collection.id}/to-dan-a4.pdf").status_code == 409
    assert "đã kết thúc" in client.get(page_of(collection)).text
