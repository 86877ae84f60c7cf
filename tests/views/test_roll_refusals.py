"""Files, columns and people that the pages of a roll refuse, each with a sentence at its place."""

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.households.models import RollImport
from app.households.views_import import column_letters
from tests.support.cast import make_area, make_household
from tests.support.counting import words
from tests.support.pages import PageClient
from tests.support.roll_pages import ROOT, Visitor, rows
from tests.support.rolls import AREA_HEADING, HEADING, HOMES, counted
from tests.support.staff import csrf, send, sign_in_as
from tests.support.tables import csv_file, xlsx_file

KHU_PHO_6 = Path(__file__).parents[1] / "data" / "rolls" / "khu-pho-6.xlsx"


@pytest.fixture
def head(client: PageClient, session: Session) -> Visitor:
    return Visitor(client, session)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp này trống."),
        (b"%PDF-1.7", "Tệp này là tệp PDF, không phải là bảng."),
        (b"PK\x03\x04broken", "Không đọc được tệp này."),
        (b"<html></html>", "trang web mang đuôi Excel"),
    ],
)
def test_what_is_no_table_is_refused_at_the_field(head: Visitor, data: bytes, sentence: str) -> None:
    answer = head.send_file(data, "ds.xlsx")
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2
    assert counted(head.session)["RollImport"] == 0


def test_a_form_without_a_file_says_so(head: Visitor) -> None:
    answer = send(head.client, f"{ROOT}dia-ban/{head.area.code}")
    assert answer.status_code == 422
    assert "Chọn tệp danh sách hộ." in answer.text


def test_a_file_that_is_too_large_has_a_page_that_says_so(head: Visitor, app: Flask) -> None:
    limit = app.config["MAX_CONTENT_LENGTH"]
    page = f"{ROOT}dia-ban/{head.area.code}"
    values = {"csrf_token": csrf(head.client.get(page)), "file": (io.BytesIO(b"a" * (limit + 1)), "ds.csv")}
    answer = head.client.post(page, data=values)
    assert answer.status_code == 413
    assert "quá lớn" in answer.text.lower()
    assert counted(head.session)["RollImport"] == 0


