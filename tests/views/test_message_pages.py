"""The staff page of messages: what became of them, never to whom."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.permissions import Role
from app.notifications import queries
from app.notifications.models import Message
from app.notifications.operations import BROKEN_OFF, tell
from tests.support.cast import make_area, make_commune
from tests.support.pages import PageClient
from tests.support.staff import sign_in_as

PAGE = "/staff/tin-nhan/"


@pytest.fixture
def commune(session: Session) -> Area:
    return make_commune(session)


def write(app: Flask, session: Session, place: Area, key: str, **values: Any) -> Message:
    """A message of that place, as if it were in that state."""
    services, words = app.extensions["danban"], {"text": f"Lời của {key}", "short_text": "Loi"}
    about = {"event": "consultations.answered", "phone": "0901234567", "area_path": place.path}
    message = tell(session, services.keyring, key=key, **about, **words)
    assert message is not None
    for name, value in values.items():
        setattr(message, name, value)
    session.commit()
    return message


def test_statuses_are_counted_and_filtered_without_recipients(
    client: PageClient, session: Session, app: Flask, commune: Area
) -> None:
    write(app, session, make_area(session, commune), "a")
    write(app, session, commune, "b", status="sent", channel="file", recipient=None)
    write(app, session, commune, "c", status="ambiguous", channel="http_sms", fault=BROKEN_OFF)
    write(app, session, commune, "d", status="failed", channel="http_sms", fault="103")
    sign_in_as(client, session, Role.COMMUNE_ADMIN, commune)
    page = client.get(PAGE).text
    for words in ("Tất cả (4)", "Chờ gửi (1)", "Đã gửi (1)", "Không rõ đã gửi chưa (1)", "Không gửi được (1)"):
        assert words in page
    assert "Tin nhắn SMS" in page and BROKEN_OFF in page and "Kênh gửi tin trả lời: 103" in page
    assert "0901234567" not in page and "Lời của" not in page
    failed = client.get(f"{PAGE}?status=failed").text
    assert "103" in failed and BROKEN_OFF not in failed


def test_other_places_are_not_seen(client: PageClient, session: Session, app: Flask, commune: Area) -> None:
    write(app, session, make_commune(session), "a")
    write(app, session, commune, "b", area_path="")
    sign_in_as(client, session, Role.OVERSEER, commune)
    page = client.get(PAGE).text
    assert "Tất cả (0)" in page and "Không có tin nào." in page


def test_older_messages_are_a_page_away(
    client: PageClient, session: Session, app: Flask, commune: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    first, *_others = [write(app, session, commune, key, status="sent") for key in "abc"]
    sign_in_as(client, session, Role.OVERSEER, commune)
    page = client.get(f"{PAGE}?status=sent").text
    assert f"before={first.id + 1}" in page and "status=sent" in page
    older = client.get(f"{PAGE}?status=sent&before={first.id + 1}").text
    assert "Về mới nhất" in older and "Xem các tin cũ hơn" not in older


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PROVINCE_ADMIN])
def test_others_may_not_look(client: PageClient, session: Session, commune: Area, role: Role) -> None:
    sign_in_as(client, session, role, commune)
    assert client.get(PAGE).status_code == 403


def test_a_status_that_does_not_exist_is_not_found(client: PageClient, session: Session, commune: Area) -> None:
    sign_in_as(client, session, Role.OVERSEER, commune)
    assert client.get(f"{PAGE}?status=lost").status_code == 404
