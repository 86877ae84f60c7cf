"""Pages of others' accounts."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.identity import passwords, queries
from app.identity.models import Account
from app.lib.text import fold, sort_key
from tests.support.cast import in_days, make_account, make_area, make_commune, make_grant
from tests.support.pages import PageClient
from tests.support.passwords import quick_passwords
from tests.support.staff import send, sign_in_as

__all__ = ["quick_passwords"]
LIST = "/staff/tai-khoan/"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


@pytest.fixture
def area(session: Session, commune: Area) -> Area:
    return make_area(session, commune)


@pytest.fixture
def admin(client: PageClient, session: Session, commune: Area) -> Account:
    return sign_in_as(client, session, Role.COMMUNE_ADMIN, commune, full_name="Trần Văn Quản")


def staff(session: Session, place: Area, name: str, role: Role = Role.TEAM_MEMBER, **values: Any) -> Account:
    account = make_account(session, full_name=name, **values)
    account.search, account.sort_key = fold(f"{name} {account.login}"), sort_key(name)
    make_grant(session, account, role, place)
    session.commit()
    return account


def listed(page: str, *names: str) -> list[str]:
    """Those of the names that stand in the page, in the order in which they stand."""
    return sorted((name for name in names if name in page), key=page.index)


NAMES = ["Nguyễn Văn Anh", "Lê Văn Ân", "Trần Thị Ánh", "Đặng Thị Hường", "Nguyễn Thị À"]


def test_accounts_stand_in_vietnamese_name_order(
    client: PageClient, session: Session, area: Area, admin: Account
) -> None:
    for name in NAMES:
        staff(session, area, name)
    expected = ["Nguyễn Thị À", "Nguyễn Văn Anh", "Trần Thị Ánh", "Lê Văn Ân", "Đặng Thị Hường"]
    assert listed(client.get(LIST).text, *NAMES) == expected


@pytest.mark.parametrize("words", ["dang huong", "ĐẶNG THỊ", "hường", "huong01"])
def test_search_ignores_marks(client: PageClient, session: Session, area: Area, admin: Account, words: str) -> None:
    staff(session, area, "Đặng Thị Hường", login="huong01")
    staff(session, area, "Lê Văn Ân")
    page = client.get(LIST, query_string={"q": words}).text
    assert listed(page, *NAMES) == ["Đặng Thị Hường"]


def test_search_by_role_and_place(
    client: PageClient, session: Session, commune: Area, area: Area, admin: Account
) -> None:
    other = make_area(session, commune)
    staff(session, area, "Lê Văn Ân", Role.FRONT)
    staff(session, other, "Trần Thị Ánh", Role.FRONT)
    staff(session, area, "Nguyễn Văn Anh", Role.AREA_HEAD)
    past = staff(session, area, "Đặng Thị Hường", Role.FRONT)
    past.grants[0].until = in_days(-0.5)
    session.commit()

    def found(**asked: str) -> list[str]:
        return listed(client.get(LIST, query_string=asked).text, *NAMES)

    assert found(role="front_representative") == ["Trần Thị Ánh", "Lê Văn Ân"]
    assert found(role="front_representative", place=area.code) == ["Lê Văn Ân"]
    assert found(place=other.code) == ["Trần Thị Ánh"]
    assert found(place="79-99999") == found(role="king") == []


def test_pages_of_a_long_list(
    client: PageClient, session: Session, area: Area, admin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for name in NAMES:
        staff(session, area, name)
    pages = [listed(client.get(LIST, query_string={"page": n}).text, *NAMES) for n in (1, 2, 3, 4)]
    # The administrator, whose account has no key of order yet, stands first.
    assert [len(page) for page in pages] == [1, 2, 2, 0]
    assert client.get(LIST, query_string={"page": "-3"}).status_code == 200
    assert client.get(LIST, query_string={"page": "x"}).status_code == 200


def test_only_accounts_of_ones_places_are_listed(
    client: PageClient, session: Session, area: Area, admin: Account
) -> None:
    staff(session, make_area(session), "Lê Văn Ân")
    staff(session, area, "Trần Thị Ánh")
    assert listed(client.get(LIST).text, *NAMES) == ["Trần Thị Ánh"]


def new(**values: str) -> dict[str, str]:
    return {"full_name": "Nguyễn Văn Anh", "login": "vananh", "role": "area_head", "phone": "", "last_day": ""} | values


def test_a_new_account_and_its_password_once(client: PageClient, session: Session, area: Area, admin: Account) -> None:
    answer = send(client, f"{LIST}moi", new(place=area.code, last_day="31/12/2030"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    account = queries.by_login(session, "vananh")
    assert account is not None
    [password] = set(re.findall(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", answer.text))
    assert passwords.verify(account.password_hash, password)
    page = client.get(f"{LIST}{account.id}").text
    assert password not in page
    assert "31/12/2030" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"full_name": ""}, "Ghi họ và tên."),
        ({"login": "An Bình!"}, "Tên đăng nhập gồm"),
        ({"login": "daco"}, "đã có người dùng"),
        ({"phone": "123"}, "10 chữ số"),
        ({"role": ""}, "Chọn một vai trò."),
        ({"role": "commune_officer"}, "không có ở cấp"),
        ({"last_day": "31/02/2027"}, "Không có ngày này trong lịch."),
        ({"last_day": "01/01/2020"}, "từ hôm nay trở đi"),
        ({"place": ""}, "Chọn địa bàn."),
    ],
)
def test_what_is_wrong_stands_at_its_place_and_nothing_typed_is_lost(
    client: PageClient, session: Session, area: Area, admin: Account, values: dict[str, str], sentence: str
) -> None:
    make_account(session, login="daco")
    answer = send(client, f"{LIST}moi", new(place=area.code, full_name="Đặng Văn Ân") | values)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    if "full_name" not in values:
        assert 'value="Đặng Văn Ân"' in answer.text
    assert queries.by_login(session, "vananh") is None


@pytest.mark.parametrize("values", [{"role": "commune_admin"}, {"role": "province_admin"}, {"role": "x"}])
def test_roles_that_are_not_offered_are_not_taken(
    client: PageClient, session: Session, commune: Area, admin: Account, values: dict[str, str]
) -> None:
    assert send(client, f"{LIST}moi", new(place=commune.code, **values)).status_code == 422
    elsewhere = make_area(session)
    session.commit()
    assert send(client, f"{LIST}moi", new(place=elsewhere.code)).status_code == 422
    assert queries.by_login(session, "vananh") is None


def test_a_role_is_given_and_taken(client: PageClient, session: Session, area: Area, admin: Account) -> None:
    account = staff(session, area, "Lê Văn Ân")
    page = f"{LIST}{account.id}"
    answer = send(client, f"{page}/vai-tro", {"role": "front_representative", "place": area.code, "last_day": ""})
    assert answer.location == page
    grant = account.grants[-1]
    assert grant.role == Role.FRONT
    assert "Đã giao vai trò" in client.get(page).text
    assert "đã có vai trò này" in send(client, f"{page}/vai-tro", {"role": grant.role, "place": area.code}).text
    assert send(client, page, to=f"{page}/vai-tro/{grant.id}/ket-thuc").location == page
    assert grant.until is not None
    assert send(client, page, to=f"{page}/vai-tro/{grant.id}/ket-thuc").status_code == 409
    assert send(client, page, to=f"{page}/vai-tro/999999/ket-thuc").status_code == 404


def test_resets_and_locks(client: PageClient, session: Session, area: Area, admin: Account) -> None:
    account = staff(session, area, "Lê Văn Ân", totp_secret=b"x", totp_confirmed_at=clock.now())
    page = f"{LIST}{account.id}"
    answer = send(client, page, to=f"{page}/mat-khau-moi")
    assert answer.status_code == 200 and "chỉ hiện một lần" in answer.text
    assert account.must_change_password
    assert send(client, page, to=f"{page}/xac-thuc-lai").location == page
    assert account.totp_confirmed_at is None
    assert send(client, page, to=f"{page}/khoa").location == page
    assert account.disabled_at is not None
    assert send(client, page, to=f"{page}/khoa").status_code == 409
    assert send(client, page, to=f"{page}/mo-khoa").location == page
    assert account.disabled_at is None
    answer = send(client, f"{page}/sua", {"full_name": "Lê Văn Ấn", "phone": "0912 345 678"})
    assert answer.location == page
    assert (account.full_name, account.phone) == ("Lê Văn Ấn", "0912345678")
    assert "10 chữ số" in send(client, f"{page}/sua", {"full_name": "Lê", "phone": "1"}).text


ACTS = ["sua", "vai-tro", "mat-khau-moi", "xac-thuc-lai", "khoa", "mo-khoa"]


@pytest.mark.parametrize("act", ACTS)
def test_one_does_not_administer_oneself(client: PageClient, session: Session, admin: Account, act: str) -> None:
    values = {"full_name": "Ai đó", "phone": "", "role": "overseer", "place": admin.grants[0].area.code}
    before = admin.password_hash, admin.full_name, len(admin.grants)
    answer = send(client, f"{LIST}moi", values, to=f"{LIST}{admin.id}/{act}")
    assert answer.status_code in (403, 422)
    assert "Mời nhờ quản trị viên khác." in answer.text
    assert before == (admin.password_hash, admin.full_name, len(admin.grants))


def test_hostile_names_are_shown_as_text(client: PageClient, session: Session, area: Area, admin: Account) -> None:
    account = staff(session, area, "<script>alert(1)</script>{{ 7 * 7 }}")
    for path in (LIST, f"{LIST}{account.id}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page
    assert session.scalar(select(Account.full_name).where(Account.id == account.id)) == account.full_name
