"""Rolls on their way into the service."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.models import AuditEntry
from app.core.permissions import Actor, Role
from app.households.models import Household, Representative, RollImport, RollImportChange
from app.households.operations.changing import add_household
from app.households.operations.committing import commit
from app.households.operations.examining import Examination, examine, upload
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.tables import csv_file

HEADING = ("Mã hộ", "Họ và tên chủ hộ", "Địa chỉ thường trú", "Điện thoại")
AREA_HEADING = (*HEADING, "Khu phố")
HOMES = (
    ("001", "Nguyễn Văn An", "Số 1, Hẻm 12", "0912345671"),
    ("002", "Trần Thị Bình", "Số 2, Hẻm 12", ""),
    ("003", "Lê Văn Cường", "Số 3, Hẻm 12", "0912345673"),
)
FAULTY = ("004", "Phạm Thị Dung", "Số 4, Hẻm 12", "12345")
TABLES = (Household, Representative, RollImport, RollImportChange, AuditEntry, Area)


@dataclass
class Desk:
    """Somebody with the right to bring rolls in, at their area, in a session."""

    session: Session
    by: Actor
    area: Area

    @property
    def commune(self) -> Area:
        assert self.area.parent is not None
        return self.area.parent

    def upload(self, *homes: tuple[str, ...], heading: tuple[str, ...] = HEADING, **others: Any) -> RollImport:
        """Keep a file with these households."""
        values = {"filename": "ds.csv", "data": csv_file([heading, *homes])}
        return upload(self.session, self.by, others.pop("area", self.area), **values | others)

    def examine(self, kept: RollImport) -> Examination:
        return examine(self.session, self.by, kept)

    def bring_in(self, *homes: tuple[str, ...], heading: tuple[str, ...] = HEADING, **choices: Any) -> RollImport:
        """Keep, examine and write a file."""
        kept = self.upload(*homes, heading=heading)
        commit(self.session, self.by, kept, self.examine(kept), **choices)
        return kept

    def people(self, area: Area | None = None) -> dict[str, str]:
        """Number and representative of every present household."""
        query = select(Household.number, Representative.full_name).join(Household.representatives)
        query = query.where(Household.area_id == (area or self.area).id, Household.ended_at.is_(None))
        return dict(self.session.execute(query.where(Representative.until.is_(None))).all())


def make_desk(session: Session, role: Role = Role.AREA_HEAD, **values: Any) -> Desk:
    """The head of a khu phố (or somebody else of it, or of its commune) at work."""
    commune = make_commune(session)
    area = make_area(session, commune, **{"name": "khu phố 6"} | values)
    place = commune if role in (Role.COMMUNE_ADMIN, Role.COMMUNE_OFFICER) else area
    return Desk(session, make_actor(session, role, place), area)


def add_by_hand(desk: Desk, area: Area | None = None, **values: Any) -> Household:
    """Add one household through the operation, with sound values by default."""
    defaults = {"number": "007", "address": "Số 7, Hẻm 12", "full_name": "Nguyễn Văn An", "phone": "0912345678"}
    return add_household(desk.session, desk.by, area or desk.area, **defaults | values)


def counted(session: Session) -> dict[str, int]:
    """How many rows each table holds that a roll may touch."""
    return {table.__name__: session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


def last_entry(session: Session) -> AuditEntry:
    """The latest entry of the record."""
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
