"""Figures of a month that was over weeks ago, and the pages of staff that tell them."""

from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.feedback.rules.periods import period_of
from tests.support.figures import Rated, make_rated, rate, returned, settle

NAMES = ("Võ Minh Khoa", "Lê Thị Lan", "Phạm Văn Tám")
MIDDLE = 15


def day_told() -> date:
    """The middle of a month that was over weeks ago: all of it is told, whatever day today is."""
    return period_of("month", clock.today()).previous.previous.first.replace(day=MIDDLE)


@pytest.fixture
def days() -> int:
    return (clock.today() - day_told()).days


@pytest.fixture
def rated(session: Session, days: int) -> Rated:
    """Figures of a month: Khoa 14, Lan 12, Tám 3; three more are of nobody."""
    made = make_rated(session, officers=NAMES)
    rate(session, made, "5" * 10 + "4443", officer=0, reason="polite", days=days)
    rate(session, made, "5" * 6 + "222221", officer=1, place=1, reason="long_wait", days=days)
    rate(session, made, "543", officer=2, place=1, tier=1, days=days)
    rate(session, made, "55", place=1, tier=2, days=days)
    rate(session, made, "11", standing="held", days=days)
    rate(session, made, "1", standing="excluded", days=days)
    returned(session, made, 62, days=days)
    settle(session, made)
    session.commit()
    return made


def page(rated: Rated, tail: str = "", /, **asked: object) -> str:
    """The address of the figures of that month, or of what is asked."""
    query = {"ky": "month", "ngay": day_told().isoformat()} | asked
    words = urlencode({name.replace("_", "-"): value for name, value in query.items()})
    return f"/staff/danh-gia/so-lieu/{rated.center.id}{tail}?{words}"


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.text, "lxml").select("main")[0].get_text(" ").split())


def row_of(client: FlaskClient, address: str, table: str, name: str) -> list[str]:
    """The words of the line of a table that begins with the name."""
    found = BeautifulSoup(client.get(address).text, "lxml").select(f"#{table} tbody tr")
    rows = [[" ".join(cell.get_text(" ").split()) for cell in one.select("th, td")] for one in found]
    return next(row for row in rows if row[0] == name)
