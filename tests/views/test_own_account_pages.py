"""The page of one's own account."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.identity import totp
from app.identity.models import Account, StaffSession
from tests.support.cast import make_account, make_area, make_grant
from tests.support.pages import PageClient
from tests.support.staff import csrf, open_session, send, sign_in
from tests.views.test_sign_in_pages import HASH, KEYRING, OWN, PASSWORD, digits, quick_passwords

__all__ = ["quick_passwords"]
NEW = "con mèo ba chân"


@pytest.fixture
def account(session: Session) -> Account:
    account = make_account(session, login="canbo", password_hash=HASH, full_name="Nguyễn <b>Văn</b> An")
    make_grant(session, account, Role.OVERSEER, make_area(session))
    return account


@pytest.fixture
def own(client: PageClient, session: Session, account: Account) -> StaffSession:
    return open_session(client, session, account)


def test_the_page_shows_roles_and_browsers(
    client: PageClient, session: Session, account: Account, own: StaffSession
) -> None:
    sign_in(PageClient(client.application), session, account, browser="Firefox, Linux")
    account.totp_confirmed_at = None
    session.commit()
    page = client.get(OWN).text
    assert "Nguyễn &lt;b&gt;Văn&lt;/b&gt; An" in page and "<b>Văn</b>" not in page
    assert "Người giám sát" in page and "Firefox, Linux" in page and "Thiết bị này" in page


def test_another_browser_is_signed_out(
    client: PageClient, session: Session, account: Account, own: StaffSession
) -> None:
    other = sign_in(PageClient(client.application), session, account)
    account.totp_confirmed_at = None
    session.commit()
    answer = send(client, OWN, to=f"{OWN}/phien/{other.id}/ket-thuc")
    assert answer.location == OWN
    assert other.ended_at is not None and own.ended_at is None


def test_nobody_elses_browser_is(client: PageClient, session: Session, own: StaffSession) -> None:
    other = sign_in(PageClient(client.application), session, make_account(session))
    assert send(client, OWN, to=f"{OWN}/phien/{other.id}/ket-thuc").status_code == 404
    assert other.ended_at is None


def test_signing_out_everywhere(client: PageClient, session: Session, own: StaffSession) -> None:
    answer = send(client, OWN, to=f"{OWN}/dang-xuat-moi-noi")
    assert answer.location == "/staff/dang-nhap"
    assert client.get(OWN).status_code == 303
    assert session.scalars(select(StaffSession).where(StaffSession.ended_at.is_(None))).all() == []


def test_the_password_is_changed(client: PageClient, session: Session, account: Account, own: StaffSession) -> None:
    answer = send(client, f"{OWN}/mat-khau", {"present": PASSWORD, "new": NEW, "repeat": NEW})
    assert (answer.status_code, answer.location) == (303, OWN)
    assert "Đã đổi mật khẩu" in client.get(OWN).text
    assert account.password_hash != HASH


@pytest.mark.parametrize(
    ("present", "new", "repeat", "sentence"),
    [
        ("mua nang xuong", NEW, NEW, "Mật khẩu hiện tại chưa đúng."),
        (PASSWORD, NEW, NEW + "!", "Hai lần nhập mật khẩu mới chưa giống nhau."),
        (PASSWORD, "ngan", "ngan", "ít nhất 10 ký tự"),
        (PASSWORD, "matkhau123", "matkhau123", "dễ đoán"),
        (PASSWORD, PASSWORD, PASSWORD, "phải khác mật khẩu hiện tại"),
        ("", "", "", "Nhập mật khẩu."),
    ],
)
def test_a_password_is_refused_at_its_place(
    client: PageClient, account: Account, own: StaffSession, present: str, new: str, repeat: str, sentence: str
) -> None:
    answer = send(client, f"{OWN}/mat-khau", {"present": present, "new": new, "repeat": repeat})
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2
    assert not new or f'value="{new}"' not in answer.text
    assert account.password_hash == HASH


def test_spaces_belong_to_a_password(client: PageClient, session: Session, account: Account, own: StaffSession) -> None:
    spaced = f" {NEW} "
    assert send(client, f"{OWN}/mat-khau", {"present": PASSWORD, "new": spaced, "repeat": spaced}).status_code == 303
    wrong = send(client, f"{OWN}/mat-khau", {"present": NEW, "new": "khac han di", "repeat": "khac han di"})
    assert wrong.status_code == 422


def test_guessing_the_present_password_ends(client: PageClient, account: Account, own: StaffSession) -> None:
    token = csrf(client.get(f"{OWN}/mat-khau"))
    wrong = {"present": "x", "new": NEW, "repeat": NEW, "csrf_token": token}
    assert [client.post(f"{OWN}/mat-khau", data=wrong).status_code for _ in range(21)][-1] == 429


def test_a_look_at_the_page_of_the_second_factor_changes_nothing(
    client: PageClient, account: Account, own: StaffSession
) -> None:
    assert "<svg xmlns" not in client.get(f"{OWN}/xac-thuc").text
    assert account.totp_secret is None
    assert send(client, f"{OWN}/xac-thuc", {"code": "123456"}, to=f"{OWN}/xac-thuc").status_code == 422


def test_the_second_factor_is_turned_on_and_not_off(client: PageClient, account: Account, own: StaffSession) -> None:
    send(client, f"{OWN}/xac-thuc", to=f"{OWN}/xac-thuc/bat-dau")
    page = client.get(f"{OWN}/xac-thuc")
    assert account.totp_secret is not None
    secret = totp.unseal(KEYRING, account.id, account.totp_secret)
    assert totp.text_secret(secret)[:4] in page.text
    answer = send(client, f"{OWN}/xac-thuc", {"code": digits(secret)})
    assert answer.location == OWN
    assert "Đã bật xác thực hai bước" in client.get(OWN).text
    assert "<svg xmlns" not in client.get(f"{OWN}/xac-thuc").text
    assert send(client, OWN, to=f"{OWN}/xac-thuc/bat-dau").status_code == 409


@pytest.mark.parametrize("path", [OWN, f"{OWN}/mat-khau", f"{OWN}/xac-thuc"])
def test_strangers_sign_in_first(client: PageClient, path: str) -> None:
    assert client.get(path).location == f"/staff/dang-nhap?next={path}"


@pytest.mark.parametrize("path", ["phien/1/ket-thuc", "dang-xuat-moi-noi", "xac-thuc/bat-dau"])
def test_acts_need_the_token_of_a_form(client: PageClient, own: StaffSession, path: str) -> None:
    assert client.get(f"{OWN}/{path}", check=False).status_code == 405
    assert client.post(f"{OWN}/{path}").status_code == 400
