"""Taking an import back within 24 hours."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.households import queries
from app.households.models import Household, Representative, RollImport, RollImportChange
from app.households.operations.committing import active_of, snapshot
from app.households.operations.examining import may_import
from app.lib.i18n import N_
from app.lib.text import fold

UNDO_WITHIN = timedelta(hours=24)


def undo(session: Session, by: Actor, kept: RollImport) -> int:
    """Put every household back as it was before the import, within 24 hours and unless one has changed since."""
    may_import(by, kept.area)
    if kept.status != "committed" or kept.committed_at is None:
        raise WrongMoment(N_("Chỉ hoàn tác được lần nhập đã ghi."))
    if clock.now() - kept.committed_at > UNDO_WITHIN:
        raise WrongMoment(N_("Chỉ hoàn tác được trong 24 giờ sau khi nhập."))
    changes = queries.changes_of(session, kept.id)
    homes = {
        home.id: home
        for home in session.scalars(
            select(Household)
            .join(RollImportChange, RollImportChange.household_id == Household.id)
            .where(RollImportChange.import_id == kept.id)
        )
    }
    now = clock.now()
    for change in changes:
        home = homes[change.household_id]
        if snapshot(session, home) != change.after:
            raise WrongMoment(
                N_("Hộ số %(number)s đã được sửa sau khi nhập nên không hoàn tác được."), number=home.number
            )
        _restore(session, home, change, now)
    kept.status, kept.undone_at = "undone", now
    record(
        session,
        by,
        "households.import.undo",
        subject=("roll_import", kept.id),
        path=kept.area.path,
        households=len(changes),
    )
    return len(changes)


def _restore(session: Session, home: Household, change: RollImportChange, now: datetime) -> None:
    if change.action == "add":
        home.ended_at, home.end_reason = now, "Hoàn tác lần nhập danh sách"
        return
    before = change.before or {}
    home.ended_at, home.end_reason = None, ""
    home.number, home.address, home.cluster = before["number"], before["address"], before["cluster"]
    home.search = fold(f"{home.number} {home.address} {home.cluster}")[:700]
    active = active_of(session, home.id)
    if active is not None and active.full_name != before["full_name"]:
        former = select(Representative.id).where(
            Representative.household_id == home.id, Representative.until == active.since
        )
        key = session.scalar(former)
        session.execute(delete(Representative).where(Representative.id == active.id))
        if key is not None:
            session.execute(update(Representative).where(Representative.id == key).values(until=None))
    elif active is not None:
        active.phone = before["phone"]
    session.flush()
