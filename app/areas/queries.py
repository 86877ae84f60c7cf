"""Questions about places."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select, true
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from app.areas.models import Area, AreaSuccession
from app.areas.rules import reading_order
from app.core.errors import NotFound
from app.core.permissions import Actor
from app.core.scope import path_of_code, visible, within
from app.lib.i18n import N_
from app.lib.text import fold


def by_code(session: Session, code: str) -> Area | None:
    """The place with this code, valid or not."""
    return session.scalar(select(Area).where(Area.path == path_of_code(code)))


def communal(session: Session, code: str) -> Area:
    """The commune or residential area with this code, valid or not; raises ``NotFound``, for a province too."""
    area = by_code(session, code)
    if area is None or area.level == "province":
        raise NotFound(N_("Không tìm thấy địa bàn này."))
    return area


def in_scope(session: Session, actor: Actor, code: str) -> Area | None:
    """The place with this code inside the asker's scope."""
    return session.scalar(select(Area).where(Area.path == path_of_code(code), visible(Area.path, actor)))


def commune_in_scope(session: Session, actor: Actor, code: str) -> Area | None:
    """The commune with this code inside the asker's scope."""
    return _of_level(in_scope(session, actor, code), "commune")


def residential_in_scope(session: Session, actor: Actor, code: str) -> Area | None:
    """The residential area with this code inside the asker's scope."""
    return _of_level(in_scope(session, actor, code), "residential")


def _of_level(area: Area | None, level: str) -> Area | None:
    return area if area is not None and area.level == level else None


def valid(query: Select[Area], day: date) -> Select[Area]:
    """Only places that exist on the day."""
    return query.where(Area.valid_from <= day, or_(Area.valid_to.is_(None), Area.valid_to >= day))


def residential_areas(session: Session, commune: Area, day: date) -> Sequence[Area]:
    """The residential areas of a commune that exist on the day, in the order of their names."""
    query = select(Area).where(Area.parent_id == commune.id, Area.level == "residential")
    return _by_name(session.scalars(valid(query, day)))


def present_areas(session: Session, commune: Area, day: date) -> Sequence[Area]:
    """The residential areas of a commune that have not ended; those that are to begin later too."""
    query = select(Area).where(Area.parent_id == commune.id, Area.level == "residential")
    query = query.where(or_(Area.valid_to.is_(None), Area.valid_to >= day))
    return _by_name(session.scalars(query))


def all_below(session: Session, area: Area) -> Sequence[Area]:
    """Every place right below another, past ones too, in the order of their names."""
    return _by_name(session.scalars(select(Area).where(Area.parent_id == area.id)))


def _by_name(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (reading_order(area.name), area.path))


def places_for(
    session: Session, actor: Actor, permission: str, *, level: str | None = None, day: date
) -> Sequence[Area]:
    """Places where the asker holds the permission, as a choice list."""
    query = valid(select(Area), day).where(within(Area.path, actor.places(permission))).options(joinedload(Area.parent))
    if level:
        query = query.where(Area.level == level)
    # Communes stay together, in the order of the official list.
    return sorted(_by_name(session.scalars(query)), key=lambda area: area.path.split("/")[:2])


def communal_for(session: Session, actor: Actor, permission: str, *, day: date) -> list[Area]:
    """Communes and residential areas where the asker holds the permission; communes, nearly always meant, first."""
    found = places_for(session, actor, permission, day=day)
    return sorted((place for place in found if place.level != "province"), key=lambda place: place.level != "commune")


def search(session: Session, words: str, day: date, *, below: str = "", limit: int = 30) -> Sequence[Area]:
    """Communes and residential areas found by name, marks ignored: each word is in their name or in a name above.

    ``below`` is the path of the place to search in.

    First those whose own name holds the words as they stand, then those whose own name holds each of them.
    """
    parent, top = aliased(Area), aliased(Area)
    query = valid(select(Area), day).where(Area.level.in_(("commune", "residential")), within(Area.path, [below]))
    query = query.outerjoin(parent, parent.id == Area.parent_id).outerjoin(top, top.id == parent.parent_id)
    own: ColumnElement[bool] = true()
    for word in fold(words).split():
        here, *above = (place.search.contains(word, autoescape=True) for place in (Area, parent, top))
        query, own = query.where(or_(here, *above)), and_(own, here)
    whole = (literal(" ") + Area.search + " ").contains(f" {fold(words)} ", autoescape=True)
    rank = case((whole, 0), (own, 1), else_=2)
    return session.scalars(
        query.options(contains_eager(Area.parent.of_type(parent))).order_by(rank, Area.level, Area.path).limit(limit)
    ).all()


def predecessors(session: Session, area: Area) -> Sequence[Area]:
    """The areas that became this one."""
    link = AreaSuccession
    query = select(Area).join(link, link.predecessor_id == Area.id).where(link.successor_id == area.id)
    return session.scalars(query.order_by(Area.path)).all()


def successors(session: Session, area: Area) -> Sequence[Area]:
    """The areas this one became."""
    link = AreaSuccession
    query = select(Area).join(link, link.successor_id == Area.id).where(link.predecessor_id == area.id)
    return session.scalars(query.order_by(Area.path)).all()


def staff_places(session: Session, actor: Actor, words: str, day: date, *, limit: int = 200) -> Sequence[Area]:
    """Communes (and, when searching, residential areas) inside the asker's scope."""
    query = valid(select(Area), day).where(visible(Area.path, actor)).options(joinedload(Area.parent))
    for word in fold(words).split():
        query = query.where(Area.search.contains(word, autoescape=True))
    if not words.strip():
        whole = [grant.path for grant in actor.grants]
        query = query.where(or_(Area.level == "commune", Area.path.in_(whole)))
    return session.scalars(query.order_by(Area.path).limit(limit)).all()
