"""Cases for those who handle them, for the leader and for the person: inside a scope, or by a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.core.roles import ROLE_PERMISSIONS
from app.core.scope import above, visible, within
from app.core.tokens import Keyring
from app.feedback.models import (
    Case,
    CaseAct,
    Officer,
    Rating,
    RatingNote,
    RatingReason,
    ServiceCenter,
    ServiceCounter,
)
from app.feedback.queries.about import about, rating_about, speaks_of_officer
from app.feedback.rules import cases as rules
from app.feedback.rules.rights import HANDLE, LEAD, VIEW
from app.feedback.sealing import code_hash
from app.identity.models import Account, RoleGrant
from app.identity.queries import live
from app.moderation.models import ModerationItem

PAGE = 30
OPEN, MINE, NEW, LATE, REOPENED, ALL = "dang-mo", "cua-toi", "moi", "qua-han", "mo-lai", "tat-ca"
FILTERS = (OPEN, MINE, NEW, LATE, REOPENED, ALL)
COUNTED = 100


@dataclass(frozen=True)
class CaseRow:
    """One line of the list; ``text`` is the beginning of what was written."""

    id: int
    center: str
    counter: str
    level: int
    text: str
    status: str
    opened_at: datetime
    due_at: datetime
    escalated: bool
    late: bool
    handler: str
    reopened: int


@dataclass(frozen=True)
class CasePage:
    """One page of the list; ``counts`` says how many each filter finds."""

    rows: Sequence[CaseRow]
    page: int
    pages: int
    counts: dict[str, int]


@dataclass(frozen=True)
class CaseView:
    """A case with what surrounds it: of the rating only its level and day, nothing of the device and nobody's name."""

    case: Case
    center: ServiceCenter
    counter: ServiceCounter | None
    level: int
    day: Any
    reasons: Sequence[str]

    @property
    def path(self) -> str:
        return self.case.path


def in_scope_case(session: Session, actor: Actor, case_id: int) -> CaseView | None:
    """The case inside the asker's scope; to the officer who was rated it does not exist."""
    query = _joined(select(Case, Rating, ServiceCenter, ServiceCounter))
    query = query.options(contains_eager(Case.note)).where(Case.id == case_id, visible(Case.path, actor))
    return _view(session, query.where(~about(actor.account_id)))


def by_code(session: Session, keyring: Keyring, code: str) -> CaseView | None:
    """The case of a code; None for no code, or one of another thing."""
    query = _joined(select(Case, Rating, ServiceCenter, ServiceCounter)).options(contains_eager(Case.note))
    return _view(session, query.where(Case.code_hash == code_hash(keyring, code))) if code else None


def acts_of(session: Session, case_id: int) -> Sequence[tuple[CaseAct, str]]:
    """Every step of a case with the name of who took it (empty: the person, or the clock), the first one first."""
    query = select(CaseAct, Account.full_name).outerjoin(Account, Account.id == CaseAct.by)
    rows = session.execute(query.where(CaseAct.case_id == case_id).order_by(CaseAct.at, CaseAct.id))
    return [(act, name or "") for act, name in rows]


def name_of(session: Session, account_id: int | None) -> str:
    """Whose account it is; empty for nobody."""
    return session.scalar(select(Account.full_name).where(Account.id == account_id)) or "" if account_id else ""


def in_scope_note(session: Session, actor: Actor, item_id: int) -> RatingNote | None:
    """The note of an item of the moderation queue, inside the asker's scope.

    What is for inspectors alone, or speaks of the asker, does not exist here.
    """
    query = select(RatingNote).join(ModerationItem, ModerationItem.subject_id == RatingNote.id)
    query = query.where(
        ModerationItem.kind == rules.KIND, ModerationItem.id == item_id, visible(RatingNote.path, actor)
    )
    query = query.where(RatingNote.restricted.is_(False), ~rating_about(RatingNote.rating_id, actor.account_id))
    return session.scalar(query)


def answers_of(session: Session, case_id: int) -> Sequence[CaseAct]:
    """What was answered, each time, and what the person said to it."""
    verbs = ("answer", "reopen")
    query = select(CaseAct).where(CaseAct.case_id == case_id, CaseAct.verb.in_(verbs))
    return session.scalars(query.order_by(CaseAct.at, CaseAct.id)).all()


