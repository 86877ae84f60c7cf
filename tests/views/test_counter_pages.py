"""Staff pages of the counters: a centre from nothing to printed codes, a roster, the weekly check."""

import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, remembered
from app.core.permissions import Role
from app.feedback.models import PointCheck, RatingPoint, ServiceCenter, ServiceCounter, Shift
from app.feedback.views_staff.hub import LINKS
from app.lib.tables import read_table
from tests.support.cast import make_commune
from tests.support.counting import words
from tests.support.feedback import (
    make_center,
    make_counter,
    make_officer,
    make_point,
    make_rating,
    make_shift,
    roster_file,
)
from tests.support.pages import PageClient
from tests.support.papers import pdf_text, picture
from tests.support.rating import make_kiosk
from tests.support.roll_pages import rows
from tests.support.staff import csrf, send, sign_in_as
from tests.support.trust import SCREEN_SECRET, make_display

ROOT = "/staff/danh-gia"


class Office:
    """A commune with a centre, and who is signed in there."""

    def __init__(self, client: PageClient, session: Session) -> None:
        self.client, self.session = client, session
        self.commune = make_commune(session)
        self.center = make_center(session, self.commune)
        self.counter = make_counter(session, self.center, number="3", name="Quầy 3 – Đất đai")
        session.commit()
        self.home = f"{ROOT}/trung-tam/{self.center.id}"

    def come(self, role: Role = Role.COMMUNE_OFFICER) -> "Office":
        sign_in_as(self.client, self.session, role, self.commune)
        return self

    def send_roster(self, data: bytes, **values: str) -> Any:
        page = f"{self.home}/lich-truc/nhap"
        sent = {"csrf_token": csrf(self.client.get(page)), "file": (io.BytesIO(data), "lich.xlsx")} | values
        return self.client.post(page, data=sent)


@pytest.fixture
def office(client: PageClient, session: Session) -> Office:
    return Office(client, session)


def test_a_centre_from_nothing_to_printed_codes(client: PageClient, session: Session) -> None:
    commune = make_commune(session)
    session.commit()
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    index = client.get(f"{ROOT}/")
    assert "Chưa có Trung tâm" in words(index) and f"{ROOT}/xa/{commune.code}/trung-tam-moi" in index.text
    values = {"name": "Trung tâm X", "hours_0": "7h30-11h30", "networks": "203.0.113.0/24", "hotline": "0274 3553 353"}
    made = send(client, f"{ROOT}/xa/{commune.code}/trung-tam-moi", values)
    center = session.scalars(select(ServiceCenter)).one()
    home = f"{ROOT}/trung-tam/{center.id}"
    assert (made.status_code, made.location) == (303, home)
    assert "Thêm nhóm thủ tục, thêm quầy" in words(client.get(home))
    send(client, f"{home}/nhom-moi", {"name": "Đất đai"})
    group = BeautifulSoup(client.get(f"{home}/quay-moi").text, "html.parser").select_one("input[name=groups]")
    assert group is not None
    send(client, f"{home}/quay-moi", {"number": "3", "name": "Quầy 3", "groups": str(group["value"])})
    assert rows(client.get(home).text, "counters")[0][:3] == ["3", "Quầy 3", "Đất đai"]
    offered = BeautifulSoup(client.get(f"{home}/diem/cap").text, "html.parser").select("input[name=places]")
    assert [field.has_attr("checked") for field in offered] == [True, True, False]
    issued = send(client, f"{home}/diem/cap", {"places": [str(field["value"]) for field in offered]})
    assert (issued.status_code, issued.location) == (303, f"{home}/diem")
    listed = client.get(f"{home}/diem")
    assert "Đã cấp 3 mã." in words(listed) and len(rows(listed.text, "points")) == 3
    assert "Mọi nơi đã có mã." in words(client.get(f"{home}/diem/cap"))
    paper = client.get(f"{home}/in/quay-a5.pdf")
    assert paper.content_type == "application/pdf" and paper.headers["Cache-Control"] == "no-store"
    codes = {one.code for one in session.scalars(select(RatingPoint))}
    read = {picture(paper.data, page=n, dots_per_inch=100).codes()[0].text.rpartition("/r/")[2] for n in range(3)}
    assert read == codes


