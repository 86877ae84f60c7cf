"""Shifts and leaves of a centre, and rosters on their way in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core.permissions import Actor
from app.core.scope import visible
from app.feedback.models import Officer, RosterImport, ServiceCounter, Shift
from app.feedback.rules.shifts import Present


def in_scope_roster(session: Session, actor: Actor, roster_id: int) -> RosterImport | None:
    """The roster on its way in, inside the asker's scope, with its centre."""
    query = select(RosterImport).where(RosterImport.id == roster_id, visible(RosterImport.path, actor))
    return session.scalar(query.options(joinedload(RosterImport.center)))


def in_scope_shift(session: Session, actor: Actor, shift_id: int) -> Shift | None:
    """The shift of an officer inside the asker's scope; it has no path of its own."""
    query = select(Shift).join(Shift.officer).where(Shift.id == shift_id, visible(Officer.path, actor))
    return session.scalar(query.options(joinedload(Shift.officer)))


def shifts(session: Session, center_id: int, begin: datetime, end: datetime) -> Sequence[tuple[Shift, str | None]]:
    """Shifts and leaves that reach into the time, with the name of the counter, in order."""
    query = select(Shift, ServiceCounter.name).join(Shift.officer)
    query = query.outerjoin(ServiceCounter, ServiceCounter.id == Shift.counter_id)
    query = query.where(Officer.center_id == center_id, Shift.starts_at < end, Shift.ends_at > begin)
    query = query.options(joinedload(Shift.officer))
    ordered = query.order_by(Shift.starts_at, ServiceCounter.position, Officer.sort_key, Shift.id)
    return session.execute(ordered).all()


def present(session: Session, center_id: int, begin: datetime, end: datetime) -> list[Present]:
    """The same as a roster writes them, for holding a file against them."""
    query = select(Shift, Officer.code, Officer.full_name, ServiceCounter.number).join(Shift.officer)
    query = query.outerjoin(ServiceCounter, ServiceCounter.id == Shift.counter_id)
    query = query.where(Officer.center_id == center_id, Shift.starts_at < end, Shift.ends_at > begin)
    return [
        Present(shift.id, code, name, number or "", shift.kind, shift.starts_at, shift.ends_at)
        for shift, code, name, number in session.execute(query.order_by(Shift.starts_at, Shift.id))
    ]
