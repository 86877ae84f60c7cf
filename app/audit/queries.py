"""Questions about the record: always inside the asker's places, newest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, column, false, or_, select, table
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.permissions import Actor
from app.core.scope import within
from app.lib.text import fold

PERMISSION = "audit:entry:view"
PAGE = 50
CHUNK = 500
# Acts that concern every place at once (the calendar of days off) are recorded above all of them.
EVERYWHERE = ""
# The record lies below the slice of places and knows them by their table alone, as its foreign keys do.
_AREA = table("area", column("path"), column("name"), column("level"))


@dataclass(frozen=True)
class Search:
    """What is looked for; an empty value asks nothing. Days are Vietnamese days, both included."""

    words: str = ""
    account_id: int | None = None
    action: str = ""
    place: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Page:
    """Entries, and the id to ask for the ones before them (None: there are none)."""

    entries: Sequence[AuditEntry]
    older: int | None


def entries(session: Session, actor: Actor, search: Search, *, before: int | None = None) -> Page:
    """One page of the entries that the asker may see, from ``before`` (not included) backwards."""
    query = matching(actor, search).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    found = session.scalars(query).all()
    return Page(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def each(session: Session, actor: Actor, search: Search, *, before: int | None = None) -> Iterator[AuditEntry]:
    """Every matching entry from ``before`` (not included) backwards, fetched in pieces."""
    while True:
        query = matching(actor, search).order_by(AuditEntry.id.desc()).limit(CHUNK)
        if before is not None:
            query = query.where(AuditEntry.id < before)
        found = session.scalars(query).all()
        yield from found
        if len(found) < CHUNK:
            return
        before = found[-1].id
        session.expunge_all()


def actions(session: Session, actor: Actor) -> Sequence[str]:
    """The actions that occur in what the asker may see."""
    query = select(AuditEntry.action).where(_visible(actor)).distinct()
    return session.scalars(query.order_by(AuditEntry.action)).all()


def place_names(session: Session, paths: Iterable[str]) -> dict[str, str]:
    """The names of places by path; a residential area with its commune."""
    asked = set(paths) - {EVERYWHERE}
    wanted = asked | {path.rpartition("/")[0] for path in asked if path.count("/") > 1}
    rows = session.execute(select(_AREA.c.path, _AREA.c.name).where(_AREA.c.path.in_(wanted)))
    names = {path: name[:1].upper() + name[1:] for path, name in rows}
    found = {}
    for path in asked:
        upper = path.rpartition("/")[0] if path.count("/") > 1 else ""
        found[path] = " – ".join(names[one] for one in (path, upper) if one in names) or path
    return found


def places(session: Session, actor: Actor) -> list[str]:
    """Paths to choose from: the asker's places, and one level below."""
    held = actor.places(PERMISSION)
    near = [_AREA.c.path == place for place in held]
    near += [within(_AREA.c.path, [place]) & (_AREA.c.level == "commune") for place in held if place.count("/") == 0]
    near += [within(_AREA.c.path, [place]) for place in held if place.count("/") > 0]
    return list(session.scalars(select(_AREA.c.path).where(or_(false(), *near)).order_by(_AREA.c.path)))


def matching(actor: Actor, search: Search) -> Select[AuditEntry]:
    """The entries that the asker may see and that match the search, in no order yet."""
    query = select(AuditEntry).where(_visible(actor), *_wanted(search))
    if search.place:
        query = query.where(within(AuditEntry.path, [search.place]))
    return query


def _visible(actor: Actor) -> ColumnElement[bool]:
    places = actor.places(PERMISSION)
    inside = within(AuditEntry.path, places)
    return or_(inside, AuditEntry.path == EVERYWHERE) if places else inside


def _wanted(search: Search) -> Iterator[ColumnElement[bool]]:
    for word in fold(search.words).split():
        yield AuditEntry.search.contains(word, autoescape=True)
    exact: tuple[tuple[Any, Any], ...] = (
        (AuditEntry.account_id, search.account_id),
        (AuditEntry.action, search.action),
        (AuditEntry.subject_kind, search.subject_kind),
        (AuditEntry.subject_id, search.subject_id),
    )
    yield from (column == value for column, value in exact if value)
    if search.first_day:
        yield AuditEntry.at >= _midnight(search.first_day)
    if search.last_day:
        yield AuditEntry.at < _midnight(search.last_day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.VIETNAM)
