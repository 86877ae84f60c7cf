"""A case and a report on their pages, and whoever comes to them."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core.permissions import Role
from app.feedback.models import Case
from tests.support.cases import PICTURE, make_case, make_report, point_of
from tests.support.cast import make_commune
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in_as

LIST, FOLLOW, BOX = "/staff/danh-gia/phan-anh", "/y-kien-quay", "/staff/danh-gia/hop-kin"
TEXT = "Trung tâm đã mở thêm quầy số 4 vào buổi sáng, từ tuần sau."
SAID = "Tôi chờ từ sáng đến trưa, dấu riêng QQ4455."


class Counter:
    """A commune with a case and a report, and a client for whoever comes."""

    def __init__(self, app: Flask, session: Session, client: PageClient) -> None:
        services = app.extensions["danban"]
        self.session, self.client = session, client
        self.commune: Area = make_commune(session)
        point = point_of(session, self.commune)
        self.storage, picture = services.storage, {"photo": PICTURE, "storage": services.storage}
        self.case, self.code = make_case(session, services.keyring, point, text=SAID, **picture)
        self.report, self.report_code = make_report(
            session, services.keyring, point, "Cán bộ vòi tiền, KK9911.", **picture
        )
        self.page, self.sheet = f"{LIST}/{self.case.id}", f"{BOX}/{self.report.id}"
        session.commit()

    def come(self, role: Role, place: Area | None = None) -> int:
        return sign_in_as(self.client, self.session, role, place or self.commune).id

    def send(self, to: str, **values: Any) -> Any:
        self.session.expire_all()
        version = self.session.get_one(Case, self.case.id).version
        return send(self.client, self.page, {"version": version} | values, to=f"{self.page}/{to}")

    def look(self, code: str = "") -> Any:
        return self.client.post(FOLLOW, data={"code": code or self.code})