@pytest.mark.parametrize(("spans", "says"), [([[0, 1440]], "Chưa có lịch"), ([], "Ngoài giờ làm việc")])
def test_a_counter_without_an_officer_is_a_gap_in_opening_hours_alone(
    office: Office, spans: list[list[int]], says: str
) -> None:
    office.come().center.hours = {str(day): spans for day in range(7)}
    office.session.commit()
    assert rows(office.client.get(office.home).text, "counters")[0][3] == says


def test_what_was_typed_wrong_stands_at_its_field(office: Office) -> None:
    office.come()
    page = f"{office.home}/sua"
    shown = BeautifulSoup(office.client.get(page).text, "html.parser")
    assert shown.select_one("#hours_0")["value"] == "7:30-11:30, 13:30-17:00"  # type: ignore[index]
    wrong = send(office.client, page, {"name": "X", "hours_2": "cả ngày", "networks": "203.0.113.7/24"})
    assert wrong.status_code == 422
    said = words(wrong)
    assert "“cả ngày” không phải là giờ mở cửa." in said and "Có thể là 203.0.113.0/24." in said
    assert BeautifulSoup(wrong.text, "html.parser").select_one("#hours_2")["value"] == "cả ngày"  # type: ignore[index]
    assert send(office.client, page, {"name": "X", "networks": "203.0.113.0/24\n198.51.100.0/24"}).status_code == 303
    again = BeautifulSoup(office.client.get(page).text, "html.parser").select_one("#networks")
    assert again is not None and again.get_text().split() == ["203.0.113.0/24", "198.51.100.0/24"]
    taken = send(office.client, f"{office.home}/quay-moi", {"number": "3", "name": "Quầy"})
    assert taken.status_code == 422 and "Đã có quầy 3." in words(taken)


def test_a_place_that_is_not_offered_gets_no_code(office: Office, session: Session) -> None:
    office.come()
    page = f"{office.home}/diem/cap"
    for places in ([], [""], ["", "x"], ["x"]):
        assert send(office.client, page, {"places": places}).status_code == 422
    assert session.scalars(select(RatingPoint)).all() == []


def test_a_replaced_code_leads_to_the_new_one_and_scans_stand_apart(office: Office, session: Session) -> None:
    office.come()
    point = make_point(session, office.counter)
    make_rating(session, point)
    session.commit()
    page = f"{ROOT}/diem/{point.id}"
    assert "Lượt đánh giá từ khi cấp 1" in words(office.client.get(page))
    short = send(office.client, f"{page}/thay", {"reason": "cũ"})
    assert short.status_code == 422 and "Ghi rõ lý do" in words(short)
    done = send(office.client, f"{page}/thay", {"reason": "Bị dán đè ở quầy"})
    new = session.scalars(select(RatingPoint).where(RatingPoint.id != point.id)).one()
    assert done.location == f"{ROOT}/diem/{new.id}"
    old = words(office.client.get(page))
    assert "Lý do: Bị dán đè ở quầy" in old and f"Đã thay bằng mã {new.code}" in old
    assert office.client.get(f"{page}/thay").status_code == 409
    assert office.client.get(f"{page}/in/tuong-a3.pdf").status_code == 409
    assert new.code in pdf_text(office.client.get(f"{ROOT}/diem/{new.id}/in/tuong-a3.pdf").data)
    assert office.client.get(f"{ROOT}/diem/{new.id}/in/a0.pdf").status_code == 404
    assert send(office.client, f"{ROOT}/diem/{new.id}/thu-hoi", {"reason": "Đóng quầy"}).status_code == 303
    assert len(rows(office.client.get(f"{office.home}/diem").text, "ended")) == 2


