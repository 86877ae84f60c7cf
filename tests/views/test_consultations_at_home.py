"""Drafts on the first pages: of an area, of its commune, of staff."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.rules.phases import Phase
from app.core import clock
from app.core.permissions import Role
from tests.support.cast import in_days, make_area, make_commune
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient, under
from tests.support.staff import sign_in_as

OPEN, RESULTS, NOTICES = "Đang lấy ý kiến", "Kết quả đã công khai", "Thông báo, niêm yết"


@pytest.fixture
def area(session: Session) -> Area:
    area = make_area(session, name="khu phố 6")
    assert area.parent
    for phase in Phase:
        make_consultation(session, area.parent, phase=phase, title=f"Dự thảo {phase.value}")
    make_consultation(session, make_commune(session), title="Dự thảo nơi khác")
    make_consultation(session, make_area(session, area.parent), title="Dự thảo khu bên cạnh")
    session.commit()
    return area


def test_a_draft_of_the_commune_stands_on_the_page_of_each_area(client: PageClient, area: Area) -> None:
    page = client.get(f"/dia-ban/{area.code}").text
    asked = under(page, OPEN)
    assert "Dự thảo open Góp ý dự thảo Phường Thới Hòa Hết hạn lúc" in asked and "còn 19 ngày" in asked
    assert "Số 12/2026/NQ-HĐND" in under(page, RESULTS) and "Dự thảo answered" in under(page, RESULTS)
    notices = under(page, NOTICES)
    for phase, words in (("upcoming", "Nhận ý kiến từ"), ("closed", "Chờ tiếp thu"), ("withdrawn", "Đã rút")):
        assert f"Dự thảo {phase}" in notices and words in notices
    for hidden in ("Dự thảo preparing", "nơi khác", "khu bên cạnh"):
        assert hidden not in page


def test_the_page_of_a_commune_shows_those_of_its_areas_too(client: PageClient, area: Area) -> None:
    assert area.parent
    page = client.get(f"/dia-ban/{area.parent.code}").text
    assert "Dự thảo open" in under(page, OPEN) and "Dự thảo khu bên cạnh" in under(page, OPEN)
    assert "Dự thảo preparing" not in page and "nơi khác" not in page


def test_what_was_withdrawn_long_ago_is_no_news(client: PageClient, session: Session) -> None:
    commune = make_commune(session)
    make_consultation(session, commune, phase=Phase.WITHDRAWN, withdrawn_at=in_days(-31), title="Đã rút từ lâu")
    session.commit()
    assert "Đã rút từ lâu" not in client.get(f"/dia-ban/{commune.code}").text


def test_staff_see_what_is_open_and_which_answer_is_late(client: PageClient, session: Session, area: Area) -> None:
    assert area.parent
    yesterday = clock.today() - timedelta(days=1)
    make_consultation(session, area.parent, phase=Phase.CLOSED, title="Trễ hạn", answer_due_on=yesterday)
    make_consultation(session, area.parent, phase=Phase.CLOSED, title="Còn hạn", answer_due_on=clock.today())
    sign_in_as(client, session, Role.COMMUNE_OFFICER, area.parent)
    rows = BeautifulSoup(client.get("/staff/").text, "html.parser").select("#drafts tbody tr")
    found = {row.select("th")[0].get_text(strip=True): row.get_text(" ", strip=True) for row in rows}
    assert {"Trễ hạn", "Còn hạn", "Dự thảo open", "Dự thảo upcoming", "Dự thảo closed"} < set(found)
    assert "Dự thảo answered" not in found and "Dự thảo preparing" not in found
    assert "Quá hạn" in found["Trễ hạn"] and "Quá hạn" not in found["Còn hạn"]


def test_every_draft_of_a_place_is_listed_by_stage(client: PageClient, area: Area) -> None:
    place = client.get(f"/dia-ban/{area.code}").text
    assert f"/gop-y?tai={area.code}" in place and f"/dia-ban/{area.code}/kiem-duyet" in place
    whole = client.get(f"/gop-y?tai={area.code}").text
    shown = {"open", "upcoming", "closed", "answered", "adopted", "withdrawn"}
    assert all(f"Dự thảo {phase}" in whole for phase in shown) and "Tất cả (6)" in whole
    for hidden in ("Dự thảo preparing", "nơi khác", "khu bên cạnh"):
        assert hidden not in whole
    stages = {"nhan-y-kien": {"open", "upcoming"}, "cho-tra-loi": {"closed"},
              "da-tra-loi": {"answered", "adopted", "withdrawn"}}  # fmt: skip
    for stage, phases in stages.items():
        page = client.get(f"/gop-y?tai={area.code}&tinh-trang={stage}&page=9").text
        assert {phase for phase in shown if f"Dự thảo {phase}" in page} == phases
    assert "Dự thảo nơi khác" in client.get("/gop-y").text
    assert client.get("/gop-y?tai=79").status_code == client.get("/gop-y?tai=1-2-3").status_code == 404
