"""The first page of staff: what waits for somebody, what is due."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.polls.models import Decision
from tests.support.cast import in_days, make_account, make_area, make_grant, make_household, make_poll
from tests.support.counting import decided, voting, words
from tests.support.pages import PageClient, under
from tests.support.staff import sign_in, sign_in_as


@pytest.fixture
def area(session: Session) -> Area:
    contacts: dict[str, Any] = {
        "head_name": "Nguyễn Văn Hòa",
        "front_name": "Võ Thị Kim Liên",
        "phone": "0274 3567 890",
    }
    return make_area(session, name="khu phố 6", address="Nhà văn hóa khu phố 6", **contacts)


def come(client: PageClient, session: Session, area: Area, role: Role = Role.AREA_HEAD) -> Any:
    return sign_in_as(client, session, role, area)


def test_staff_see_what_waits_for_somebody_first(client: PageClient, session: Session, area: Area) -> None:
    make_household(session, area)
    make_poll(session, area, status="opened", title="Lắp camera")
    make_poll(session, area, status="opened", title="Sửa cổng", closes_at=in_days(-1))
    for status, title in (("preparing", "Trồng cây"), ("submitted", "Xây tường")):
        make_poll(session, area, status=status, title=title)
    come(client, session, area)
    page = client.get("/staff/")
    rows = BeautifulSoup(page.text, "html.parser").select("#table tbody tr")
    found = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])][:3] for row in rows]
    assert found == [
        ["Sửa cổng", "Khu phố 6", "Đã hết giờ"],
        ["Xây tường", "Khu phố 6", "Chờ duyệt"],
        ["Lắp camera", "Khu phố 6", "Đang mở"],
        ["Trồng cây", "Khu phố 6", "Đang chuẩn bị"],
    ]
    assert "1 cuộc đang mở 1 cuộc chờ kiểm phiếu 1 cuộc chờ duyệt 1 văn bản chưa gửi" in words(page)


def test_a_poll_without_a_name_can_be_found(client: PageClient, session: Session, area: Area) -> None:
    make_poll(session, area, title="", opens_at=None, closes_at=None)
    come(client, session, area)
    assert "(chưa đặt tên)" in client.get("/staff/").text


@pytest.mark.parametrize(("days_ago", "says"), [(0.01, "Còn"), (30, "Quá hạn")], ids=["in time", "late"])
def test_a_decision_not_sent_has_a_last_day(
    client: PageClient, session: Session, area: Area, days_ago: float, says: str
) -> None:
    vote = decided(session, agree=5, absent=0, area=area, title="Dọn vệ sinh")
    vote.poll.opens_at, vote.poll.closes_at = in_days(-60), in_days(-days_ago)
    session.flush()
    come(client, session, area)
    due = under(client.get("/staff/").text, "Văn bản cần gửi Ủy ban nhân dân và Mặt trận Tổ quốc")
    assert "Dọn vệ sinh" in due and says in due


def test_what_was_sent_waits_no_longer(client: PageClient, session: Session, area: Area) -> None:
    vote = decided(session, agree=5, absent=0, area=area)
    session.get_one(Decision, vote.poll.id).sent_committee_at = clock.now()
    session.flush()
    come(client, session, area)
    assert "Không còn văn bản nào phải gửi." in client.get("/staff/").text


def test_staff_see_polls_of_their_own_places_only_and_each_once(
    client: PageClient, session: Session, area: Area
) -> None:
    voting(session, 1, area=area, title="Lắp camera")
    voting(session, 1, area=make_area(session), title="Việc nơi khác")
    account = come(client, session, area)
    make_grant(session, account, Role.OVERSEER, area.parent or area)
    session.commit()
    page = words(client.get("/staff/"))
    assert page.count("Lắp camera") == 1
    assert "Việc nơi khác" not in page


def test_who_is_nobody_is_asked_to_sign_in(client: PageClient) -> None:
    answer = client.get("/staff/")
    assert answer.status_code == 303
    assert "/staff/dang-nhap" in answer.location


def test_a_role_that_ended_yesterday_shows_nothing(client: PageClient, session: Session, area: Area) -> None:
    voting(session, 1, area=area, title="Lắp camera")
    account = make_account(session)
    since = clock.now() - timedelta(days=9)
    make_grant(session, account, Role.OVERSEER, area, since=since, until=clock.now() - timedelta(days=1))
    sign_in(client, session, account)
    assert "Lắp camera" not in client.get("/staff/").text
