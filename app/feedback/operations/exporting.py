"""Taking single ratings along: that it was done is recorded; a workbook of many is made in the background."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.permissions import Actor
from app.core.rights import must
from app.feedback import exports
from app.feedback.models import ServiceCenter
from app.feedback.queries import rating_rows
from app.feedback.rules.periods import Period
from app.jobs.operations import enqueue
from app.jobs.work import Work

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
    payload = {"center_id": center.id, "kind": period.kind, "first": period.first.isoformat()}
    enqueue(session, JOB, payload, unique_key=key_of(by, center, period), by=by)


def make_workbook(work: Work) -> dict[str, Any] | None:
    """Write the workbook to a file, keep it for a day. Run twice it is made twice, and both are forgotten."""
    center_id = int(work.payload["center_id"])
    period = Period(work.payload["kind"], date.fromisoformat(work.payload["first"]))
    with work.database.session(write=False) as session:
        total = rating_rows.how_many(session, center_id, period.first, period.last)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.xlsx"
        with work.database.session(write=False) as session:
            rows = rating_rows.each(session, center_id, period.first, period.last)
            written = exports.workbook(path, rows, lambda done: work.progress(min(done, total), total))
        key = work.services.storage.put(FOLDER, path.read_bytes())
    with work.database.transaction() as session:
        enqueue(session, FORGET, {"key": key}, unique_key=f"{FORGET}:{key}", run_at=work.at + KEPT)
    return {"key": key, "rows": written}


def forget_workbook(work: Work) -> None:
    """Delete a workbook whose day is over."""
    work.services.storage.delete(str(work.payload["key"]))