def test_the_desk_checks_the_codes_of_the_week(office: Office, session: Session) -> None:
    first, second = make_point(session, office.counter), make_point(session, make_counter(session, office.center))
    session.commit()
    office.come(Role.DESK)
    page = f"{office.home}/kiem-tra"
    assert "Còn 2 mã chưa kiểm tra tuần này." in words(office.client.get(page))
    assert send(office.client, page).status_code == 422
    assert send(office.client, page, {"points": [str(first.id)]}).status_code == 303
    assert "Còn 1 mã chưa kiểm tra tuần này." in words(office.client.get(page))
    wordless = send(office.client, f"{ROOT}/diem/{second.id}/kiem-tra", {"found": "spoiled"})
    assert wordless.status_code == 422 and "Ghi rõ mã bị dán đè" in words(wordless)
    send(office.client, f"{ROOT}/diem/{second.id}/kiem-tra", {"found": "spoiled", "note": "Bị dán đè, đã gỡ."})
    assert "Mọi mã đã được kiểm tra tuần này." in words(office.client.get(page))
    assert [check.intact for check in session.scalars(select(PointCheck).order_by(PointCheck.id))] == [True, False]
    assert office.client.get(f"{office.home}/diem/cap").status_code == 403
    assert office.client.get(f"{office.home}/lich-truc").status_code == 403
    assert "/cong-chuc" not in office.client.get(office.home).text
    # Who sits at the counter does not see the number of ratings rise.
    for shown in (f"{office.home}/diem", f"{ROOT}/diem/{first.id}"):
        assert "Lượt đánh giá" not in words(office.client.get(shown))


def test_a_roster_shows_its_faults_in_their_cells_and_then_is_written(office: Office, session: Session) -> None:
    office.come()
    make_officer(session, office.center, code="CC01", full_name="Võ Minh Khoa")
    session.commit()
    day = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    hostile = "<script>alert(1)</script>"
    answer = office.send_roster(roster_file(
        ("CC01", "", "3", day, "7:30", "11:30", ""),
        ("CC01", "Người Khác", "9", day, "11:30", "7:30", "bận"),
        (hostile, hostile, "3", day, "9:00", "10:00", "trực"),
    ))  # fmt: skip
    page = office.client.get(answer.location)
    faults = rows(page.text, "faults")
    assert [row[0] for row in faults] == ["3", "4"]
    assert "Mã này là của Võ Minh Khoa." in faults[0][2] and "Ghi “trực” hoặc “nghỉ”." in faults[0][7]
    assert "Trùng ca tại quầy này với Võ Minh Khoa, 07:30–11:30 (dòng 2)." in faults[1][3]
    assert "<script>alert" not in page.text and "Chưa ghi được" in words(page)
    refused = office.client.post(f"{answer.location}/ghi", data={"csrf_token": csrf(page)})
    assert refused.status_code == 422 and session.query(Shift).count() == 0
    good = roster_file(("CC01", "", "3", day, "7:30", "11:30", ""), ("CC02", "Lê Hai", "", day, "", "", "nghỉ"))
    review = office.send_roster(good).location
    written = send(office.client, review, to=f"{review}/ghi")
    assert (written.status_code, session.query(Shift).count()) == (303, 2)
    assert "Đã ghi lịch trực: thêm 2, giữ nguyên 0." in words(office.client.get(review))
    same = office.client.get(office.send_roster(good).location)
    assert "Lịch trong tệp giống lịch đã có." in words(same)
    assert send(office.client, review, to=f"{review}/ghi").status_code == 409
    week = office.client.get(f"{office.home}/lich-truc?ngay={clock.today() + timedelta(days=1)}")
    assert "Võ Minh Khoa" in words(week) and "Cả ngày" in words(week)
    discarded = office.send_roster(good).location
    assert send(office.client, discarded, to=f"{discarded}/bo").status_code == 303
    assert "Tệp này đã bỏ." in words(office.client.get(discarded))


def test_the_sheet_names_the_people_and_counters_of_the_centre(office: Office, session: Session) -> None:
    office.come()
    make_officer(session, office.center, code="CC01", full_name="Võ Minh Khoa")
    session.commit()
    first, second = read_table(office.client.get(f"{office.home}/lich-truc/mau.xlsx").data, "mau.xlsx")
    assert first.rows[1][1] == ["CC01", "Võ Minh Khoa"]
    assert second.rows[-1][1] == ["3: Quầy 3 – Đất đai"]
    for wrong in (b"%PDF-1.7", b"\0" * 20):
        assert office.send_roster(wrong).status_code == 422


