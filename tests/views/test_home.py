"""The first pages: of the service, of a commune, of a residential area, and of staff."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area, AreaSuccession
from app.core import clock
from app.core.permissions import Role
from app.polls.models import Result
from app.polls.operations.casting import cast
from app.web.pagecache import PageCache
from tests.support.ballots import make_ticket
from tests.support.cast import in_days, make_area, make_commune, make_household, make_poll
from tests.support.counting import decided, voting, words
from tests.support.pages import PageClient, under
from tests.support.staff import sign_in_as


@pytest.fixture
def area(session: Session) -> Area:
    contacts: dict[str, Any] = {
        "head_name": "Nguyễn Văn Hòa",
        "front_name": "Võ Thị Kim Liên",
        "phone": "0274 3567 890",
    }
    return make_area(session, name="khu phố 6", address="Nhà văn hóa khu phố 6", **contacts)


def at(area: Area | None) -> str:
    assert area is not None
    return f"/dia-ban/{area.code}"


def headings(page: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in BeautifulSoup(page, "html.parser").select("main h2")]


def test_the_blocks_of_an_area_stand_in_their_order(client: PageClient, session: Session, area: Area) -> None:
    make_household(session, area)
    make_poll(session, area, status="opened", title="Lắp camera")
    make_poll(session, area, status="opened", title="Hỏi về hình thức", kind="online_consent", closes_at=in_days(3.5))
    make_counted(session, area, title="Dọn vệ sinh", closes_at=in_days(-9))
    make_poll(session, area, status="opened", title="Sửa cổng", closes_at=in_days(-1))
    make_poll(session, area, status="opened", title="Trồng cây", opens_at=in_days(1), closes_at=in_days(5))
    make_poll(session, area, status="cancelled", title="Xây tường", opened_at=in_days(-2), cancelled_at=in_days(-1))
    session.commit()
    page = client.get(at(area)).text
    assert "<title>Khu phố 6 – Phường Thới Hòa – Dân Bàn</title>" in page
    assert headings(page) == [
        "Việc cần Ông/Bà tham gia", "Đang lấy ý kiến", "Kết quả đã công khai", "Thông báo, niêm yết", "Liên hệ",
        "Ông/Bà có phiếu mã?",
    ]  # fmt: skip
    assert "Lắp camera Biểu quyết Đóng lúc" in under(page, "Việc cần Ông/Bà tham gia")
    assert "còn 3 ngày" in under(page, "Đang lấy ý kiến")
    assert "Dọn vệ sinh Được thông qua" in under(page, "Kết quả đã công khai")
    notices = under(page, "Thông báo, niêm yết")
    assert "Trồng cây Sắp mở" in notices and "Sửa cổng Đang kiểm phiếu" in notices and "Xây tường Đã hủy" in notices
    contacts = under(page, "Liên hệ")
    assert "Nguyễn Văn Hòa Tổ trưởng tổ dân phố" in contacts and "Võ Thị Kim Liên" in contacts
    assert "Trang của UBND phường Thới Hòa" in page
    assert "Cần giúp đỡ? Gọi Nguyễn Văn Hòa" in page


def test_an_area_where_nothing_happens_says_so(client: PageClient, session: Session) -> None:
    page = client.get(at(make_area(session, name="Bản Lác", kind="ban", legal_type="thon"))).text
    assert "Hiện không có cuộc biểu quyết nào đang mở." in page
    assert "Chưa có kết quả nào." in page
    assert "Chưa có thông tin liên hệ. Ông/Bà hỏi Ủy ban nhân dân phường Thới Hòa." in page
    assert headings(page) == ["Việc cần Ông/Bà tham gia", "Kết quả đã công khai", "Liên hệ", "Ông/Bà có phiếu mã?"]


def test_the_last_hours_are_not_a_day(client: PageClient, session: Session, area: Area) -> None:
    voting(session, 1, area=area, closes_at=in_days(0.5))
    assert "còn chưa đến 01 ngày" in client.get(at(area)).text


@pytest.mark.parametrize("status", ["preparing", "submitted"])
def test_what_was_never_opened_is_not_told(client: PageClient, session: Session, area: Area, status: str) -> None:
    make_poll(session, area, status=status, title="Chưa ai được biết")
    make_poll(session, area, status="cancelled", title="Chưa ai được biết", cancelled_at=in_days(-1))
    make_poll(session, area, status="cancelled", title="Hủy lâu rồi", opened_at=in_days(-60), cancelled_at=in_days(-31))
    for page in (client.get(at(area)).text, client.get(at(area.parent)).text):
        assert "Chưa ai được biết" not in page
        assert "Hủy lâu rồi" not in page


def test_no_figure_of_choices_stands_on_the_page_before_the_count(
    client: PageClient, session: Session, area: Area
) -> None:
    vote = voting(session, 5, area=area)
    before = words(client.get(at(area)))
    for slip, choice in zip(vote.slips, ["agree", "disagree", "agree"], strict=False):
        cast(session, make_ticket(session, slip, choice))
    assert words(client.get(at(area))) == before


def test_a_vote_that_failed_is_told_as_plainly(client: PageClient, session: Session, area: Area) -> None:
    decided(session, agree=1, disagree=7, area=area, title="Thu phí gửi xe")
    assert "Thu phí gửi xe Không được thông qua" in under(client.get(at(area)).text, "Kết quả đã công khai")


def make_counted(session: Session, area: Area, **values: Any) -> None:
    """A counted poll without ballots, for lists."""
    poll = make_poll(session, area, status="counted", opens_at=in_days(-90), **values)
    numbers = {"roll_size": 9, "counted": 9, "agree": 9, "disagree": 0, "other": 0, "invalid": 0, "needed": 5}
    rest = {"rule_key": "majority_strict", "passed": True, "batch_sha256": "0" * 64, "reconciliation": {}}
    session.add(Result(poll_id=poll.id, counted_at=clock.now(), **numbers, **rest))
    session.flush()


def test_only_the_ten_latest_results_are_listed(client: PageClient, session: Session, area: Area) -> None:
    for n in range(12):
        make_counted(session, area, title=f"Việc số {n:02}", closes_at=in_days(n - 20))
    listed = under(client.get(at(area)).text, "Kết quả đã công khai")
    assert [n for n in range(12) if f"Việc số {n:02}" in listed] == list(range(2, 12))
    assert listed.index("Việc số 11") < listed.index("Việc số 02")


def test_a_commune_tells_of_all_its_areas_and_of_no_other(client: PageClient, session: Session, area: Area) -> None:
    voting(session, 1, area=area, title="Lắp camera")
    other = make_area(session, name="khu phố 9")
    voting(session, 1, area=other, title="Việc của phường khác")
    page = client.get(at(area.parent)).text
    assert "Lắp camera Biểu quyết Khu phố 6" in under(page, "Việc cần Ông/Bà tham gia")
    assert "Việc của phường khác" not in page
    assert under(page, "Thôn, tổ dân phố") == "Khu phố 6"
    assert "<title>Phường Thới Hòa – Thành phố Hồ Chí Minh – Dân Bàn</title>" in page


def test_a_commune_of_many_areas_offers_a_search(client: PageClient, session: Session) -> None:
    commune = make_commune(session)
    for n in range(1, 41):
        make_area(session, commune, name=f"Khu phố {n}")
    page = client.get(at(commune)).text
    assert "Xem cả 40 thôn, tổ dân phố" in page
    assert page.index(">Khu phố 2<") < page.index(">Khu phố 10<")
    found = client.get("/", query_string={"q": "phố 40", "xa": commune.code}).text
    assert f'href="{at(commune)}-' in found


def test_a_commune_without_areas_says_so(client: PageClient, session: Session) -> None:
    commune = make_commune(session)
    commune.phone, commune.address = "0274 3567 890", "Số 1, đường Hoa Sen"
    session.flush()
    page = client.get(at(commune)).text
    assert "Chưa có thôn, tổ dân phố nào trong hệ thống." in page
    assert "Ủy ban nhân dân phường Thới Hòa" in under(page, "Liên hệ")


def test_an_ended_area_points_to_its_heir_and_back(client: PageClient, session: Session, area: Area) -> None:
    heir = make_area(session, area.parent, name="khu phố 60")
    area.valid_to = date(2026, 6, 30)
    session.add(AreaSuccession(predecessor_id=area.id, successor_id=heir.id, happened_on=area.valid_to, document="NQ"))
    session.flush()
    page = client.get(at(area)).text
    assert "Địa bàn kết thúc ngày 30/06/2026" in page
    assert "Nay thuộc Khu phố 60" in page
    assert "Trước đây là: Khu phố 6" in words(client.get(at(heir)))
    assert "Khu phố 6<" not in client.get(at(area.parent)).text


@pytest.mark.parametrize(
    "path",
    ["/dia-ban/79", "/dia-ban/79-99999", "/dia-ban/x", "/dia-ban/%00", "/dia-ban/%27%20OR%201=1", "/dia-ban/--",
     "/dia-ban/" + "7" * 500, "/dia-ban/..%2f..", "/?q=a%00b"],
)  # fmt: skip
def test_addresses_that_lead_nowhere(client: PageClient, area: Area, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


@pytest.mark.parametrize("words_typed", ["thoi hoa", "Thới Hòa", "khu pho 6 thoi hoa"])
def test_a_resident_finds_the_area(client: PageClient, session: Session, area: Area, words_typed: str) -> None:
    page = client.get("/", query_string={"q": words_typed}).text
    assert f'href="{at(area)}"' in page
    assert f'value="{words_typed}"' in page


@pytest.mark.parametrize("typed", ["zzz", "%", "<script>alert(1)</script>", "' OR 1=1 --", "a" * 5_000, "\u202e"])
def test_a_search_without_result_says_so_and_shows_what_was_typed_as_text(
    client: PageClient, area: Area, typed: str
) -> None:
    page = client.get("/", query_string={"q": typed}).text
    assert "Không tìm thấy địa bàn nào." in page
    assert "<script>alert" not in page


def test_the_first_page_lists_communes_in_use(client: PageClient, session: Session, area: Area) -> None:
    unused = make_commune(session, name="Phường Chưa Dùng")
    page = client.get("/").text
    assert f'href="{at(area.parent)}"' in page
    assert unused.name not in page
    assert "Nhập mã phiếu" in page


@pytest.mark.parametrize("path", ["/", "area", "commune"])
def test_pages_of_places_are_kept_for_a_moment_and_the_same_for_everybody(
    client: PageClient, session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch, area: Area, path: str
) -> None:
    path = {"area": at(area), "commune": at(area.parent)}.get(path, path)
    services = replace(app.extensions["danban"], page_cache=PageCache(60))
    monkeypatch.setitem(app.extensions, "danban", services)
    stranger = client.get(path)
    sign_in_as(client, session, Role.COMMUNE_ADMIN, area.parent or area)
    area.name = "khu phố đổi tên"
    session.flush()
    assert client.get(path).data == stranger.data
    assert "Set-Cookie" not in stranger.headers
    larger = app.test_client()
    larger.set_cookie("display", "150")
    assert 'class="text-150"' in larger.get(path).text