def handlers(session: Session, case: Case) -> Sequence[Account]:
    """Who may handle the case, by name: never an officer of whom the rating speaks."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if HANDLE in permissions]
    holding = (
        select(RoleGrant.account_id)
        .join(Area, Area.id == RoleGrant.area_id)
        .where(RoleGrant.role.in_(roles), live(clock.now()), above(Area.path, case.path))
    )
    rated = (
        select(Officer.account_id)
        .join(Rating, speaks_of_officer())
        .join(RatingNote, RatingNote.rating_id == Rating.id)
        .where(RatingNote.id == case.note_id, Officer.account_id.is_not(None))
    )
    query = select(Account).where(Account.id.in_(holding), Account.disabled_at.is_(None), Account.id.not_in(rated))
    return session.scalars(query.order_by(Account.sort_key, Account.id)).all()


def listed(session: Session, actor: Actor, now: datetime, *, which: str = OPEN, page: int = 1) -> CasePage:
    """Cases where the asker may see them, the one due first on top; those about the asker themselves left out."""
    reach = and_(within(Case.path, actor.places(VIEW)), ~about(actor.account_id))
    counts = {
        name: session.scalar(_joined(select(func.count(Case.id))).where(reach, _is(name, actor, now))) or 0
        for name in FILTERS
    }
    pages = max(1, -(-counts[which] // PAGE))
    page = min(max(1, page), pages)
    query = _joined(select(Case, Rating.level, RatingNote.text, ServiceCenter.name, ServiceCounter.name))
    query = query.add_columns(Account.full_name).outerjoin(Account, Account.id == Case.assigned_to)
    query = query.where(reach, _is(which, actor, now)).order_by(*_order(which)).limit(PAGE).offset((page - 1) * PAGE)
    rows = [_row(now, *found) for found in session.execute(query)]
    return CasePage(rows, page, pages, counts)


def waiting(session: Session, actor: Actor) -> int:
    """For the menu: what rose to a leader; what is new or theirs to a handler. Counted to a hundred."""
    late = and_(within(Case.path, actor.places(LEAD)), Case.escalated_at.is_not(None))
    mine = or_(Case.assigned_to.is_(None), Case.assigned_to == actor.account_id)
    own = and_(within(Case.path, actor.places(HANDLE)), mine)
    some = _joined(select(Case.id)).where(Case.status.in_(rules.WAITING), or_(late, own), ~about(actor.account_id))
    return session.scalar(select(func.count()).select_from(some.limit(COUNTED).subquery())) or 0


def _joined(query: Any) -> Select[Any]:
    joined: Select[Any] = (
        query.join(RatingNote, RatingNote.id == Case.note_id)
        .join(Rating, Rating.id == RatingNote.rating_id)
        .join(ServiceCenter, ServiceCenter.id == Case.center_id)
        .outerjoin(ServiceCounter, ServiceCounter.id == Case.counter_id)
    )
    return joined


def _is(which: str, actor: Actor, now: datetime) -> ColumnElement[bool]:
    waits = Case.status.in_(rules.WAITING)
    return {
        OPEN: waits,
        MINE: and_(waits, Case.assigned_to == actor.account_id),
        NEW: Case.status == rules.NEW,
        LATE: and_(waits, Case.due_at < now),
        REOPENED: Case.status == rules.REOPENED,
        ALL: Case.id > 0,
    }[which]


def _order(which: str) -> tuple[Any, ...]:
    return (Case.opened_at.desc(), Case.id.desc()) if which == ALL else (Case.due_at, Case.id)


def _view(session: Session, query: Select[Any]) -> CaseView | None:
    found = session.execute(query.execution_options(populate_existing=True)).first()
    if found is None:
        return None
    case, rating, center, counter = found
    chosen = select(RatingReason.reason).where(RatingReason.rating_id == rating.id).order_by(RatingReason.reason)
    return CaseView(case, center, counter, rating.level, rating.day, session.scalars(chosen).all())


def _row(
    now: datetime, case: Case, level: int, text: str, center: str, counter: str | None, name: str | None
) -> CaseRow:
    return CaseRow(
        id=case.id, center=center, counter=counter or "", level=level, text=text, status=case.status,
        opened_at=case.opened_at, due_at=case.due_at, escalated=case.escalated_at is not None,
        late=rules.is_late(case.status, case.due_at, now), handler=name or "", reopened=case.reopened,
    )  # fmt: skip
