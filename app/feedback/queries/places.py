"""Centres, counters, groups and officers, inside somebody's scope."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core.permissions import Actor
from app.core.scope import visible, within
from app.feedback.models import (
    CounterGroup,
    Officer,
    ProcedureGroup,
    RatingPoint,
    ServiceCenter,
    ServiceCounter,
)


def in_scope_center(session: Session, actor: Actor, center_id: int) -> ServiceCenter | None:
    """The centre inside the asker's scope."""
    return session.scalar(
        select(ServiceCenter).where(ServiceCenter.id == center_id, visible(ServiceCenter.path, actor))
    )


def in_scope_point(session: Session, actor: Actor, point_id: int) -> RatingPoint | None:
    """The point inside the asker's scope, with its centre, counter and group."""
    query = select(RatingPoint).where(RatingPoint.id == point_id, visible(RatingPoint.path, actor))
    query = query.options(
        joinedload(RatingPoint.center), joinedload(RatingPoint.counter), joinedload(RatingPoint.group)
    )
    return session.scalar(query)


def in_scope_counter(session: Session, actor: Actor, counter_id: int) -> ServiceCounter | None:
    """The counter inside the asker's scope, with its centre."""
    query = select(ServiceCounter).where(ServiceCounter.id == counter_id, visible(ServiceCounter.path, actor))
    return session.scalar(query.options(joinedload(ServiceCounter.center)))


def in_scope_group(session: Session, actor: Actor, group_id: int) -> ProcedureGroup | None:
    """The group of procedures inside the asker's scope."""
    return session.scalar(
        select(ProcedureGroup).where(ProcedureGroup.id == group_id, visible(ProcedureGroup.path, actor))
    )


def in_scope_officer(session: Session, actor: Actor, officer_id: int) -> Officer | None:
    """The officer inside the asker's scope."""
    return session.scalar(select(Officer).where(Officer.id == officer_id, visible(Officer.path, actor)))


def centers(session: Session, actor: Actor, permission: str) -> Sequence[ServiceCenter]:
    """The centres where the asker holds the permission, closed ones last."""
    query = select(ServiceCenter).where(within(ServiceCenter.path, actor.places(permission)))
    return session.scalars(query.order_by(ServiceCenter.closed_at.is_not(None), ServiceCenter.path)).all()


def counters(session: Session, center_id: int, *, closed: bool = False) -> Sequence[ServiceCounter]:
    """The counters of a centre in their order; closed ones only when asked for."""
    query = select(ServiceCounter).where(ServiceCounter.center_id == center_id)
    if not closed:
        query = query.where(ServiceCounter.closed_at.is_(None))
    return session.scalars(query.order_by(ServiceCounter.position, ServiceCounter.id)).all()


def groups(session: Session, center_id: int, *, closed: bool = False) -> Sequence[ProcedureGroup]:
    """The groups of procedures of a centre in their order; closed ones only when asked for."""
    query = select(ProcedureGroup).where(ProcedureGroup.center_id == center_id)
    if not closed:
        query = query.where(ProcedureGroup.closed_at.is_(None))
    return session.scalars(query.order_by(ProcedureGroup.position, ProcedureGroup.id)).all()


def officers(session: Session, center_id: int, *, left: bool = False) -> Sequence[Officer]:
    """The officers of a centre by name; those who left only when asked for."""
    query = select(Officer).where(Officer.center_id == center_id)
    if not left:
        query = query.where(Officer.left_on.is_(None))
    return session.scalars(query.order_by(Officer.sort_key, Officer.id)).all()


def officers_of_account(session: Session, account_id: int) -> Sequence[Officer]:
    """Whom an account is as an officer; most accounts are nobody."""
    return session.scalars(
        select(Officer).where(Officer.account_id == account_id, Officer.left_on.is_(None)).order_by(Officer.id)
    ).all()


def handled(session: Session, center_id: int) -> dict[int, list[int]]:
    """Which groups (ids, in their order) each open counter of a centre handles."""
    query = (
        select(CounterGroup.counter_id, CounterGroup.group_id)
        .join(ServiceCounter, ServiceCounter.id == CounterGroup.counter_id)
        .join(ProcedureGroup, ProcedureGroup.id == CounterGroup.group_id)
        .where(ServiceCounter.center_id == center_id, ProcedureGroup.closed_at.is_(None))
        .order_by(ProcedureGroup.position, ProcedureGroup.id)
    )
    found: dict[int, list[int]] = {}
    for counter_id, group_id in session.execute(query):
        found.setdefault(counter_id, []).append(group_id)
    return found


def groups_at(session: Session, counter_id: int) -> Sequence[ProcedureGroup]:
    """The groups a counter handles, in their order."""
    query = select(ProcedureGroup).join(CounterGroup, CounterGroup.group_id == ProcedureGroup.id)
    query = query.where(CounterGroup.counter_id == counter_id, ProcedureGroup.closed_at.is_(None))
    return session.scalars(query.order_by(ProcedureGroup.position, ProcedureGroup.id)).all()
