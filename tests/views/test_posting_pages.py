"""Staff pages of publication: from a draft to the list of the quarter."""

import io
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.lib.calendar import format_date
from app.publication.models import PlannedPosting, Posting, PostingPlace
from app.publication.rules.quarters import quarter_of
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.pages import PageClient
from tests.support.polls import PDF
from tests.support.publication import make_line, make_place, make_posting
from tests.support.staff import csrf, send, sign_in_as

START = "/staff/cong-khai/"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def officer(client: PageClient, session: Session, commune: Area) -> PageClient:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    return client


def at(posting: Posting, page: str = "") -> str:
    return f"{START}{posting.id}{page}"


def in_days(days: int) -> str:
    return format_date(clock.today() + timedelta(days=days))


def upload(client: PageClient, page: str, **files: Any) -> Any:
    token = csrf(client.get(page))
    return client.post(page, data={"csrf_token": token} | files, content_type="multipart/form-data")


def test_from_a_draft_to_what_everybody_reads(officer: PageClient, session: Session, commune: Area) -> None:
    form = {
        "area": commune.code, "head": "2", "title": "Dự toán ngân sách năm 2027", "number": "12/QĐ-UBND",
        "signed_on": in_days(-1), "text": "Tổng thu 5 tỷ đồng.\nTổng chi 5 tỷ đồng.",
    }  # fmt: skip
    made = send(officer, START + "moi", form)
    assert made.status_code == 303
    posting = session.scalars(select(Posting)).one()
    assert "Công khai chậm nhất ngày" in officer.get(at(posting)).text
    files = {"title": "", "file": (io.BytesIO(PDF), "qd12.pdf")}
    assert upload(officer, at(posting, "/tep"), **files).status_code == 303
    refused = send(officer, at(posting, "/dang"), {"lasting": "time", "until": in_days(29)})
    assert refused.status_code == 422 and "ít nhất 30 ngày liên tục" in refused.text
    assert send(officer, at(posting, "/dang"), {"lasting": "time", "until": in_days(30)}).status_code == 303
    page = officer.get(at(posting)).text
    assert "Đang niêm yết" in page and in_days(30) in page
    assert "Chưa ghi nhận hình thức phải có" in page
    public = officer.get(f"/niem-yet/{posting.public_id}").text
    assert "Tổng chi 5 tỷ đồng." in public and "qd12" in public


def test_a_form_that_says_nothing_is_shown_again_with_what_is_missing(officer: PageClient, commune: Area) -> None:
    answer = send(officer, START + "moi", {"area": commune.code, "head": "0", "title": "x"})
    assert answer.status_code == 422 and "Chọn một trong 14 nội dung" in answer.text
    answer = send(officer, START + "moi", {"area": commune.code, "head": "2", "title": ""})
    assert answer.status_code == 422 and "Ghi tên của nội dung công khai." in answer.text
    answer = send(officer, START + "moi", {"area": "79", "head": "2", "title": "Dự toán"})
    assert answer.status_code == 422


def test_a_draft_is_edited_its_files_removed_and_it_is_thrown_away(
    officer: PageClient, session: Session, commune: Area
) -> None:
    posting = make_posting(session, commune, status="draft")
    session.commit()
    files = {"title": "Bản vẽ", "file": (io.BytesIO(PDF), "ve.pdf")}
    upload(officer, at(posting, "/tep"), **files)
    answer = officer.get(at(posting, "/tep"))
    assert "Xóa Bản vẽ" in answer.text
    session.expire_all()
    file = posting.files[0]
    assert officer.get(at(posting, f"/tep/{file.id}")).data == PDF
    token = csrf(answer)
    assert officer.post(at(posting, f"/tep/{file.id}/xoa"), data={"csrf_token": token}).status_code == 303
    form = {"head": "4", "title": "Quy chế làm việc", "number": "", "signed_on": "", "text": "Điều 1."}
    assert send(officer, at(posting, "/sua"), form).status_code == 303
    assert "Quy chế làm việc" in officer.get(at(posting)).text
    page = at(posting)
    assert officer.post(f"{page}/bo", data={"csrf_token": token}).status_code == 303
    assert officer.get(page).status_code == 404


def test_no_form_is_offered_at_the_wrong_moment(officer: PageClient, session: Session, commune: Area) -> None:
    posted, draft = make_posting(session, commune), make_posting(session, commune, status="draft")
    session.commit()
    for page in ("/sua", "/tep", "/dang"):
        assert officer.get(at(posted, page)).status_code == 409
    for page in ("/gia-han", "/rut", "/noi"):
        assert officer.get(at(draft, page)).status_code == 409


