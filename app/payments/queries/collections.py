"""What is collected: the page of one, lists, and when its printed code was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.areas.models import Area
from app.core.permissions import Actor
from app.core.scope import above, visible, within
from app.payments.models import Collection, CollectionCheck, PayeeAccount
from app.payments.queries.accounts import rows_of
from app.payments.rules.collecting import code_of
from app.payments.rules.showing import Standing, check_due, in_force, standing

SHOWN = 200


@dataclass(frozen=True)
class Shown:
    """A collection as it stands: the account that is in force for it, and what its page says."""

    collection: Collection
    account: PayeeAccount
    standing: Standing

    @property
    def path(self) -> str:
        return self.collection.path


@dataclass(frozen=True)
class Change:
    """One line of the public log: what happened to an account, by its last digits."""

    at: datetime
    what: str
    account: PayeeAccount


@dataclass(frozen=True)
class Listed:
    """A collection in a list of staff, with the last look at its printed code."""

    shown: Shown
    last: CollectionCheck | None
    due: bool


def by_code(session: Session, typed: str) -> Collection | None:
    """The collection of a page, however its code was typed."""
    code = code_of(typed)
    query = select(Collection).where(Collection.code == code).options(*_whole())
    return session.scalar(query) if code else None


def shown(session: Session, collection: Collection, now: datetime, today: date) -> Shown:
    """How a collection stands at the database's moment ``now``."""
    return _shown(collection, rows_of(session, collection.account.area_id), now, today)


def collection_in_scope(session: Session, actor: Actor, collection_id: int) -> Collection | None:
    """A collection inside the asker's scope."""
    query = select(Collection).where(Collection.id == collection_id, visible(Collection.path, actor))
    return session.scalar(query.options(*_whole()))


def changes(session: Session, collection: Collection, now: datetime) -> Sequence[Change]:
    """What happened to the accounts of a collection, for anybody, the latest first.

    What nobody approved was never shown and is not told of: a false account must not stand on this page in any way.
    """
    found: list[Change] = []
    for row in _line(collection.account, rows_of(session, collection.account.area_id)):
        if row.shown_from is None:
            continue
        found += [Change(row.entered_at, "entered", row)]
        found += [Change(row.decided_at, "approved", row)] if row.decided_at else []
        found += [Change(row.shown_from, "shown", row)] if row.shown_from <= now and _reached(row) else []
        found += [Change(row.ended_at, "ended", row)] if row.ended_at else []
    return sorted(found, key=lambda change: change.at, reverse=True)


def listed(session: Session, places: Sequence[str], now: datetime, today: date) -> Sequence[Listed]:
    """Collections of places, those that still run first, with their last look."""
    query = select(Collection).where(within(Collection.path, places)).options(*_whole())
    found = session.scalars(query.order_by(Collection.ended_at.is_not(None), Collection.id.desc()).limit(SHOWN)).all()
    rows = _rows(session, found)
    last = _last_checks(session, [one.id for one in found])
    listed = []
    for one in found:
        stands = _shown(one, rows.get(one.account.area_id, []), now, today)
        check = last.get(one.id)
        running = stands.standing is Standing.OPEN
        due = running and check_due(check.checked_at if check else None, one.made_at, now)
        listed.append(Listed(stands, check, due))
    return listed


def open_at(session: Session, area: Area, now: datetime, today: date) -> Sequence[Collection]:
    """What can be paid at a place: collected there, inside it, or in all of its commune."""
    query = (
        select(Collection)
        .join(Collection.area)
        .where(
            or_(within(Collection.path, [area.path]), above(Collection.path, area.path)), Collection.ended_at.is_(None)
        )
    )
    found = session.scalars(query.options(*_whole()).order_by(Collection.id.desc()).limit(SHOWN)).all()
    rows = _rows(session, found)
    return [
        one for one in found if _shown(one, rows.get(one.account.area_id, []), now, today).standing is Standing.OPEN
    ]


def checks(session: Session, collection: Collection, limit: int = 12) -> Sequence[CollectionCheck]:
    """The last looks at a printed code."""
    query = select(CollectionCheck).where(CollectionCheck.collection_id == collection.id)
    return session.scalars(query.order_by(CollectionCheck.id.desc()).limit(limit)).all()


def on_account(session: Session, account: PayeeAccount) -> Sequence[Collection]:
    """What is collected on an account, or on the one it replaces."""
    line = [one.id for one in rows_of(session, account.area_id)]
    query = select(Collection).where(Collection.account_id.in_(line)).options(*_whole())
    found = session.scalars(query.order_by(Collection.id.desc()).limit(SHOWN)).all()
    rows = rows_of(session, account.area_id)
    return [one for one in found if account in _line(one.account, rows)]


def _whole() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Collection.account),
        joinedload(Collection.area).joinedload(Area.parent),
        joinedload(Collection.posting),
    )


def _shown(collection: Collection, rows: Sequence[PayeeAccount], now: datetime, today: date) -> Shown:
    account = in_force(collection.account, rows, now)
    stands = standing(
        account, now, today, opens_on=collection.opens_on, ends_on=collection.ends_on, ended_at=collection.ended_at
    )
    return Shown(collection, account, stands)


def _line(account: PayeeAccount, rows: Sequence[PayeeAccount]) -> list[PayeeAccount]:
    """An account and all that was ever to replace it."""
    line = {account.id: account}
    for row in rows:
        if row.replaces in line:
            line[row.id] = row
    return list(line.values())


def _reached(row: PayeeAccount) -> bool:
    return row.ended_at is None or (row.shown_from is not None and row.ended_at > row.shown_from)


def _rows(session: Session, found: Sequence[Collection]) -> dict[int, list[PayeeAccount]]:
    areas = {one.account.area_id for one in found}
    rows: dict[int, list[PayeeAccount]] = {}
    for row in session.scalars(select(PayeeAccount).where(PayeeAccount.area_id.in_(areas)).order_by(PayeeAccount.id)):
        rows.setdefault(row.area_id, []).append(row)
    return rows


def _last_checks(session: Session, keys: Sequence[int]) -> dict[int, CollectionCheck]:
    newest = select(func.max(CollectionCheck.id)).where(CollectionCheck.collection_id.in_(keys))
    newest = newest.group_by(CollectionCheck.collection_id)
    found = session.scalars(select(CollectionCheck).where(CollectionCheck.id.in_(newest)))
    return {check.collection_id: check for check in found}
