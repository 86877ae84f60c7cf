"""The steps between the password and the staff pages: temporary password, second factor."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.identity import totp
from tests.support.pages import PageClient
from tests.support.staff import csrf, open_session, send
from tests.views.test_sign_in_pages import (
    CODE,
    KEYRING,
    OWN,
    PAGE,
    PASSWORD,
    digits,
    enrol,
    enter,
    key_of,
    person,
    quick_passwords,
)

__all__ = ["quick_passwords"]


@pytest.fixture
def required(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in production: roles that can change a vote need a second factor."""
    services = app.extensions["danban"]
    on = replace(services, settings=replace(services.settings, second_factor=True))
    monkeypatch.setitem(app.extensions, "danban", on)


def test_before_the_digits_nothing_opens(client: PageClient, session: Session) -> None:
    enrol(session, person(session, Role.AREA_HEAD))
    enter(client)
    for path in ("/staff/", OWN, "/staff/dia-ban/", "/staff/no-such-page"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, f"{CODE}?next={path}"), path
    assert client.post(f"{OWN}/dang-xuat-moi-noi", data={"csrf_token": csrf(client.get(CODE))}).location == CODE
    assert client.get(PAGE).status_code == 200


def test_wrong_and_used_digits(client: PageClient, session: Session) -> None:
    account = person(session, Role.AREA_HEAD)
    secret = enrol(session, account)
    enter(client)
    assert "Mã xác nhận chưa đúng" in send(client, CODE, {"code": "abcdef"}).text
    assert account.failures == 1
    code = digits(secret)
    assert send(client, CODE, {"code": code}).status_code == 303
    send(client, OWN, to="/staff/dang-xuat")
    enter(client)
    replayed = send(client, CODE, {"code": code})
    assert replayed.status_code == 422
    assert "Mã xác nhận chưa đúng" in replayed.text


def test_wrong_digits_lock(client: PageClient, session: Session) -> None:
    secret = enrol(session, person(session, Role.AREA_HEAD))
    enter(client)
    for _ in range(5):
        send(client, CODE, {"code": "abcdef"})
    assert send(client, CODE, {"code": digits(secret)}).status_code == 429
    assert enter(client).status_code == 429


def test_without_a_password_there_is_no_second_step(client: PageClient) -> None:
    assert client.get(CODE).location == f"{PAGE}?next={CODE}"


def test_a_temporary_password_is_changed_first_and_then_the_second_factor_enrolled(
    client: PageClient, session: Session, required: None
) -> None:
    account = person(session, Role.AREA_HEAD, must_change_password=True)
    wanted = enter(client, f"{PAGE}?next=/staff/dia-ban/").location
    step = client.get(wanted).location
    assert step == f"{OWN}/mat-khau?next=/staff/dia-ban/"
    assert "Mật khẩu Ông/Bà vừa dùng là mật khẩu tạm" in client.get(step).text
    assert "/staff/ho-gia-dinh" not in client.get(step).text
    new = "con mèo ba chân"
    answer = send(client, step, {"present": PASSWORD, "new": new, "repeat": new})
    assert answer.status_code == 303, answer.text
    step = client.get(answer.location).location
    assert step == f"{OWN}/xac-thuc?next=/staff/dia-ban/"
    answer = send(client, step, to=f"{OWN}/xac-thuc/bat-dau?next=/staff/dia-ban/")
    assert answer.location == step
    page = client.get(step)
    assert "<svg" in page.text
    assert account.totp_secret is not None
    secret = totp.unseal(KEYRING, account.id, account.totp_secret)
    before = key_of(client)
    assert "chưa đúng" in send(client, step, {"code": "abcdef"}).text
    answer = send(client, step, {"code": digits(secret)})
    assert answer.location == "/staff/dia-ban/"
    assert key_of(client) != before
    assert client.get("/staff/dia-ban/").status_code == 200


def test_where_the_setting_is_off_nobody_must_enrol(client: PageClient, session: Session) -> None:
    account = person(session, Role.AREA_HEAD)
    open_session(client, session, account)
    assert client.get("/staff/dia-ban/").status_code == 200
    enrol(session, account)
    assert client.get("/staff/dia-ban/").location == f"{CODE}?next=/staff/dia-ban/"