def test_it_is_prolonged_and_withdrawn(officer: PageClient, session: Session, commune: Area) -> None:
    posting = make_posting(session, commune)
    session.commit()
    assert send(officer, at(posting, "/gia-han"), {"lasting": "time", "until": ""}).status_code == 422
    assert send(officer, at(posting, "/gia-han"), {"lasting": "time", "until": in_days(10)}).status_code == 422
    assert send(officer, at(posting, "/gia-han"), {"lasting": "time", "until": in_days(60)}).status_code == 303
    assert in_days(60) in officer.get(at(posting)).text
    assert send(officer, at(posting, "/rut"), {"reason": "sai"}).status_code == 422
    assert send(officer, at(posting, "/rut"), {"reason": "Ghi nhầm số tiền ở bảng 2."}).status_code == 303
    assert "Ghi nhầm số tiền ở bảng 2." in officer.get(at(posting)).text


def test_the_head_of_an_area_notes_where_it_hangs_with_a_photograph(
    client: PageClient, session: Session, commune: Area
) -> None:
    area, next_door = make_area(session, commune), make_area(session, commune)
    posting = make_posting(session, commune)
    sign_in_as(client, session, Role.AREA_HEAD, area)
    page = client.get(at(posting, "/noi"))
    choices = [option["value"] for option in BeautifulSoup(page.text, "html.parser").select("#area option")]
    assert choices == [area.code]
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    form = {
        "area": area.code, "form": "board", "detail": "Bảng tin nhà văn hóa", "began_on": in_days(0), "ended_on": "",
        "taken_on": "", "photo": (io.BytesIO(out.getvalue()), "bang.png"),
    }  # fmt: skip
    assert upload(client, at(posting, "/noi"), **form).status_code == 303
    place = session.scalars(select(PostingPlace)).one()
    photo = client.get(at(posting, f"/noi/{place.id}/anh"))
    assert photo.mimetype == "image/jpeg" and photo.data.startswith(b"\xff\xd8\xff")
    assert send(client, at(posting, f"/noi/{place.id}/ket-thuc"), {"ended_on": in_days(0)}).status_code == 303
    assert "Ghi ngày kết thúc" not in client.get(at(posting)).text
    wrong = dict(form, area=next_door.code, photo=(io.BytesIO(b""), ""))
    assert upload(client, at(posting, "/noi"), **wrong).status_code == 422
    assert client.get(at(posting, "/rut")).status_code == 403
    stranger = make_posting(session, next_door)
    session.commit()
    assert client.get(at(stranger)).status_code == 404


def test_a_place_without_a_photograph_has_none(officer: PageClient, session: Session, commune: Area) -> None:
    posting = make_posting(session, commune)
    place = make_place(session, posting, make_actor(session, Role.COMMUNE_OFFICER, commune))
    session.commit()
    assert officer.get(at(posting, f"/noi/{place.id}/anh")).status_code == 404


def test_the_list_is_filtered_and_warns(officer: PageClient, session: Session, commune: Area) -> None:
    make_posting(session, commune, title="Dự toán ngân sách", days=-28)
    make_posting(session, commune, title="Đề án sáp nhập", head=8)
    make_posting(session, commune, title="Bản nháp", status="draft")
    make_line(session, commune, title="Quyết toán năm ngoái", due_on=clock.today() - timedelta(days=1))
    session.commit()
    page = officer.get(START).text
    notes = [note.get_text(" ", strip=True) for note in BeautifulSoup(page, "html.parser").select(".note")]
    assert notes[0].startswith("Sắp hết hạn niêm yết (1) Dự toán ngân sách")
    assert notes[1].startswith("Quá hạn trong kế hoạch (1) Quyết toán năm ngoái")

    def rows(query: str) -> list[str]:
        soup = BeautifulSoup(officer.get(START + query).text, "html.parser")
        return [one.get_text(strip=True) for one in soup.select("tbody th")]

    assert rows("?trang-thai=draft") == ["Bản nháp"]
    assert rows("?trang-thai=ending") == ["Dự toán ngân sách"]
    assert rows("?khoan=8") == ["Đề án sáp nhập"]
    assert rows("?q=de+an") == ["Đề án sáp nhập"]
    assert rows("?q=de+an&khoan=2") == []
    assert len(rows("?trang-thai=nonsense&khoan=99&page=99")) == 3


def test_a_title_is_never_markup(officer: PageClient, session: Session, commune: Area) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    posting = make_posting(session, commune, title=evil, text=evil, number=evil, days=-28)
    make_place(session, posting, make_actor(session, Role.COMMUNE_OFFICER, commune), detail=evil)
    make_line(session, commune, title=evil, responsible=evil)
    session.commit()
    for page in ("", f"{posting.id}", f"{posting.id}/gia-han", f"ke-hoach/{commune.code}", f"danh-muc/{commune.code}"):
        text = officer.get(START + page).text
        assert "&lt;script&gt;" in text and "<script>alert" not in text and "<img" not in text, page


