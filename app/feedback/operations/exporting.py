"""Taking single ratings along: that it was done is recorded; a workbook of many is made in the background."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.permissions import Actor
from app.core.rights import must
from app.feedback.models import ServiceCenter
from app.feedback.rules.periods import Period
from app.jobs.operations import enqueue

JOB = "feedback.export"
FORGET = "feedback.export_forget"
EXPORT = "feedback:rating:export"
FOLDER = "exports"
KEPT = timedelta(days=1)


def key_of(by: Actor, center: ServiceCenter, period: Period) -> str:
    """The name of the work that makes somebody's workbook of a period."""
    return f"{JOB}:{center.id}:{period.kind}:{period.first}:{by.account_id}"


def take_along(session: Session, by: Actor, center: ServiceCenter, period: Period, kind: str) -> None:
    """Record that somebody takes the ratings of a period along. Raises ``Forbidden``."""
    must(by, EXPORT, center.path)
    record(
        session, by, "feedback.rating.export", subject=("center", center.id), path=center.path,
        since=period.first, until=period.last, file=kind,
    )  # fmt: skip


def order_workbook(session: Session, by: Actor, center: ServiceCenter, period: Period) -> None:
    """Let a workbook of the ratings of a period be made; asked again while it is being made, nothing changes."""
    take_along(session, by, center, period, "XLSX")
    first = period.first.isoformat()
    payload = {"center_id": center.id, "kind": period.kind, "first": first, "reader": by.account_id}
    enqueue(session, JOB, payload, unique_key=key_of(by, center, period), by=by)
