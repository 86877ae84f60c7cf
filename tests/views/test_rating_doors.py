"""Who may not come in by a way: a tablet's address opened at home, codes of dossiers on a machine of staff."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.feedback.models import DossierCode, Rating, RatingPoint
from app.feedback.queries import signs
from app.feedback.rules.signs.every import of_ratings
from app.visitors import guesses
from app.web import staffmark
from tests.support.pages import PageClient
from tests.support.rating import hidden, make_dossier, make_kiosk, no_floods, point

__all__ = ["no_floods", "point"]

INSIDE, OUTSIDE = "203.0.113.7", "198.51.100.77"


@pytest.fixture
def _staff(app: Flask, client: PageClient) -> Iterator[None]:
    """A browser in which somebody of the staff has signed in."""
    with app.test_request_context():
        client.set_cookie(staffmark.COOKIE, staffmark._value())
    yield


def tap(client: PageClient, path: str, level: int = 5, address: str = OUTSIDE) -> Any:
    client.environ_base["REMOTE_ADDR"] = address
    return client.post(path, data={"level": str(level), "token": hidden(client.get(path).text, "token")})


def rows(session: Session) -> list[Rating]:
    return list(session.scalars(select(Rating).order_by(Rating.id)))


# ---- tablets


def test_a_tablets_address_at_home_counts_like_the_printed_code_and_is_seen(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    point.center.networks = ["203.0.113.0/24"]
    path = f"/quay/{make_kiosk(session, point)}"
    session.commit()
    for address in (INSIDE, *[OUTSIDE] * 6):
        assert tap(client, path, address=address).status_code == 200
    made = rows(session)
    assert [(one.tier, one.kiosk, one.on_site) for one in made] == [(1, True, True), *[(0, True, False)] * 6]
    day = made[0].day
    found = of_ratings(signs.seen(session, point.center_id, day, day), signs.office(session, point.center), {})
    [network] = [one for one in found if one.rule == "R6"]
    assert network.ratings == tuple(one.id for one in made[1:])


def test_where_no_networks_are_entered_a_tablet_stands_at_its_counter_and_its_beat_is_seen(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    path = f"/quay/{make_kiosk(session, point)}"
    session.commit()
    for _tap in range(5):
        tap(client, path)
    made = rows(session)
    assert {(one.tier, one.on_site) for one in made} == {(1, True)}
    day = made[0].day
    found = of_ratings(signs.seen(session, point.center_id, day, day), signs.office(session, point.center), {})
    assert "R2" in {one.rule for one in found} and "R6" not in {one.rule for one in found}


@pytest.mark.usefixtures("_staff")
def test_a_tablets_address_in_a_browser_of_staff_is_held(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    path = f"/quay/{make_kiosk(session, point)}"
    session.commit()
    tap(client, path)
    assert [(one.staff_device, one.standing) for one in rows(session)] == [(True, "held")]


# ---- dossiers


@pytest.mark.usefixtures("_staff")
def test_a_machine_of_staff_takes_no_code_of_a_dossier_and_spends_none(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    path = f"/h/{make_dossier(session, app.extensions['danban'].keyring, point)}"
    session.commit()
    page = client.get(path)
    assert page.status_code == 403 and "điện thoại của mình" in page.text and f'href="/r/{point.code}"' in page.text
    mark = client.get_cookie(staffmark.COOKIE)
    assert mark is not None
    client.delete_cookie(staffmark.COOKIE)
    token = hidden(client.get(path).text, "token")
    client.set_cookie(staffmark.COOKIE, mark.value)
    refused = client.post(path, data={"level": "5", "token": token})
    assert refused.status_code == 403 and "Mã chưa bị dùng" in refused.text
    assert rows(session) == [] and not session.scalars(select(DossierCode.used)).one()
    client.set_cookie(staffmark.COOKIE, "made-up")
    assert client.post(path, data={"level": "5", "token": token}).status_code == 200


def test_who_asks_many_dossiers_whether_they_rated_is_told_to_wait(
    client: PageClient, session: Session, point: RatingPoint, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "MOST", 4)
    keyring = app.extensions["danban"].keyring
    paths = [f"/h/{make_dossier(session, keyring, point, f'H01-2026-{n}')}" for n in range(4)]
    session.commit()
    used, fresh = paths[:2], paths[2:]
    for path in used:
        assert tap(client, path, address=INSIDE).status_code == 200
    # Two that had rated, two rated and taken back.
    assert [tap(client, path).status_code for path in used] == [422] * 2
    for path in fresh:
        ticket = hidden(tap(client, path).text, "ticket")
        assert "Đã bỏ" in client.post(f"{path}/bam-nham", data={"ticket": ticket}).text
    assert client.get(paths[0]).status_code == 429
    client.environ_base["REMOTE_ADDR"] = INSIDE
    assert client.get(paths[0]).status_code == 200
    assert tap(client, fresh[0], address=INSIDE).status_code == 200, "taken back, it rates again"
    # Somebody else's taken back at the printed code says nothing of any dossier.
    for _tap in range(5):
        ticket = hidden(tap(client, f"/r/{point.code}", address=INSIDE).text, "ticket")
        client.post(f"/r/{point.code}/bam-nham", data={"ticket": ticket})
    assert client.get(paths[0]).status_code == 200
