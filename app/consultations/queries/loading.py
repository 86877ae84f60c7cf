"""Finding a consultation: for staff inside their scope, for residents once it is public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from app.areas.models import Area
from app.consultations.errors import Closed, NotPrepared, NotYetOpen, Withdrawn
from app.consultations.models import Consultation
from app.consultations.rules.phases import Phase, Timed, phase
from app.core.permissions import Actor, covers
from app.core.scope import above, visible


@dataclass(frozen=True)
class Reached:
    """A consultation and the place at which the asker reaches it.

    That is the consultation's own place, or, for those who work below it (the head of an area who enters what came on
    paper), their own.
    """

    consultation: Consultation
    path: str


def in_scope(session: Session, actor: Actor, consultation_id: int) -> Consultation | None:
    """A consultation at a place the asker's roles cover, in whatever state, with its area and commune."""
    query = select(Consultation).join(Consultation.area)
    query = query.where(Consultation.id == consultation_id, visible(Area.path, actor))
    return session.scalar(query.options(joinedload(Consultation.area).joinedload(Area.parent)))


def reached(session: Session, actor: Actor, consultation_id: int) -> Reached | None:
    """The same, and for people who work in a part of the place once the consultation is public."""
    found = in_scope(session, actor, consultation_id)
    if found is not None:
        return Reached(found, found.area.path)
    query = select(Consultation).join(Consultation.area)
    query = query.where(Consultation.id == consultation_id, was_published(), _holds_part(actor))
    found = session.scalar(query.options(joinedload(Consultation.area).joinedload(Area.parent)))
    if found is None:
        return None
    return Reached(found, next(grant.path for grant in actor.grants if covers(found.area.path, grant.path)))


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """Whether the consultation of a row (joined with its ``Area``) is one that ``reached`` finds."""
    return or_(visible(Area.path, actor), and_(was_published(), _holds_part(actor)))


def public(session: Session, public_id: str) -> Consultation | None:
    """A consultation that was published (it stays to be read when withdrawn), with its area and commune."""
    query = select(Consultation).where(Consultation.public_id == public_id, was_published())
    return session.scalar(query.options(joinedload(Consultation.area).joinedload(Area.parent)))


def was_published() -> ColumnElement[bool]:
    """Whether it was ever put before the people; one given up in preparation never was."""
    return Consultation.opened_at.is_not(None)


def phase_is(wanted: Phase, now: datetime) -> ColumnElement[bool]:
    """Whether a consultation is in the phase at ``now``; the same truth as ``rules.phases.phase``, as SQL."""
    opened = Consultation.status == "opened"
    if wanted is Phase.UPCOMING:
        return and_(opened, Consultation.opens_at > now)
    if wanted is Phase.OPEN:
        return and_(opened, Consultation.opens_at <= now, Consultation.closes_at > now)
    if wanted is Phase.CLOSED:
        return and_(opened, Consultation.closes_at <= now)
    return Consultation.status == wanted.value


class Commented(Timed, Protocol):
    """What tells whether opinions are taken."""

    @property
    def withdraw_reason(self) -> str: ...


def must_take_comments(consultation: Commented, now: datetime) -> None:
    """Refuse (``WrongMoment``) unless comments are taken at ``now``, the database's moment (Law Đ26)."""
    in_phase = phase(consultation, now)
    if in_phase is Phase.OPEN:
        return
    if in_phase is Phase.WITHDRAWN:
        raise Withdrawn(consultation.withdraw_reason)
    if consultation.opens_at is None or consultation.closes_at is None or in_phase is Phase.PREPARING:
        raise NotPrepared
    if in_phase is Phase.UPCOMING:
        raise NotYetOpen(consultation.opens_at)
    raise Closed(consultation.closes_at)


def _holds_part(actor: Actor) -> ColumnElement[bool]:
    return or_(false(), *(above(Area.path, grant.path) for grant in actor.grants if grant.path))
