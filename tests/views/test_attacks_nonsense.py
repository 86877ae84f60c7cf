"""Nonsense in every address and every form: there may be no such thing, but there is never a fault."""

import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Role
from tests.support.caller import Caller
from tests.support.cast import make_account, make_grant
from tests.support.pages import PageClient
from tests.support.passwords import quick_passwords
from tests.support.staff import sign_in
from tests.support.whole import Whole, make_whole

__all__ = ["quick_passwords"]
NONSENSE = [
    "", "0", "-1", "9" * 40, "a\0b", "\x1b[31m\ufffe", "\u202eabc", "e\u0301" * 50 + "🗳️", "ạ" * 3000, "' OR 1=1 --",
    "%(name)s {{ 7*7 }}", "../../etc/passwd", "<script>alert(1)</script>", "31/02/2026", "25:99", "\r\nX-Injected: 1",
    "١٢²",
]  # fmt: skip
NUMBERS = [
    "0",
    "-1",
    "9" * 5000,
    "2147483648",
    "9223372036854775808",
    "9" * 40,
    "1.5",
    "1e9",
    "NaN",
    "١٢",
    "²",
    "a\0b",
    "",
]
PARTS = ["0", "2147483648", "9" * 40, "a\0b", "\x1b\ufffe", "\u202eabc", "ạ" * 3000, "..", "../../etc/passwd", "79-%-1",
         "79-01-", "١٢", "' OR 1=1 --", "{{ 7*7 }}%s"]  # fmt: skip
QUERIES = (
    "q", "page", "before", "role", "place", "action", "account", "kind", "subject", "first_day", "last_day", "year",
    "order", "next", "phase", "status", "sort",
)  # fmt: skip
HEADERS = ("Accept-Encoding", "Accept-Language", "Cookie", "User-Agent", "If-None-Match", "If-Modified-Since", "Range")
WORKING = [Role.COMMUNE_ADMIN, Role.COMMUNE_OFFICER, Role.AREA_HEAD, Role.FRONT, Role.OVERSEER, Role.PROVINCE_ADMIN,
           Role.LEADER, Role.DESK, Role.INSPECTOR]  # fmt: skip


@pytest.fixture
def whole(app: Flask, session: Session) -> Whole:
    return make_whole(app, session)


@pytest.fixture
def caller(app: Flask, database: Database, session: Session, whole: Whole) -> Caller:
    """Somebody who may do everything here, so that nothing is hidden behind a refusal."""
    account = make_account(session)
    for role in WORKING:
        make_grant(session, account, role, whole.place_of(role))
    caller = Caller(app, database)
    sign_in(caller.client, session, account)
    caller.begin()
    return caller


def some(values: Sequence[str], turn: int, count: int = 5) -> list[str]:
    """So many of the values, others at every turn: each address meets a few, and together they meet all."""
    return [values[(turn * count + step) % len(values)] for step in range(count)]


def rules(app: Flask) -> list[Any]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def test_nonsense_in_addresses(app: Flask, whole: Whole, caller: Caller) -> None:
    known = whole.names | {"public_id": whole.polls["voting"].public_id}
    faults = {}
    for turn, rule in enumerate(rules(app)):
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        for name, value in itertools.product(rule.arguments, some(PARTS, turn, 3)):
            path = rule.rule
            for other in rule.arguments:
                part = quote(str(value if other == name else known.get(other, "x")), safe="")
                path = path.replace(f"<{other}>", part).replace(f"<int:{other}>", part)
            status = caller.call(method, path, compare=False)[0]
            if status >= 500:
                faults[method, rule.rule, value[:40]] = status
    assert faults == {}


LISTS = [
    "areas_staff.places", "audit_staff.entries", "holidays_staff.year", "home.index", "households_staff.households",
    "identity_staff.accounts", "polls_staff.index", "polls_staff.new", "identity.enrol", "identity.change_password",
]  # fmt: skip


def test_nonsense_in_queries(app: Flask, whole: Whole, caller: Caller) -> None:
    queries = [dict.fromkeys(QUERIES, value) for value in NONSENSE]
    queries += [{name: value} for name in ("page", "before", "account", "year", "place") for value in NUMBERS]
    faults = {}
    for turn, endpoint in enumerate(LISTS):
        for query in queries[turn % 3 :: 3]:
            status = caller.call("GET", f"{whole.address(app, endpoint)}?{urlencode(query)}", compare=False)[0]
            if status >= 500:
                faults[endpoint, str(query)[:60]] = status
    assert faults == {}


def fields_of(html: str) -> set[str]:
    fields = BeautifulSoup(html, "html.parser").select("form[method=post] [name]")
    return {str(field["name"]) for field in fields} - {"csrf_token"}


