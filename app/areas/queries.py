"""Questions about places."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from app.areas.models import Area, AreaSuccession
from app.core.permissions import Actor
from app.core.scope import visible, within
from app.lib.text import fold


def path_of_code(code: str) -> str:
    return code.replace("-", "/")


def by_code(session: Session, code: str) -> Area | None:
    """The place with this code, valid or not."""
    return session.scalar(select(Area).where(Area.path == path_of_code(code)))


def in_scope(session: Session, actor: Actor, code: str) -> Area | None:
    """The place with this code inside the asker's scope."""
    return session.scalar(select(Area).where(Area.path == path_of_code(code), visible(Area.path, actor)))


def valid(query: Select[Area], day: date) -> Select[Area]:
    """Only places that exist on the day."""
    return query.where(Area.valid_from <= day, or_(Area.valid_to.is_(None), Area.valid_to >= day))


def residential_areas(session: Session, commune: Area, day: date) -> Sequence[Area]:
    """The residential areas of a commune that exist on the day, in their own order."""
    query = select(Area).where(Area.parent_id == commune.id, Area.level == "residential")
    return session.scalars(valid(query, day).order_by(Area.position, Area.path)).all()


def all_below(session: Session, commune: Area) -> Sequence[Area]:
    """Every residential area of a commune, past ones too."""
    return session.scalars(select(Area).where(Area.parent_id == commune.id).order_by(Area.path)).all()


def places_for(
    session: Session, actor: Actor, permission: str, *, level: str | None = None, day: date
) -> Sequence[Area]:
    """Places where the asker holds the permission, as a choice list."""
    query = valid(select(Area), day).where(within(Area.path, actor.places(permission)))
    if level:
        query = query.where(Area.level == level)
    return session.scalars(query.order_by(Area.path)).all()


def search(session: Session, words: str, day: date, *, limit: int = 30) -> Sequence[Area]:
    """Communes and residential areas whose name, or whose commune's name, holds all the words, marks ignored."""
    parent = aliased(Area)
    query = valid(select(Area), day).where(Area.level.in_(("commune", "residential")))
    query = query.outerjoin(parent, parent.id == Area.parent_id)
    for word in fold(words).split():
        query = query.where(
            or_(Area.search.contains(word, autoescape=True), parent.search.contains(word, autoescape=True))
        )
    return session.scalars(query.order_by(Area.level.desc(), Area.path).limit(limit)).all()


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
    query = valid(select(Area), day).where(visible(Area.path, actor))
    for word in fold(words).split():
        query = query.where(Area.search.contains(word, autoescape=True))
    if not words.strip():
        whole = [grant.path for grant in actor.grants]
        query = query.where(or_(Area.level == "commune", Area.path.in_(whole)))
    return session.scalars(query.order_by(Area.path).limit(limit)).all()
