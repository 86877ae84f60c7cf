"""Staff pages of households: the list, one household, its representatives; forms keep what was typed."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.households import queries
from app.households.models import Household
from tests.support.cast import make_area, make_commune, make_household
from tests.support.counting import words
from tests.support.pages import PageClient
from tests.support.rolls import add_by_hand, make_desk
from tests.support.staff import send, sign_in_as

ROOT = "/staff/ho-gia-dinh/"
STAFF = "/staff/"
NEW = {"number": "007", "full_name": "Nguyễn Văn An", "phone": "0912 345 678", "address": "Số 7, Hẻm 12", "cluster": ""}
HOSTILE = "<script>alert(1)</script>\"'{{7919*7907}}"


@pytest.fixture
def area(session: Session) -> Area:
    return make_area(session, name="khu phố 6")


@pytest.fixture
def head(client: PageClient, session: Session, area: Area) -> None:
    sign_in_as(client, session, Role.AREA_HEAD, area)


@pytest.fixture
def home(session: Session, area: Area) -> Household:
    home = make_household(session, area, number="001", name="Trần Thị Bình", phone="0987654321")
    session.commit()
    return home


def roll(area: Area, act: str = "") -> str:
    return f"{ROOT}dia-ban/{area.code}{act}"


def of(home: Household, act: str = "") -> str:
    return f"{ROOT}{home.id}{act}"


def column(page: str, place: int) -> list[str]:
    rows = BeautifulSoup(page, "html.parser").select("#table tbody tr")
    return [row.find_all(["th", "td"])[place].get_text(" ", strip=True) for row in rows]


def test_whoever_has_one_area_comes_straight_to_its_roll(client: PageClient, head: None, area: Area) -> None:
    answer = client.get(ROOT)
    assert (answer.status_code, answer.location) == (303, roll(area))


def test_whoever_has_a_commune_sees_its_areas_with_their_numbers(client: PageClient, session: Session) -> None:
    commune = make_commune(session)
    areas = [make_area(session, commune, name=f"Khu phố {n}") for n in (10, 2)]
    for _ in range(3):
        make_household(session, areas[0])
    make_household(session, areas[0]).representatives[0].until = clock.now()
    sign_in_as(client, session, Role.COMMUNE_OFFICER, commune)
    answer = client.get(ROOT)
    assert (answer.status_code, answer.location) == (303, roll(commune))
    page = client.get(answer.location).text
    assert column(page, 0) == ["Khu phố 2", "Khu phố 10"]
    assert column(page, 1) == ["0", "4"]
    assert column(page, 2) == ["0", "1 Cần bổ sung"]
    assert f"{ROOT}nhap/dia-ban/{commune.code}" in page


def test_whoever_has_several_communes_chooses(client: PageClient, session: Session) -> None:
    communes = [make_commune(session, name=f"Xã {name}") for name in ("Đông", "Tây")]
    for commune in communes:
        make_area(session, commune)
        make_area(session, commune)
    sign_in_as(client, session, Role.OVERSEER, communes[0].parent or communes[0])
    page = client.get(ROOT).text
    assert "Xã Đông" in page and "Xã Tây" in page
    assert all(roll(commune) in page for commune in communes)
    assert "Nhập từ tệp" not in client.get(roll(communes[0])).text


def test_an_empty_roll_says_how_to_begin(client: PageClient, head: None, area: Area) -> None:
    page = words(client.get(roll(area)))
    assert "Chưa có hộ nào trong danh sách." in page
    assert "Chưa ghi quy ước tính hộ" in page
    assert "Tìm theo tên" not in page


def test_the_roll_is_turned_page_by_page(client: PageClient, session: Session, head: None, area: Area) -> None:
    for n in range(1, 300):
        make_household(session, area, number=f"{n:03}", position=n)
    session.commit()
    first, last = client.get(roll(area)).text, client.get(roll(area), query_string={"page": "6"}).text
    assert column(first, 0) == [f"{n:03}" for n in range(1, 51)]
    assert column(last, 0) == [f"{n:03}" for n in range(251, 300)]
    assert "299 hộ, trang 6 trên 6" in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²", ""])
def test_pages_that_are_none_show_one_that_is(client: PageClient, head: None, home: Household, page: str) -> None:
    answer = client.get(roll(home.area), query_string={"page": page, "order": "'; DROP TABLE household; --"})
    assert answer.status_code == 200
    assert column(answer.text, 0) == ["001"]


def test_households_are_found_and_the_order_is_kept(client: PageClient, session: Session) -> None:
    desk = make_desk(session)
    for number, name in (("1", "Đặng Thị Hường"), ("2", "Lê Văn Ân"), ("3", "Hồ Thị Hường")):
        add_by_hand(desk, number=number, full_name=name, address=f"Số {number}")
    sign_in_as(client, session, Role.TEAM_MEMBER, desk.area)
    page = client.get(roll(desk.area), query_string={"q": "huong", "order": "name"}).text
    assert column(page, 1) == ["Đặng Thị Hường", "Hồ Thị Hường"]
    assert '<option value="name" selected>' in page
    assert 'value="huong"' in page
    none = client.get(roll(desk.area), query_string={"q": HOSTILE}).text
    assert "Không có hộ nào khớp." in none and "<script>alert" not in none


def test_a_household_is_added_on_the_page(client: PageClient, session: Session, head: None, area: Area) -> None:
    answer = send(client, roll(area, "/them"), NEW)
    assert (answer.status_code, answer.location) == (303, roll(area))
    page = client.get(answer.location).text
    assert "Đã thêm hộ 007." in page
    assert column(page, 4) == ["0912345678"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": ""}, "Ghi số hộ."),
        ({"number": "01"}, "Đã có hộ mang số 001."),
        ({"number": "9" * 31}, "Tối đa 30 ký tự."),
        ({"full_name": ""}, "Ghi họ và tên người đại diện."),
        ({"full_name": "An\u202e"}, "Có ký tự lạ không được dùng: U+202E."),
        ({"phone": "12345"}, "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0."),
        ({"address": " "}, "Ghi địa chỉ thường trú."),
        ({"cluster": "x" * 101}, "Tối đa 100 ký tự."),
    ],
)
def test_what_is_wrong_stands_at_its_place_and_is_kept(
    client: PageClient, session: Session, head: None, home: Household, values: dict[str, str], sentence: str
) -> None:
    answer = send(client, roll(home.area, "/them"), NEW | values)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2, "in the summary and at the field"
    assert f'value="{(NEW | values)["number"]}"' in answer.text
    assert queries.count_present(session, home.area) == 1


def test_a_household_shows_who_has_represented_it(client: PageClient, head: None, home: Household) -> None:
    values = {"full_name": "LÊ VĂN CƯỜNG", "phone": "", "reason": "Hộ cử người khác"}
    answer = send(client, of(home, "/dai-dien"), values)
    assert (answer.status_code, answer.location) == (303, of(home))
    page = words(client.get(answer.location))
    assert "Người đại diện Lê Văn Cường" in page
    assert page.index("Hộ cử người khác") < page.rindex("Trần Thị Bình")
    assert "Hiện nay: Lê Văn Cường." in client.get(of(home, "/dai-dien")).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full_name": ""}, "Ghi họ và tên người đại diện."),
        ({"full_name": "Trần Thị Bình", "phone": "0987654321"}, "Trần Thị Bình đang đại diện cho hộ này."),
        ({"phone": "1"}, "Số điện thoại gồm 10 chữ số"),
        ({"reason": ""}, "Ghi lý do thay đổi."),
        ({"reason": "?"}, "Ghi lý do thay đổi, ví dụ"),
    ],
)
def test_a_wrong_change_of_representative_changes_nothing(
    client: PageClient, session: Session, head: None, home: Household, values: dict[str, str], sentence: str
) -> None:
    given = {"full_name": "Lê Văn Cường", "phone": "", "reason": "Hộ cử"}
    answer = send(client, of(home, "/dai-dien"), given | values)
    assert answer.status_code == 422
    assert sentence in answer.text
    session.refresh(home, ["representatives"])
    assert [person.full_name for person in home.representatives] == ["Trần Thị Bình"]


def test_a_household_is_corrected_and_taken_off(
    client: PageClient, session: Session, head: None, home: Household
) -> None:
    values = {"number": "1A", "address": "Số 1A", "cluster": "Hẻm 14"}
    assert send(client, of(home, "/sua"), values).location == of(home)
    assert "Số 1A" in client.get(of(home)).text
    answer = send(client, of(home, "/bo"), {"reason": "Chuyển đi nơi khác"})
    assert answer.location == roll(home.area)
    page = client.get(of(home)).text
    assert "Hộ này không còn trong danh sách" in page and "Chuyển đi nơi khác" in page
    assert of(home, "/sua") not in page
    late = send(client, of(home, "/sua"), values)
    assert late.status_code == 422 and "không còn trong danh sách" in late.text


@pytest.mark.parametrize(
    ("act", "values"),
    [("/sua", {"number": "", "address": "x", "cluster": ""}), ("/bo", {"reason": ""}), ("/bo", {"reason": "."})],
)
def test_a_wrong_correction_changes_nothing(
    client: PageClient, session: Session, head: None, home: Household, act: str, values: dict[str, str]
) -> None:
    assert send(client, of(home, act), values).status_code == 422
    session.refresh(home)
    assert (home.number, home.ended_at) == ("001", None)


def test_which_households_count_is_written_down(client: PageClient, session: Session, head: None, area: Area) -> None:
    assert send(client, roll(area, "/quy-uoc"), {"rule": "Ngắn"}).status_code == 422
    rule = "Tính các hộ thường trú và tạm trú từ 06 tháng."
    assert send(client, roll(area, "/quy-uoc"), {"rule": rule}).location == roll(area)
    assert rule in client.get(roll(area)).text
    assert rule in client.get(roll(area, "/quy-uoc")).text


def test_hostile_text_is_shown_as_text(client: PageClient, session: Session, head: None, area: Area) -> None:
    send(client, roll(area, "/them"), NEW | {"full_name": f"An {HOSTILE}", "address": HOSTILE, "cluster": HOSTILE})
    home = session.query(Household).one()
    for path in (roll(area), of(home), of(home, "/sua"), of(home, "/dai-dien"), of(home, "/bo")):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page and "62615533" not in page


@pytest.mark.parametrize("act", ["", "/sua", "/dai-dien", "/bo"])
def test_a_household_of_another_commune_is_not_there(
    client: PageClient, session: Session, head: None, act: str
) -> None:
    stranger = make_household(session, make_area(session))
    session.commit()
    assert client.get(of(stranger, act)).status_code == 404
    if act:
        assert send(client, STAFF, NEW | {"reason": "Chuyển đi"}, to=of(stranger, act)).status_code == 404
    session.refresh(stranger, ["ended_at", "number", "representatives"])
    assert (stranger.ended_at, len(stranger.representatives)) == (None, 1)


@pytest.mark.parametrize("key", ["0", "999999", "2147483648", "9" * 40, "-1", "x"])
def test_households_that_are_none(client: PageClient, head: None, key: str) -> None:
    assert client.get(f"{ROOT}{key}").status_code == 404


@pytest.mark.parametrize("act", ["/them", "/quy-uoc"])
def test_a_commune_has_no_roll_of_its_own(client: PageClient, session: Session, act: str) -> None:
    commune = make_commune(session)
    sign_in_as(client, session, Role.COMMUNE_ADMIN, commune)
    assert client.get(roll(commune, act)).status_code == 404


@pytest.mark.parametrize("role", [Role.FRONT, Role.TEAM_MEMBER, Role.OVERSEER])
def test_who_may_only_look_is_offered_nothing_else(
    client: PageClient, session: Session, home: Household, role: Role
) -> None:
    sign_in_as(client, session, role, home.area)
    listed, shown = client.get(roll(home.area)).text, client.get(of(home)).text
    assert not any(act in listed for act in ("/them", "/quy-uoc", "/nhap/"))
    assert not any(of(home, act) in shown for act in ("/sua", "/dai-dien", "/bo"))
    assert client.get(of(home, "/sua")).status_code == 403
