"""Counters, points and ratings as rows: the state of the world before a test begins."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.core.uploads import Upload
from app.feedback.models import (
    Officer,
    ProcedureGroup,
    Rating,
    RatingFlag,
    RatingNote,
    RatingPoint,
    ServiceCenter,
    ServiceCounter,
    Shift,
)
from app.feedback.operations import roster
from app.lib.text import fold
from tests.support.tables import xlsx_file

_numbers = itertools.count(1)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OFFICE_HOURS = {str(day): [[450, 690], [810, 1020]] for day in range(5)}


def make_center(session: Session, commune: Area, **values: Any) -> ServiceCenter:
    """A service centre of the commune, open on weekdays 7:30–11:30 and 13:30–17:00."""
    defaults = {
        "name": "Trung tâm Phục vụ hành chính công phường Thới Hòa",
        "address": "Số 1, đường Hoa Sen",
        "hotline": "0274 3553 353",
        "hours": OFFICE_HOURS,
        "created_at": clock.now(),
    }
    return _added(session, ServiceCenter(area_id=commune.id, path=commune.path, **defaults | values))


def make_counter(session: Session, center: ServiceCenter, **values: Any) -> ServiceCounter:
    number = next(_numbers)
    defaults = {"number": str(number), "name": f"Quầy {number}", "position": number}
    return _added(session, ServiceCounter(center_id=center.id, path=center.path, center=center, **defaults | values))


def make_group(session: Session, center: ServiceCenter, **values: Any) -> ProcedureGroup:
    defaults = {"name": f"Đất đai {next(_numbers)}"}
    return _added(session, ProcedureGroup(center_id=center.id, path=center.path, **defaults | values))


def make_officer(session: Session, center: ServiceCenter, **values: Any) -> Officer:
    name = str(values.pop("full_name", "Võ Minh Khoa"))
    defaults = {"code": f"CC{next(_numbers)}", "full_name": name, "search": fold(name), "sort_key": fold(name)}
    return _added(session, Officer(center_id=center.id, path=center.path, **defaults | values))


def make_shift(session: Session, officer: Officer, counter: ServiceCounter | None, **values: Any) -> Shift:
    """On duty at the counter for four hours on either side of now; without a counter, away."""
    now = clock.now()
    defaults = {"starts_at": now - timedelta(hours=4), "ends_at": now + timedelta(hours=4)}
    kind = "duty" if counter else "leave"
    counter_id = counter.id if counter else None
    return _added(session, Shift(officer_id=officer.id, counter_id=counter_id, kind=kind, **defaults | values))


def roster_file(*rows: tuple[Any, ...]) -> bytes:
    """A roster as communes send it, with the headings of the template."""
    return xlsx_file([("Mã công chức", "Họ và tên", "Quầy", "Ngày", "Từ giờ", "Đến giờ", "Loại"), *rows])


def make_roster(session: Session, by: Actor, center: ServiceCenter, *rows: tuple[Any, ...], **values: Any) -> Any:
    """A roster that was uploaded and not yet written: one leave of somebody new, unless rows are given."""
    day = clock.today() + timedelta(days=1)
    lines = rows or (("CC99", "Lê Thị Sáu", "", f"{day:%d/%m/%Y}", "", "", "nghỉ"),)
    upload = Upload("lich.xlsx", roster_file(*lines))
    return roster.upload(session, by, center, upload, **{"replaces": False} | values)


def make_point(
    session: Session, place: ServiceCounter | ServiceCenter, *, group: ProcedureGroup | None = None, **values: Any
) -> RatingPoint:
    """A point of the counter, or of the whole centre; its code is six characters."""
    number = next(_numbers)
    code = "".join(ALPHABET[(number >> shift) % 32] for shift in (25, 20, 15, 10, 5, 0))
    center = place if isinstance(place, ServiceCenter) else place.center
    counter = place if isinstance(place, ServiceCounter) else None
    defaults = {"code": code, "issued_on": clock.today(), "label": counter.name if counter else ""}
    point = RatingPoint(center_id=center.id, path=center.path, **defaults | values)
    point.counter_id, point.group_id = counter.id if counter else None, group.id if group else None
    point.center, point.counter, point.group = center, counter, group
    return _added(session, point)


def make_rating(
    session: Session, point: RatingPoint, level: int = 5, *, at: datetime | None = None, **values: Any
) -> Rating:
    """A rating at the point, now or at the moment given, by a device of its own unless ``device_hash`` is given."""
    moment, number = at or clock.now(), next(_numbers)
    defaults = {
        "client_uuid": f"test-{number:08}", "device_hash": f"{number:064x}", "network_hash": f"{number:064x}",
        "screen": f"{300 + number % 9000}x700",
        "made_at": moment, "received_at": moment, "day": clock.local(moment).date(),
    }  # fmt: skip
    rating = Rating(
        point_id=point.id, path=point.path, center_id=point.center_id, counter_id=point.counter_id,
        group_id=point.group_id, level=level, **defaults | values,
    )  # fmt: skip
    return _added(session, rating)


def make_note(session: Session, rating: Rating, text: str = "Chờ lâu quá.", **values: Any) -> RatingNote:
    note = RatingNote(
        rating_id=rating.id, path=rating.path, center_id=rating.center_id, text=text, device_hash=rating.device_hash,
        **{"added_at": clock.now()} | values,
    )  # fmt: skip
    return _added(session, note)


def make_flag(session: Session, *ratings: Rating, rule: str = "R1", **values: Any) -> RatingFlag:
    """One undecided sign over these ratings, which it holds; its first line."""
    number = next(_numbers)
    why = {"how": "soon", "count": len(ratings) + 1, "minutes": 12, "days": 1}
    lines = []
    for rating in ratings:
        rating.standing = "held"
        defaults = {
            "center_id": rating.center_id, "path": rating.path, "point_id": rating.point_id, "day": rating.day,
            "cluster": f"{number:064}", "why": why, "flagged_at": clock.now(), "rating_id": rating.id,
        }  # fmt: skip
        lines.append(_added(session, RatingFlag(rule=rule, **defaults | values)))
    first: RatingFlag = lines[0]
    return first


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
