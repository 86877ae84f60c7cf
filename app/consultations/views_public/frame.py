"""What every page of a consultation shows, and the parts of pages that several share."""

from datetime import datetime
from typing import Any

from flask import g, url_for

from app.areas.rules import in_sentence
from app.consultations.errors import UnknownConsultation
from app.consultations.models import Consultation
from app.consultations.queries import loading
from app.consultations.rules.phases import phase
from app.core.db import database_now
from app.web import current

WHOLE = "chung"
"""Stands in addresses where an article's anchor stands, for opinions on the whole draft."""


def published(public_id: str) -> Consultation:
    """The consultation of an address; raises ``UnknownConsultation``."""
    found = loading.public(current.session(), public_id)
    if found is None:
        raise UnknownConsultation
    return found


def purpose(public_id: str, **_others: Any) -> str:
    """Of the guard of every form by which an opinion on this draft is sent."""
    return f"comment:{public_id}"


def frame(consultation: Consultation, now: datetime | None = None) -> dict[str, Any]:
    """What the layout and every page of a consultation show; ``now`` is the database's moment."""
    now = now or database_now(current.session())
    area = consultation.area
    return {
        "consultation": consultation,
        "now": now,
        "phase": phase(consultation, now),
        "area": area,
        "commune": in_sentence(area.commune.name),
        "home_url": url_for("home.place", code=area.code),
        "help_line": {"name": consultation.responsible, "phone": consultation.phone} if consultation.phone else None,
    }


def go_back_to(public_id: str, anchor: str) -> None:
    """Where the buttons for larger letters lead on a page that answers a POST."""
    g.here = url_for("consultations_public.article", public_id=public_id, anchor=anchor)
