"""Hostile text, wherever people may write: every page shows it as text, no header and no file carries it further."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import String, Text, select, update
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core.db import Base, Database
from app.core.permissions import Role
from app.households.models import Household
from app.identity.models import Account
from app.polls.models import Poll, PollDocument
from tests.support.caller import Caller
from tests.support.cast import make_account, make_grant
from tests.support.staff import sign_in
from tests.support.whole import Whole, make_whole

MARK = "pwned"
HOSTILE = f"\"'><script>{MARK}</script><img src=x onerror={MARK}()></title></textarea>{{{{7*7}}}}"
# Columns that people fill in, by table; whatever else is text is made by the program.
WRITTEN = {
    "area": ["name", "address", "head_name", "front_name", "phone"],
    "household": ["address", "cluster"],
    "representative": ["full_name", "reason"],
    "roll_decision": ["rule"],
    "account": ["full_name", "phone"],
    "staff_session": ["browser"],
    "poll": ["title", "question", "summary", "roll_rule", "cancel_reason"],
    "poll_document": ["title", "filename"],
    "poll_change": ["reason"],
    "poll_precondition": ["detail"],
    "poll_team_member": ["full_name", "position", "phone"],
    "roll_entry": ["representative", "address", "cluster"],
    "slip": ["revoke_reason"],
    "poll_other_opinion": ["text"],
    "poll_decision": ["number", "place", "conclusion", "head_name", "front_name", "household_one", "household_two"],
    "roll_import": ["filename"],
    "audit_entry": [],
}
ROLES = [Role.COMMUNE_ADMIN, Role.COMMUNE_OFFICER, Role.AREA_HEAD, Role.FRONT, Role.OVERSEER, Role.PROVINCE_ADMIN]


@pytest.fixture
def caller(app: Flask, database: Database, session: Session) -> Caller:
    return Caller(app, database)


@pytest.fixture
def whole(app: Flask, session: Session, caller: Caller) -> Whole:
    """Everything, and in everything the same hostile text; somebody who sees all of it is signed in."""
    whole = make_whole(app, session)
    account = make_account(session)
    for role in ROLES:
        make_grant(session, account, role, whole.place_of(role))
    for name, columns in WRITTEN.items():
        table = Base.metadata.tables[name]
        for column in columns:
            kind = table.c[column].type
            room = getattr(kind, "length", None) or 5000
            session.execute(update(table).values({column: HOSTILE[:room]}))
    for poll in session.scalars(select(Poll)):
        poll.options = [option | {"label": HOSTILE} for option in poll.options]
    session.commit()
    session.expire_all()
    sign_in(caller.client, session, account)
    caller.begin()
    return whole


def faults_of(html: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    found = [f"script {tag}" for tag in soup.find_all("script") if not str(tag.get("src", "")).startswith("/assets/")]
    found += [f"{name} on {tag.name}" for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    found += [f"image {tag}" for tag in soup.find_all("img", src="x")]
    links = [str(tag.get(name)) for tag in soup.find_all(True) for name in ("href", "src", "action") if tag.get(name)]
    found += [link for link in links if link.lower().strip().startswith(("javascript:", "data:text", "vbscript:"))]
    return found + (["a template was run"] if ">49<" in html or "{{49" in html else [])


def test_every_written_column_is_known() -> None:
    """A new column of text is either written by people, and tried here, or named as the program's own."""
    texts = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, (String, Text)) and table.name in WRITTEN
    }
    assert {(name, column) for name, columns in WRITTEN.items() for column in columns} <= texts


def test_hostile_text_is_text_on_every_page(app: Flask, session: Session, whole: Whole, caller: Caller) -> None:
    shown: set[str] = set()
    faults: dict[str, list[str]] = {}
    for path in pages(app, whole):
        answer = caller.client.get(path)
        assert answer.status_code < 500, path
        told = {name: value for name, value in answer.headers if MARK in value}
        # A file has the name it was given, in quotes.
        assert told.keys() <= {"Content-Disposition"}, path
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        if answer.mimetype == "text/html":
            faults |= {path: found} if (found := faults_of(answer.text)) else {}
            shown |= {path} if MARK in answer.text else set()
    assert faults == {}
    # The text was really there: a test that looks at empty pages proves nothing.
    assert len(shown) > 60, len(shown)


