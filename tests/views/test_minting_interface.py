"""The interface of the case system: what it gives, and twice as often what it refuses and why."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock
from app.feedback.models import DossierCode, RatingPoint
from app.feedback.operations import trust
from app.feedback.views_public import minting as views
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_point
from tests.support.pages import PageClient
from tests.support.trust import make_key

KEY = "0123456789ABCDEFGHJKMNPQRS"
ADDRESS = "/api/ma-danh-gia"
ONE = {"dossier": "H012.26.05.2026-0001", "counter": "3", "group": "Đất đai"}


@pytest.fixture
def point(session: Session) -> RatingPoint:
    center = make_center(session, make_commune(session))
    make_group(session, center, name="Đất đai")
    point = make_point(session, make_counter(session, center, number="3", name="Quầy 3"))
    make_key(session, center, secret=KEY)
    session.commit()
    return point


def ask(client: PageClient, body: Any, *, key: str = KEY, **options: Any) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return client.post(ADDRESS, data=data, **{"content_type": "application/json", "headers": headers} | options)


def refused(answer: TestResponse, status: int) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.json is not None
    assert answer.json["error"]["message"]
    return answer.json["error"]


def test_codes_are_given_and_given_again(app: Flask, client: PageClient, session: Session, point: RatingPoint) -> None:
    body = {"dossiers": [ONE, {"dossier": "H012.26.05.2026-0002", "counter": 3}]}
    answer = ask(client, body)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert answer.json is not None
    first, second = answer.json["codes"]
    assert first["url"].endswith(f"/h/{first['code']}")
    assert (first["dossier"], first["state"]) == (ONE["dossier"], "new")
    assert first["expires"] == trust_day(60)
    assert first["code"] != second["code"]
    again = ask(client, body).json
    assert again is not None
    assert [one["code"] for one in again["codes"]] == [first["code"], second["code"]]
    assert {one["state"] for one in again["codes"]} == {"waiting"}
    keyring = app.extensions["danban"].keyring
    assert trust.tier_of(session, keyring, point, dossier_code=first["code"], at=clock.now()).tier == 2
    assert session.query(DossierCode).count() == 2


def trust_day(days: int) -> str:
    from datetime import timedelta

    return (clock.today() + timedelta(days=days)).isoformat()


def test_centre_and_days_may_be_named(client: PageClient, point: RatingPoint) -> None:
    commune = point.path.rpartition("/")[2]
    answer = ask(client, {"center": commune, "days": 10, "dossiers": [ONE]}, key=KEY.lower())
    assert answer.json is not None
    assert answer.json["codes"][0]["expires"] == trust_day(10)


def test_a_fault_in_one_dossier_mints_none(client: PageClient, session: Session, point: RatingPoint) -> None:
    wrong = [{"dossier": "A2", "counter": "9"}, {"dossier": "=1"}, {"dossier": ONE["dossier"], "group": "Thuế"}]
    error = refused(ask(client, {"dossiers": [ONE, *wrong]}), 422)
    places = [fault["place"] for fault in error["faults"]]
    assert places == ["dossiers[1].counter", "dossiers[2].dossier", "dossiers[2].counter", "dossiers[3].dossier",
                      "dossiers[3].group"]  # fmt: skip
    assert "“9”" in error["faults"][0]["message"]
    assert error["faults"][3]["message"] == "Số hồ sơ này đã có ở dossiers[0]."
    assert session.query(DossierCode).count() == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"dossiers": []}', b'{"dossiers": "x"}', b'{"dossiers": [1]}', b"\xff\xfe",
     b"[" * 50_000,
     b'{"dossiers": [{"dossier": "A1", "counter": "3"}], "days": 1e400}', b'{"dossiers": [{"dossier": "A1"}], "x": 1}',
     b'{"dossiers": [{"dossier": "A\\u0000"}]}', b'{"dossiers": [{"dossier": "A\\ud800"}]}', b"9" * 5000],
)  # fmt: skip
def test_what_cannot_be_read_is_told(client: PageClient, session: Session, point: RatingPoint, body: bytes) -> None:
    refused(ask(client, body), 422)
    assert session.query(DossierCode).count() == 0


def test_where_json_breaks_is_told(client: PageClient, point: RatingPoint) -> None:
    assert "dòng 2, cột 3" in refused(ask(client, b'{\n  x"dossiers": []}'), 422)["message"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer 0", f"Basic {KEY}", KEY, f"Bearer {KEY}0", "Bearer \x7f"]
)
def test_without_a_key_that_holds_nothing_is_given(client: PageClient, point: RatingPoint, header: str) -> None:
    answer = ask(client, {"dossiers": [ONE]}, headers={"Authorization": header})
    refused(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_ended_key_opens_nothing(client: PageClient, session: Session, point: RatingPoint) -> None:
    make_key(session, point.center, secret="Z" * 26, ended_at=clock.now())
    session.commit()
    assert "ngừng" in refused(ask(client, {"dossiers": [ONE]}, key="Z" * 26), 401)["message"]


@pytest.mark.parametrize("center", ["999999", "Phường khác", "%"])
def test_a_key_is_of_one_centre(client: PageClient, point: RatingPoint, center: str) -> None:
    refused(ask(client, {"center": center, "dossiers": [ONE]}), 403)


def test_a_closed_centre_mints_nothing(client: PageClient, session: Session, point: RatingPoint) -> None:
    point.center.closed_at = clock.now()
    session.commit()
    refused(ask(client, {"dossiers": [ONE]}), 409)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(client: PageClient, point: RatingPoint, kind: str) -> None:
    refused(ask(client, {"dossiers": [ONE]}, content_type=kind), 415)


def test_too_much_at_once(client: PageClient, session: Session, point: RatingPoint) -> None:
    many = [{"dossier": f"A{n}", "counter": "3"} for n in range(501)]
    refused(ask(client, {"dossiers": many}), 413)
    refused(ask(client, b" " * (views.MOST_BYTES + 1)), 413)
    assert session.query(DossierCode).count() == 0
    assert ask(client, {"dossiers": many[:500]}).status_code == 200


def test_too_often(client: PageClient, point: RatingPoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CALLS", 2)
    for _call in range(2):
        refused(ask(client, {"dossiers": [ONE]}, key="0"), 401)
    answer = ask(client, {"dossiers": [ONE]})
    refused(answer, 429)
    assert int(answer.headers["Retry-After"]) > 0


def test_a_browser_of_another_site_and_a_reader_get_nothing(client: PageClient, point: RatingPoint) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert ask(client, {"dossiers": [ONE]}, headers=headers).status_code == 403
    for method, path, status in (("GET", ADDRESS, 405), ("DELETE", ADDRESS, 405), ("GET", f"{ADDRESS}/", 404)):
        answer = client.open(path, method=method)
        told = refused(answer, status)["message"]
        assert (f"phương thức {method}" in told) == (status == 405)
        assert answer.headers.get("Allow") == ("OPTIONS, POST" if status == 405 else None)
