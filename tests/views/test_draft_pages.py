"""Pages about the text of a draft: bring it, see how it was cut, mend it, see what changed."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.consultations.models import Consultation, DraftVersion, Piece
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Role
from tests.support.cast import make_commune
from tests.support.consultations import make_consultation, make_version
from tests.support.pages import PageClient
from tests.support.resolutions import NAMES, SMALL, docx, resolution
from tests.support.staff import csrf, sign_in_as


class Desk:
    """An officer of a commune at the pages of a consultation's text."""

    def __init__(self, client: PageClient, session: Session, phase: Phase = Phase.PREPARING, articles: int = 0) -> None:
        self.client, self.session = client, session
        self.place = make_commune(session)
        self.consultation: Consultation = make_consultation(session, self.place, phase=phase, articles=articles)
        sign_in_as(client, session, Role.COMMUNE_OFFICER, self.place)
        self.base = f"/staff/gop-y/{self.consultation.id}/du-thao"
        self.token = csrf(client.get(self.base))

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(self.base + path, data={"csrf_token": self.token} | form)

    def bring(self, data: bytes = SMALL.encode(), name: str = "du-thao.txt", **form: Any) -> Any:
        return self.post("", file=(io.BytesIO(data), name), **form)

    def get(self, path: str = "") -> str:
        response = self.client.get(self.base + path)
        assert response.status_code == 200, path
        return str(response.text)

    def pieces(self, number: int = 1) -> dict[str, Piece]:
        version = self.session.query(DraftVersion).filter_by(consultation_id=self.consultation.id, number=number).one()
        return {piece.anchor: piece for piece in version.pieces}

    def seen(self, number: int = 1) -> str:
        field = BeautifulSoup(self.get(f"/{number}"), "html.parser").find("input", attrs={"name": "seen"})
        assert field is not None
        return str(field["value"])


@pytest.fixture
def desk(client: PageClient, session: Session) -> Desk:
    return Desk(client, session)


def publish(session: Session, consultation: Consultation) -> None:
    for version in session.query(DraftVersion).filter_by(consultation_id=consultation.id):
        version.published_at = version.published_at or clock.now()
    session.commit()


def test_a_file_is_brought_and_its_outline_shown(desk: Desk) -> None:
    answer = desk.bring()
    assert answer.status_code == 303 and answer.location.endswith("/du-thao/1")
    page = desk.get("/1")
    for part in ("Điều 2. Giữ vệ sinh", "#dieu-3-diem-b", "Hộ có nhà: 50.000 đồng", "Có 3 điều", "Chưa đăng"):
        assert part in page
    assert "Bản số 1: Dự thảo" in desk.get() and "du-thao.txt" in desk.get()


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_five_resolutions_can_be_posted(desk: Desk, name: str) -> None:
    assert desk.bring(resolution(name), f"{name}.md").status_code == 303
    assert "#dieu-1-khoan-2" in desk.get("/1")


def test_a_file_that_cannot_be_used_is_refused_at_its_field(desk: Desk) -> None:
    for data, part in [(b"\x89PNG\r\n\x1a\n" + bytes(20), "Chỉ nhận tệp Word"), (b"  \n", "không có chữ nào")]:
        answer = desk.bring(data, "a.docx")
        assert answer.status_code == 422 and part in answer.text
    assert desk.post("").status_code == 422
    assert desk.session.query(DraftVersion).count() == 0


