"""Pages whose address is a secret: nothing keeps them, nothing lists them, and nothing carries the address away."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.core.tokens import Keyring
from app.feedback.models import RatingPoint
from app.feedback.views_public import rating as views
from app.visitors import guesses
from app.web.headers import SECRET_PATHS
from tests.support.cases import point_of
from tests.support.cast import make_area
from tests.support.rating import hidden, make_dossier, make_kiosk, slot_now
from tests.support.trust import make_display
from tests.support.visitors import Time

SCREEN, ENDED = "0123456789ABCDEFGHJKMNPQRS", "S" * 26
WAYS = ("dossier", "tablet", "screen", "turning")


class Site:
    """A point with every way to it, and a client that keeps cookies."""

    def __init__(self, app: Flask, session: Session) -> None:
        commune = make_area(session).parent
        assert commune is not None
        self.session, self.client = session, FlaskClient(app, use_cookies=True)
        self.keyring: Keyring = app.extensions["danban"].keyring
        self.point: RatingPoint = point_of(session, commune)
        make_display(session, self.point, secret=SCREEN)
        self.paths = {
            "dossier": f"/h/{make_dossier(session, self.keyring, self.point)}",
            "tablet": f"/quay/{make_kiosk(session, self.point)}",
            "screen": f"/man-hinh/{SCREEN}",
            "turning": f"/r/{self.point.code}/{slot_now(self.keyring, self.point)}",
        }
        session.commit()

    def get(self, path: str, *, method: str = "GET", **data: Any) -> Any:
        return self.client.open(path, method=method, **data)


@pytest.fixture
def site(app: Flask, session: Session) -> Site:
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()
    return Site(app, session)


def is_kept_by_nothing(answer: Any, path: str) -> None:
    headers = answer.headers
    assert headers["Cache-Control"] == "no-store", (answer.status_code, path)
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"].startswith("noindex"), (answer.status_code, path)
    assert "ETag" not in headers and "Last-Modified" not in headers
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", answer.text), path


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_opens(site: Site, way: str, method: str) -> None:
    answer = site.get(site.paths[way], method=method)
    assert answer.status_code == 200
    is_kept_by_nothing(answer, site.paths[way])


@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_a_point_that_is_no_more(site: Site, way: str) -> None:
    site.point.revoked_at, site.point.revoked_reason = clock.now(), "Mất bảng."
    site.session.commit()
    answer = site.get(site.paths[way])
    assert answer.status_code == 410
    is_kept_by_nothing(answer, site.paths[way])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/h/0000000000", 404),
        ("/h/x", 404),
        (f"/quay/{ENDED}", 410),
        (f"/man-hinh/{ENDED}", 404),
        ("/r/{point}/00000", 410),
        ("/r/000000/00000", 404),
        ("/v/x", 404),
    ],
)
def test_an_address_that_opens_nothing(site: Site, path: str, status: int) -> None:
    """It may be a secret with one letter wrong, or one of yesterday."""
    path = path.format(point=site.point.code)
    answer = site.get(path)
    assert answer.status_code == status
    is_kept_by_nothing(answer, path)


def test_what_a_tap_is_answered_with(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(monkeypatch)
    for way in ("dossier", "tablet", "turning"):
        path = site.paths[way]
        page = site.get(path)
        token = hidden(page.text, "token")
        answers = [site.get(path, method="POST", data={"level": level, "token": token}) for level in ("9", "4", "4")]
        tapped = {"ticket": hidden(answers[1].text, "ticket"), "slot": path.rpartition("/")[2]}
        back = f"/r/{site.point.code}/bam-nham" if way == "turning" else f"{path}/bam-nham"
        answers += [site.get(back, method="POST", data=data) for data in ({}, tapped)]
        answers.append(site.get(path, method="PUT"))
        assert [one.status_code for one in answers] == [422, 200, 200, 409, 200, 405], way
        for answer in answers:
            is_kept_by_nothing(answer, path)
    time.pass_by(minutes=11)
    is_kept_by_nothing(site.get(site.paths["turning"]), "over")


def test_who_is_told_to_wait(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "MOST", 0)
    for way in ("dossier", "turning"):
        answer = site.get(site.paths[way])
        assert answer.status_code == 429
        is_kept_by_nothing(answer, site.paths[way])


def test_a_fault(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_values: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.feedback.queries.trust.trust_keys.dossier_hash", broken)
    answer = site.get(site.paths["dossier"])
    assert answer.status_code == 500
    is_kept_by_nothing(answer, site.paths["dossier"])


def test_every_address_with_a_secret_is_known_as_one(app: Flask) -> None:
    """Whoever adds one adds it to ``SECRET_PATHS``, and to what the README keeps out of a proxy's logs."""
    names = {"secret", "receipt", "dossier_code", "slot_code"}
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/staff")]
    secret = [rule.rule for rule in rules if names & rule.arguments or any("secret" in name for name in rule.arguments)]
    assert len(secret) > 10 and [rule for rule in secret if not SECRET_PATHS.match(rule)] == []
    others = [rule.rule for rule in rules if rule.rule not in secret and SECRET_PATHS.match(rule.rule)]
    assert all(rule.startswith("/r/<point_code>/") for rule in others)
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    for place in {rule.split("/")[1] for rule in secret}:
        assert f"`/{place}/`" in readme and re.search(rf"\^/\([^)]*\b{place}\b[^)]*\)/", readme), place


@pytest.mark.parametrize("way", WAYS)
def test_a_slash_too_much_leads_to_the_page_and_keeps_the_secret(site: Site, way: str) -> None:
    path = site.paths[way]
    answer = site.get(f"{path}/?a=1")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{path}?a=1")
    is_kept_by_nothing(answer, path)


def test_a_slash_too_much_is_passed_over_on_public_pages_alone(site: Site) -> None:
    printed = f"/r/{site.point.code}"
    assert site.get(f"{printed}/").headers["Location"] == printed
    assert site.client.get(f"{printed}/", follow_redirects=True).status_code == 200
    assert site.get(f"{printed}/", method="HEAD").status_code == 308
    for path in ("/nothing/", "/staff/nhat-ky/xuat/", "/staff/danh-gia/"):
        assert site.get(path).status_code in (404, 302, 303), path
    assert site.get(f"{printed}/", method="POST").status_code == 404
