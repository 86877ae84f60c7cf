"""Staff pages of dossiers' codes, keys, and dossiers returned: looked at first, then all written or nothing."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.feedback import trust_preview
from app.feedback.models import ApiKey, DossierCode, DossierCount, RatingPoint
from app.lib.calendar import format_date
from app.lib.tables import read_table
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_point
from tests.support.pages import PageClient
from tests.support.staff import csrf, send, sign_in_as
from tests.support.tables import csv_file, xlsx_file
from tests.support.trust import make_code

HEAD = ("Ngày", "Quầy", "Nhóm thủ tục", "Số hồ sơ đã trả", "Trước hạn", "Đúng hạn", "Trễ hạn", "Đủ ngay lần đầu")


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def point(client: PageClient, session: Session, commune: Area) -> RatingPoint:
    """A point of counter 3; the client comes as an officer of its commune."""
    center = make_center(session, commune)
    make_group(session, center, name="Đất đai")
    point = make_point(session, make_counter(session, center, number="3", name="Quầy 3"))
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    return point


def center_page(point: RatingPoint, name: str) -> str:
    return f"/staff/danh-gia/trung-tam/{point.center_id}/{name}"


def uploaded(client: PageClient, page: str, data: bytes, name: str = "ds.xlsx") -> TestResponse:
    return send(client, page, {"file": (BytesIO(data), name)})


def kept_rows(answer: TestResponse) -> str:
    field = BeautifulSoup(answer.text, "html.parser").find("input", attrs={"name": "rows"})
    assert field is not None
    return str(field.get("value", ""))


def written(client: PageClient, page: str, preview: TestResponse, **values: Any) -> TestResponse:
    return client.post(page, data={"csrf_token": csrf(preview), "rows": kept_rows(preview)} | values)


def test_a_list_becomes_a_workbook_of_codes(client: PageClient, session: Session, point: RatingPoint) -> None:
    rows = [("Số hồ sơ", "Quầy", "Nhóm thủ tục"), ("A-1", "Quầy 3", "Đất đai"), ("A-2", 3, "")]
    preview = uploaded(client, center_page(point, "ma-ho-so/tai-len"), xlsx_file(rows))
    assert preview.status_code == 200
    assert session.query(DossierCode).count() == 0
    book = written(client, center_page(point, "ma-ho-so/cap"), preview, days="30")
    assert "attachment" in book.headers["Content-Disposition"]
    assert book.headers["Cache-Control"] == "no-store"
    [sheet] = read_table(book.data, "x.xlsx")
    (_number, heads), (_two, first), (_three, second) = sheet.rows
    assert heads[:4] == ["Số hồ sơ", "Mã đánh giá", "Địa chỉ trong mã QR", "Dùng đến hết ngày"]
    assert (first[0], second[0], first[4]) == ("A-1", "A-2", "Mới cấp")
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", first[1])
    assert first[2].endswith("/h/" + first[1].replace("-", ""))
    assert first[3] == format_date(clock.today() + timedelta(days=30))
    again = written(client, center_page(point, "ma-ho-so/cap"), preview, days="30")
    assert read_table(again.data, "x.xlsx")[0].rows[1][1][:4] == first[:4]
    labels = written(client, center_page(point, "ma-ho-so/cap"), preview, days="30", labels="1")
    assert labels.content_type == "application/pdf"
    assert session.query(DossierCode).count() == 2
    for code in session.query(DossierCode):
        code.revoked_at = clock.now()
    session.commit()
    assert written(client, center_page(point, "ma-ho-so/cap"), preview, days="30", labels="1").status_code == 409


def test_a_list_with_a_fault_is_shown_and_mints_nothing(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    rows = [("Mã hồ sơ", "Quầy"), ("A-1", "3"), ("A-1", "3"), ("<b>x</b>", "9")]
    preview = uploaded(client, center_page(point, "ma-ho-so/tai-len"), csv_file(rows), "ds.csv")
    errors = [tag.get_text() for tag in BeautifulSoup(preview.text, "html.parser").select("td.bad .error")]
    assert len(errors) == 3
    assert "dòng 2" in errors[0]
    assert 'name="rows"' not in preview.text
    assert session.query(DossierCode).count() == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", xlsx_file([("Ngày", "Quầy"), ("1", "2")]), xlsx_file([("Số hồ sơ",)]),
     csv_file([("Số hồ sơ",), *((f"A{n}",) for n in range(2001))])],
    ids=["empty", "pdf", "headings", "no-rows", "too-long"],
)  # fmt: skip
@pytest.mark.parametrize("page", ["ma-ho-so/tai-len", "ho-so-da-tra/tai-len"])
def test_what_is_no_such_table(client: PageClient, point: RatingPoint, data: bytes, page: str) -> None:
    assert uploaded(client, center_page(point, page), data).status_code == 422


def test_only_what_was_shown_is_written(
    client: PageClient, session: Session, point: RatingPoint, commune: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = uploaded(client, center_page(point, "ma-ho-so/tai-len"), xlsx_file([("Số hồ sơ", "Quầy"), ("A-1", 3)]))
    page, other = center_page(point, "ma-ho-so/cap"), center_page(point, "ho-so-da-tra/ghi")
    text = kept_rows(preview)
    for rows in ("", "x", text[:-2], text[::-1], "ạ", "A" * 500_000):
        assert written(client, page, preview, rows=rows, days="60").status_code in (409, 413)
    assert written(client, other, preview).status_code == 409
    assert written(client, page, preview, days="0").status_code == 422
    monkeypatch.setattr(trust_preview, "_HOLDS", timedelta(seconds=-1))
    assert written(client, page, preview, days="60").status_code == 409
    monkeypatch.setattr(trust_preview, "_HOLDS", timedelta(hours=1))
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    listed = client.get(center_page(point, "ma-ho-so/tai-len"))
    stolen = client.post(page, data={"csrf_token": csrf(listed), "rows": text, "days": "60"})
    assert stolen.status_code == 409
    assert session.query(DossierCode).count() == 0


def test_a_dossier_is_found_taken_back_and_replaced(client: PageClient, session: Session, point: RatingPoint) -> None:
    code = make_code(session, point, dossier="A-1")
    session.commit()
    page = center_page(point, "ma-ho-so")
    assert send(client, page, {"dossier": "B-1"}).status_code == 422
    assert send(client, page, {"dossier": ""}).status_code == 422
    found = send(client, page, {"dossier": " a-1"})
    assert "Còn hạn" in found.text
    act = f"/staff/danh-gia/ma-ho-so/{code.id}"
    assert client.post(f"{act}/thu-hoi", data={"csrf_token": csrf(found)}).status_code == 303
    assert client.post(f"{act}/thu-hoi", data={"csrf_token": csrf(found)}).status_code == 409
    renewed = client.post(f"{act}/cap-lai", data={"csrf_token": csrf(found)})
    assert re.search(r"/h/[0-9A-Z]{10}", renewed.text)
    before = send(client, page, {"dossier": "A-1"}).text
    session.refresh(code)
    code.used = True
    session.commit()
    # Nothing that staff can look at or do tells whether the dossier rated.
    assert send(client, page, {"dossier": "A-1"}).text == before
    renewed = client.post(f"{act}/cap-lai", data={"csrf_token": csrf(found)})
    address = re.search(r"/h/[0-9A-Z]{10}", renewed.text)
    assert address is not None and client.get(address[0]).status_code == 200
    session.refresh(code)
    assert code.used
    assert client.post(f"{act}/thu-hoi", data={"csrf_token": csrf(found)}).status_code == 303


def test_a_key_is_shown_once(client: PageClient, session: Session, point: RatingPoint) -> None:
    page = center_page(point, "khoa-ket-noi")
    assert send(client, page, {"name": " "}).status_code == 422
    once = send(client, page, {"name": "Một cửa điện tử"})
    found = re.search(r"Bearer ([0-9A-Z]{26})", once.text)
    assert found is not None
    listed = client.get(page)
    assert "Một cửa điện tử" in listed.text
    assert found[1] not in listed.text
    [key] = session.query(ApiKey).all()
    end = f"/staff/danh-gia/khoa-ket-noi/{key.id}/ket-thuc"
    assert client.post(end, data={"csrf_token": csrf(listed)}).status_code == 303
    assert client.post(end, data={"csrf_token": csrf(listed)}).status_code == 409


def test_dossiers_returned_are_looked_at_then_written(client: PageClient, session: Session, point: RatingPoint) -> None:
    today = format_date(clock.today())
    page = center_page(point, "ho-so-da-tra")
    for count in ("25", "1.026"):
        rows = [HEAD, (today, "3", "Đất đai", count, "5", "18", "2", "20")]
        preview = uploaded(client, f"{page}/tai-len", xlsx_file(rows))
        assert preview.status_code == 200
        assert ("đã có số liệu" in preview.text) == (count != "25")
        assert written(client, f"{page}/ghi", preview).status_code == 303
    [kept] = session.query(DossierCount).all()
    assert (kept.returned, kept.once, kept.counter_id) == (1026, 20, point.counter_id)
    assert "1.026" in client.get(page).text


def test_dossiers_returned_with_a_fault_are_not_written(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    tomorrow = format_date(clock.today() + timedelta(days=1))
    rows = [HEAD, (tomorrow, "3", "", "5"), ("x", "9", "Thuế", "-1", "", "", "", "")]
    preview = uploaded(client, center_page(point, "ho-so-da-tra/tai-len"), xlsx_file(rows))
    assert (
        len(BeautifulSoup(preview.text, "html.parser").select("td.bad"))
        + len(BeautifulSoup(preview.text, "html.parser").select("th.bad"))
        == 5
    )
    assert 'name="rows"' not in preview.text
    assert session.query(DossierCount).count() == 0


@pytest.mark.parametrize("page", ["ma-ho-so/mau", "ho-so-da-tra/mau"])
def test_the_sample_can_be_sent_as_it_is(client: PageClient, point: RatingPoint, page: str) -> None:
    sample = client.get(center_page(point, page))
    answer = uploaded(client, center_page(point, page.replace("mau", "tai-len")), sample.data)
    assert answer.status_code == 200
    assert kept_rows(answer)
