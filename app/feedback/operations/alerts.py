"""Looking whether a counter turned bad, and closing what was found with what was done about it."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import SYSTEM, Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import Alert, ServiceCenter, ServiceCounter
from app.feedback.queries.sums import Asked, counted, made
from app.feedback.rules.alerts import RULES, Rule, spans, turned_bad
from app.feedback.rules.shares import Tally, tally
from app.lib.i18n import N_

JOB = "feedback.alerts"
CLOSE = "feedback:alert:close"


def look(session: Session, center_id: int, today: date) -> int:
    """Raise an alert for every counter of a centre that turned bad; one open alert of a kind is enough."""
    center = session.get_one(ServiceCenter, center_id)
    if center.closed_at is not None:
        return 0
    raised = 0
    for kind, rule in RULES.items():
        for counter_id, (now, before) in _both(session, center_id, rule, today).items():
            if counter_id and turned_bad(rule, now, before) and not _open(session, counter_id, kind):
                _raise(session, center, counter_id, kind, today, now, before)
                raised += 1
    return raised


def _both(session: Session, center_id: int, rule: Rule, today: date) -> dict[int, tuple[Tally, Tally]]:
    kept, found = made(session, center_id), {}
    for place, (first, last) in enumerate(spans(rule, today)):
        rows = counted(session, kept, Asked(center_id, first, last), "counter_id", "level", "headline")
        counters = {counter for counter, _level, _headline in rows}
        for counter in counters:
            of = tally((level, n) for (at, level, headline), n in rows.items() if at == counter and headline)
            found[counter, place] = of
    empty = Tally()
    return {
        counter: (found.get((counter, 0), empty), found.get((counter, 1), empty))
        for counter in {counter for counter, _place in found}
    }


def _open(session: Session, counter_id: int, kind: str) -> bool:
    asked = select(Alert.id).where(Alert.counter_id == counter_id, Alert.kind == kind, Alert.closed_at.is_(None))
    return session.scalar(asked.limit(1)) is not None


def _raise(
    session: Session, center: ServiceCenter, counter_id: int, kind: str, today: date, now: Tally, before: Tally
) -> None:
    alert = Alert(
        center_id=center.id,
        counter_id=counter_id,
        path=center.path,
        raised_on=today,
        kind=kind,
        n=now.n,
        satisfied=now.satisfied,
        before_n=before.n,
        before_satisfied=before.satisfied,
    )
    session.add(alert)
    session.flush()
    counter = session.get_one(ServiceCounter, counter_id)
    _note(session, SYSTEM, alert, "raise", counter=counter.name, kind=kind)


def close(session: Session, by: Actor, alert: Alert, note: str) -> None:
    """Close an alert, saying what was done. Raises ``Forbidden``, ``WrongMoment`` when closed, ``Refusal``."""
    account = must(by, CLOSE, alert.path)
    lock(session, alert)
    if alert.closed_at is not None:
        raise WrongMoment(N_("Cảnh báo này đã đóng."))
    if not note.strip():
        raise Refusal(N_("Ghi đã làm gì để khắc phục."), field="note")
    alert.closed_by, alert.closed_at, alert.note = account, clock.now(), note.strip()
    _note(session, by, alert, "close", note=alert.note)


def _note(session: Session, by: Actor, alert: Alert, verb: str, **detail: Any) -> None:
    record(session, by, f"feedback.alert.{verb}", subject=("alert", alert.id), path=alert.path, **detail)
