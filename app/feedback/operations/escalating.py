"""The clock of cases: late ones rise to the leader, answered ones end when nobody comes back."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.permissions import SYSTEM
from app.feedback.models import Case, CaseAct
from app.feedback.rules import cases as rules
from app.holidays.queries import calendar_table

LOOK = "feedback.cases"
PAUSE = timedelta(hours=1)
AT_ONCE = 200


def escalate_some(session: Session, now: datetime) -> int:
    """Let the leader see cases that nobody answered in time; how many there were, ``AT_ONCE`` at most.

    A case rises once for each time it must be answered.
    """
    late = (Case.status.in_(rules.WAITING), Case.due_at < now, Case.escalated_at.is_(None))
    cases = session.scalars(select(Case).where(*late).order_by(Case.id).limit(AT_ONCE).with_for_update()).all()
    for case in cases:
        case.escalated_at, case.late = now, True
        _note(session, case, "escalate", now)
    session.flush()
    return len(cases)


def close_some(session: Session, now: datetime, after: int) -> int | None:
    """End answered cases whose time to come back is over; the last one looked at, None when there are no more."""
    days = calendar_table(session)
    oldest = now - timedelta(days=rules.WORKING_DAYS["reopen"])
    query = select(Case).where(Case.status == rules.ANSWERED, Case.id > after)
    query = query.where(or_(Case.answered_at.is_(None), Case.answered_at < oldest))
    cases = session.scalars(query.order_by(Case.id).limit(AT_ONCE).with_for_update()).all()
    for case in cases:
        if not rules.may_reopen(case.status, case.answered_at, now, days):
            case.status = rules.CLOSED
            case.version += 1
            _note(session, case, "close", now)
    session.flush()
    return cases[-1].id if cases else None


def _note(session: Session, case: Case, verb: str, now: datetime) -> None:
    session.add(CaseAct(case_id=case.id, verb=verb, at=now))
    record(session, SYSTEM, f"feedback.case.{verb}", subject=("feedback_case", case.id), path=case.path)
