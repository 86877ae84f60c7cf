"""What the rules ask of the database, as plain records: ratings of a window, numbers of days, when a centre is open."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.feedback.models import (
    DossierCount,
    Officer,
    Rating,
    RatingNote,
    RatingPoint,
    RatingReason,
    RuleRun,
    ServiceCenter,
    Shift,
)
from app.feedback.rules.hours import is_workday, open_at
from app.feedback.rules.signs.copies import sketch
from app.feedback.rules.signs.records import DayCount, Office, Returned, Seen
from app.holidays.queries import calendar_table
from app.lib.calendar import is_working_day

_COLUMNS = (
    Rating.id, Rating.point_id, Rating.level, Rating.day, Rating.made_at, Rating.device_hash, Rating.counter_id,
    Rating.officer_id, Rating.tier, Rating.kiosk, Rating.network_hash, Rating.on_site, Rating.staff_device,
    Rating.ua_family, Rating.screen, Rating.locale, Rating.took_ms,
)  # fmt: skip
# A bad mark is the only one whose words are compared.
_BAD = 2


@dataclass(frozen=True)
class Waiting:
    """Ratings that came since the last look: the days on which they were made, and how many."""

    first: date
    last: date
    count: int


def last_run(session: Session, center_id: int) -> RuleRun | None:
    """The newest look at a centre."""
    query = select(RuleRun).where(RuleRun.center_id == center_id).order_by(RuleRun.id.desc()).limit(1)
    return session.scalar(query.execution_options(populate_existing=True))


def waiting(session: Session, center_id: int, since: datetime | None) -> Waiting | None:
    """What came to the centre after the moment (ever, where there is none); None for nothing."""
    query = select(func.min(Rating.day), func.max(Rating.day), func.count()).where(Rating.center_id == center_id)
    if since is not None:
        query = query.where(Rating.received_at > since)
    first, last, count = session.execute(query).one()
    return Waiting(first, last, count) if count else None


def seen(session: Session, center_id: int, first: date, last: date) -> list[Seen]:
    """The ratings of whole days, those taken back left out."""
    of_days = (Rating.center_id == center_id, Rating.day.between(first, last), Rating.undone_at.is_(None))
    words = select(Rating.id, RatingNote.text).join(RatingNote, RatingNote.rating_id == Rating.id)
    words = words.where(*of_days, Rating.level <= _BAD, RatingNote.text != "")
    sketches = {key: sketch(text) for key, text in session.execute(words)}
    return [
        Seen(
            id=row.id, point=row.point_id, level=row.level, day=row.day, at=row.made_at, device=row.device_hash,
            counter=row.counter_id, officer=row.officer_id, tier=row.tier, kiosk=row.kiosk, network=row.network_hash,
            on_site=row.on_site, staff_device=row.staff_device, took_ms=row.took_ms,
            look=f"{row.ua_family}|{row.screen}|{row.locale}", sketch=sketches.get(row.id, 0),
        )
        for row in session.execute(select(*_COLUMNS).where(*of_days))
    ]  # fmt: skip


def day_counts(session: Session, center_id: int, first: date | None) -> list[DayCount]:
    """How many ratings each point took on each day from the first on (ever, where there is none)."""
    bare = and_(
        Rating.level == 5,
        ~exists().where(RatingReason.rating_id == Rating.id),
        ~exists().where(RatingNote.rating_id == Rating.id),
    )
    query = select(Rating.point_id, Rating.day, func.count(), func.sum(case((bare, 1), else_=0)))
    query = query.where(Rating.center_id == center_id, Rating.undone_at.is_(None))
    if first is not None:
        query = query.where(Rating.day >= first)
    found = session.execute(query.group_by(Rating.point_id, Rating.day)).all()
    places = select(RatingPoint.id, RatingPoint.counter_id).where(RatingPoint.center_id == center_id)
    counters = dict(session.execute(places).all())
    return [DayCount(point, counters[point], day, count, int(fives)) for point, day, count, fives in found]


def returned(session: Session, center_id: int, first: date | None) -> list[Returned]:
    """Dossiers returned at each counter on each day, all groups together."""
    query = select(DossierCount.counter_id, DossierCount.day, func.sum(DossierCount.returned))
    query = query.where(DossierCount.center_id == center_id)
    if first is not None:
        query = query.where(DossierCount.day >= first)
    found = session.execute(query.group_by(DossierCount.counter_id, DossierCount.day))
    return [Returned(counter, day, int(count)) for counter, day, count in found]


def office(session: Session, center: ServiceCenter) -> Office:
    """When the centre is open, who is on leave, and since when and until when each of its points hangs.

    A centre whose hours nobody has entered counts as open all day on working days and on any other.
    """
    days, known = calendar_table(session), any(center.hours.values())
    points = session.execute(
        select(RatingPoint.id, RatingPoint.issued_on, RatingPoint.revoked_at).where(RatingPoint.center_id == center.id)
    ).all()
    return Office(
        is_open=lambda at: open_at(center.hours, at, days) if known else True,
        opens_on=(lambda day: is_workday(center.hours, day, days))
        if known
        else (lambda day: is_working_day(day, days)),
        on_leave=_leave(session, center.id),
        issued={point: issued for point, issued, _revoked in points},
        ended={point: clock.local(revoked).date() - timedelta(days=1) for point, _issued, revoked in points if revoked},
    )


def _leave(session: Session, center_id: int) -> Callable[[int, datetime], bool]:
    query = select(Shift.officer_id, Shift.starts_at, Shift.ends_at).join(Officer, Officer.id == Shift.officer_id)
    query = query.where(Officer.center_id == center_id, Shift.kind == "leave").order_by(Shift.starts_at)
    away: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for officer, begin, end in session.execute(query):
        away[officer].append((begin, end))

    def on_leave(officer: int, at: datetime) -> bool:
        spans = away.get(officer, [])
        begun = bisect_right(spans, at, key=lambda span: span[0])
        return any(at < end for _begin, end in spans[:begun])

    return on_leave
