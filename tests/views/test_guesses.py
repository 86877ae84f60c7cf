"""Guessing codes from many networks: few tries for each then, and no door shut to who has a code that holds."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import Rating, RatingPoint
from app.feedback.rules.trust import check_character
from app.feedback.views_public import rating as views
from app.visitors import guesses
from tests.support.cases import make_case, point_of
from tests.support.cast import make_area
from tests.support.commenting import say
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.rating import hidden, make_dossier, slot_now
from tests.support.visitors import Time

ALL, FEW, MOST = 12, 2, 4
OUTSIDE = "198.51.100.77"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (("ALL", ALL), ("FEW", FEW), ("MOST", MOST)):
        monkeypatch.setattr(guesses, name, value)
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()
    yield


@pytest.fixture
def point(session: Session) -> RatingPoint:
    commune = make_area(session).parent
    assert commune is not None
    return point_of(session, commune)


class Door:
    """A page that a code opens. ``missed``: the status where no such code exists."""

    def __init__(self, client: PageClient, path: str, good: Callable[[], str], missed: int) -> None:
        self._client, self._path, self.good, self.missed = client, path, good, missed
        self._length = {"h": 10, "r": 5}.get(path.split("/")[1], 8)
        self._wrong = (f"{number:09}{check_character(f'{number:09}')}" for number in count(1))

    def try_it(self, code: str, address: str) -> int:
        self._client.environ_base["REMOTE_ADDR"] = address
        if "{" in self._path:
            return self._client.get(self._path.format(code)).status_code
        return self._client.post(self._path, data={"code": code}).status_code

    def guess(self, address: str) -> int:
        code = next(self._wrong)
        return self.try_it(code[-self._length :], address)

    def open(self, address: str) -> int:
        return self.try_it(self.good(), address)


@pytest.fixture(params=["dossier", "turning", "case", "opinion"])
def door(request: pytest.FixtureRequest, client: PageClient, app: Flask, session: Session, point: RatingPoint) -> Door:
    keyring, code = app.extensions["danban"].keyring, ""
    if request.param == "dossier":
        code = make_dossier(session, keyring, point)
        made = Door(client, "/h/{}", lambda: code, 404)
    elif request.param == "turning":
        made = Door(client, f"/r/{point.code}/{{}}", lambda: slot_now(keyring, point), 410)
    elif request.param == "case":
        code = make_case(session, keyring, point, text="Chờ lâu.")[1]
        made = Door(client, "/y-kien-quay", lambda: code, 422)
    else:
        asked = make_consultation(session, make_area(session).parent)  # type: ignore[arg-type]
        code = say(session, asked).code
        made = Door(client, "/gop-y/ma", lambda: code, 422)
    session.commit()
    return made


def test_one_network_misses_so_often_and_then_waits(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    time, here = Time(monkeypatch), "203.0.113.7"
    assert [door.guess(here) for _try in range(MOST + 1)] == [door.missed] * MOST + [429]
    assert door.open(here) == 429 and door.open("203.0.113.8") == 200
    time.pass_by(seconds=guesses.SECONDS)
    assert door.open(here) == 200


def test_many_networks_together_get_few_tries_each(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(monkeypatch)
    many = [f"198.51.100.{number}" for number in range(ALL)]
    assert {door.guess(address) for address in many} == {door.missed}
    # One miss is no guessing; whoever comes with a code that holds is let in at once, from a new network or an old one.
    assert {door.open(address) for address in (*many, "203.0.113.7")} == {200}
    assert [door.guess(many[0]), door.guess(many[0]), door.open(many[0])] == [door.missed, 429, 429]
    assert [door.guess("203.0.113.9") for _try in range(FEW + 1)] == [door.missed] * FEW + [429]
    time.pass_by(seconds=guesses.SECONDS)
    assert door.open(many[0]) == 200
    assert [door.guess("203.0.113.9") for _try in range(FEW + 1)] == [door.missed] * (FEW + 1)


def test_a_rented_prefix_of_ipv6_is_one_network_then(door: Door) -> None:
    """A /48 holds 65,536 networks of subscribers."""
    assert {door.guess(f"2001:db8:7:{number:x}::1") for number in range(ALL)} == {door.missed}
    assert door.guess("2001:db8:7:ffff::1") == 429
    assert (door.open("2001:db8:8::1"), door.guess("2001:db8:8::1")) == (200, door.missed)


def test_right_codes_and_what_cannot_be_one_count_nothing(door: Door) -> None:
    here = "203.0.113.7"
    for code in (door.good(), "0000", "x" * 40, "UUUUUUUU", "UUUUUUUUUU") * 2:
        door.try_it(code, here)
    assert [door.guess(here) for _try in range(MOST + 1)] == [door.missed] * MOST + [429]


# ---- the code that turns on a screen


def at_point(client: PageClient, point: RatingPoint, code: str, address: str) -> Any:
    client.environ_base["REMOTE_ADDR"] = address
    return client.get(f"/r/{point.code}/{code}")


def test_who_guesses_turning_codes_may_still_rate_by_the_printed_one(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    session.commit()
    good = slot_now(app.extensions["danban"].keyring, point)
    for number in range(MOST):
        assert at_point(client, point, f"0000{number}", OUTSIDE).status_code == 410
    stopped = at_point(client, point, good, OUTSIDE)
    assert stopped.status_code == 429 and "Mời thử lại sau 60 phút" in stopped.text
    assert 0 < int(stopped.headers["Retry-After"]) <= guesses.SECONDS
    assert f'href="/r/{point.code}"' in stopped.text and stopped.headers["Cache-Control"] == "no-store"
    assert client.get(f"/r/{point.code}").status_code == 200


def test_codes_made_up_are_counted_with_a_tap_too_and_the_tap_is_kept(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    session.commit()
    client.environ_base["REMOTE_ADDR"] = OUTSIDE
    for number in range(MOST):
        sent = {"level": "5", "token": hidden(client.get(f"/r/{point.code}").text, "token")}
        assert client.post(f"/r/{point.code}/0000{number}", data=sent).status_code == 200
    assert list(session.scalars(select(Rating.tier))) == [0] * MOST
    assert at_point(client, point, slot_now(app.extensions["danban"].keyring, point), OUTSIDE).status_code == 429


def test_a_code_that_ran_out_is_no_guess(
    client: PageClient, session: Session, point: RatingPoint, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tab opened again in the evening, a link passed on, and a tap that waited on a phone for days."""
    session.commit()
    time, keyring = Time(monkeypatch), app.extensions["danban"].keyring
    code = slot_now(keyring, point)
    page = at_point(client, point, code, OUTSIDE).text
    time.pass_by(hours=10)
    assert {at_point(client, point, code, OUTSIDE).status_code for _time in range(MOST + 1)} == {410}
    time.pass_by(days=3)
    for _again in range(MOST + 1):
        sent = {"level": "5", "token": hidden(page, "token")}
        assert client.post(f"/r/{point.code}/{code}", data=sent).status_code == 200
    assert at_point(client, point, slot_now(keyring, point), OUTSIDE).status_code == 200


def test_nobody_in_the_centre_is_kept_from_its_screen(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    point.center.networks = ["203.0.113.0/24"]
    session.commit()
    for number in range(MOST + 1):
        assert at_point(client, point, f"0000{number}", "203.0.113.7").status_code == 410
    assert at_point(client, point, slot_now(app.extensions["danban"].keyring, point), "203.0.113.7").status_code == 200
