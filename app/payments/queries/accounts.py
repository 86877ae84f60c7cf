"""Accounts: those of an area, those inside the asker's scope."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.areas.models import Area
from app.core.permissions import Actor
from app.core.scope import visible, within
from app.identity.models import Account
from app.payments.models import PayeeAccount
from app.payments.rules.showing import State, state_among

SHOWN = 200
VIEW = "payments:account:view"


def rows_of(session: Session, area_id: int) -> Sequence[PayeeAccount]:
    """Every account a place ever had, in the order in which they were entered."""
    return session.scalars(select(PayeeAccount).where(PayeeAccount.area_id == area_id).order_by(PayeeAccount.id)).all()


def payee_in_scope(session: Session, actor: Actor, payee_id: int) -> PayeeAccount | None:
    """An account inside the asker's scope."""
    query = select(PayeeAccount).where(PayeeAccount.id == payee_id, visible(PayeeAccount.path, actor))
    return session.scalar(query.options(joinedload(PayeeAccount.area).joinedload(Area.parent)))


def listed(session: Session, actor: Actor, now: datetime) -> Sequence[tuple[PayeeAccount, State]]:
    """Accounts where the asker may see them with how they stand, the last entered first."""
    query = select(PayeeAccount).where(within(PayeeAccount.path, actor.places(VIEW)))
    query = query.options(joinedload(PayeeAccount.area)).order_by(PayeeAccount.id.desc())
    found = session.scalars(query.limit(SHOWN)).all()
    return [(one, state_among(one, found, now)) for one in found]


def usable(session: Session, places: Sequence[str], now: datetime) -> Sequence[PayeeAccount]:
    """Accounts of places that something may be collected on: those shown, and new ones that are to be."""
    query = select(PayeeAccount).where(within(PayeeAccount.path, places))
    query = query.options(joinedload(PayeeAccount.area)).order_by(PayeeAccount.id)
    found = session.scalars(query.limit(SHOWN)).all()
    coming = (State.PROPOSED, State.WAITING)
    states = [(one, state_among(one, found, now)) for one in found]
    return [one for one, state in states if state is State.SHOWN or (state in coming and one.replaces is None)]


def names(session: Session, keys: Sequence[int | None]) -> dict[int, str]:
    """Names of staff by their accounts."""
    wanted = {key for key in keys if key is not None}
    found = session.execute(select(Account.id, Account.full_name).where(Account.id.in_(wanted)))
    return {key: name for key, name in found}  # noqa: C416 - a result is no mapping to the type checker
