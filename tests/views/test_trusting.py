"""What a rating's tier is told by, on the residents' pages: never by what a phone claims, and not for guesses."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.tokens import Keyring
from app.feedback.models import DossierCode, Rating, RatingPoint
from app.feedback.rules.trust import SLOT_SECONDS, check_character, slot_of
from app.feedback.rules.trust_keys import current_slot_code
from app.feedback.views_public import rating as views
from app.visitors import guesses, token
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.pages import PageClient
from tests.support.rating import hidden
from tests.support.trust import code_text, make_code
from tests.support.visitors import Time


@pytest.fixture(autouse=True)
def _no_floods() -> Iterator[None]:
    for one in (views.FLOODS, views.SCANS, views.LOOK_OVER):
        one.forget()
    yield


@pytest.fixture
def keyring(app: Flask) -> Keyring:
    keyring: Keyring = app.extensions["danban"].keyring
    return keyring


@pytest.fixture
def point(session: Session) -> RatingPoint:
    point = make_point(session, make_counter(session, make_center(session, make_commune(session))))
    session.commit()
    return point


def tap(client: PageClient, path: str, form: str, **claims: str) -> int:
    return client.post(path, data={"level": "5", "token": form} | claims).status_code


def tiers(session: Session) -> list[int]:
    return list(session.scalars(select(Rating.tier).order_by(Rating.id)))


def at_the_beginning_of_a_minute(moment: datetime) -> datetime:
    return datetime.fromtimestamp(slot_of(moment) * SLOT_SECONDS, clock.VIETNAM)


def test_a_tap_counts_more_to_the_last_second(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time(monkeypatch, at_the_beginning_of_a_minute(clock.now()))
    path = f"/r/{point.code}/{current_slot_code(keyring, point.code, time.now)}"
    tokens = [hidden(client.get(path).text, "token") for _page in range(2)]
    time.pass_by(seconds=599)
    assert client.get(path).status_code == 200
    assert tap(client, path, tokens[0]) == 200
    time.pass_by(seconds=1)
    assert client.get(path).status_code == 410
    assert tap(client, path, tokens[1]) == 200
    assert tiers(session) == [1, 0]


def test_a_code_kept_for_later_counts_like_the_printed_one(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages fetched while a code held, and sent afterwards as if they had waited on a phone since."""
    time = Time(monkeypatch, clock.now().replace(microsecond=0))
    path = f"/r/{point.code}/{current_slot_code(keyring, point.code, time.now)}"
    form = hidden(client.get(path).text, "token")
    time.pass_by(hours=3)
    waited = 3 * 3_600_000 - 1000
    assert tap(client, path, form, made_at="1000", sent_at=str(1000 + waited)) == 200
    [rating] = session.scalars(select(Rating))
    assert rating.tier == 0
    assert clock.now() - rating.made_at > timedelta(hours=2)


def test_a_screens_code_of_another_point_counts_nothing_more(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring
) -> None:
    other = make_point(session, point.center)
    session.commit()
    path = f"/r/{point.code}/{current_slot_code(keyring, other.code, clock.now())}"
    assert client.get(path).status_code == 410
    form = hidden(client.get(f"/r/{point.code}").text, "token")
    assert tap(client, path, form) == 200
    assert tiers(session) == [0]


def test_dossiers_codes_that_do_not_hold_rate_nothing(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring
) -> None:
    make_code(session, point, keyring, dossier="OVER", expires_on=clock.today() - timedelta(days=1))
    make_code(session, point, keyring, dossier="GONE", revoked_at=clock.now())
    make_code(session, point, keyring, dossier="USED", used=True)
    session.commit()
    sent = token.new(clock.now())
    for dossier in ("OVER", "GONE", "USED"):
        code = code_text(keyring, point, dossier)
        assert client.get(f"/h/{code}").status_code == (200 if dossier == "USED" else 410)
        form = token.write(keyring, f"rating:{point.code}:{code}", sent)
        assert tap(client, f"/h/{code}", form) == 422
    assert tiers(session) == []


def test_a_second_tap_is_the_first_and_its_page_takes_back_both(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring
) -> None:
    """A thumb taps twice; what the browser shows is the answer to the second."""
    make_code(session, point, keyring, dossier="A1")
    make_code(session, point, keyring, dossier="B1")
    session.commit()
    path, other = (f"/h/{code_text(keyring, point, dossier)}" for dossier in ("A1", "B1"))
    form = hidden(client.get(path).text, "token")
    first, second = (client.post(path, data={"level": "4", "token": form}) for _tap in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert tiers(session) == [2]
    # The same form behind another dossier's code, or behind the printed one, is not this dossier's.
    assert tap(client, other, form) == 409
    assert tap(client, f"/r/{point.code}", form) == 409
    undone = client.post(f"{path}/bam-nham", data={"ticket": hidden(second.text, "ticket")})
    assert undone.status_code == 200
    assert set(session.scalars(select(DossierCode.used))) == {False}


def test_opening_a_dossiers_page_uses_nothing_up(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring
) -> None:
    make_code(session, point, keyring, dossier="A1")
    session.commit()
    path = f"/h/{code_text(keyring, point, 'A1')}"
    assert {client.get(path).status_code for _time in range(20)} == {200}
    assert not session.scalars(select(DossierCode.used)).one()


def test_who_guesses_is_told_to_wait_and_who_mistypes_is_not(
    client: PageClient, session: Session, point: RatingPoint, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "MOST", 3)
    make_code(session, point, keyring, dossier="A1")
    session.commit()
    good = code_text(keyring, point, "A1")
    mistyped = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert [client.get(f"/h/{mistyped}").status_code for _try in range(6)] == [404] * 6
    guessed = [f"{number:09}" + check_character(f"{number:09}") for number in range(4)]
    assert [client.get(f"/h/{code}").status_code for code in guessed] == [404, 404, 404, 429]
    assert client.get(f"/h/{good}").status_code == 429
    assert client.get(f"/r/{point.code}").status_code == 200
