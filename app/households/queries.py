"""Questions about households and their representatives."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.areas.models import Area
from app.core.permissions import Actor
from app.core.scope import visible
from app.households.models import Household, Representative, RollDecision, RollImport, RollImportChange
from app.lib.text import fold

PAGE = 50
ORDERS = ("roll", "name", "cluster")


@dataclass(frozen=True)
class Line:
    """A present household with whoever represents it now; None where nobody does."""

    household: Household
    representative: Representative | None


@dataclass(frozen=True)
class Page:
    """Some of the households that match, and how many match in all."""

    lines: list[Line]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def present(area: Area) -> Select[Household, Representative | None]:
    """The present households of an area, each with its active representative."""
    active = and_(Representative.household_id == Household.id, Representative.until.is_(None))
    return (
        select(Household, Representative)
        .outerjoin(Representative, active)
        .where(Household.area_id == area.id, Household.ended_at.is_(None))
    )


def page_of(session: Session, area: Area, *, words: str, order: str, page: int) -> "Page":
    """One page of the roll, the last where it has fewer; words match with or without diacritics."""
    query = present(area)
    for word in fold(words).split():
        query = query.where(
            or_(
                Household.search.contains(word, autoescape=True),
                Representative.search.contains(word, autoescape=True),
            )
        )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    columns = {
        "roll": (Household.position,),
        "name": (Representative.sort_key.nulls_last(),),
        "cluster": (Household.cluster == "", Household.cluster, Household.position),
    }[order if order in ORDERS else ORDERS[0]]
    page = min(page, max(1, -(-total // PAGE)))
    rows = session.execute(query.order_by(*columns, Household.id).limit(PAGE).offset((page - 1) * PAGE))
    return Page([Line(household, representative) for household, representative in rows], total, page)


def count_present(session: Session, area: Area) -> int:
    """N of the area as it stands today."""
    query = select(func.count()).where(Household.area_id == area.id, Household.ended_at.is_(None))
    return session.scalar(query) or 0


def count_unrepresented(session: Session, area: Area) -> int:
    """Present households without an active representative: nobody could vote for them."""
    query = present(area).where(Representative.id.is_(None))
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


@dataclass(frozen=True)
class AreaCount:
    """An area with N as it stands today, and how many of these households nobody represents."""

    area: Area
    households: int
    unrepresented: int


def counts_of(session: Session, areas: Sequence[Area]) -> list[AreaCount]:
    """The areas, each with its numbers."""
    active = and_(Representative.household_id == Household.id, Representative.until.is_(None))
    query = (
        select(Household.area_id, func.count(), func.count(Representative.id))
        .outerjoin(Representative, active)
        .where(Household.area_id.in_([area.id for area in areas]), Household.ended_at.is_(None))
        .group_by(Household.area_id)
    )
    found = {key: (households, represented) for key, households, represented in session.execute(query)}
    numbers = [(area, *found.get(area.id, (0, 0))) for area in areas]
    return [AreaCount(area, households, households - represented) for area, households, represented in numbers]


def in_scope(session: Session, actor: Actor, household_id: int) -> Household | None:
    """A household inside the asker's scope, with its history."""
    query = (
        select(Household)
        .join(Area, Area.id == Household.area_id)
        .where(Household.id == household_id, visible(Area.path, actor))
        .options(joinedload(Household.area), joinedload(Household.representatives))
    )
    return session.scalars(query).unique().one_or_none()


def import_in_scope(session: Session, actor: Actor, import_id: int) -> RollImport | None:
    """An import inside the asker's scope."""
    query = select(RollImport).join(Area, Area.id == RollImport.area_id)
    return session.scalar(query.where(RollImport.id == import_id, visible(Area.path, actor)))


def imports_of(session: Session, area: Area) -> Sequence[RollImport]:
    """The latest imports into an area."""
    query = select(RollImport).where(RollImport.area_id == area.id, RollImport.status.in_(("committed", "undone")))
    return session.scalars(query.order_by(RollImport.id.desc()).limit(10)).all()


def areas_changed(session: Session, import_id: int) -> Sequence[Area]:
    """The areas of the households an import changed."""
    changed = select(RollImportChange.household_id).where(RollImportChange.import_id == import_id)
    ids = select(Household.area_id).where(Household.id.in_(changed))
    return session.scalars(select(Area).where(Area.id.in_(ids)).order_by(Area.path)).all()


def changes_of(session: Session, import_id: int) -> Sequence[RollImportChange]:
    query = select(RollImportChange).where(RollImportChange.import_id == import_id)
    return session.scalars(query.order_by(RollImportChange.id)).all()


def latest_decision(session: Session, area: Area) -> RollDecision | None:
    """Which households count, as last recorded."""
    query = select(RollDecision).where(RollDecision.area_id == area.id).order_by(RollDecision.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def import_by_id(session: Session, import_id: int) -> RollImport | None:
    """An import, whatever its place; for commands run on the machine itself."""
    return session.get(RollImport, import_id)
