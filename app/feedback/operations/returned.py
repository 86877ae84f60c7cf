"""Writing how many dossiers were returned each day: all rows of a file or none."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import Refusal
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import lock
from app.feedback.models import DossierCount, ServiceCenter
from app.feedback.queries.returned import known_places
from app.feedback.rules.returned import Returned, days_of
from app.lib.i18n import N_

EDIT = "feedback:roster:edit"


def write(session: Session, by: Actor, center: ServiceCenter, rows: Sequence[Returned]) -> list[date]:
    """Put these rows in the place of all that is kept of their days; the days.

    The record says of which days rows were replaced: figures of the past change with them.
    """
    account_id = must(by, EDIT, center.path)
    if not rows:
        raise Refusal(N_("Tệp không có dòng nào để ghi."))
    # Two files at once: the second waits, and replaces the whole of what the first wrote.
    lock(session, center)
    counters, groups = known_places(session, center.id)
    known = ({0, *counters.values()}, {0, *groups.values()})
    if any(row.counter_id not in known[0] or row.group_id not in known[1] for row in rows):
        raise Refusal(N_("Danh sách quầy hoặc nhóm thủ tục vừa thay đổi. Tải tệp lên lại."))
    days = days_of(rows)
    gone = delete(DossierCount).where(DossierCount.center_id == center.id, DossierCount.day.in_(days))
    replaced = set(session.scalars(gone.returning(DossierCount.day)))
    now = clock.now()
    session.add_all(
        DossierCount(
            center_id=center.id, path=center.path, day=row.day, counter_id=row.counter_id, group_id=row.group_id,
            returned=row.returned, early=row.early, on_time=row.on_time, late=row.late, once=row.once,
            imported_by=account_id, imported_at=now,
        )
        for row in rows
    )  # fmt: skip
    session.flush()
    detail = {"rows": len(rows), "since": days[0], "until": days[-1], "replaced_days": len(replaced)}
    subject = ("service_center", center.id)
    record(session, by, "feedback.returned.write", subject=subject, path=center.path, **detail)
    return days
