"""After publication: a later end, a corrected text, or withdrawal, each with a reason that everybody reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.consultations.models import Consultation, ConsultationChange
from app.consultations.operations.editing import PREPARE, PUBLISH, done, must, refuse
from app.consultations.operations.opening import answer_due
from app.consultations.queries.preparation import count_articles, waiting_version
from app.consultations.rules.changes import (
    RunningFacts,
    what_prevents_correction,
    what_prevents_extension,
    what_prevents_withdrawal,
)
from app.consultations.rules.phases import phase
from app.core.db import database_now
from app.core.entries import clean_prose
from app.core.permissions import Actor
from app.core.rows import lock

REASON = 1000
EXTENDED, CORRECTED, WITHDRAWN = "extended", "corrected", "withdrawn"


def extend(
    session: Session, by: Actor, consultation: Consultation, *, new_closes_at: datetime | None, reason: str
) -> ConsultationChange:
    """Take comments longer, before the end by the database's clock; the end never moves earlier.

    Raises ``Forbidden`` and ``ManyRefusals``.
    """
    must(by, PUBLISH, consultation)
    facts = _facts(session, consultation, reason)
    refuse(what_prevents_extension(facts, new_closes_at))
    if new_closes_at is None:
        raise ValueError("an extension without problems has its new end")
    before, consultation.closes_at = consultation.closes_at, new_closes_at
    consultation.answer_due_on = answer_due(session, new_closes_at)
    change = _tell(session, by, consultation, EXTENDED, facts, old=before, new=new_closes_at)
    done(session, by, consultation, "consultation.extend", closes_at=[before, new_closes_at], reason=change.reason)
    return change


def correct(session: Session, by: Actor, consultation: Consultation, *, reason: str) -> ConsultationChange:
    """Publish the newest version of the draft; comments stay with the version and article they were made on.

    Raises ``Forbidden`` and ``ManyRefusals``: without a new version, after the end, or too shortly before it.
    """
    must(by, PUBLISH, consultation)
    facts = _facts(session, consultation, reason)
    draft = waiting_version(session, consultation)
    refuse(what_prevents_correction(facts, count_articles(session, draft)))
    if draft is None:
        raise ValueError("a correction without problems has its text")
    draft.published_at = facts.now
    change = _tell(session, by, consultation, CORRECTED, facts)
    done(session, by, consultation, "consultation.correct", draft=draft.number, reason=change.reason)
    return change


def withdraw(session: Session, by: Actor, consultation: Consultation, *, reason: str) -> None:
    """Ask no longer: the page stays, with the reason; one never published simply disappears from the lists of work.

    Raises ``Forbidden`` and ``ManyRefusals``.
    """
    must(by, PREPARE if consultation.status == "preparing" else PUBLISH, consultation)
    facts = _facts(session, consultation, reason)
    refuse(what_prevents_withdrawal(facts))
    public = consultation.opened_at is not None
    consultation.status, consultation.withdrawn_at = "withdrawn", facts.now
    consultation.withdraw_reason = facts.reason
    if public:
        _tell(session, by, consultation, WITHDRAWN, facts)
    consultation.version += 1
    session.flush()
    done(session, by, consultation, "consultation.withdraw" if public else "consultation.discard", reason=facts.reason)


def _facts(session: Session, consultation: Consultation, reason: str) -> RunningFacts:
    """Hold the consultation's row, and read its state at the database's moment."""
    said = clean_prose(reason, "reason", REASON)
    lock(session, consultation)
    now = database_now(session)
    return RunningFacts(
        phase=phase(consultation, now),
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        now=now,
        reason=said,
    )


def _tell(
    session: Session, by: Actor, consultation: Consultation, kind: str, facts: RunningFacts, *,
    old: datetime | None = None, new: datetime | None = None,
) -> ConsultationChange:  # fmt: skip
    change = ConsultationChange(
        consultation_id=consultation.id,
        kind=kind,
        reason=facts.reason,
        old_closes_at=old,
        new_closes_at=new,
        by=by.account_id,
        at=facts.now,
    )
    session.add(change)
    session.flush()
    return change
