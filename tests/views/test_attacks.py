"""What outsiders try: forms of other sites, addresses that lead elsewhere, secrets in logs and headers."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.permissions import Role
from tests.support.ballots import make_voting
from tests.support.caller import dump
from tests.support.pages import PageClient
from tests.support.passwords import quick_passwords
from tests.support.staff import csrf, sign_in
from tests.support.whole import Whole, come, make_whole

__all__ = ["quick_passwords"]
FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://[localhost"},
]
LEADING_AWAY = [
    "//elsewhere.example",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/\r/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "\x01//elsewhere.example",
    "javascript:alert(1)",
    "/\r\nSet-Cookie: phieu=1",
    "///elsewhere.example",
    "elsewhere.example",
]


@pytest.fixture
def whole(app: Flask, session: Session) -> Whole:
    return make_whole(app, session)


def rows(session: Session) -> dict[str, list[str]]:
    session.expire_all()
    return dump(session)


# ------------------------------------------------------------------------------------- forms of other sites


def posts(app: Flask, *, staff: bool) -> list[str]:
    found = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    return sorted(name for name in found if staff == _address(app, name).startswith("/staff"))


def _address(app: Flask, endpoint: str) -> str:
    return next(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_form_of_another_site_is_received(app: Flask, session: Session, whole: Whole, headers: Any) -> None:
    client = FlaskClient(app, use_cookies=True)
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    token = csrf(client.get("/staff/tai-khoan-cua-toi"))
    before = rows(session)
    for endpoint in posts(app, staff=True) + posts(app, staff=False):
        path = whole.address(app, endpoint, "voting")
        answer = client.post(path, data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 403, endpoint
        assert "Set-Cookie" not in answer.headers, endpoint
    assert rows(session) == before


@pytest.mark.parametrize("token", [None, "", "abc", "somebody else's"])
def test_a_staff_form_without_its_token_is_not_received(
    app: Flask, session: Session, whole: Whole, token: str | None
) -> None:
    client, other = FlaskClient(app, use_cookies=True), FlaskClient(app, use_cookies=True)
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    sign_in(other, session, come(session, whole, Role.AREA_HEAD))
    stolen = csrf(other.get("/staff/tai-khoan-cua-toi"))
    before = rows(session)
    for endpoint in posts(app, staff=True):
        sent = {"somebody else's": {"csrf_token": stolen}, None: {}}.get(token, {"csrf_token": token})
        assert client.post(whole.address(app, endpoint, "voting"), data=sent).status_code == 400, endpoint
    assert rows(session) == before


def test_staff_forms_are_received_over_https_without_referer(app: Flask, session: Session) -> None:
    """Our pages tell browsers to send no Referer; nothing may ask for one."""
    client = FlaskClient(app, use_cookies=True)
    base = "https://localhost"
    page = client.get("/staff/dang-nhap", base_url=base)
    headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
    sent = {"csrf_token": csrf(page), "login": "khongai", "password": "sai mật khẩu"}
    answer = client.post("/staff/dang-nhap", data=sent, base_url=base, headers=headers)
    assert answer.status_code == 422


# --------------------------------------------------------------------------- reading changes nothing, ever


def test_a_hundred_visits_change_no_row(app: Flask, session: Session, whole: Whole) -> None:
    """Messengers, scanners and preview robots open every link they see."""
    client = FlaskClient(app, use_cookies=True)
    slip = whole.slips["voting"][0]
    client.post("/phieu", data={"secret": slip.secret, "choice": "1"})
    resident = [
        whole.address(app, rule.endpoint, phase)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.rule.startswith(("/staff", "/assets"))
        for phase in ("voting", "counted", "cancelled")
    ]
    before = rows(session)
    for _ in range(100):
        assert client.get(f"/v/{slip.secret}").status_code == 200
        assert client.head(f"/v/{slip.secret}").status_code == 200
    for path in sorted(set(resident)) * 5:
        assert client.get(path).status_code < 500, path
    assert rows(session) == before


# ------------------------------------------------------------------------------------ addresses and headers


@pytest.mark.parametrize("target", LEADING_AWAY)
@pytest.mark.parametrize("path", ["/ngon-ngu", "/hien-thi"])
def test_display_and_language_lead_to_this_site_alone(client: PageClient, path: str, target: str) -> None:
    answer = client.post(path, data={"next": target, "lang": "en"})
    assert answer.status_code == 303
    assert stays_here(answer.location)


def test_signing_in_leads_to_staff_pages_alone(client: PageClient, session: Session, whole: Whole) -> None:
    sign_in(client, session, come(session, whole, Role.OVERSEER))
    for target in [*LEADING_AWAY, "/staff/\\elsewhere", "/staff/\t/x", "/staffelsewhere", "/v/x"]:
        answer = client.get("/staff/dang-nhap?" + urlencode({"next": target}))
        assert answer.status_code == 303, target
        assert stays_here(answer.location), target
        assert answer.location.startswith("/staff/"), target


def stays_here(location: str) -> bool:
    """As a browser reads it: tabs and line breaks are dropped, backslashes are slashes."""
    seen = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    return seen.startswith("/") and not seen.startswith("//") and not urlsplit(seen).netloc


PRIVATE = ["/v/{secret}", "/phieu", "/phieu/kiem-tra", "/phieu/gui", "/bieu-quyet/{poll}/ma", "/bien-nhan/{receipt}"]


@pytest.mark.parametrize("pattern", PRIVATE)
def test_nothing_keeps_or_tells_a_ballot_page(app: Flask, session: Session, whole: Whole, pattern: str) -> None:
    client = FlaskClient(app, use_cookies=True)
    slip, poll = whole.slips["voting"][0], whole.polls["voting"].public_id
    client.post("/phieu", data={"secret": slip.secret, "choice": "1"})
    path = pattern.format(secret=slip.secret, poll=poll, receipt=whole.names["receipt"])
    answer = client.get(path)
    headers = answer.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert "ETag" not in headers and "Last-Modified" not in headers
    assert slip.secret not in str(headers)
    # No address outside this site stands on the page: nothing could carry the secret away.
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", answer.text)


def test_no_page_is_shown_inside_another(app: Flask, session: Session, whole: Whole) -> None:
    client = FlaskClient(app, use_cookies=True)
    sign_in(client, session, come(session, whole, Role.AREA_HEAD))
    for rule in app.url_map.iter_rules():
        # One block is made to be shown on other sites; what it may be is asked in test_public_postings.
        if "GET" not in (rule.methods or set()) or rule.endpoint in ("web.asset", "publication_public.embed"):
            continue
        headers = client.get(whole.address(app, rule.endpoint, "voting")).headers
        policy = headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        if rule.rule.startswith("/staff"):
            assert headers["Cache-Control"] == "no-store", rule.rule


def test_secure_cookies_where_the_service_is_secure(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = app.extensions["danban"]
    safe = replace(services, settings=replace(services.settings, base_url="https://localhost"))
    monkeypatch.setitem(app.extensions, "danban", safe)
    slip = make_voting(session, 1).slips[0]
    session.commit()
    answer = FlaskClient(app).post("/phieu", data={"secret": slip.secret, "choice": "1"}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/phieu"))
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
