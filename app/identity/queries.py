"""Questions about accounts, roles and sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor, Grant, Role
from app.core.scope import visible, within
from app.identity.models import Account, RoleGrant, StaffSession
from app.lib.text import fold

PAGE = 50


@dataclass(frozen=True)
class SeenAccount:
    """An account as somebody else sees it: ``path`` is the place through which they see it."""

    account: Account
    path: str


@dataclass(frozen=True)
class AccountPage:
    """One page of a list; ``total`` counts the whole list."""

    accounts: Sequence[Account]
    total: int


def live(moment: datetime) -> ColumnElement[bool]:
    """Whether a grant holds at the moment."""
    return (RoleGrant.since <= moment) & or_(RoleGrant.until.is_(None), RoleGrant.until > moment)


def outstanding(moment: datetime) -> ColumnElement[bool]:
    """Whether a grant holds now or will later."""
    return or_(RoleGrant.until.is_(None), RoleGrant.until > moment)


def by_login(session: Session, login: str) -> Account | None:
    return session.scalar(select(Account).where(Account.login == login))


def grants_of(session: Session, account_id: int, condition: ColumnElement[bool]) -> tuple[Grant, ...]:
    """The roles of an account for which the condition holds, as plain data."""
    query = select(RoleGrant.role, Area.path).join(Area, Area.id == RoleGrant.area_id)
    rows = session.execute(query.where(RoleGrant.account_id == account_id, condition).order_by(RoleGrant.id))
    return tuple(Grant(Role(role), path) for role, path in rows)


def actor_for(session: Session, account: Account, moment: datetime, *, session_id: int | None = None) -> Actor:
    """The account as an asker, with the roles it holds at the moment and the names of its places."""
    query = select(RoleGrant.role, Area).join(Area, Area.id == RoleGrant.area_id).options(joinedload(Area.parent))
    rows = session.execute(query.where(RoleGrant.account_id == account.id, live(moment)).order_by(RoleGrant.id)).all()
    return Actor(
        account_id=account.id,
        name=account.full_name,
        login=account.login,
        grants=tuple(Grant(Role(role), area.path) for role, area in rows),
        session_id=session_id,
        meta={"scope": ", ".join(dict.fromkeys(area.full_label for _role, area in rows))},
    )


def last_day(grant: RoleGrant) -> date | None:
    """The last Vietnamese day on which a grant holds; None: it has no end."""
    return None if grant.until is None else clock.local(grant.until - timedelta(microseconds=1)).date()


def home_path(session: Session, account_id: int) -> str:
    """The place under which acts of the account itself (signing in, a new password) are recorded."""
    query = select(Area.path).join(RoleGrant, RoleGrant.area_id == Area.id)
    query = query.where(RoleGrant.account_id == account_id)
    return session.scalar(query.order_by(RoleGrant.until.is_not(None), RoleGrant.id).limit(1)) or ""


# ------------------------------------------------------------------------------------ seen by others


def in_scope(
    session: Session, actor: Actor, account_id: int, permission: str = "identity:account:view"
) -> SeenAccount | None:
    """The account, when it has or had a role inside the asker's scope.

    Its place is one where the asker holds the permission, if there is any.
    """
    query = select(Account, Area.path).join(RoleGrant, RoleGrant.account_id == Account.id)
    query = query.join(Area, Area.id == RoleGrant.area_id)
    query = query.where(Account.id == account_id, visible(Area.path, actor)).order_by(RoleGrant.id)
    rows = session.execute(query).all()
    if not rows:
        return None
    allowed = (path for _account, path in rows if actor.may(permission, path))
    return SeenAccount(rows[0][0], next(allowed, rows[0][1]))


def to_manage(session: Session, actor: Actor, account_id: int) -> SeenAccount | None:
    """The same, for acts of administrators."""
    return in_scope(session, actor, account_id, "identity:account:manage")


def accounts(
    session: Session,
    actor: Actor,
    moment: datetime,
    *,
    words: str = "",
    role: str = "",
    path: str = "",
    page: int = 1,
) -> AccountPage:
    """Accounts the asker may view, in Vietnamese name order; ``page`` counts from 1.

    ``words`` are looked for in name and login, marks ignored; ``role`` and ``path`` ask for a role that has not
    ended at the moment, at the place or below it.
    """
    places = actor.places("identity:account:view")
    conditions: list[ColumnElement[bool]] = [_has_grant(within(Area.path, places))]
    conditions += [Account.search.contains(word, autoescape=True) for word in fold(words).split()]
    if role or path:
        wanted: list[ColumnElement[bool]] = [within(Area.path, places), outstanding(moment)]
        wanted += [RoleGrant.role == role] if role else []
        wanted += [within(Area.path, [path])] if path else []
        conditions.append(_has_grant(*wanted))
    total = session.scalar(select(func.count()).select_from(Account).where(*conditions)) or 0
    query = select(Account).where(*conditions).options(selectinload(Account.grants).joinedload(RoleGrant.area))
    query = query.order_by(Account.sort_key, Account.id).limit(PAGE).offset((max(1, page) - 1) * PAGE)
    return AccountPage(session.scalars(query).all(), total)


def all_accounts(session: Session) -> Sequence[Account]:
    """Every account with its roles, in Vietnamese name order: for the console."""
    query = select(Account).options(selectinload(Account.grants).joinedload(RoleGrant.area))
    return session.scalars(query.order_by(Account.sort_key, Account.id)).all()


def grants_in_scope(session: Session, actor: Actor, account_id: int) -> Sequence[RoleGrant]:
    """The roles of an account, past ones too, at places where the asker may view accounts; newest first."""
    query = select(RoleGrant).join(Area, Area.id == RoleGrant.area_id).options(selectinload(RoleGrant.area))
    query = query.where(RoleGrant.account_id == account_id)
    query = query.where(within(Area.path, actor.places("identity:account:view")))
    return session.scalars(query.order_by(RoleGrant.since.desc(), RoleGrant.id.desc())).all()


def outstanding_grants(session: Session, account_id: int, moment: datetime) -> Sequence[RoleGrant]:
    """The roles an account holds now or will hold, oldest first: for its owner."""
    query = select(RoleGrant).options(joinedload(RoleGrant.area).joinedload(Area.parent))
    query = query.where(RoleGrant.account_id == account_id, outstanding(moment))
    return session.scalars(query.order_by(RoleGrant.since, RoleGrant.id)).all()


def places_to_choose(session: Session, actor: Actor, permission: str) -> Sequence[Area]:
    """Existing places to choose from, each before those inside it: where the asker holds the permission, and one
    level below (not the thousands of residential areas of a whole province)."""
    held = actor.places(permission)
    near = [Area.path == place for place in held]
    near += [within(Area.path, [place]) & (Area.level == "commune") for place in held if place.count("/") == 0]
    near += [within(Area.path, [place]) for place in held if place.count("/") > 0]
    query = select(Area).where(Area.valid_to.is_(None), or_(false(), *near)).options(joinedload(Area.parent))
    return session.scalars(query.order_by(Area.path)).all()


def _has_grant(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    inner = exists(RoleGrant.id).where(RoleGrant.account_id == Account.id, Area.id == RoleGrant.area_id)
    return inner.where(*conditions).correlate(Account)


# ----------------------------------------------------------------------------------------- sessions


def live_session(moment: datetime, idle_since: datetime) -> ColumnElement[bool]:
    """Whether a session still holds: not ended, not too old, not idle for too long."""
    return (
        StaffSession.ended_at.is_(None) & (StaffSession.expires_at > moment) & (StaffSession.last_seen_at > idle_since)
    )


def session_by_hash(
    session: Session, token_hash: str, moment: datetime, idle_since: datetime
) -> tuple[StaffSession, Account] | None:
    """The live session with this key, and its account when that is not disabled."""
    query = select(StaffSession, Account).join(Account, Account.id == StaffSession.account_id)
    query = query.where(StaffSession.token_hash == token_hash, live_session(moment, idle_since))
    row = session.execute(query.where(Account.disabled_at.is_(None))).one_or_none()
    return None if row is None else (row[0], row[1])


def live_sessions(session: Session, account_id: int, moment: datetime, idle_since: datetime) -> Sequence[StaffSession]:
    """The browsers in which the account is signed in, the last used first."""
    query = select(StaffSession).where(StaffSession.account_id == account_id)
    query = query.where(live_session(moment, idle_since))
    return session.scalars(query.order_by(StaffSession.last_seen_at.desc(), StaffSession.id.desc())).all()
