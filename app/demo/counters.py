"""The demo's service centre: counters, officers on duty around today, codes, and what people said in 90 days."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.demo.commune import Commune
from app.feedback.models import (
    DossierCount,
    Officer,
    PointScan,
    Rating,
    RatingPoint,
    RatingReason,
    ServiceCenter,
    ServiceCounter,
    Shift,
)
from app.feedback.operations import officers, places, points
from app.feedback.rules.hours import moment_of, workdays
from app.feedback.rules.points import Place
from app.feedback.rules.rating import reasons_for
from app.holidays.queries import calendar_table

HOURS = ("7:30-11:30, 13:30-17:00",) * 5 + ("7:30-11:30", "")
NETWORK = "203.0.113.0/28"
GROUPS = ("Hộ tịch", "Chứng thực", "Đất đai", "Xây dựng", "Lao động, thương binh và xã hội", "Đăng ký kinh doanh")
COUNTERS = (
    ("1", "Quầy 1 – Hộ tịch, chứng thực", (0, 1)),
    ("2", "Quầy 2 – Lao động, xã hội", (4,)),
    ("3", "Quầy 3 – Đất đai, xây dựng", (2, 3)),
    ("4", "Quầy 4 – Đăng ký kinh doanh", (5,)),
)
OFFICERS = (
    ("CC01", "Nguyễn Thị Thanh Hương", ""),
    ("CC02", "Trần Quốc Bảo", ""),
    ("CC03", "Võ Minh Khoa", "quay.3"),
    ("CC04", "Lê Thị Ngọc Ánh", ""),
    ("CC05", "Huỳnh Thị Diễm My", ""),
)
PAST, AHEAD = 90, 12
_WEEK_AWAY = range(8, 15)
RATINGS = 2000
# Of a hundred people, how many choose each level from very dissatisfied to very satisfied.
_SHARES = {"1": (1, 2, 8, 37, 52), "2": (1, 3, 9, 40, 47), "3": (4, 8, 16, 40, 32), "4": (2, 3, 10, 42, 43)}
_FAMILIES = ("zalo", "zalo", "zalo", "chrome", "chrome", "safari", "samsung", "coccoc")
_SCREENS = ("360x800", "393x873", "412x915", "390x844", "414x896", "360x780", "384x832")


@dataclass
class Counters:
    """What was made."""

    center: ServiceCenter
    counters: dict[str, ServiceCounter] = field(default_factory=dict)
    officers: list[Officer] = field(default_factory=list)
    points: list[RatingPoint] = field(default_factory=list)
    groups: dict[int, list[int]] = field(default_factory=dict)
    """Of each counter the groups of procedures it handles, by their numbers."""

    @property
    def path(self) -> str:
        """Where the third counter is rated."""
        return f"/r/{self.point_of('3').code}"

    def point_of(self, number: str) -> RatingPoint:
        """The printed code of a counter, for whatever people come for."""
        wanted = self.counters[number].id
        return next(one for one in self.points if one.counter_id == wanted and one.group_id is None)

    def points_at(self, counter_id: int) -> list[RatingPoint]:
        """Every printed code of a counter, the one for whatever people come for first."""
        return [one for one in self.points if one.counter_id == counter_id]


def _group_at(built: Counters, point: RatingPoint) -> int | None:
    """The group of procedures of a rating there, as a real one would have it."""
    handled = built.groups[point.counter_id or 0]
    return point.group_id or (handled[0] if len(handled) == 1 else None)


def service_centre(session: Session, made: Commune, ward: Area) -> Counters:
    """Centre, counters, groups, officers, shifts, codes and one week's checks."""
    by = made.actors["", Role.COMMUNE_OFFICER]
    entries = places.CenterEntries(
        name=f"Trung tâm Phục vụ hành chính công {ward.label[0].lower()}{ward.label[1:]}",
        address="Số 25, đường Hùng Vương, khu phố 3", hotline="0274 3553 353", hours=HOURS, networks=NETWORK,
    )  # fmt: skip
    built = Counters(places.create_center(session, by, ward, entries))
    groups = [places.add_group(session, by, built.center, name=name) for name in GROUPS]
    for number, name, handled in COUNTERS:
        ids = [groups[index].id for index in handled]
        counter = places.add_counter(session, by, built.center, number=number, name=name, groups=ids)
        built.counters[number], built.groups[counter.id] = counter, ids
    for code, name, login in OFFICERS:
        built.officers.append(officers.add_officer(session, by, built.center, code=code, full_name=name, login=login))
    _shifts(session, built)
    wanted = [Place(), *(Place(one.id) for one in built.counters.values())]
    wanted += [Place(counter, group) for counter, handled in built.groups.items() for group in handled]
    built.points = points.issue(session, by, built.center, wanted)
    for point in built.points:
        point.issued_on = clock.today() - timedelta(days=PAST)
    for point in built.points[:3]:
        points.record_check(session, made.actors["", Role.DESK], point, intact=True)
    return built


def _shifts(session: Session, built: Counters) -> None:
    """Each counter has one officer in every opening hour; the fifth stands in for one of them, a week each month."""
    today = clock.today()
    days = workdays(built.center.hours, today - timedelta(PAST), today + timedelta(AHEAD), calendar_table(session))
    rows: list[dict[str, Any]] = []
    for day in days:
        away = built.officers[day.month % 4] if day.day in _WEEK_AWAY else None
        if away:
            rows.append(_shift(away, None, day, (0, 24 * 60)))
        for counter, usual in zip(built.counters.values(), built.officers, strict=False):
            here = built.officers[4] if usual is away else usual
            rows += [_shift(here, counter, day, span) for span in built.center.hours[str(day.weekday())]]
    session.execute(insert(Shift).execution_options(render_nulls=True), rows)


