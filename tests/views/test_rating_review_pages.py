"""Pages of signs: what reviewers see and decide, and what others may only read."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.feedback.models import Rating, RatingFlag, RatingPoint
from tests.support.cast import make_commune, make_grant
from tests.support.feedback import make_center, make_counter, make_flag, make_note, make_point, make_rating
from tests.support.pages import PageClient
from tests.support.staff import csrf, sign_in_as

LIST = "/staff/danh-gia/xem-xet"
REASON = "Đã đối chiếu lịch trực và hỏi người ở quầy, có thể tin được."


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def flag(session: Session, commune: Area) -> RatingFlag:
    """Three ratings of two devices in a week that is over, one of them with words that may be shown."""
    point = make_point(session, make_counter(session, make_center(session, commune)))
    start = clock.now() - timedelta(days=7)
    ratings = [
        make_rating(session, point, 5, at=start + timedelta(minutes=n), device_hash=f"{n % 2:064x}", took_ms=1400)
        for n in range(3)
    ]
    make_note(session, ratings[0], "Rất tốt.", visible=True, shown_text="Rất tốt.")
    make_note(session, ratings[1], "Chưa duyệt.")
    return make_flag(session, *ratings)


def decide(client: PageClient, flag: RatingFlag, **values: str) -> int:
    path = f"{LIST}/{flag.id}"
    token = csrf(client.get(path))
    sent = {"csrf_token": token, "seen": "3", "decision": "exclude", "reason": REASON} | values
    return client.post(f"{path}/quyet-dinh", data=sent).status_code


def test_a_reviewer_reads_and_decides(client: PageClient, session: Session, commune: Area, flag: RatingFlag) -> None:
    sign_in_as(client, session, Role.INSPECTOR, commune)
    listed = client.get(LIST).text
    assert "Một máy gửi nhiều lần" in listed and "4 lượt đánh giá tại cùng một điểm trong 12 phút" in listed
    page = client.get(f"{LIST}/{flag.id}").text
    table = BeautifulSoup(page, "html.parser").find("table", id="ratings")
    assert table is not None
    assert [row.find_all("td")[1].text.strip() for row in table.find_all("tr")[1:]] == [
        "Thiết bị A", "Thiết bị B", "Thiết bị A",
    ]  # fmt: skip
    assert f"{0:064x}"[:20] not in page and "Chưa duyệt." not in page and "Rất tốt." in page
    assert "Số liệu chính nếu loại các lượt này" in page
    assert decide(client, flag, reason="Ngắn") == 422
    assert decide(client, flag, decision="") == 422
    assert decide(client, flag, seen="2") == 422
    assert session.get_one(Rating, flag.rating_id).standing == "held"
    assert decide(client, flag) == 303
    assert {one.standing for one in session.query(Rating)} == {"excluded"}
    assert client.get(LIST).text.count("Một máy gửi nhiều lần") < listed.count("Một máy gửi nhiều lần")
    after = client.get(f"{LIST}/{flag.id}").text
    assert REASON in after and "Ghi quyết định" not in after
    assert "Một máy gửi nhiều lần" in client.get(f"{LIST}?show=decided&rule=R1&center={flag.center_id}").text
    assert client.get(f"{LIST}?show=x&rule=R99&center=x&page=99").status_code == 200


@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_OFFICER])
def test_the_unit_reads_figures_and_no_single_rating(
    client: PageClient, session: Session, commune: Area, flag: RatingFlag, role: Role
) -> None:
    sign_in_as(client, session, role, commune)
    page = client.get(f"{LIST}/{flag.id}").text
    assert "Thiết bị A" not in page and "Ghi quyết định" not in page and "Hai số liệu" not in page
    assert "lượt đánh giá)" not in page and clock.local(flag.flagged_at).strftime("%H:%M") not in page
    assert client.post(f"{LIST}/{flag.id}/quyet-dinh", data={"csrf_token": csrf(client.get(LIST))}).status_code == 403


def test_a_sign_of_this_week_is_no_page_of_the_unit_and_figures_wait(
    client: PageClient, session: Session, commune: Area, flag: RatingFlag
) -> None:
    """Oversight reads the sign at once; the figures beside it stand still until the week is over."""
    point = session.query(RatingPoint).one()
    fresh = make_flag(session, make_rating(session, point, 1))
    inspector = sign_in_as(client, session, Role.INSPECTOR, commune)
    page = BeautifulSoup(client.get(f"{LIST}/{fresh.id}").text, "html.parser")
    figures = page.find("table", id="figures")
    assert page.find("table", id="ratings") is not None
    assert figures is None or "4 lượt" not in figures.text
    make_grant(session, inspector, Role.LEADER, commune)
    session.commit()
    assert client.get(f"{LIST}/{fresh.id}").status_code == 404
    assert f"{LIST}/{fresh.id}" not in client.get(LIST).text and client.get(f"{LIST}/{flag.id}").status_code == 200


def test_who_belongs_to_the_unit_does_not_decide(
    client: PageClient, session: Session, commune: Area, flag: RatingFlag
) -> None:
    account = sign_in_as(client, session, Role.INSPECTOR, commune)
    make_grant(session, account, Role.LEADER, commune)
    session.commit()
    page = client.get(f"{LIST}/{flag.id}").text
    assert "Ông/Bà thuộc cơ quan được đánh giá" in page and "Thiết bị A" not in page
    assert decide(client, flag) == 403
    assert session.get_one(Rating, flag.rating_id).standing == "held"
