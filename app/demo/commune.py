"""Phường Thới Hòa: three residential areas with their households, and staff for each role."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.operations import create_area, load_official, update_area
from app.areas.queries import by_code
from app.areas.rules import TWO_TIERS_SINCE
from app.core import clock
from app.core.permissions import OPERATOR, SYSTEM, Actor, Grant, Role
from app.demo.people import homes
from app.holidays.operations import load_year
from app.households.models import Household, Representative
from app.households.operations.changing import decide_roll
from app.identity.models import Account, RoleGrant
from app.identity.passwords import hash_password
from app.lib.text import fold, sort_key

COMMUNE = "79-25846"
# Answers to opinions are approved by a second officer.
SECOND = "second"
PASSWORD = "ban-bac-quyet-dinh"  # noqa: S105 - printed for everybody who tries the demo
OPEN, CLOSED, PREPARED = "Khu phố 6", "Khu phố 3", "Khu phố 1"
ROLL_RULE = "Tính các hộ thường trú và các hộ tạm trú từ 06 tháng trở lên, mỗi hộ một phiếu."
STAFF = (
    ("quantri.tinh", "Phan Quốc Khánh", Role.PROVINCE_ADMIN, "province"),
    ("quantri.xa", "Lê Thị Hồng Vân", Role.COMMUNE_ADMIN, "commune"),
    ("congchuc", "Trần Minh Đức", Role.COMMUNE_OFFICER, "commune"),
    ("kiemduyet", "Ngô Thị Thu Hà", Role.MODERATOR, "commune"),
    ("giamsat", "Đặng Văn Lâm", Role.OVERSEER, "commune"),
    ("lanhdao", "Phan Thị Ngọc Mai", Role.LEADER, "commune"),
    ("quay.3", "Võ Minh Khoa", Role.DESK, "commune"),
    ("thanhtra", "Huỳnh Công Thành", Role.INSPECTOR, "commune"),
)
SECOND_OFFICER = ("congchuc2", "Lâm Thị Bích Thủy", Role.COMMUNE_OFFICER)
AREA_STAFF = (
    ("truong", "Trưởng khu phố", Role.AREA_HEAD),
    ("mattran", "Trưởng ban công tác Mặt trận", Role.FRONT),
    ("to", "Thành viên Tổ lấy ý kiến", Role.TEAM_MEMBER),
)
NAMES = {
    OPEN: ("Nguyễn Văn Hòa", "Võ Thị Kim Liên", "Huỳnh Minh Tâm"),
    CLOSED: ("Bùi Đức Thắng", "Lý Thị Ngọc Nga", "Đỗ Thành Nam"),
    PREPARED: ("Hồ Công Sơn", "Dương Thị Mai", "Phạm Quốc Vinh"),
}


@dataclass
class Commune:
    """The demo's places and people."""

    areas: dict[str, Area] = field(default_factory=dict)
    actors: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    logins: list[dict[str, str]] = field(default_factory=list)


def build(session: Session, households: int) -> Commune:
    """Places, households and staff; ``households`` is the size of the area with the open vote."""
    load_official(session, SYSTEM)
    for year in (clock.today().year, clock.today().year + 1):
        load_year(session, OPERATOR, year)
    ward = by_code(session, COMMUNE)
    if ward is None:
        raise LookupError(COMMUNE)
    made = Commune()
    for name, size, seed in ((PREPARED, 120, 1), (CLOSED, 214, 3), (OPEN, households, 6)):
        made.areas[name] = _area(session, ward, name)
        _fill(session, made.areas[name], size, seed)
    _staff(session, made, ward)
    for name, area in made.areas.items():
        decide_roll(session, made.actors[name, Role.AREA_HEAD], area, rule=ROLL_RULE)
    return made


def _area(session: Session, ward: Area, name: str) -> Area:
    area = create_area(session, OPERATOR, ward, name=name, kind="khu_pho", valid_from=TWO_TIERS_SINCE)
    head, front, _member = NAMES[name]
    place = f"Nhà văn hóa {name[0].lower()}{name[1:]}, đường ĐX 010"
    update_area(
        session, OPERATOR, area, name=name, head_name=head, front_name=front, phone="0274 3567 890", address=place
    )
    return area


def _fill(session: Session, area: Area, size: int, seed: int) -> None:
    now = clock.now() - timedelta(days=90)
    lines = list(homes(size, area.name[0].lower() + area.name[1:], seed))
    rows = [
        {
            "area_id": area.id,
            "number": home.number,
            "address": home.address,
            "cluster": home.cluster,
            "position": position,
            "search": fold(f"{home.number} {home.address} {home.cluster}"),
            "started_at": now,
            "end_reason": "",
        }
        for position, home in enumerate(lines, start=1)
    ]
    keys = session.scalars(insert(Household).returning(Household.id, sort_by_parameter_order=True), rows).all()
    people = [
        {
            "household_id": key,
            "full_name": home.full_name,
            "sort_key": sort_key(home.full_name),
            "search": fold(home.full_name),
            "phone": home.phone,
            "since": now,
            "reason": "",
        }
        for key, home in zip(keys, lines, strict=True)
    ]
    session.execute(insert(Representative), people)


def _staff(session: Session, made: Commune, ward: Area) -> None:
    password_hash = hash_password(PASSWORD)
    places = {"province": ward.parent or ward, "commune": ward}
    for login, name, role, level in STAFF:
        _account(session, made, login, name, role, places[level], password_hash, "")
    login, name, role = SECOND_OFFICER
    _account(session, made, login, name, role, ward, password_hash, SECOND)
    for area_name, area in made.areas.items():
        number = area_name.rsplit(" ", 1)[1]
        for (login, _title, role), name in zip(AREA_STAFF, NAMES[area_name], strict=True):
            _account(session, made, f"{login}.kp{number}", name, role, area, password_hash, area_name)


def _account(
    session: Session, made: Commune, login: str, name: str, role: Role, place: Area, password_hash: str, area_name: str
) -> None:
    since = clock.now() - timedelta(days=30)
    account = Account(
        login=login,
        full_name=name,
        sort_key=sort_key(name),
        search=fold(f"{name} {login}"),
        password_hash=password_hash,
        created_at=since,
    )
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, role=role.value, area_id=place.id, since=since))
    session.flush()
    grants = (Grant(role, place.path),)
    made.actors[area_name, role] = Actor(account_id=account.id, name=name, login=login, grants=grants)
    made.logins.append({"login": login, "password": PASSWORD, "role": role.value, "area": place.code})