def _shift(officer: Officer, counter: ServiceCounter | None, day: date, span: Any) -> dict[str, Any]:
    return {
        "officer_id": officer.id, "counter_id": counter.id if counter else None,
        "kind": "duty" if counter else "leave",
        "starts_at": moment_of(day, span[0]), "ends_at": moment_of(day, span[1]),
    }  # fmt: skip


def fill_ratings(session: Session, built: Counters, count: int = RATINGS) -> int:
    """Some ``count`` honest ratings of the last 90 days, with reasons, scans and returned dossiers, as plain rows.

    Honest: in opening hours, each by a device of its own, minutes apart, fewer than the dossiers returned. Returns
    how many ratings there are.
    """
    rng = random.Random(7)
    shifts = session.scalars(
        select(Shift).where(Shift.kind == "duty", Shift.starts_at < clock.now()).order_by(Shift.starts_at, Shift.id)
    ).all()
    by_counter = {counter.id: built.points_at(counter.id) for counter in built.counters.values()}
    numbers = {counter.id: number for number, counter in built.counters.items()}
    rows: list[dict[str, Any]] = []
    for shift in shifts:
        for moment in _moments(rng, shift, count / max(1, len(shifts))):
            counter = shift.counter_id or 0
            mark, shares = f"demo-{len(rows):08}", _SHARES[numbers[counter]]
            # Half of the people scan the code of their procedure, or have it on their slip.
            general, *special = by_counter[counter]
            point = rng.choice(special) if rng.random() < 0.5 else general
            row = rating_row(rng, mark, point, shift, moment, shares)
            rows.append(row | {"group_id": _group_at(built, point)})
    keys = session.scalars(
        insert(Rating).returning(Rating.id, sort_by_parameter_order=True).execution_options(render_nulls=True), rows
    ).all()
    _reasons(session, rng, list(zip(keys, (row["level"] for row in rows), strict=True)))
    _around(session, rng, built, rows)
    return len(rows)


def _moments(rng: random.Random, shift: Shift, average: float) -> Iterator[datetime]:
    """When people rated during a shift, at least two minutes apart, none in the future."""
    wanted = int(average + rng.random() + rng.uniform(-0.5, 0.5) * average)
    minutes = int((shift.ends_at - shift.starts_at).total_seconds() // 60)
    for minute in sorted(rng.sample(range(3, minutes - 2, 3), k=max(0, min(wanted, 20)))):
        moment = shift.starts_at + timedelta(minutes=minute, seconds=rng.randrange(60))
        if moment < clock.now():
            yield moment


def rating_row(
    rng: random.Random, mark: str, point: RatingPoint, shift: Shift | None, moment: datetime, shares: tuple[int, ...]
) -> dict[str, Any]:
    """A rating as a plain row, of a device of its own; ``mark`` is its name, ``shift`` is None when nobody is there."""
    return {
        "client_uuid": mark, "point_id": point.id, "path": point.path, "center_id": point.center_id,
        "counter_id": point.counter_id, "group_id": point.group_id, "officer_id": shift.officer_id if shift else None,
        "level": rng.choices((1, 2, 3, 4, 5), shares)[0], "tier": rng.choices((0, 1, 2), (62, 26, 12))[0],
        "kiosk": False, "day": clock.local(moment).date(), "made_at": moment, "received_at": moment,
        "undone_at": None, "device_hash": hashlib.sha256(mark.encode()).hexdigest(), "network_hash": "",
        "on_site": rng.random() < 0.7, "staff_device": False, "ua_family": rng.choice(_FAMILIES),
        "screen": rng.choice(_SCREENS), "locale": "vi-VN", "took_ms": rng.randrange(2200, 19000), "standing": "counted",
    }  # fmt: skip


def _reasons(session: Session, rng: random.Random, rated: list[tuple[int, int]]) -> None:
    """One in three says why, and more often who is not satisfied; nobody here tells of money asked for."""
    rows = []
    for key, level in rated:
        if rng.random() < (0.3 if level > 3 else 0.7):
            offered = [reason for reason in reasons_for(level) if reason != "unofficial_payment"]
            chosen = rng.sample(offered, k=rng.choice((1, 1, 2)))
            rows += [{"rating_id": key, "reason": reason} for reason in chosen]
    session.execute(insert(RatingReason), rows)


def _around(session: Session, rng: random.Random, built: Counters, rows: list[dict[str, Any]]) -> None:
    """How often codes were scanned, and how many dossiers were returned, on the days on which people rated."""
    scanned = Counter((row["point_id"], row["day"]) for row in rows)
    scans = [
        {"point_id": point, "day": day, "slot": 0, "count": n + rng.randrange(4)} for (point, day), n in scanned.items()
    ]
    session.execute(insert(PointScan), scans)
    rated = Counter((row["counter_id"], row["day"]) for row in rows)
    counts = [
        _returned(rng, built, counter, group, day, returned)
        for (counter, day), n in rated.items()
        for group, returned in _shared(n + rng.randrange(6, 19), built.groups[counter])
    ]
    session.execute(insert(DossierCount), counts)


def _shared(n: int, groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """So many dossiers shared out among groups of procedures."""
    for place, group in enumerate(groups):
        yield group, (n + place) // len(groups)


def _returned(rng: random.Random, built: Counters, counter: int, group: int, day: date, n: int) -> dict[str, Any]:
    late, early = min(n, rng.choice((0, 0, 0, 1))), n // 5
    return {
        "center_id": built.center.id, "path": built.center.path, "day": day, "counter_id": counter, "group_id": group,
        "returned": n, "early": early, "on_time": n - early - late, "late": late,
        "once": max(0, n - rng.randrange(3)), "imported_at": clock.now(),
    }  # fmt: skip
