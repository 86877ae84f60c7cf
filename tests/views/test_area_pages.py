"""Staff pages of places: found, founded, corrected, ended; forms keep what was typed and say what is wrong."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas import queries
from app.areas.models import Area
from app.core.permissions import Role
from tests.support.cast import make_area, make_commune
from tests.support.counting import words
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

PLACES = "/staff/dia-ban/"
NEW = {"name": "Khu phố 7", "kind": "khu_pho", "valid_from": "01/07/2026"}
END = {"last_day": "30/06/2026", "document": "Nghị quyết 12/NQ-HĐND"}


@pytest.fixture
def area(session: Session) -> Area:
    return make_area(session, name="khu phố 6")


@pytest.fixture
def commune(area: Area) -> Area:
    assert area.parent is not None
    return area.parent


@pytest.fixture
def admin(client: PageClient, session: Session, commune: Area) -> None:
    sign_in_as(client, session, Role.COMMUNE_ADMIN, commune)


def page_of(area: Area, act: str = "") -> str:
    return f"{PLACES}{area.code}{act}"


def names(session: Session, commune: Area) -> list[str]:
    return [area.name for area in queries.all_below(session, commune)]


def test_an_area_is_founded_on_the_page(client: PageClient, session: Session, admin: None, commune: Area) -> None:
    answer = send(client, page_of(commune, "/moi"), NEW)
    assert (answer.status_code, answer.location) == (303, page_of(commune))
    page = words(client.get(answer.location))
    assert "Đã lập Khu phố 7." in page
    assert "Khu phố 7" in names(session, commune)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Ghi tên địa bàn, ví dụ: Khu phố 6."),
        ({"name": "x" * 201}, "Tối đa 200 ký tự."),
        ({"name": "KP 06"}, "Trong xã, phường đã có Khu phố 6."),
        ({"name": "Thôn 5"}, "Tên không hợp với loại địa bàn."),
        ({"kind": ""}, "Chọn loại địa bàn trong danh sách."),
        ({"kind": "phuong"}, "Chọn một mục trong danh sách."),
        ({"valid_from": ""}, "Ghi ngày theo dạng 05/07/2026."),
        ({"valid_from": "30/02/2026"}, "Không có ngày này trong lịch."),
    ],
)
def test_what_is_wrong_stands_at_its_place(
    client: PageClient, session: Session, admin: None, commune: Area, values: dict[str, str], sentence: str
) -> None:
    answer = send(client, page_of(commune, "/moi"), NEW | values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Lỗi: " in answer.text
    if values.get("name"):
        assert f'value="{values["name"]}"' in answer.text
    assert names(session, commune) == ["khu phố 6"]


def test_contacts_are_corrected_and_seen(client: PageClient, session: Session, admin: None, area: Area) -> None:
    values = {"name": "Khu phố 6", "head_name": "Nguyễn Văn Hòa", "phone": "0274 3567 890"}
    answer = send(client, page_of(area, "/sua"), values)
    assert (answer.status_code, answer.location) == (303, page_of(area))
    page = words(client.get(answer.location))
    assert "Đã lưu." in page and "Nguyễn Văn Hòa" in page and "0274 3567 890" in page


def test_a_name_with_a_zero_character_loses_it(client: PageClient, session: Session, admin: None, area: Area) -> None:
    send(client, page_of(area, "/sua"), {"name": "Khu phố 6", "address": "Nhà văn\0 hóa"})
    session.refresh(area)
    assert area.address == "Nhà văn hóa"


@pytest.mark.parametrize("values", [{"name": ""}, {"name": "Thôn 6"}, {"name": "Khu phố 6", "head_name": "An\u202e"}])
def test_a_wrong_correction_changes_nothing(
    client: PageClient, session: Session, admin: None, area: Area, values: dict[str, str]
) -> None:
    assert send(client, page_of(area, "/sua"), values).status_code == 422
    session.refresh(area)
    assert (area.name, area.head_name) == ("khu phố 6", "")


def test_hostile_text_is_shown_as_text(client: PageClient, session: Session, admin: None, area: Area) -> None:
    hostile = "<script>alert(1)</script>\"'{{7*7}}"
    send(client, page_of(area, "/sua"), {"name": f"Khu phố {hostile}", "address": hostile})
    for path in (page_of(area), page_of(area, "/sua"), f"/dia-ban/{area.code}"):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_a_commune_has_contacts_and_no_other_name(
    client: PageClient, session: Session, admin: None, commune: Area
) -> None:
    assert 'name="name"' not in client.get(page_of(commune, "/sua")).text
    answer = send(client, page_of(commune, "/sua"), {"phone": "0274 3567 890", "name": "Phường Khác"})
    assert answer.status_code == 303
    session.refresh(commune)
    assert (commune.phone, commune.name) == ("0274 3567 890", "Phường Thới Hòa")


def test_an_area_is_ended_with_its_heirs(client: PageClient, session: Session, admin: None, area: Area) -> None:
    heir = make_area(session, area.parent, name="khu phố 60")
    session.commit()
    answer = send(client, page_of(area, "/ket-thuc"), END | {"successors": heir.code})
    assert (answer.status_code, answer.location) == (303, page_of(area))
    page = words(client.get(answer.location))
    assert "Kết thúc ngày 30/06/2026" in page and "Nay thuộc Khu phố 60" in page
    assert "Sáp nhập, chia tách" not in page
    assert "Trước đây là Khu phố 6" in words(client.get(page_of(heir)))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"last_day": ""}, "Ghi ngày theo dạng 05/07/2026."),
        ({"last_day": "31/12/9999"}, "Nhập"),
        ({"last_day": "30/06/2025"}, "Ngày kết thúc phải sau ngày bắt đầu của địa bàn."),
        ({"document": ""}, "Ghi số và ngày nghị quyết sáp nhập, chia tách."),
        ({"successors": "79-1-1"}, "Địa bàn kế tục"),
    ],
)
def test_an_end_that_makes_no_sense_stands_at_its_place(
    client: PageClient, session: Session, admin: None, area: Area, values: dict[str, str], sentence: str
) -> None:
    make_area(session, area.parent)
    session.commit()
    answer = send(client, page_of(area, "/ket-thuc"), END | values)
    assert answer.status_code == 422
    assert sentence in words(answer)
    session.refresh(area)
    assert area.valid_to is None


def test_an_area_does_not_end_twice(client: PageClient, session: Session, admin: None, area: Area) -> None:
    send(client, page_of(area, "/ket-thuc"), END)
    answer = send(client, page_of(area, "/ket-thuc"), END)
    assert answer.status_code == 422
    assert "Địa bàn này đã kết thúc." in answer.text


@pytest.mark.parametrize("act", ["/moi", "/ket-thuc"])
def test_acts_of_another_level_are_not_there(
    client: PageClient, session: Session, admin: None, area: Area, commune: Area, act: str
) -> None:
    wrong = area if act == "/moi" else commune
    assert client.get(page_of(wrong, act)).status_code == 404


@pytest.mark.parametrize("code", ["79-99999", "x", "79-25846-01-02", "..", "%00", "7" * 300])
def test_places_that_are_none(client: PageClient, admin: None, code: str) -> None:
    assert client.get(f"{PLACES}{code}").status_code == 404


def test_staff_find_their_places(client: PageClient, session: Session, admin: None, area: Area, commune: Area) -> None:
    other = make_commune(session, name="Phường Thới Hòa")
    session.commit()
    assert page_of(commune) in client.get(PLACES).text
    found = client.get(PLACES, query_string={"q": "khu pho 6"}).text
    assert page_of(area) in found
    assert page_of(other) not in client.get(PLACES, query_string={"q": "thoi hoa"}).text
    assert "Không tìm thấy địa bàn nào." in client.get(PLACES, query_string={"q": "%"}).text


def offers(client: PageClient, session: Session, role: Role, place: Area, area: Area) -> dict[str, Any]:
    sign_in_as(client, session, role, place)
    page = client.get(page_of(area)).text
    acts = {"edit": "/sua", "end": "/ket-thuc", "roll": f"/staff/ho-gia-dinh/dia-ban/{area.code}"}
    return {name: act in page for name, act in acts.items()}


@pytest.mark.parametrize(
    ("role", "own", "expected"),
    [
        (Role.COMMUNE_ADMIN, "commune", {"edit": True, "end": True, "roll": True}),
        (Role.PROVINCE_ADMIN, "province", {"edit": True, "end": True, "roll": False}),
        (Role.COMMUNE_OFFICER, "commune", {"edit": False, "end": False, "roll": True}),
        (Role.AREA_HEAD, "area", {"edit": False, "end": False, "roll": True}),
        (Role.MODERATOR, "commune", {"edit": False, "end": False, "roll": False}),
    ],
)
def test_a_page_offers_only_what_one_may(
    client: PageClient, session: Session, area: Area, role: Role, own: str, expected: dict[str, bool]
) -> None:
    assert area.parent is not None and area.parent.parent is not None
    places = {"area": area, "commune": area.parent, "province": area.parent.parent}
    assert offers(client, session, role, places[own], area) == expected


def test_what_lies_outside_is_named_and_leads_nowhere(client: PageClient, session: Session, area: Area) -> None:
    sign_in_as(client, session, Role.AREA_HEAD, area)
    page = client.get(page_of(area)).text
    assert "Phường Thới Hòa" in page
    assert f'href="{page_of(area.parent or area)}"' not in page


def test_nothing_is_founded_by_looking(client: PageClient, session: Session, admin: None, commune: Area) -> None:
    client.get(page_of(commune, "/moi"), query_string=NEW)
    client.post(page_of(commune, "/moi"), data=NEW, check=False)
    assert session.scalars(select(Area.name).where(Area.name == "Khu phố 7")).all() == []