# -------------------------------------------------------------------------------------------------- plan


def test_the_plan_of_a_year(officer: PageClient, session: Session, commune: Area) -> None:
    base = f"{START}ke-hoach/{commune.code}"
    form = {"head": "2", "title": "Dự toán năm 2027", "due_on": "15/01/2027", "responsible": "", "ways": "board"}
    made = send(officer, base + "/them", form)
    assert made.status_code == 303 and made.location.endswith("nam=2027")
    assert "Dự toán năm 2027" in officer.get(base + "?nam=2027").text
    assert "Dự toán năm 2027" not in officer.get(base + "?nam=2028").text
    assert send(officer, base + "/them", dict(form, due_on="hôm qua")).status_code == 422
    line = session.scalars(select(PlannedPosting)).one()
    assert "Chưa đăng nội dung nào" in officer.get(f"{base}/{line.id}/xong").text
    posting = make_posting(session, commune)
    other = make_posting(session, commune, head=3)
    session.commit()
    assert send(officer, f"{base}/{line.id}/xong", {"posting": str(other.id)}).status_code == 422
    assert send(officer, f"{base}/{line.id}/xong", {"posting": str(posting.id)}).status_code == 303
    page = officer.get(base + "?nam=2027")
    assert "Đã làm" in page.text
    token = csrf(page)
    assert officer.post(f"{base}/{line.id}/bo", data={"csrf_token": token}).status_code == 409
    assert officer.get(base + "?nam=99999").status_code == 200


def test_a_line_of_another_commune_is_not_there(officer: PageClient, session: Session, commune: Area) -> None:
    line = make_line(session, make_commune(session))
    session.commit()
    assert officer.get(f"{START}ke-hoach/{commune.code}/{line.id}/xong").status_code == 404


# ---------------------------------------------------------------------------------------- list of a quarter


@pytest.fixture
def listed(session: Session, commune: Area) -> Posting:
    posting = make_posting(session, commune, title="=HYPERLINK(1)", days=0, signed_on=date(2026, 3, 2))
    by = make_actor(session, Role.COMMUNE_OFFICER, commune)
    make_place(session, posting, by, detail="Bảng tin trụ sở")
    make_posting(session, commune, title="Quy chế tiếp công dân", head=4, permanent=True)
    make_posting(session, commune, title="Đăng nhầm", head=3, status="withdrawn")
    session.commit()
    return posting


def test_the_list_says_what_where_and_when(officer: PageClient, commune: Area, listed: Posting) -> None:
    page = officer.get(f"{START}danh-muc/{commune.code}").text
    quarter = quarter_of(clock.today())
    assert f"Danh mục đã công khai quý {quarter.roman} năm {quarter.year}" in page
    assert "Niêm yết: Bảng tin trụ sở, từ" in page and "thường xuyên" in page and "đã rút" in page
    empty = officer.get(f"{START}danh-muc/{commune.code}?quy={quarter.previous}").text
    assert "Không công khai nội dung nào trong quý này." in empty


def test_the_workbook_holds_texts_and_no_formula(officer: PageClient, commune: Area, listed: Posting) -> None:
    answer = officer.get(f"{START}danh-muc/{commune.code}/tai.xlsx")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="cong-khai-{quarter_of(clock.today())}.xlsx"'
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[4][1:6] == [
        "Khoản 2: Ngân sách, tài chính cấp xã",
        "=HYPERLINK(1) (số 12/QĐ-UBND, ngày 02/03/2026)",
        clock.today(),
        in_days(30),
        f"Niêm yết: Bảng tin trụ sở, từ {in_days(0)}",
    ]
    assert [row[4] for row in rows[5:]] == ["đã rút", "thường xuyên"]


def test_the_paper_has_the_official_heading(officer: PageClient, commune: Area, listed: Posting) -> None:
    answer = officer.get(f"{START}danh-muc/{commune.code}/tai.pdf")
    pdf = pypdfium2.PdfDocument(answer.data)
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    for words in ("ỦY BAN NHÂN DÂN", "PHƯỜNG THỚI HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH MỤC",
                  "Khoản 2 Điều 11.", "Bảng tin trụ sở", "thường xuyên", "ghi 3 nội dung"):  # fmt: skip
        assert words in text


def test_the_code_for_other_sites_stands_whole(officer: PageClient, app: Flask, commune: Area) -> None:
    soup = BeautifulSoup(officer.get(f"{START}nhung/{commune.code}").text, "html.parser")
    code = BeautifulSoup(soup.select_one("textarea").text, "html.parser").iframe  # type: ignore[union-attr]
    assert code is not None
    base = app.extensions["danban"].settings.base_url
    assert code["src"] == f"{base}/nhung/{commune.code}" and code["title"]