# In which phase of a poll a form is taken.
PHASE_OF = {"polls_staff": "preparing", "polls_voting": "voting", "polls_counter": "voting", "polls_result": "ended",
            "polls_ballot": "voting"}  # fmt: skip
PHASES_OF = {
    "polls_staff.confirm": "submitted", "polls_staff.send_back": "submitted", "polls_staff.extend": "voting",
    "polls_staff.cancel": "voting", "polls_staff.decide": "voting", "polls_staff.withdraw": "voting",
    "polls_result.write": "counted", "polls_result.opinions": "counted", "polls_result.sign": "counted",
    "polls_result.send": "decided", "polls_result.receive": "decided",
}  # fmt: skip


def forms(app: Flask, whole: Whole, caller: Caller) -> list[tuple[str, set[str]]]:
    """Every address that takes a form, with the names of its fields."""
    found = []
    for rule in rules(app):
        if "POST" not in (rule.methods or ()) or rule.endpoint.startswith("identity.sign_out"):
            continue
        phase = PHASES_OF.get(rule.endpoint, PHASE_OF.get(rule.endpoint.partition(".")[0], ""))
        path = whole.address(app, rule.endpoint, phase)
        names = fields_of(caller.client.get(path).text) if "GET" in (rule.methods or ()) else set()
        found.append((path, names | {"secret", "token", "next", "fingerprint", "size", "receipt"}))
    return found


@pytest.mark.parametrize("part", range(2))
def test_nonsense_in_forms(app: Flask, whole: Whole, caller: Caller, part: int) -> None:
    faults = {}
    for turn, (path, names) in enumerate(forms(app, whole, caller)[part::2]):
        sound = {name: SOUND[name] for name in names & SOUND.keys()}
        for value in some(NONSENSE, turn, 2):
            for sent in (dict.fromkeys(names, value), dict.fromkeys(names, value) | sound):
                status = caller.call("POST", path, sent, compare=False)[0]
                if status >= 500:
                    faults[path, value[:40]] = status
    assert faults == {}


