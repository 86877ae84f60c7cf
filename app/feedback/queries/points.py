"""Points, who is on duty at a counter, scans, and which printed codes were looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.feedback.models import Officer, PointCheck, PointScan, Rating, RatingPoint, Shift
from app.feedback.rules import points as rules
from app.identity.models import Account

CODE_LENGTH = rules.CODE_LENGTH


@dataclass(frozen=True)
class PointCounts:
    """What a point has met with: pages opened, and, apart from it, ratings that were not undone."""

    scans: int = 0
    ratings: int = 0


def by_code(session: Session, code: str) -> RatingPoint | None:
    """The point with this code (as ``app.lib.codes.normalise`` gives it), revoked or not, with centre and counter."""
    query = select(RatingPoint).where(RatingPoint.code == code)
    query = query.options(
        joinedload(RatingPoint.center), joinedload(RatingPoint.counter), joinedload(RatingPoint.group)
    )
    return session.scalar(query)


def duty_officer(session: Session, counter_id: int, at: datetime) -> int | None:
    """Who is on duty at the counter at the moment; None where nobody is, or where they are on leave all the same."""
    query = select(Shift.officer_id).where(Shift.counter_id == counter_id, *_here(at))
    return session.scalars(query.order_by(Shift.starts_at.desc(), Shift.id.desc()).limit(1)).first()


def on_duty(session: Session, counter_ids: Iterable[int], at: datetime) -> dict[int, Officer]:
    """Who is on duty at each of these counters at the moment; counters with nobody are missing."""
    query = select(Shift.counter_id, Officer).join(Shift.officer)
    query = query.where(Shift.counter_id.in_(list(counter_ids)), *_here(at))
    found = session.execute(query.order_by(Shift.starts_at, Shift.id))
    return {counter_id: officer for counter_id, officer in found if counter_id is not None}


def _here(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whether a shift is worked at the moment: it runs, and its officer is not away."""
    away = aliased(Shift)
    leave = select(away.id).where(
        away.officer_id == Shift.officer_id, away.kind == "leave", away.starts_at <= at, away.ends_at > at
    )
    return Shift.starts_at <= at, Shift.ends_at > at, ~leave.exists()


def of_center(session: Session, center_id: int, *, revoked: bool = False) -> Sequence[RatingPoint]:
    """The points of a centre: the whole centre's first, then by counter and group; revoked ones only when asked for."""
    query = select(RatingPoint).where(RatingPoint.center_id == center_id)
    if not revoked:
        query = query.where(RatingPoint.revoked_at.is_(None))
    found = session.scalars(
        query.options(joinedload(RatingPoint.center), joinedload(RatingPoint.counter), joinedload(RatingPoint.group))
    ).all()
    return sorted(found, key=_order)


def counts(session: Session, point_ids: Iterable[int], since: date | None = None) -> dict[int, PointCounts]:
    """Scans and ratings of each point (since a day, or ever); they are counted apart and say different things."""
    ids = list(point_ids)
    scans = select(PointScan.point_id, func.sum(PointScan.count)).where(PointScan.point_id.in_(ids))
    rated = select(Rating.point_id, func.count(Rating.id)).where(Rating.point_id.in_(ids), Rating.undone_at.is_(None))
    if since is not None:
        scans, rated = scans.where(PointScan.day >= since), rated.where(Rating.day >= since)
    opened = dict(session.execute(scans.group_by(PointScan.point_id)).all())
    given = dict(session.execute(rated.group_by(Rating.point_id)).all())
    return {n: PointCounts(int(opened.get(n, 0)), int(given.get(n, 0))) for n in ids}


def last_checks(session: Session, point_ids: Iterable[int]) -> dict[int, PointCheck]:
    """The latest check of each point that was ever checked."""
    latest = select(func.max(PointCheck.id)).where(PointCheck.point_id.in_(list(point_ids)))
    found = session.scalars(select(PointCheck).where(PointCheck.id.in_(latest.group_by(PointCheck.point_id))))
    return {check.point_id: check for check in found}


def checks_of(session: Session, point_id: int, limit: int = 20) -> Sequence[tuple[PointCheck, str]]:
    """The latest checks of a point with who made them."""
    query = select(PointCheck, Account.full_name).join(Account, Account.id == PointCheck.checked_by)
    query = query.where(PointCheck.point_id == point_id).order_by(PointCheck.id.desc()).limit(limit)
    return session.execute(query).all()


def scans_by_day(session: Session, point_id: int, since: date) -> dict[date, int]:
    """How often the page of a point was opened on each day since one."""
    query = select(PointScan.day, func.sum(PointScan.count)).where(
        PointScan.point_id == point_id, PointScan.day >= since
    )
    grouped = query.group_by(PointScan.day).order_by(PointScan.day.desc())
    return {day: int(count) for day, count in session.execute(grouped)}


def unchecked(session: Session, center_id: int, since: datetime) -> list[RatingPoint]:
    """The points of a centre whose printed code nobody has looked at since the moment."""
    points = of_center(session, center_id)
    checks = last_checks(session, [point.id for point in points])
    return [one for one in points if one.id not in checks or checks[one.id].checked_at < since]


def _order(point: RatingPoint) -> tuple[bool, int, int, bool, int, int]:
    counter, group = point.counter, point.group
    return (
        counter is not None, counter.position if counter else 0, counter.id if counter else 0,
        group is not None, group.position if group else 0, point.id,
    )  # fmt: skip
