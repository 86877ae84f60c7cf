"""A household at its phone: what it opens, chooses and sends."""

from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.polls.models import Ballot
from tests.support.ballots import HeldSlip
from tests.support.pages import PageClient

TEXT = "Làm đường trước, rồi mới thu quỹ"


def open_slip(client: PageClient, slip: HeldSlip) -> TestResponse:
    return client.get(f"/v/{slip.secret}")


def choose(client: PageClient, slip: HeldSlip, choice: str = "1", other: str = "") -> TestResponse:
    return client.post("/phieu", data={"secret": slip.secret, "choice": choice, "other": other})


def token(page: TestResponse) -> str:
    found = BeautifulSoup(page.text, "html.parser").find("input", attrs={"name": "token"})
    assert found is not None, page.text
    return str(found["value"])


def send(client: PageClient, slip: HeldSlip, choice: str = "1", other: str = "") -> TestResponse:
    assert choose(client, slip, choice, other).status_code == 303
    return client.post("/phieu/gui", data={"token": token(client.get("/phieu/kiem-tra"))})


def words(page: TestResponse) -> str:
    return BeautifulSoup(page.text, "html.parser").get_text(" ", strip=True)


def ballots(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Ballot)) or 0
