"""A roll comes in on the pages: file, columns, faults and comparison, confirmation, and back again."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.households.models import Household, RollImport
from app.households.operations.undoing import UNDO_WITHIN
from tests.support.cast import make_household
from tests.support.counting import words
from tests.support.pages import PageClient
from tests.support.roll_pages import Visitor, confirmation, rows
from tests.support.rolls import FAULTY, HOMES
from tests.support.staff import send

KHU_PHO_6 = Path(__file__).parents[1] / "data" / "rolls" / "khu-pho-6.xlsx"


@pytest.fixture
def head(client: PageClient, session: Session) -> Visitor:
    return Visitor(client, session)


def test_from_the_file_to_the_roll_and_back(head: Visitor) -> None:
    review = head.upload(*HOMES)
    page = words(head.client.get(review))
    assert "Chưa có gì được ghi." in page and "3 hộ hợp lệ trong tệp" in page and "3 hộ mới" in page
    assert head.people() == []
    answer = head.commit(review)
    assert (answer.status_code, answer.location) == (303, review)
    page = words(head.client.get(review))
    assert "Đã ghi danh sách hộ. Ông/Bà có thể hoàn tác trong 24 giờ." in page and "Hộ mới 3" in page
    assert head.people() == ["001", "002", "003"]
    assert "ds.csv" in head.client.get(f"/staff/ho-gia-dinh/dia-ban/{head.area.code}").text
    undone = send(head.client, review, to=f"{review}/hoan-tac")
    assert undone.status_code == 303
    assert "Đã hoàn tác 3 hộ." in head.client.get(undone.location).text
    assert head.people() == []
    assert "Đã hoàn tác lúc" in words(head.client.get(review))


def test_each_fault_stands_in_its_cell_under_the_row_of_the_file(head: Visitor) -> None:
    answer = head.send_file(KHU_PHO_6.read_bytes(), "khu-pho-6.xlsx")
    page = head.client.get(answer.location).text
    faults = rows(page, "faults")
    assert [row[0] for row in faults] == ["321", "322", "323", "324"]
    assert faults[0][2] == "Thiếu họ tên. Ghi họ tên đại diện hộ."
    assert faults[2][3].endswith("Hộ này đã có ở dòng 175. Xóa một dòng, hoặc sửa cho đúng.")
    assert faults[3][4].startswith("09123 Số điện thoại không đúng.")
    listed = BeautifulSoup(page, "html.parser").select_one("h2:-soup-contains('Cần sửa') ~ ul")
    assert listed is not None and "Dòng 322: Thiếu địa chỉ." in listed.get_text(" ", strip=True)
    assert "299 hộ hợp lệ trong tệp" in BeautifulSoup(page, "html.parser").get_text(" ", strip=True)


def test_hidden_characters_and_old_fonts_are_shown_and_explained(head: Visitor) -> None:
    page = head.client.get(
        head.upload(("1", "Lê\u202eVăn A", "Số 1", ""), ("2", "NguyÔn V¨n Phông", "Số 2", ""), *HOMES)
    ).text
    faults = rows(page, "faults")
    assert faults[0][2].startswith("Lê\ufffdVăn A")
    assert "Có thể là: Nguyễn Văn Phụng" in faults[1][2]


def test_hostile_text_in_a_file_is_shown_as_text(head: Visitor) -> None:
    hostile = "<script>alert(1)</script>\"'{{7*7}}"
    review = head.upload(("1", f"An {hostile}", f"Số 1 {hostile}", ""), ("2", hostile * 5, "Số 2", "x" + hostile))
    page = head.client.get(review).text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    head.commit(review, without_faulty="y")
    listed = head.client.get(f"/staff/ho-gia-dinh/dia-ban/{head.area.code}").text
    assert "<script>alert" not in listed


def test_the_comparison_names_what_is_new_changed_and_gone(head: Visitor) -> None:
    head.commit(head.upload(*HOMES))
    changed = ("001", "Nguyễn Thị Mới", "Số 1, Hẻm 12", "")
    page = head.client.get(head.upload(changed, ("009", "Vũ Thị Nga", "Số 9, Ngõ 3", ""), HOMES[2])).text
    assert [row[1:3] for row in rows(page, "new")] == [["009", "Vũ Thị Nga"]]
    assert "“Nguyễn Văn An” thành “Nguyễn Thị Mới”" in rows(page, "changed")[0][3]
    assert [row[0] for row in rows(page, "gone")] == ["002"]


def test_faulty_rows_are_left_out_only_when_ticked(head: Visitor) -> None:
    review = head.upload(*HOMES, FAULTY)
    answer = head.commit(review)
    assert answer.status_code == 422
    assert "Tệp còn 1 lỗi cần sửa." in answer.text
    assert head.people() == []
    assert head.commit(review, without_faulty="y").status_code == 303
    assert head.people() == ["001", "002", "003"]


def test_a_roll_that_changed_meanwhile_is_shown_again_before_anything_is_written(head: Visitor) -> None:
    head.commit(head.upload(*HOMES[:2]))
    review = head.upload(HOMES[0], FAULTY)
    fields = BeautifulSoup(head.client.get(review).text, "html.parser").select(
        "form[action$='/ghi'] input[type=hidden]"
    )
    values = {str(field["name"]): str(field["value"]) for field in fields}
    make_household(head.session, head.area, number="050", name="Vũ Thị Nga")
    head.session.commit()
    late = head.client.post(f"{review}/ghi", data=values | {"end_gone": "y", "without_faulty": "y"})
    assert late.status_code == 409
    assert "Danh sách hộ đã thay đổi sau khi Ông/Bà xem." in late.text
    assert [row[0] for row in rows(late.text, "gone")] == ["002", "050"]
    soup = BeautifulSoup(late.text, "html.parser")
    assert soup.select_one("input[name=end_gone][checked]") is None, "what goes was not agreed to"
    assert soup.select_one("input[name=without_faulty][checked]") is not None
    assert head.people() == ["001", "002", "050"]
    again = confirmation(late) | {"without_faulty": "y"}
    assert head.client.post(f"{review}/ghi", data=again).status_code == 303


@pytest.mark.parametrize("fingerprint", ["", "0" * 64])
def test_nobody_confirms_what_was_never_shown(head: Visitor, fingerprint: str) -> None:
    answer = head.commit(head.upload(*HOMES), fingerprint=fingerprint)
    assert answer.status_code == 409
    assert head.people() == []


def test_an_import_is_confirmed_once(head: Visitor) -> None:
    review = head.upload(*HOMES)
    head.commit(review)
    for act in ("ghi", "bo"):
        late = send(head.client, review, to=f"{review}/{act}")
        assert late.status_code == 409
        assert "Lần nhập này đã xong hoặc đã bỏ." in late.text
    assert head.client.get(f"{review}/cot").status_code == 409
    assert head.people() == ["001", "002", "003"]


def test_a_discarded_file_writes_nothing(head: Visitor) -> None:
    review = head.upload(*HOMES)
    answer = send(head.client, review, to=f"{review}/bo")
    assert answer.location == f"/staff/ho-gia-dinh/dia-ban/{head.area.code}"
    assert "Tệp này đã được bỏ. Không có gì được ghi." in words(head.client.get(review))
    assert (head.people(), head.session.scalars(select(RollImport.content)).all()) == ([], [None])


def test_after_24_hours_the_button_is_gone_and_the_act_refused(head: Visitor) -> None:
    review = head.upload(*HOMES)
    head.commit(review)
    kept = head.session.scalars(select(RollImport)).one()
    assert kept.committed_at is not None
    kept.committed_at -= UNDO_WITHIN
    head.session.commit()
    page = head.client.get(review)
    assert "Đã quá 24 giờ nên không hoàn tác được nữa." in words(page)
    late = send(head.client, review, to=f"{review}/hoan-tac")
    assert late.status_code == 409
    assert "Chỉ hoàn tác được trong 24 giờ sau khi nhập." in late.text


def test_households_worked_on_since_stand_in_the_way_of_undoing(head: Visitor) -> None:
    review = head.upload(*HOMES)
    head.commit(review)
    home = head.session.scalars(select(Household).where(Household.number == "002")).one()
    values = {"full_name": "Vũ Thị Nga", "phone": "", "reason": "Hộ cử"}
    send(head.client, f"/staff/ho-gia-dinh/{home.id}/dai-dien", values)
    late = send(head.client, review, to=f"{review}/hoan-tac")
    assert late.status_code == 409
    assert "Hộ số 002 đã được sửa sau khi nhập nên không hoàn tác được." in late.text
    assert len(head.people()) == 3
