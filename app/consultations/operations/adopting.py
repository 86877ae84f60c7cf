"""The end of a consultation: the text that was adopted stands beside the draft, with its number and its day."""

from datetime import date

from sqlalchemy.orm import Session

from app.consultations.models import Consultation
from app.consultations.operations.editing import PUBLISH, done, must, refuse
from app.consultations.queries.preparation import count_articles, waiting_version
from app.consultations.rules.changes import RunningFacts, what_prevents_adoption
from app.consultations.rules.phases import phase
from app.core.db import database_now
from app.core.entries import clean_line
from app.core.permissions import Actor
from app.core.rows import lock
from app.publication.operations.posting import post_from

NUMBER = 100
FINAL = "final"
# Decisions and other documents that concern the people (Law Đ11.13).
DECISIONS = 13


def adopt(session: Session, by: Actor, consultation: Consultation, *, number: str, adopted_on: date | None) -> None:
    """Publish the final version, which was imported before, as the text adopted under this number on this day.

    Raises ``Forbidden``, and ``ManyRefusals`` before the answer is published or without text, number or day.
    """
    must(by, PUBLISH, consultation)
    said = clean_line(number, "number", NUMBER)
    lock(session, consultation)
    now = database_now(session)
    final = waiting_version(session, consultation, FINAL)
    facts = RunningFacts(
        phase=phase(consultation, now), opens_at=consultation.opens_at, closes_at=consultation.closes_at, now=now
    )
    refuse(what_prevents_adoption(facts, count_articles(session, final), said, adopted_on))
    if final is None or adopted_on is None:
        raise ValueError("an adoption without problems has its text and its day")
    final.published_at = consultation.adopted_at = now
    consultation.status = "adopted"
    consultation.adopted_number, consultation.adopted_on = said, adopted_on
    consultation.version += 1
    session.flush()
    post_from(
        session, by, consultation.area, head=DECISIONS, title=consultation.title, number=said, signed_on=adopted_on,
        source=f"consultation:{consultation.public_id}", permanent=True,
    )  # fmt: skip
    done(
        session, by, consultation, "consultation.adopt", adopted_number=said, adopted_on=adopted_on, draft=final.number
    )
