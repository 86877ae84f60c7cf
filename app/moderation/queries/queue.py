"""The queue: what waits at the asker's places, a page at a time, found by place in the order and never by counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Actor
from app.core.scope import within
from app.identity.models import Account
from app.moderation.models import Appeal, ModerationItem
from app.moderation.queries.reach import open_to
from app.moderation.rules.rights import DECIDE, ESCALATED, HIGH_RISK, VIEW

PAGE = 50
COUNTED = 100
EXCERPT = 140
Item = ModerationItem
_BRIEF = (
    Item.id, Item.kind, Item.about, Item.status, Item.mode, Item.risk, Item.reports, Item.due_at, Item.submitted_at,
    Item.escalated_at, Item.path, Item.version, Item.claimed_until,
    func.substr(func.coalesce(Item.shown_text, Item.original), 1, EXCERPT).label("excerpt"),
)  # fmt: skip


@dataclass(frozen=True)
class Search:
    """What is looked for; an empty value asks nothing.

    ``show``: waiting, mine (held by me), escalated, reported, appealed, approved, rejected, referred, decided (by me)
    or all. ``age``: late or today. ``risk``: high or low. ``order``: due or risk.
    """

    show: str = "waiting"
    collection: str = ""
    age: str = ""
    risk: str = ""
    order: str = "due"


@dataclass(frozen=True)
class Page:
    """Rows of the queue, and the item after which the next page begins (None: there is none)."""

    rows: Sequence[Row[Any]]
    after: int | None


def page(session: Session, actor: Actor, search: Search, *, after: int | None = None, size: int = PAGE) -> Page:
    """One page of what the asker may see, from ``after`` (an item's id, not included) onwards."""
    query = _ordered(matching(actor, search), search).limit(size + 1)
    place = _place(session, after)
    if place is not None:
        query = query.where(_beyond(search, place, forwards=True))
    found = session.execute(_named(query)).all()
    return Page(found[:size], found[size - 1].id if len(found) > size else None)


def low_risk(session: Session, actor: Actor, most: int, below: int) -> Sequence[Row[Any]]:
    """The oldest items that may be approved together, each with its whole ``text``: low risk, held by no other."""
    search = Search(show="waiting")
    free = (Item.risk < below, Item.reports == 0, _free(actor, clock.now()), _decidable(actor))
    query = _ordered(matching(actor, search).where(*free), search).limit(most)
    return session.execute(query.add_columns(func.coalesce(Item.shown_text, Item.original).label("text"))).all()


def neighbours(session: Session, actor: Actor, search: Search, item: ModerationItem) -> tuple[int | None, int | None]:
    """The items before and after this one in the order of the search, whether it still matches or not."""
    place = (item.risk, item.due_at, item.id)
    base = matching(actor, search).with_only_columns(Item.id).limit(1)
    before = _ordered(base.where(_beyond(search, place, forwards=False)), search, forwards=False)
    after = _ordered(base.where(_beyond(search, place, forwards=True)), search)
    return session.scalar(before), session.scalar(after)


def next_item(
    session: Session, actor: Actor, search: Search, *, after: ModerationItem | None = None
) -> ModerationItem | None:
    """The next item that the asker may decide on and nobody else holds; from the beginning when none follows."""
    waiting = matching(actor, search).where(Item.status == "pending", _decidable(actor), _free(actor, clock.now()))
    if after is not None:
        waiting = waiting.where(Item.id != after.id)
        following = waiting.where(_beyond(search, (after.risk, after.due_at, after.id), forwards=True))
        found = _first(session, _ordered(following, search))
        if found is not None:
            return found
    return _first(session, _ordered(waiting, search))


def _first(session: Session, query: Select[Any]) -> ModerationItem | None:
    # Taken so that two who ask at once get two items, and nobody waits for a row that another is deciding on.
    query = query.with_only_columns(Item).with_for_update(of=Item, skip_locked=True)
    found: ModerationItem | None = session.scalar(query.limit(1))
    return found


def waiting_for(session: Session, actor: Actor) -> int:
    """How many items wait for somebody with the asker's rights, counted up to a hundred."""
    waiting = (Item.status == "pending", _decidable(actor), open_to(actor))
    some = select(Item.id).where(*waiting).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def collections(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """What items at the asker's places are about: slug and title, for the filter."""
    newest = select(func.max(Item.id)).where(within(Item.path, actor.places(VIEW))).group_by(Item.collection)
    newest = newest.order_by(func.max(Item.id).desc()).limit(COUNTED)
    ids = session.scalars(newest).all()
    rows = session.execute(select(Item.collection, Item.about).where(Item.id.in_(ids)).order_by(Item.id.desc()))
    return [(slug, about.partition(" · ")[0]) for slug, about in rows]


def matching(actor: Actor, search: Search) -> Select[Any]:
    """The items that the asker may see and that match, in no order yet."""
    now = clock.now()
    conditions = [within(Item.path, actor.places(VIEW)), open_to(actor), *_shown(actor, search.show, now)]
    if search.collection:
        conditions.append(Item.collection == search.collection)
    if search.age == "late":
        conditions.append(Item.due_at < now)
    elif search.age == "today":
        conditions.append(Item.due_at < now + timedelta(days=1))
    if search.risk:
        conditions.append(Item.risk >= HIGH_RISK if search.risk == "high" else Item.risk < HIGH_RISK)
    return select(*_BRIEF).where(*conditions)


def _shown(actor: Actor, show: str, now: datetime) -> list[ColumnElement[bool]]:
    pending = Item.status == "pending"
    if show in ("approved", "rejected", "referred"):
        return [Item.status == show]
    known: dict[str, list[ColumnElement[bool]]] = {
        "waiting": [pending, Item.escalated_at.is_(None)],
        "escalated": [pending, Item.escalated_at.is_not(None)],
        "mine": [pending, Item.claimed_by == actor.account_id, Item.claimed_until > now],
        "reported": [Item.reports > 0],
        "appealed": [exists().where(Appeal.item_id == Item.id, Appeal.outcome.is_(None))],
        "decided": [Item.decided_by == actor.account_id],
    }
    return known.get(show, [])


def _decidable(actor: Actor) -> ColumnElement[bool]:
    plain = and_(Item.escalated_at.is_(None), within(Item.path, actor.places(DECIDE)))
    return or_(plain, and_(Item.escalated_at.is_not(None), within(Item.path, actor.places(ESCALATED))))


def _free(actor: Actor, now: datetime) -> ColumnElement[bool]:
    return or_(Item.claimed_until.is_(None), Item.claimed_until <= now, Item.claimed_by == actor.account_id)


def _place(session: Session, item_id: int | None) -> tuple[int, datetime, int] | None:
    if item_id is None:
        return None
    row = session.execute(select(Item.risk, Item.due_at, Item.id).where(Item.id == item_id)).first()
    return (row[0], row[1], row[2]) if row is not None else None


def _beyond(search: Search, place: tuple[int, datetime, int], *, forwards: bool) -> ColumnElement[bool]:
    risk, due_at, key = place
    if forwards:
        later = and_(Item.due_at >= due_at, or_(Item.due_at > due_at, Item.id > key))
        if search.order != "risk":
            return later
        # The first condition says nothing new, but lets the index begin at the right place.
        return and_(Item.risk <= risk, or_(Item.risk < risk, later))
    sooner = and_(Item.due_at <= due_at, or_(Item.due_at < due_at, Item.id < key))
    if search.order != "risk":
        return sooner
    return and_(Item.risk >= risk, or_(Item.risk > risk, sooner))


def _ordered(query: Select[Any], search: Search, *, forwards: bool = True) -> Select[Any]:
    columns: list[Any] = [Item.due_at, Item.id]
    if not forwards:
        columns = [column.desc() for column in columns]
    if search.order == "risk":
        columns.insert(0, Item.risk.desc() if forwards else Item.risk)
    return query.order_by(*columns)


def _named(query: Select[Any]) -> Select[Any]:
    """The same rows with the name of who holds each."""
    return query.add_columns(Account.full_name.label("holder")).outerjoin(Account, Account.id == Item.claimed_by)
