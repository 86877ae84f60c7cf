"""A roll brought in on the pages, as somebody with a browser would."""

import io
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.areas.models import Area
from app.core.permissions import Role
from app.households.models import Household
from tests.support.cast import make_area
from tests.support.pages import PageClient
from tests.support.rolls import HEADING
from tests.support.staff import csrf, sign_in_as
from tests.support.tables import csv_file

ROOT = "/staff/ho-gia-dinh/nhap/"


class Visitor:
    """The head of an area (or somebody else) bringing a file in."""

    def __init__(self, client: PageClient, session: Session, role: Role = Role.AREA_HEAD, at: str = "area") -> None:
        self.client, self.session = client, session
        self.area = make_area(session, name="khu phố 6")
        self.commune: Area = self.area.parent or self.area
        sign_in_as(client, session, role, self.area if at == "area" else self.commune)

    def send_file(self, data: bytes, filename: str = "ds.csv", place: Area | None = None) -> TestResponse:
        page = f"{ROOT}dia-ban/{(place or self.area).code}"
        values: dict[str, Any] = {"csrf_token": csrf(self.client.get(page)), "file": (io.BytesIO(data), filename)}
        return self.client.post(page, data=values)

    def upload(self, *homes: tuple[str, ...], heading: tuple[str, ...] = HEADING, place: Area | None = None) -> str:
        """Where the review of these households stands."""
        answer = self.send_file(csv_file([heading, *homes]), place=place)
        assert answer.status_code == 303
        return answer.location

    def commit(self, review: str, **choices: str) -> TestResponse:
        return self.client.post(f"{review}/ghi", data=confirmation(self.client.get(review)) | choices)

    def people(self) -> list[str]:
        query = select(Household.number).where(Household.area_id == self.area.id, Household.ended_at.is_(None))
        return sorted(self.session.scalars(query))


def confirmation(page: TestResponse) -> dict[str, str]:
    """What the confirming form of a review carries unseen."""
    fields = BeautifulSoup(page.text, "html.parser").select("form[action$='/ghi'] input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def rows(page: str, table: str) -> list[list[str]]:
    found = BeautifulSoup(page, "html.parser").select(f"#{table} tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in found]