def test_officers_come_change_and_go(office: Office, session: Session) -> None:
    office.come()
    page = f"{office.home}/cong-chuc"
    assert send(office.client, f"{page}/moi", {"code": "CC01", "full_name": "Võ Minh Khoa"}).status_code == 303
    wrong = send(office.client, f"{page}/moi", {"code": "cc01", "full_name": "Lê Hai", "login": "khong.co"})
    assert wrong.status_code == 422 and "Mã cc01 đã có người mang." in words(wrong)
    [row] = rows(office.client.get(page).text, "table")
    assert row[:4] == ["Võ Minh Khoa", "CC01", "Chưa có", "Đang làm việc"]
    edit = BeautifulSoup(office.client.get(page).text, "html.parser").select_one("#table a")
    assert edit is not None
    one = str(edit["href"])
    assert send(office.client, one, {"code": "CC02", "full_name": "Võ Minh Khoa"}).status_code == 303
    shift = make_shift(
        session, make_officer(session, office.center), session.get_one(ServiceCounter, office.counter.id)
    )
    session.commit()
    assert office.client.get(office.home).text.count("Võ Minh Khoa") == 1
    gone = send(office.client, f"{office.home}/lich-truc", to=f"{ROOT}/ca-truc/{shift.id}/bo")
    assert gone.status_code == 303 and session.query(Shift).count() == 0
    assert (
        send(office.client, one.replace("/sua", "/thoi"), {"last_day": f"{clock.today():%d/%m/%Y}"}).status_code == 303
    )
    assert "Thôi từ" in words(office.client.get(page))


def test_closing_says_what_ends_with_it(office: Office, session: Session) -> None:
    office.come()
    point = make_point(session, office.counter)
    session.commit()
    page = f"{ROOT}/quay/{office.counter.id}/ngung"
    assert "không nhận đánh giá nữa" in words(office.client.get(page))
    assert send(office.client, page).status_code == 303
    session.refresh(point)
    assert point.revoked_reason == "Quầy đã ngừng hoạt động."
    assert send(office.client, f"{office.home}", to=page).status_code in (409, 422)


def test_a_centre_that_closes_says_so_to_whoever_scans_its_code(office: Office, session: Session) -> None:
    office.come()
    client, center = office.client, office.center
    point = make_point(session, office.counter)
    tablet, secret = make_kiosk(session, point), SCREEN_SECRET
    make_display(session, point, secret=secret)
    session.commit()
    page = f"{ROOT}/trung-tam/{center.id}/ngung"
    assert page in client.get(office.home).text and "1 mã đánh giá" in words(client.get(page))
    assert send(client, page).status_code == 303
    remembered.forget_all()
    assert "Đã ngừng hoạt động từ" in words(client.get(office.home)) and "quay-moi" not in client.get(office.home).text
    assert client.get(page).status_code == 409
    for address in (f"/r/{point.code}", f"/r/{point.code}/phieu", f"/quay/{tablet}", f"/man-hinh/{secret}"):
        shown = client.get(address)
        assert shown.status_code == 410 and "Trung tâm này đã ngừng hoạt động" in words(shown), address
    assert f"/dia-ban/{office.commune.code}" in client.get(f"/r/{point.code}").text


@pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTOR, Role.OVERSEER])
def test_who_looks_on_sees_no_way_to_change(office: Office, session: Session, role: Role) -> None:
    point = make_point(session, office.counter)
    session.commit()
    office.come(role)
    assert f'href="{ROOT}/"' in office.client.get("/staff/").text
    for page in (f"{ROOT}/", office.home, f"{office.home}/diem", f"{ROOT}/diem/{point.id}"):
        found = office.client.get(page)
        assert found.status_code == 200
        for word in ("/sua", "/thay", "/thu-hoi", "/quay-moi", "/trung-tam-moi", "/cap"):
            assert f'{word}"' not in found.text, (page, word)


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.LEADER, Role.DESK, Role.INSPECTOR])
def test_every_page_a_centre_leads_to_opens(office: Office, role: Role) -> None:
    office.come(role)
    assert {link.endpoint for link in LINKS} <= office.client.application.view_functions.keys()
    cards = BeautifulSoup(office.client.get(office.home).text, "html.parser").select("main .card a")
    assert cards and {office.client.get(str(card["href"])).status_code for card in cards} == {200}
