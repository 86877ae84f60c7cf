"""Somebody who reports that money was asked for: their words, number and code stand nowhere, for nobody."""

import logging
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.permissions import Role
from app.feedback.models import RatingPoint
from app.feedback.rules.cases import typed_code
from tests.architecture.test_permission_table import OPEN, calls
from tests.support.caller import Caller, dump
from tests.support.cases import make_report
from tests.support.cast import make_account, make_grant
from tests.support.staff import sign_in
from tests.support.whole import Whole, make_whole

MARK, PHONE = "Dấu ấn riêng XQ7731", "0987654399"
TEXT = f"Cán bộ vòi tiền của tôi. {MARK}."


def planted(app: Flask, session: Session, whole: Whole) -> list[str]:
    """Report, and what must be found nowhere."""
    point = session.get_one(RatingPoint, whole.names["point_id"])
    _report, code = make_report(session, app.extensions["danban"].keyring, point, TEXT, phone=PHONE)
    session.commit()
    grouped = f"{PHONE[:4]} {PHONE[4:7]} {PHONE[7:]}"
    return [MARK, "XQ7731", "xq7731", PHONE, PHONE[1:], grouped, code, typed_code(code)]


def text_of(body: bytes) -> str:
    """A page as text; of a workbook or another packed file all its parts."""
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def test_no_page_no_export_no_row_and_no_log_holds_a_word_of_it(
    app: Flask, session: Session, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    whole = make_whole(app, session)
    with caplog.at_level(logging.DEBUG):
        marks = planted(app, session, whole)
    # Somebody who is everything everywhere: no right of any role opens it without pressing "Mở xem".
    account = make_account(session)
    for role in Role:
        make_grant(session, account, role, whole.place_of(role))
    session.commit()
    everybody = Caller(app, database)
    sign_in(everybody.client, session, account)
    everybody.begin()
    asked = [path for (endpoint, method, _about), _may, path in calls(app, whole) if method == "GET"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN and "GET" in (rule.methods or ()) and rule.arguments <= whole.names.keys():
            asked.append(whole.address(app, rule.endpoint))
    asked += [f"/staff/danh-gia/phan-anh?loc={name}" for name in ("tat-ca", "moi", "qua-han")]
    asked += ["/staff/kiem-duyet/?show=all", f"/staff/nhat-ky?q={MARK}"]
    found, read = {}, 0
    for path in dict.fromkeys(asked):
        answer = everybody.client.get(path)
        seen = text_of(answer.get_data())
        assert answer.status_code not in (401, 403) and answer.status_code < 500, path
        read += answer.status_code == 200
        found[path] = [mark for mark in marks if mark in seen and mark not in path]
    files = [path for (endpoint, method, _about), _may, path in calls(app, whole) if method == "POST"
             and "export" in endpoint]  # fmt: skip
    for path in files:
        seen = text_of(everybody.client.post(path, data={"csrf_token": everybody.token}).get_data())
        found[f"POST {path}"] = [mark for mark in marks if mark in seen]
    assert {path: seen for path, seen in found.items() if seen} == {}
    assert read > 100
    rows = "\n".join(row for rows in dump(session).values() for row in rows)
    assert [mark for mark in marks if mark in rows] == []
    assert [mark for mark in marks if mark in caplog.text] == []
