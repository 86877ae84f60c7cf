"""A centre whose counters were rated for months: what figures are shown from."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor
from app.feedback.models import (
    Alert,
    DossierCount,
    Officer,
    ProcedureGroup,
    RatingPoint,
    RatingReason,
    ServiceCenter,
    ServiceCounter,
)
from app.feedback.operations import board, reports, sums
from app.publication.rules.quarters import quarter_of
from tests.support.cast import make_commune
from tests.support.feedback import make_center, make_counter, make_group, make_officer, make_point, make_rating


@dataclass
class Rated:
    """The centre and what stands in it."""

    commune: Area
    center: ServiceCenter
    counters: list[ServiceCounter] = field(default_factory=list)
    groups: list[ProcedureGroup] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    points: list[RatingPoint] = field(default_factory=list)


def make_rated(session: Session, *, commune: Area | None = None, officers: tuple[str, ...] = ()) -> Rated:
    """A centre with two counters, a group and a point each, and officers by name."""
    commune = commune or make_commune(session)
    made = Rated(commune, make_center(session, commune))
    for name in ("Hộ tịch", "Đất đai"):
        made.groups.append(make_group(session, made.center, name=name))
        made.counters.append(make_counter(session, made.center, name=f"Quầy {name}"))
        made.points.append(make_point(session, made.counters[-1], group=made.groups[-1]))
    made.officers = [make_officer(session, made.center, full_name=name) for name in officers]
    return made


def rate(
    session: Session,
    rated: Rated,
    levels: str,
    *,
    place: int = 0,
    days: int = 0,
    officer: int | None = None,
    reason: str = "",
    **values: object,
) -> None:
    """One rating for each digit of ``levels``, so many days ago, at the counter, of the officer."""
    day = clock.today() - timedelta(days=days)
    moment = datetime.combine(day, time(9), clock.VIETNAM)
    who = {} if officer is None else {"officer_id": rated.officers[officer].id}
    for level in levels:
        one = make_rating(session, rated.points[place], int(level), at=moment, **values | who)
        if reason:
            session.add(RatingReason(rating_id=one.id, reason=reason))
    session.flush()


def returned(session: Session, rated: Rated, n: int, *, days: int = 0, place: int = 0, **values: int) -> None:
    """Dossiers returned so many days ago at the counter."""
    session.add(
        DossierCount(
            center_id=rated.center.id, path=rated.center.path, day=clock.today() - timedelta(days=days),
            counter_id=rated.counters[place].id, group_id=rated.groups[place].id, returned=n,
            imported_at=clock.now(), **{"early": 0, "on_time": 0, "late": 0, "once": 0} | values,
        )
    )  # fmt: skip
    session.flush()


def settle(session: Session, rated: Rated) -> None:
    """Make the figures of every past day, as the worker does."""
    for day in sums.due_days(session, rated.center.id, clock.today()):
        sums.remake_past(session, rated.center.id, day)


def figure_names(session: Session, by: Actor, center: ServiceCenter, counter: ServiceCounter) -> dict[str, Any]:
    """An alert, a report and a line of the board, by the names of URL values."""
    tallies = {"n": 30, "satisfied": 10, "before_n": 90, "before_satisfied": 80}
    alert = Alert(
        center_id=center.id, counter_id=counter.id, path=center.path, raised_on=clock.today(), kind="falling", **tallies
    )
    session.add(alert)
    quarter = quarter_of(clock.today()).previous
    report = reports.make(session, by, center, quarter, clock.today())
    note = board.post(session, by, center, said="Chờ lâu.", done="Thêm một quầy.")
    session.flush()
    return {"alert_id": alert.id, "report_id": report.id, "board_note_id": note.id}
