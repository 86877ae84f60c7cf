"""The page of thanks is as long whatever was chosen: the office runs the Wi-Fi over which it comes."""

import gzip
import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.feedback.models import RatingPoint
from app.feedback.rules.rating import LEVELS
from tests.support.pages import PageClient
from tests.support.rating import hidden, make_dossier, make_kiosk, no_floods, point, slot_now
from tests.support.strange_files import photo
from tests.support.visitors import old_enough

__all__ = ["no_floods", "point"]

DOORS = ("point", "turning", "dossier", "kiosk", "slip")


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, session: Session, point: RatingPoint, app: Flask) -> str:
    """Where a tap of each kind is sent."""
    keyring = app.extensions["danban"].keyring
    if request.param == "dossier":
        return f"/h/{make_dossier(session, keyring, point)}"
    if request.param == "kiosk":
        return f"/quay/{make_kiosk(session, point)}"
    more = {"turning": f"/{slot_now(keyring, point)}", "slip": "/phieu"}
    return f"/r/{point.code}{more.get(request.param, '')}"


def answers(client: PageClient, door: str, **more: Any) -> dict[int, Any]:
    """The answer to each level, each taken back."""
    found = {}
    for level in LEVELS:
        token = hidden(client.get(door).text, "token")
        found[level] = client.post(door, data={"level": str(level), "token": token}, **more)
        assert found[level].status_code == 200 and found[level].headers["X-Rating"] == "saved"
        if door.startswith("/h/"):
            # The code of a dossier is good for one rating.
            client.post(f"{door}/bam-nham", data={"ticket": hidden(html_of(found[level]), "ticket")})
    return found


def html_of(answer: Any) -> str:
    data = answer.data
    return (gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data).decode()


def lengths(found: dict[int, Any]) -> set[tuple[int, int]]:
    """The lengths of answers, and of their headers."""
    return {(len(one.data), sum(len(name) + len(value) for name, value in one.headers)) for one in found.values()}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_level_is_answered_at_the_same_length(
    client: PageClient, session: Session, door: str, language: str
) -> None:
    session.commit()
    client.set_cookie("lang", language)
    plain = answers(client, door)
    assert len(lengths(plain)) == 1, lengths(plain)
    assert {"\x02", "\x03", "\x1f"}.isdisjoint(plain[5].text)
    assert plain[1].data.count(b'name="reasons"') == 10 and plain[5].data.count(b'name="reasons"') == 5


def test_compressed_it_is_as_long_too(client: PageClient, session: Session, door: str) -> None:
    session.commit()
    packed = answers(client, door, headers={"Accept-Encoding": "gzip"}, check=False)
    assert {one.headers["Content-Encoding"] for one in packed.values()} == {"gzip"}
    assert 'name="reasons"' in html_of(packed[2])
    found = [length for length, _headers in lengths(packed)]
    # Made for one dossier, the page holds its signed ticket: random letters, a few bytes more or fewer by chance.
    assert max(found) - min(found) <= (16 if door.startswith("/h/") else 0), found
    assert len(packed[1].data) < 15_000


def test_asked_for_again_or_with_a_fault_it_is_as_long_too(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    again, faulty = {}, {}
    for level, answer in answers(client, f"/r/{point.code}").items():
        fields = {"ticket": hidden(answer.text, "ticket"), **old_enough(client, f"note:{point.code}")}
        again[level] = client.post(f"/r/{point.code}/cam-on", data=fields)
        wrong = fields | {"answer": "1", "phone": "12", "photo": (io.BytesIO(photo()), "a.jpg")}
        faulty[level] = client.post(f"/r/{point.code}/them", data=wrong)
        assert (again[level].status_code, faulty[level].status_code) == (200, 422)
    assert len(lengths(again)) == len(lengths(faulty)) == 1
