"""Signing in through the pages: the happy road, every turning, and what no address can do."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock
from app.core.permissions import Role
from app.core.tokens import Keyring
from app.identity import totp
from app.identity.models import Account, StaffSession
from app.identity.views_staff import sign_in as view
from tests.support.cast import in_days, make_account, make_area, make_grant
from tests.support.pages import PageClient
from tests.support.passwords import QUICK, quick_passwords
from tests.support.servers import SECRETS
from tests.support.staff import csrf, send, sign_in

PAGE, CODE, OWN = "/staff/dang-nhap", "/staff/dang-nhap/xac-thuc", "/staff/tai-khoan-cua-toi"
PASSWORD = "mua nang len"
HASH = QUICK.hash(PASSWORD)
KEYRING = Keyring(SECRETS["secret_key"])

__all__ = ["HASH", "KEYRING", "OWN", "PASSWORD", "digits", "key_of", "quick_passwords"]


@pytest.fixture
def overseer(session: Session) -> Account:
    """Somebody who needs no second factor."""
    return person(session, Role.OVERSEER)


def person(session: Session, role: Role, **values: Any) -> Account:
    account = make_account(session, login="canbo", **{"password_hash": HASH} | values)
    make_grant(session, account, role, make_area(session))
    session.commit()
    return account


def enrol(session: Session, account: Account) -> bytes:
    secret = totp.new_secret()
    account.totp_secret = totp.seal(KEYRING, account.id, secret)
    account.totp_confirmed_at = clock.now()
    session.commit()
    return secret


def digits(secret: bytes, drift: int = 0) -> str:
    return totp.code(secret, totp.step_of(clock.now()) + drift)


def enter(client: PageClient, page: str = PAGE, *, login: str = "canbo", password: str = PASSWORD) -> TestResponse:
    return send(client, page, {"login": login, "password": password})


def sessions(session: Session) -> list[StaffSession]:
    return list(session.scalars(select(StaffSession).order_by(StaffSession.id)))


# ------------------------------------------------------------------------------------------- the happy road


def test_the_page_says_what_the_law_forbids(client: PageClient) -> None:
    text = client.get(PAGE).text
    assert "cấm gian lận, làm sai lệch kết quả" in text and "cấm tiết lộ thông tin về người báo tin" in text


def test_password_then_the_page_that_was_asked_for(client: PageClient, session: Session, overseer: Account) -> None:
    asked = client.get("/staff/nhat-ky/")
    assert (asked.status_code, asked.location) == (303, f"{PAGE}?next=/staff/nhat-ky/")
    answer = enter(client, asked.location)
    assert (answer.status_code, answer.location) == (303, "/staff/nhat-ky/")
    page = client.get(answer.location)
    assert page.status_code == 200
    assert overseer.full_name in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_cookie_is_for_the_staff_pages_alone(client: PageClient, overseer: Account) -> None:
    mark, cookie = sorted(enter(client).headers.getlist("Set-Cookie"), reverse=True)
    # The mark says that some member of staff uses this browser, and neither who nor for how long.
    assert mark.startswith("noi-bo=") and cookie.startswith("danban_staff=")
    assert {"HttpOnly", "Path=/staff", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "canbo" not in cookie


def test_the_key_is_new_at_every_step(client: PageClient, session: Session) -> None:
    secret = enrol(session, person(session, Role.AREA_HEAD))
    keys = [key_of(client)]
    answer = enter(client, f"{PAGE}?next=/staff/dia-ban/")
    keys.append(key_of(client))
    step = client.get(answer.location)
    assert (step.status_code, step.location) == (303, f"{CODE}?next=/staff/dia-ban/")
    answer = send(client, step.location, {"code": digits(secret)})
    keys.append(key_of(client))
    assert (answer.status_code, answer.location) == (303, "/staff/dia-ban/")
    assert client.get(answer.location).status_code == 200
    assert len(set(keys)) == 3
    assert [row.ended_at is None for row in sessions(session)] == [False, True]


def key_of(client: PageClient) -> str | None:
    with client.session_transaction("/staff/") as cookie:
        return cookie.get("key")


def test_signed_in_already(client: PageClient, session: Session, overseer: Account) -> None:
    sign_in(client, session, overseer)
    assert client.get(PAGE).location == "/staff/"
    assert client.get(CODE).location == "/staff/"


def test_signing_out(client: PageClient, session: Session, overseer: Account) -> None:
    row = sign_in(client, session, overseer)
    answer = send(client, OWN, to="/staff/dang-xuat")
    assert answer.location == PAGE
    assert "đã đăng xuất" in client.get(PAGE).text
    assert row.ended_at is not None
    assert client.get(OWN).status_code == 303
    assert client.get("/staff/dang-xuat", check=False).status_code == 405


# -------------------------------------------------------------------------------------------- wrong turnings


@pytest.mark.parametrize(("login", "password"), [("canbo", "mua nang xuong"), ("nobody", PASSWORD)])
def test_wrong_says_the_same_whoever_it_is(client: PageClient, overseer: Account, login: str, password: str) -> None:
    answer = enter(client, login=login, password=password)
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.text
    assert f'value="{login}"' in answer.text
    assert password not in answer.text
    assert answer.text.index("<title>Lỗi: ") > 0
    assert client.get(OWN).status_code == 303


def test_empty_fields_are_named(client: PageClient) -> None:
    answer = enter(client, login="", password="")
    assert "Nhập tên đăng nhập." in answer.text and "Nhập mật khẩu." in answer.text


@pytest.mark.parametrize("login", ["canbo", "nobody"])
def test_after_five_failures_even_the_right_password_waits(
    client: PageClient, session: Session, overseer: Account, login: str
) -> None:
    for _ in range(5):
        assert enter(client, login=login, password="mua nang xuong").status_code == 422
    answer = enter(client, login=login)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "nhập sai nhiều lần. Mời thử lại sau 15 phút." in answer.text
    assert sessions(session) == []


def test_one_subscriber_does_not_try_without_end(
    client: PageClient, overseer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "TRIES_FROM_ADDRESS", 3)
    for number in range(3):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:7::{number}"
        assert enter(client, login=f"nguoi{number}").status_code == 422
    client.environ_base["REMOTE_ADDR"] = "2001:db8:0:7:f::f"
    assert enter(client).status_code == 429
    client.environ_base["REMOTE_ADDR"] = "2001:db8:0:8::1"
    assert enter(client).status_code == 303


def test_a_disabled_account(client: PageClient, session: Session) -> None:
    person(session, Role.OVERSEER, disabled_at=clock.now())
    assert "đã bị khóa" in enter(client).text


@pytest.mark.parametrize("minutes", [61, 24 * 60])
def test_an_idle_session_has_run_out(client: PageClient, session: Session, overseer: Account, minutes: int) -> None:
    sign_in(client, session, overseer, last_seen_at=clock.now() - timedelta(minutes=minutes))
    asked = client.get("/staff/nhat-ky/")
    assert asked.location == f"{PAGE}?next=/staff/nhat-ky/"
    page = client.get(asked.location)
    assert "Phiên làm việc đã hết hạn." in page.text
    assert "hết hạn" not in client.get(PAGE).text


def test_no_session_is_older_than_it_may_be(client: PageClient, session: Session, overseer: Account) -> None:
    sign_in(client, session, overseer, expires_at=clock.now() - timedelta(seconds=1))
    assert client.get(OWN).status_code == 303


@pytest.mark.parametrize("change", [{"ended_at": in_days(0)}, {"token_hash": "0" * 64}])
def test_an_ended_session_and_an_invented_key(
    client: PageClient, session: Session, overseer: Account, change: dict[str, Any]
) -> None:
    row = sign_in(client, session, overseer)
    for name, value in change.items():
        setattr(row, name, value)
    session.commit()
    assert client.get(OWN).status_code == 303


def test_use_keeps_a_session_alive_but_is_noted_once_a_minute(
    client: PageClient, session: Session, overseer: Account
) -> None:
    long_ago = clock.now() - timedelta(minutes=50)
    row = sign_in(client, session, overseer, last_seen_at=long_ago)
    client.get(OWN)
    first = row.last_seen_at
    assert first > long_ago
    client.get(OWN)
    assert row.last_seen_at == first


def test_disabling_an_account_closes_its_open_pages(client: PageClient, session: Session, overseer: Account) -> None:
    sign_in(client, session, overseer)
    assert client.get(OWN).status_code == 200
    overseer.disabled_at = clock.now()
    session.commit()
    assert client.get(OWN).status_code == 303


def test_a_role_that_ended_is_gone_at_the_next_page(client: PageClient, session: Session, overseer: Account) -> None:
    sign_in(client, session, overseer)
    assert client.get("/staff/nhat-ky/").status_code == 200
    overseer.grants[0].until = clock.now()
    session.commit()
    assert client.get("/staff/nhat-ky/").status_code == 403


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/",
        "/p/abc",
        "/staffx",
        "staff/",
        "/staff/\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_next_leads_nowhere_but_to_staff_pages(client: PageClient, overseer: Account, target: str) -> None:
    token = csrf(client.get(PAGE))
    values = {"login": "canbo", "password": PASSWORD, "csrf_token": token}
    answer = client.post(PAGE, query_string={"next": target}, data=values)
    assert (answer.status_code, answer.location) == (303, "/staff/")


@pytest.mark.parametrize("token", [None, "", "invented", "x" * 5000])
def test_without_the_token_of_the_form_nothing_happens(
    client: PageClient, session: Session, overseer: Account, token: str | None
) -> None:
    values = {"login": "canbo", "password": PASSWORD} | ({"csrf_token": token} if token is not None else {})
    answer = client.post(PAGE, data=values)
    assert answer.status_code == 400
    assert "tải lại trang" in answer.text
    assert sessions(session) == []


def test_the_token_of_another_visitor_is_no_token(app: Flask, client: PageClient, overseer: Account) -> None:
    other = csrf(app.test_client().get(PAGE))
    client.get(PAGE)
    assert client.post(PAGE, data={"login": "canbo", "password": PASSWORD, "csrf_token": other}).status_code == 400


def test_a_form_of_another_site_cannot_sign_in(client: PageClient, overseer: Account) -> None:
    token = csrf(client.get(PAGE))
    values = {"login": "canbo", "password": PASSWORD, "csrf_token": token}
    assert client.post(PAGE, data=values, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