def pages(app: Flask, whole: Whole) -> list[str]:
    """Every address that can be read, about a poll in every phase."""
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint not in ("web.asset", "web.icon"):
            phases = list(whole.polls) if "public_id" in rule.arguments else ["", "commune"]
            found |= {whole.address(app, rule.endpoint, phase) for phase in phases}
    return sorted(found)


def test_the_household_sees_hostile_text_as_text(app: Flask, whole: Whole, caller: Caller) -> None:
    client, slip = caller.client, whole.slips["voting"][0]
    client.post("/phieu", data={"secret": slip.secret, "choice": "3", "other": HOSTILE})
    for path in (f"/v/{slip.secret}", "/phieu", "/phieu/kiem-tra", "/phieu/ma"):
        answer = client.get(path)
        assert MARK in answer.text, path
        assert faults_of(answer.text) == [], path


@pytest.mark.parametrize(
    "name", ["tai-lieu", "giay-to/thong-bao.pdf", "giay-to/loa.txt", "phieu-ma/danh-sach-giao.pdf"]
)
def test_files_are_saved_and_never_shown(app: Flask, session: Session, whole: Whole, caller: Caller, name: str) -> None:
    poll = whole.polls["preparing" if name == "tai-lieu" else "voting"]
    path = f"/staff/cuoc-bieu-quyet/{poll.public_id}/{name}"
    if name == "tai-lieu":
        path += f"/{whole.names['document_id']}"
    headers = caller.client.get(path).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not headers["Content-Type"].startswith(("text/html", "image/svg"))
    assert "\n" not in headers["Content-Disposition"]


STRANGE = ["Đường \u202eabc", "Đường\u200b hoa", "Đường\u2066 hoa", "Đ" + "\u0301" * 8, "Đường\x07 hoa"]


@pytest.mark.parametrize("text", STRANGE)
def test_text_that_lies_about_itself_is_not_kept(
    app: Flask, session: Session, database: Database, caller: Caller, text: str
) -> None:
    whole = make_whole(app, session)
    account = make_account(session)
    for role in ROLES:
        make_grant(session, account, role, whole.place_of(role))
    sign_in(caller.client, session, account)
    caller.begin()
    for path, sent in forms(app, whole, text):
        answer = caller.client.post(path, data={"csrf_token": caller.token} | sent)
        assert answer.status_code in (200, 303, 422), path
    session.expire_all()
    kept = [*session.scalars(select(Household.address)), *session.scalars(select(Area.name))]
    kept += [*session.scalars(select(Poll.title)), *session.scalars(select(Poll.question))]
    kept += [*session.scalars(select(Account.full_name)), *session.scalars(select(PollDocument.title))]
    kept += [str(detail) for detail in session.scalars(select(AuditEntry.detail))]
    assert [one for one in kept if text in one] == []


def forms(app: Flask, whole: Whole, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Forms that are sound but for the strange text."""
    poll = whole.polls["preparing"]
    return [
        (whole.address(app, "households_staff.add"), {"number": "77", "address": text, "full_name": "Lê Văn Sáu"}),
        (whole.address(app, "households_staff.add"), {"number": "78", "address": "Số 1", "full_name": text}),
        (whole.address(app, "households_staff.rule"), {"rule": text}),
        (whole.address(app, "areas_staff.edit"), {"name": text, "address": text}),
        (whole.address(app, "areas_staff.new", "commune"),
         {"name": text, "kind": "khu_pho", "valid_from": "01/01/2026"}),
        (whole.address(app, "polls_staff.question", "preparing"),
         {"version": poll.version, "title": text, "question": text, "summary": text}),
        (whole.address(app, "identity_staff.edit"), {"full_name": text, "phone": ""}),
        (whole.address(app, "polls_staff.cancel", "upcoming"), {"reason": text + " nên phải hủy cuộc này"}),
    ]  # fmt: skip
