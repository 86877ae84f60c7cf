"""The screen at a counter, and pairing and ending it."""

import re
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.feedback.models import Display, RatingPoint
from app.feedback.rules import trust
from app.feedback.rules.trust_keys import slot_mac
from app.feedback.views_public import trust as views
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.pages import PageClient
from tests.support.staff import csrf, send, sign_in_as
from tests.support.trust import SCREEN_SECRET, make_display

ADDRESS = f"/man-hinh/{SCREEN_SECRET}"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def point(session: Session, commune: Area) -> RatingPoint:
    point = make_point(session, make_counter(session, make_center(session, commune), name="Quầy 3"))
    session.commit()
    return point


@pytest.fixture
def display(session: Session, point: RatingPoint) -> Display:
    display = make_display(session, point, secret=SCREEN_SECRET)
    session.commit()
    return display


def shown_code(page: str, point: RatingPoint) -> str:
    found = re.search(rf"/r/{point.code}/([0-9A-Z]{{5}})", page)
    assert found is not None
    return found[1]


def test_the_screen_shows_a_code_that_holds(app: Flask, client: PageClient, display: Display) -> None:
    answer = client.get(ADDRESS)
    page = BeautifulSoup(answer.text, "html.parser")
    mac = slot_mac(app.extensions["danban"].keyring)
    code = shown_code(answer.text, display.point)
    assert trust.slot_holds(mac, display.point.code, code, clock.now())
    assert page.select_one("svg.qr path[stroke]") is not None
    assert "Quầy 3" in page.get_text()
    assert display.point.center.name in page.get_text()
    [again] = page.find_all("meta", attrs={"http-equiv": "refresh"})
    assert 45 <= int(str(again["content"])) <= 60
    robots = page.find("meta", attrs={"name": "robots"})
    assert robots is not None
    assert "noindex" in str(robots["content"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert len(answer.get_data()) < 15_000


def test_the_code_turns_with_the_minute(client: PageClient, display: Display, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [datetime(2026, 7, 6, 2, 30, 5, tzinfo=clock.VIETNAM)]
    monkeypatch.setattr(views, "database_now", lambda _session: now[0])
    codes = []
    for seconds in (0, 54, 55, 115):
        now[0] = datetime(2026, 7, 6, 2, 30, 5, tzinfo=clock.VIETNAM) + timedelta(seconds=seconds)
        codes.append(shown_code(client.get(ADDRESS).text, display.point))
    assert codes[0] == codes[1]
    assert len(set(codes)) == 3


def test_a_screen_that_is_over_says_so(client: PageClient, session: Session, display: Display) -> None:
    point = display.point
    display.ended_at = clock.now()
    session.commit()
    assert says_over(client)
    display.ended_at = None
    point.revoked_at, point.revoked_reason = clock.now(), "Mã bị dán đè"
    session.commit()
    assert says_over(client)
    assert point.counter is not None
    point.replaced_by = make_point(session, point.counter).id
    session.commit()
    assert client.get(ADDRESS).status_code == 200


def says_over(client: PageClient) -> bool:
    answer = client.get(ADDRESS)
    return answer.status_code == 410 and "đã ngừng" in answer.text and "svg class" not in answer.text


@pytest.mark.parametrize("secret", ["x", "0" * 26, SCREEN_SECRET[:-1], SCREEN_SECRET + "0", "%00", "'--"])
def test_no_screen_at_a_wrong_address(client: PageClient, display: Display, secret: str) -> None:
    assert client.get(f"/man-hinh/{secret}").status_code == 404


def test_a_tablet_has_no_screen(client: PageClient, session: Session, point: RatingPoint) -> None:
    make_display(session, point, secret=SCREEN_SECRET, kind="kiosk")
    session.commit()
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(("kind", "path"), [("screen", "man-hinh"), ("kiosk", "quay")])
def test_pairing_shows_the_address_once(
    client: PageClient, session: Session, commune: Area, point: RatingPoint, kind: str, path: str
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    pages = f"/staff/danh-gia/trung-tam/{point.center_id}/man-hinh"
    once = send(client, f"{pages}/ket-noi", {"kind": kind, "point": point.id, "name": "Tivi quầy 3"})
    assert once.status_code == 200
    assert once.headers["Cache-Control"] == "no-store"
    found = re.search(rf"/{path}/([0-9A-Z]{{26}})", once.text)
    assert found is not None
    assert client.get(f"/{path}/{found[1]}").status_code == 200
    listed = client.get(pages)
    assert "Tivi quầy 3" in listed.text
    assert found[1] not in listed.text
    [display] = session.query(Display).all()
    ended = client.post(f"/staff/danh-gia/man-hinh/{display.id}/ket-thuc", data={"csrf_token": csrf(listed)})
    assert ended.status_code == 303
    assert client.get(f"/{path}/{found[1]}").status_code != 200
    twice = client.post(f"/staff/danh-gia/man-hinh/{display.id}/ket-thuc", data={"csrf_token": csrf(listed)})
    assert twice.status_code == 409


@pytest.mark.parametrize(
    ("networks", "said"), [([], "Trung tâm chưa ghi mạng"), (["203.0.113.0/24"], "Nối máy vào mạng của Trung tâm")]
)
def test_pairing_a_tablet_says_what_its_taps_count_by(
    client: PageClient, session: Session, commune: Area, point: RatingPoint, networks: list[str], said: str
) -> None:
    point.center.networks = networks
    session.commit()
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    page = f"/staff/danh-gia/trung-tam/{point.center_id}/man-hinh/ket-noi"
    form = {"point": point.id, "name": "Máy quầy 3"}
    told = send(client, page, {"kind": "kiosk", **form}).text
    assert said in told and "Không đăng nhập trang cán bộ" in told
    assert "Không đăng nhập" not in send(client, page, {"kind": "screen", **form}).text


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"point": "0"}, {"point": "x"}, {"kind": "phone"}, {"name": "a" * 101}]
)
def test_pairing_with_a_fault_says_where(
    client: PageClient, session: Session, commune: Area, point: RatingPoint, wrong: dict[str, str]
) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    page = f"/staff/danh-gia/trung-tam/{point.center_id}/man-hinh/ket-noi"
    answer = send(client, page, {"kind": "screen", "point": point.id, "name": "Tivi"} | wrong)
    assert answer.status_code == 422
    assert session.query(Display).count() == 0


def test_a_leader_sees_and_does_not_pair(
    client: PageClient, session: Session, commune: Area, point: RatingPoint, display: Display
) -> None:
    sign_in_as(client, session, Role.LEADER, commune)
    pages = f"/staff/danh-gia/trung-tam/{point.center_id}/man-hinh"
    listed = client.get(pages)
    assert "Tivi quầy" in listed.text
    assert "Ngừng máy này" not in listed.text
    assert client.get(f"{pages}/ket-noi").status_code == 403