def test_text_from_a_file_is_text_on_the_page(desk: Desk) -> None:
    desk.bring(docx("Điều 1. <script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "Xong."), "a.docx")
    page = desk.get("/1")
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page and "<img" not in page


def test_pieces_are_merged_cut_and_renamed_by_plain_forms(desk: Desk) -> None:
    desk.bring()
    clause = desk.pieces()["dieu-2-khoan-2"]
    answer = desk.post("/1/gop", piece_id=str(clause.id), seen=desk.seen())
    kept = desk.pieces()["dieu-2-khoan-1"]
    assert answer.status_code == 303 and answer.location.endswith(f"/1#doan-{kept.id}")
    page = desk.get(f"/1/doan/{kept.id}/tach")
    assert "→ 2. Mỗi tuần dọn chung" in page
    form = {"line": "1", "level": "clause", "number": "", "seen": desk.seen()}
    assert desk.post(f"/1/doan/{kept.id}/tach", **form).status_code == 303
    assert desk.pieces()["dieu-2-khoan-2"].text == "Mỗi tuần dọn chung một buổi."
    article = desk.pieces()["dieu-3"]
    assert 'value="Mức đóng góp"' in desk.get(f"/1/doan/{article.id}")
    form = {"level": "article", "number": "4", "heading": "Mức đóng góp mới", "seen": desk.seen()}
    assert desk.post(f"/1/doan/{article.id}", **form).status_code == 303
    assert desk.pieces()["dieu-4"].heading == "Mức đóng góp mới"


def test_mending_refuses_at_the_field(desk: Desk) -> None:
    desk.bring()
    article = desk.pieces()["dieu-3"]
    answer = desk.post(f"/1/doan/{article.id}", level="article", number="ba", heading="", seen=desk.seen())
    assert answer.status_code == 422 and "Số của điều là chữ số" in answer.text
    answer = desk.post(f"/1/doan/{desk.pieces()['dieu-1'].id}/tach", line="7", level="clause", number="1", seen="")
    assert answer.status_code == 422
    answer = desk.post("/1/gop", piece_id=str(desk.pieces()["dieu-1"].id), seen="")
    assert answer.status_code == 409 and "đoạn đầu tiên" in answer.text
    for wrong in ("0", "abc", "", "99999999999999999999"):
        assert desk.post("/1/gop", piece_id=wrong, seen="").status_code == 404
    assert set(desk.pieces()) >= {"dieu-1", "dieu-2", "dieu-3"}


def test_what_somebody_else_changed_is_not_overwritten(desk: Desk) -> None:
    desk.bring()
    answer = desk.post("/1/gop", piece_id=str(desk.pieces()["dieu-2"].id), seen="0" * 16)
    assert answer.status_code == 409 and "Người khác vừa sửa" in answer.text


def test_a_published_version_is_only_looked_at(client: PageClient, session: Session) -> None:
    desk = Desk(client, session, Phase.OPEN, articles=2)
    page = desk.get("/1")
    assert "Đã đăng" in page and "Gộp vào đoạn trước" not in page and "Bỏ bản chưa đăng" not in page
    piece = desk.pieces()["dieu-2"]
    assert desk.post("/1/gop", piece_id=str(piece.id)).status_code == 409
    assert desk.post("/1/bo").status_code == 409
    assert client.get(f"{desk.base}/1/so-sanh").status_code == 404


def test_a_correction_is_compared_and_thrown_away(client: PageClient, session: Session, app: Flask) -> None:
    desk = Desk(client, session, Phase.OPEN, articles=2)
    text = (
        "Điều 1. Nội dung thứ 1\n1. Khoản 1 của Điều 1: mỗi hộ giữ gìn vệ sinh đường phố sạch đẹp.\nĐiều 7. Mới\nThêm."
    )
    assert desk.bring(text.encode(), purpose="draft", note="Bỏ Điều 2.").status_code == 303
    page = desk.get("/2/so-sanh")
    assert "<ins>" in page and "<del>" in page and "Chữ gạch dưới" in page and "Bản số 2 so với bản số 1" in page
    assert desk.post("/2/bo").status_code == 303
    assert session.query(DraftVersion).count() == 1


@pytest.mark.parametrize(("phase", "shown"), [(Phase.OPEN, True), (Phase.CLOSED, False), (Phase.WITHDRAWN, False)])
def test_only_what_is_due_can_be_brought(client: PageClient, session: Session, phase: Phase, shown: bool) -> None:
    desk = Desk(client, session, phase, articles=1)
    assert ('value="draft"' in desk.get()) == shown
    # Once comments are no longer taken, what comes is the final text; of a withdrawn draft nothing comes.
    assert desk.bring(purpose="draft").status_code == (409 if phase is Phase.WITHDRAWN else 303)
    assert session.query(DraftVersion).filter_by(purpose="draft").count() == (2 if shown else 1)


# ------------------------------------------------------------------------------------------------ everybody


def test_everybody_sees_what_a_correction_changed(client: PageClient, session: Session) -> None:
    consultation = make_consultation(session, make_commune(session), articles=3)
    version = make_version(session, consultation, articles=2, note="Bỏ Điều 3 theo ý kiến bà con.")
    version.pieces[1].text = "Khoản 1 của Điều 1: mỗi hộ giữ gìn <b>vệ sinh</b> ngõ xóm."
    session.commit()
    page = client.get(f"/gop-y/{consultation.public_id}/thay-doi/2").text
    assert "<del>" in page and "<ins>" in page and "ngõ xóm." in page and "&lt;b&gt;vệ" in page
    assert "Đã bỏ" in page and "Nội dung thứ 3" in page and "Bỏ Điều 3 theo ý kiến" in page
    assert "Khoản 1:" in page and "Giữ nguyên" in page and "Điều 2. Nội dung thứ 2" in page
    assert len(page.encode()) < 40_000


def test_nobody_sees_what_is_not_published(client: PageClient, session: Session) -> None:
    consultation = make_consultation(session, make_commune(session), articles=2)
    make_version(session, consultation, articles=1, published_at=None)
    make_version(session, consultation, articles=1, purpose="final", published_at=None)
    preparing = make_consultation(session, make_commune(session), phase=Phase.PREPARING)
    session.commit()
    base = f"/gop-y/{consultation.public_id}"
    paths = [f"{base}/thay-doi/{number}" for number in (1, 2, 3, 9)]
    paths += [f"{base}/ban-chinh-thuc", f"/gop-y/{preparing.public_id}/thay-doi/1", "/gop-y/khongco/ban-chinh-thuc"]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_the_adopted_text_stands_beside_the_draft(client: PageClient, session: Session) -> None:
    consultation = make_consultation(
        session, make_commune(session), phase=Phase.ADOPTED, articles=2, adopted_on=clock.today()
    )
    version = make_version(session, consultation, articles=2, purpose="final")
    version.pieces[-1].text += " Trừ hộ nghèo."
    session.commit()
    page = client.get(f"/gop-y/{consultation.public_id}/ban-chinh-thuc").text
    assert "Bản chính thức so với dự thảo" in page and "12/2026/NQ-HĐND" in page and "Trừ hộ nghèo." in page
    assert page.count("<ins><span") == 1
