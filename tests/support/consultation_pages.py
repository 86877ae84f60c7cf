"""What tests of the staff pages of a consultation share: addresses, what is typed, what is kept."""

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Consultation
from app.consultations.rules.phases import Phase
from app.core import clock
from tests.support.consultations import make_consultation
from tests.support.pages import PageClient
from tests.support.staff import csrf

LIST = "/staff/gop-y/"
REASON = "Nhiều hộ chưa kịp đọc dự thảo."


def at(consultation: Consultation, step: str = "") -> str:
    return f"{LIST}{consultation.id}" + (f"/{step}" if step else "")


def kept(session: Session, consultation: Consultation) -> Consultation:
    session.expire_all()
    return session.get_one(Consultation, consultation.id)


def save(client: PageClient, consultation: Consultation, step: str, **values: Any) -> Any:
    """Fill in a step as shown and send it."""
    page = client.get(at(consultation, step))
    version = BeautifulSoup(page.text, "html.parser").select_one("input[name=version]")
    assert version is not None
    data = {"csrf_token": csrf(page), "version": version["value"]} | values
    return client.post(at(consultation, step), data=data)


def day(days: float) -> str:
    return f"{clock.local(clock.now() + timedelta(days=days)):%d/%m/%Y}"


def prepared(session: Session, commune: Area, **values: Any) -> Consultation:
    made = make_consultation(session, commune, phase=Phase.PREPARING, **values)
    session.commit()
    return made