def test_one_field_of_nonsense_among_sound_ones(app: Flask, whole: Whole, caller: Caller) -> None:
    """Each field of the counters' and payments' forms in turn; the others as the page offers them."""
    faults, turn = {}, 0
    for rule in rules(app):
        if rule.endpoint.startswith(("feedback", "payments")) and "GET" in (rule.methods or ()):
            here = whole.address(app, rule.endpoint)
            page = caller.client.get(here)
            for path, sound in sendings(page.text, here) if page.mimetype == "text/html" else ():
                for name in sound:
                    turn += 1
                    value = NONSENSE[turn // 2 % len(NONSENSE)] if turn % 2 else ""
                    status = caller.call("POST", path, sound | {name: value}, compare=False)[0]
                    if status >= 500:
                        faults[path, name, value[:40]] = status
    assert faults == {} and turn > 100


def sendings(html: str, here: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Where the forms of a page are sent, and with what."""
    for form in BeautifulSoup(html, "html.parser").select("form[method=post]"):
        path = str(form.get("action") or here)
        if not path.startswith(("/hien-thi", "/ngon-ngu", "/staff/dang-xuat")):
            yield path, {str(field["name"]): _offered(field) for field in form.select("[name]:not([name=csrf_token])")}


def _offered(field: Tag) -> str:
    option = field.select_one("option[value]:not([value=''])")
    return str((option or field).get("value") or "1")


# What lets a form through to its operation, whatever stands in its other fields.
SOUND = {
    "way": "numbers", "form": "bien_ban", "decided_on": "01/03/2026", "valid_from": "01/03/2026", "kind": "khu_pho",
    "last_day": "01/12/2030", "happened_on": "01/03/2026", "opens_on": "01/12/2030", "answer": "accept",
    "role": "area_head", "number": "1", "day": "05/07/2027", "opens_at": "01/12/2030", "closes_at": "04/12/2030",
    "per_page": "8", "level": "sealed", "choice": "3", "new_closes_at": "01/12/2030", "new_closes_time": "17:00",
}  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    header=st.sampled_from(HEADERS),
    value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80),
)
def test_any_text_as_an_address_or_a_header(client: PageClient, path: str, header: str, value: str) -> None:
    for prefix in ("/", "/v/", "/bieu-quyet/", "/staff/", "/bien-nhan/", "/assets/", "/dia-ban/"):
        answer = client.get(prefix + quote(path), headers={header: value}, check=False)
        assert answer.status_code < 500


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60))
def test_any_bytes_as_an_address_or_a_cookie(client: PageClient, raw: bytes) -> None:
    path = "/bieu-quyet/" + quote(raw)
    cookie = "; ".join(f"{name}={quote(raw)}" for name in ("phieu", "danban_staff", "lang", "display"))
    for where in (path, "/phieu", "/staff/", "/phieu/kiem-tra", "/"):
        assert client.get(where, headers={"Cookie": cookie}, check=False).status_code < 500
        bare = "; ".join(f"{name}={raw.decode('latin-1')}" for name in ("phieu", "danban_staff", "lang"))
        if not set(raw) & {10, 13}:
            assert client.get(where, headers={"Cookie": bare}, check=False).status_code < 500


FILENAMES = ["ds.csv", "", "a\0b.csv", "../../etc/passwd", "..\\ds.csv", "\u202evsc.exe", "ạ" * 3000 + ".csv",
             "x\r\ny.pdf", "<script>.pdf", "=cmd.csv", ".htaccess", "CON", "a/b/c.xlsx", "\x7f.pdf"]  # fmt: skip
CONTENTS = [b"", b"\0", b"%PDF-1.4\n%fake\n", b"PK\x03\x04", b"\xff\xfe\0\0", b"STT,a\0b\n1,\0\n", b"x" * 100_000,
            "Họ và tên,Địa chỉ\nAn\0,Số 1\n".encode(), b"<html><script>alert(1)</script>"]  # fmt: skip


def test_nonsense_in_files(app: Flask, whole: Whole, caller: Caller) -> None:
    pairs = [(name, content) for name in FILENAMES for content in CONTENTS[2:4]]
    pairs += [("ds.csv", content) for content in CONTENTS]
    for endpoint in ("households_import.upload", "polls_staff.documents", "polls_staff.condition"):
        path = whole.address(app, endpoint, "preparing")
        for turn, (filename, content) in enumerate(pairs):
            form = {"file": (io.BytesIO(content), filename), "proof": (io.BytesIO(content), filename),
                    "kind": ("reading", "audio")[turn % 2],
                    "title": "Báo giá", "happened_on": "01/03/2026", "detail": "Đã họp."}  # fmt: skip
            assert caller.call("POST", path, form, compare=False)[0] < 500, (endpoint, content[:20])


def test_too_much_is_refused_with_a_page(app: Flask, whole: Whole, caller: Caller) -> None:
    slip = whole.slips["voting"][0].secret
    question = whole.address(app, "polls_staff.question", "preparing")
    for path, form, expected in (
        (whole.address(app, "households_import.upload"), {"file": (io.BytesIO(b"x" * (11 << 20)), "ds.csv")}, {413}),
        (question, {"question": "x" * (11 << 20)}, {413}),
        (question, {f"f{i}": (io.BytesIO(b"x"), "x") for i in range(1100)}, {413}),
        (question, {"question": "x" * 400_000, "title": "x"}, {200, 422}),
        ("/phieu", {"secret": slip, "choice": "3", "other": "x" * (11 << 20)}, {413}),
        ("/phieu", {"secret": slip, "choice": "3", "other": "ạ" * 5_000}, {422}),
        ("/kiem-tra", {"receipt": "x" * 1_000_000}, {413, 422}),
        ("/staff/dang-nhap", {"login": "x" * 1_000_000, "password": "y"}, {413, 422}),
        ("/staff/dang-nhap", {"login": "x" * 100_000, "password": "y" * 100_000}, {303, 422}),
        ("/ngon-ngu", {f"f{i}": "x" for i in range(200_000)}, {303, 413}),
    ):
        assert caller.call("POST", path, form, compare=False)[0] in expected, path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app/config.py", "/assets/x/../../../app/config.py", "/assets/0/tokens.css", "/thong-tin/../base",
        "/thong-tin/..%2f..%2flayouts%2fstaff", "/static/resident.css", "/assets/%2e%2e/%2e%2e%2fpyproject.toml",
        "/.env", "/var/danban.sqlite3", "/var/storage/secret_key.local",
    ],
)  # fmt: skip
def test_no_file_lies_behind_an_address(client: PageClient, path: str) -> None:
    assert client.get(path, check=False).status_code == 404


@pytest.mark.parametrize(
    "name", ["../thong-bao.pdf", "..%2fthong-bao.pdf", "%2e%2e/x", "thong-bao.pdf%00", "van-ban.exe"]
)
def test_papers_and_documents_are_named_by_a_list(app: Flask, whole: Whole, caller: Caller, name: str) -> None:
    base = f"/staff/cuoc-bieu-quyet/{whole.polls['decided'].public_id}/giay-to/"
    assert caller.call("GET", base + name)[0] == 404
