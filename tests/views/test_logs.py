"""What the service writes to its console: as grave as asked for, and never a secret, a choice or a word of anybody."""

import http.client
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.db import Database
from app.core.tokens import Keyring
from app.demo import cli
from app.web import headers, logs
from tests.support import servers
from tests.support.ballots import make_voting
from tests.support.cases import point_of
from tests.support.rating import make_dossier, make_kiosk, slot_now
from tests.support.trust import SCREEN_SECRET, make_display

SECRET = "7K3M9QTR2W"


@pytest.fixture
def loggers() -> Iterator[None]:
    """Lets a test change what is written, and puts it back."""
    kept = {name: logging.getLogger(name) for name in ("root", "danban", "_granian")}
    before = {name: (one.handlers[:], one.level, one.propagate) for name, one in kept.items()}
    yield
    for name, one in kept.items():
        one.handlers[:], one.level, one.propagate = before[name]


# ---- how grave


@pytest.mark.parametrize(
    ("level", "written"),
    [
        ("DEBUG", ["debug", "info", "warning", "error", "critical"]),
        ("INFO", ["info", "warning", "error", "critical"]),
        ("WARNING", ["warning", "error", "critical"]),
        ("ERROR", ["error", "critical"]),
        ("CRITICAL", ["critical"]),
    ],
)
@pytest.mark.usefixtures("loggers")
def test_nothing_less_grave_than_asked_for_is_written(
    capsys: pytest.CaptureFixture[str], level: str, written: list[str]
) -> None:
    logs.configure(level)
    for name in ("danban", "danban.jobs", "somebody.else"):
        for word in ("debug", "info", "warning", "error", "critical"):
            getattr(logging.getLogger(name), word)("%s of %s", word, name)
    said = capsys.readouterr().err.splitlines()
    by_us = [line for line in said if "of danban.jobs" in line]
    assert [line.rpartition(": ")[2] for line in by_us] == [f"{word} of danban.jobs" for word in written]
    # Libraries repeat what they work on below that.
    others = [word for word in written if word not in ("debug", "info")]
    assert [line.rpartition(": ")[2] for line in said if "somebody" in line] == [
        f"{w} of somebody.else" for w in others
    ]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \[[A-Z]+\] ", line) for line in said)


def test_the_server_is_as_quiet_as_asked_for_and_logs_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, "GRANIAN_LOG_ACCESS_ENABLED": "true"})
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, arguments: started.append(arguments))
    cli.serve(8000, log_level="WARNING")
    [arguments] = started
    assert arguments[arguments.index("--log-level") + 1] == "warning"
    assert "--no-access-log" in arguments and "--access-log" not in arguments


# ---- no word of anybody


@pytest.mark.usefixtures("loggers")
def test_a_fault_is_told_by_kind_and_place_whoever_writes_it_down(capsys: pytest.CaptureFixture[str]) -> None:
    server = logging.getLogger("_granian")
    server.handlers, server.propagate = [logging.StreamHandler()], False
    logs.configure("INFO")
    for logger in (server, logging.getLogger("app"), logging.getLogger("danban")):
        try:
            raise RuntimeError(f"no such page: /h/{SECRET}")
        except RuntimeError:
            logger.exception("Application callable raised an exception")
    said = capsys.readouterr().err
    assert said.count("builtins.RuntimeError\n") == said.count(f'"{__file__}"') == said.count("callable raised") == 3
    assert SECRET not in said


@pytest.mark.usefixtures("loggers")
def test_a_fault_while_an_answer_is_finished_tells_no_address(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There the library would write the path down, and the words of the fault."""

    def broken(_response: object) -> None:
        raise RuntimeError(f"while answering {SECRET}")

    logs.configure("INFO")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(headers, "compress", broken)
    client = FlaskClient(app)
    assert client.get(f"/h/{SECRET}").status_code == 500
    assert client.get(f"/nowhere/{SECRET}").status_code == 500
    said = capsys.readouterr().err
    assert "unexpected fault in GET /h/<dossier_code>" in said and "unexpected fault in GET ?" in said
    assert said.count("builtins.RuntimeError") >= 2 and SECRET not in said


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
        point, keyring = point_of(session, voting.poll.area.parent), Keyring(servers.SECRETS["secret_key"])
        make_display(session, point, secret=SCREEN_SECRET)
        dossier, tablet, slot = (
            make_dossier(session, keyring, point),
            make_kiosk(session, point),
            slot_now(keyring, point),
        )
        turning = f"/r/{point.code}/{slot}"
        session.commit()
    secrets = [first.secret, second.secret, first.code, "mật khẩu rất bí mật", "ABCD1234EFGH"]
    secrets += [dossier, tablet, SCREEN_SECRET, turning, "KHONGCOMAY"]
    ways = [f"/h/{dossier}", f"/quay/{tablet}", f"/man-hinh/{SCREEN_SECRET}", turning]
    with servers.serve(committed_database.url, tmp_path, log_level="DEBUG") as server:
        ask(server.url, "GET", f"/v/{first.secret}")
        ask(server.url, "GET", f"/v/{first.secret}/x?{second.secret}")
        ask(server.url, "POST", "/phieu", {"secret": first.secret, "choice": "1"})
        ask(server.url, "POST", f"/bieu-quyet/{poll}/ma", {"number": first.number, "code": first.code})
        ask(server.url, "POST", f"/bieu-quyet/{poll}/ma", {"number": first.number, "code": "ABCD1234EFGH"})
        ask(server.url, "POST", "/staff/dang-nhap", {"login": "canbo", "password": "mật khẩu rất bí mật"})
        assert [ask(server.url, "GET", way) for way in ways] == [200] * 4
        assert [ask(server.url, "GET", f"{way}/KHONGCOMAY?{tablet}") for way in ways] == [404] * 4
        assert {ask(server.url, "GET", way[: way.index("/", 1)] + "/KHONGCOMAY") for way in ways} == {404, 410}
        with committed_database.transaction() as session:
            for table in ("ballot", "rating", "dossier_code", "display"):
                session.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}"))
        assert ask(server.url, "GET", f"/v/{second.secret}") == 500
        assert ask(server.url, "POST", "/phieu", {"secret": second.secret, "choice": "1"}) == 500
        assert [ask(server.url, "GET", way) for way in ways[:3]] == [500] * 3
        said = server.log.read_text()
    for rule in ("/v/<secret>", "/h/<dossier_code>", "/quay/<kiosk_secret>", "/man-hinh/<display_secret>"):
        assert f"unexpected fault in GET {rule}" in said
    assert not [secret for secret in secrets if secret in said]


def ask(url: str, method: str, path: str, form: dict[str, str] | None = None) -> int:
    """One request as the network sends it."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection.request(method, path, urlencode(form) if form else None, headers)
    status = connection.getresponse().status
    connection.close()
    return status
