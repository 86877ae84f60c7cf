"""What outsiders try: forms of other sites, addresses that lead elsewhere, secrets in logs and headers."""

import http.client
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Role
from tests.support import servers
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


# ------------------------------------------------------------------------------------------ secrets in logs


def test_a_fault_repeats_nothing_that_was_sent(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer to a broken statement would otherwise hold its parameters: here a choice and its text."""
    slip = make_voting(session, 1, level="open").slips[0]
    session.commit()
    client = FlaskClient(app, use_cookies=True)
    opinion = "Xin lắp thêm đèn ở ngõ Tâm"
    client.post("/phieu", data={"secret": slip.secret, "choice": "3", "other": opinion})
    token = re.search(r'name="token" value="([^"]+)"', client.get("/phieu/kiem-tra").text)
    assert token is not None
    session.execute(text("ALTER TABLE ballot RENAME TO elsewhere"))
    session.commit()
    with caplog.at_level(logging.DEBUG):
        assert client.post("/phieu/gui", data={"token": token[1]}).status_code == 500
        assert client.get(f"/v/{slip.secret}").status_code == 500
    session.execute(text("ALTER TABLE elsewhere RENAME TO ballot"))
    said = caplog.text
    assert "unexpected fault in POST /phieu/gui" in said and "Traceback" in said
    assert "unexpected fault in GET /v/<secret>" in said
    assert not [word for word in (slip.secret, opinion, "Tâm", token[1], "'other'") if word in said]


def test_the_server_writes_no_secret_into_its_log(committed_database: Database, tmp_path: Path) -> None:
    with committed_database.session() as session:
        voting = make_voting(session, 2)
        poll, (first, second) = voting.poll.public_id, voting.slips
        session.commit()
    secrets = [first.secret, second.secret, first.code, "mật khẩu rất bí mật", "ABCD1234EFGH"]
    with servers.serve(committed_database.url, tmp_path, log_level="DEBUG") as server:
        ask(server.url, "GET", f"/v/{first.secret}")
        ask(server.url, "GET", f"/v/{first.secret}/x?{second.secret}")
        ask(server.url, "POST", "/phieu", {"secret": first.secret, "choice": "1"})
        ask(server.url, "POST", f"/bieu-quyet/{poll}/ma", {"number": first.number, "code": first.code})
        ask(server.url, "POST", f"/bieu-quyet/{poll}/ma", {"number": first.number, "code": "ABCD1234EFGH"})
        ask(server.url, "POST", "/staff/dang-nhap", {"login": "canbo", "password": "mật khẩu rất bí mật"})
        with committed_database.transaction() as session:
            session.execute(text("ALTER TABLE ballot RENAME TO elsewhere"))
        assert ask(server.url, "GET", f"/v/{second.secret}") == 500
        assert ask(server.url, "POST", "/phieu", {"secret": second.secret, "choice": "1"}) == 500
        said = server.log.read_text()
    assert "unexpected fault" in said
    assert not [secret for secret in secrets if secret in said]


def ask(url: str, method: str, path: str, form: dict[str, str] | None = None) -> int:
    """One request as the network sends it."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection.request(method, path, urlencode(form) if form else None, headers)
    status = connection.getresponse().status
    connection.close()
    return status


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