def test_columns_are_corrected_when_the_guess_is_wrong(head: Visitor) -> None:
    answer = head.send_file(csv_file([("x", "y", "z"), ("Số 1", "An", "9"), ("Số 2", "Bình", "8")]))
    page = head.client.get(answer.location)
    assert "Chưa đọc được tệp" in page.text and "Chưa chọn cột" in page.text
    columns = f"{answer.location}/cot"
    none = {"phone": "-1", "cluster": "-1", "area_name": "-1", "sheet": "0", "first_row": "2"}
    chosen = send(head.client, columns, none | {"full_name": "1", "address": "0", "number": "2"})
    assert (chosen.status_code, chosen.location) == (303, answer.location)
    assert [row[1:4] for row in rows(head.client.get(answer.location).text, "new")] == [
        ["9", "An", "Số 1"], ["8", "Bình", "Số 2"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full_name": "-1"}, "Chọn cột họ tên người đại diện và cột địa chỉ."),
        ({"address": "1"}, "Một cột không thể vừa là họ tên vừa là địa chỉ."),
        ({"full_name": "99"}, "Chọn một mục trong danh sách."),
        ({"first_row": ""}, "Ghi số dòng."),
        ({"first_row": "0"}, "Ghi số dòng, từ 1 trở lên."),
        ({"first_row": "²"}, "Ghi số nguyên"),
        ({"first_row": "9" * 5_000}, "Ghi số nguyên"),
        ({"sheet": "7"}, "Chọn một mục trong danh sách."),
        ({"sheet": "x"}, "Chọn"),
    ],
)
def test_columns_that_cannot_be_are_refused(head: Visitor, values: dict[str, str], sentence: str) -> None:
    review = head.upload(*HOMES)
    none = {"phone": "-1", "cluster": "-1", "area_name": "-1", "number": "-1"}
    sound = none | {"sheet": "0", "first_row": "2", "full_name": "1", "address": "2"}
    answer = send(head.client, f"{review}/cot", sound | values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "3 hộ hợp lệ" in words(head.client.get(review))


def test_another_sheet_is_looked_at_anew(head: Visitor) -> None:
    other = [("Địa chỉ", "Họ và tên"), ("Số 2", "Trần Thị Bình")]
    answer = head.send_file(xlsx_file([HEADING, *HOMES], Hem2=other), "ds.xlsx")
    review, columns = answer.location, f"{answer.location}/cot"
    assert "Chưa đọc: Hem2." in words(head.client.get(review))
    turned = send(head.client, columns, {"sheet": "1", "full_name": "1", "address": "2"})
    assert (turned.status_code, turned.location) == (303, columns)
    page = BeautifulSoup(head.client.get(columns).text, "html.parser")
    assert [option["value"] for option in page.select("select[name=address] option[selected]")] == ["0"]
    assert "1 hộ hợp lệ trong tệp" in words(head.client.get(review))


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_head_is_told_which_area_is_not_theirs(head: Visitor) -> None:
    make_household(head.session, make_area(head.session, head.commune, name="khu phố 7"), name="Người Khác")
    head.session.commit()
    review = head.upload(("1", "Nguyễn Văn An", "Số 1", "", "Khu phố 7"), heading=AREA_HEADING)
    page = head.client.get(review)
    assert "Tệp có hộ của Khu phố 7, nơi Ông/Bà không có quyền nhập." in words(page)
    assert "Người Khác" not in page.text
    late = send(head.client, review, to=f"{review}/ghi")
    assert late.status_code == 409
    assert "Khu phố 7" in late.text


def test_a_whole_commune_comes_in_at_the_commune(client: PageClient, session: Session) -> None:
    admin = Visitor(client, session, Role.COMMUNE_ADMIN, at="commune")
    homes = [(str(n), f"Nguyễn Văn {n}", f"Số {n}", "", f"Khu phố {6 + n % 2}") for n in range(4)]
    review = admin.upload(*homes, heading=AREA_HEADING, place=admin.commune)
    page = client.get(review).text
    assert rows(page, "places") == [["Khu phố 6", "2", "Đã có"], ["Khu phố 7", "2", "Sẽ lập mới"]]
    assert admin.commit(review).status_code == 303
    assert "Địa bàn đã lập 1" in words(client.get(review))
    listed = client.get(f"/staff/ho-gia-dinh/dia-ban/{admin.commune.code}").text
    assert "Khu phố 7" in listed and "ds.csv" in listed


@pytest.mark.parametrize("act", ["", "/cot", "/ghi", "/bo", "/hoan-tac"])
def test_the_file_of_another_commune_is_not_there(client: PageClient, session: Session, act: str) -> None:
    review = Visitor(client, session).upload(*HOMES)
    stranger = Visitor(client, session, Role.COMMUNE_ADMIN, at="commune")
    answer = send(client, "/staff/", to=review + act) if act else client.get(review)
    assert answer.status_code == 404
    assert stranger.people() == []
    assert session.scalars(select(RollImport.status)).all() == ["uploaded"]


@pytest.mark.parametrize(("role", "status"), [(Role.FRONT, 403), (Role.TEAM_MEMBER, 403), (Role.OVERSEER, 403)])
def test_who_may_only_look_sees_no_file(client: PageClient, session: Session, role: Role, status: int) -> None:
    head = Visitor(client, session)
    review = head.upload(*HOMES)
    sign_in_as(client, session, role, head.area)
    assert client.get(review).status_code == status
    assert client.get(f"{ROOT}dia-ban/{head.area.code}").status_code == status
    assert send(client, "/staff/", to=f"{review}/ghi").status_code == status


def test_a_form_without_its_token_is_refused(head: Visitor) -> None:
    review = head.upload(*HOMES)
    answer = head.client.post(f"{review}/ghi", data={"fingerprint": "x"})
    assert answer.status_code == 400
    assert head.people() == []


def test_looking_changes_nothing(head: Visitor) -> None:
    review = head.upload(*HOMES)
    before = counted(head.session)
    for path in (review, f"{review}/cot", f"{ROOT}dia-ban/{head.area.code}", f"{review}?fingerprint=x&end_gone=y"):
        assert head.client.get(path).status_code == 200
    for act in ("ghi", "bo", "hoan-tac"):
        assert head.client.get(f"{review}/{act}").status_code == 405
    assert counted(head.session) == before
