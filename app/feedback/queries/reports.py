"""What is known of a quarter of a centre, and its report."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Actor
from app.core.scope import visible
from app.feedback.models import Case, DossierCount, QuarterReport, QuarterScore, Rating, ServiceCenter, SlipAnswer
from app.feedback.queries.sums import Asked, counted, made, reasons
from app.feedback.rules.indices import Known
from app.feedback.rules.rating import TRIPS
from app.feedback.rules.shares import Tally, tally
from app.publication.rules.quarters import Quarter

SATISFIED = 4


def known(session: Session, center_id: int, quarter: Quarter) -> Known:
    """Dossiers, cases, reasons and answers of a quarter; opinions are those of the headline."""
    asked = Asked(center_id, quarter.first, quarter.last)
    columns = (DossierCount.returned, DossierCount.early, DossierCount.on_time, DossierCount.late, DossierCount.once)
    where = (DossierCount.center_id == center_id, DossierCount.day.between(quarter.first, quarter.last))
    dossiers = session.execute(select(*(func.coalesce(func.sum(one), 0) for one in columns)).where(*where)).one()
    cases, late = _cases(session, center_id, quarter)
    returned, early, on_time, late_ones, once = (int(n) for n in dossiers)
    slip, trips = _slip(session, asked)
    return Known(
        returned=returned,
        early=early,
        on_time=on_time,
        late=late_ones,
        once=once,
        ratings=satisfaction(session, asked)[0].n,
        cases=cases,
        cases_late=late,
        reasons=reasons(session, made(session, center_id), asked),
        slip=slip,
        trips=trips,
    )


def satisfaction(session: Session, asked: Asked) -> tuple[Tally, Tally]:
    """The levels of the headline, and of all ratings."""
    rows = counted(session, made(session, asked.center_id), asked, "level", "headline")
    return tally((level, n) for (level, headline), n in rows.items() if headline), tally(
        (level, n) for (level, _headline), n in rows.items()
    )


def _cases(session: Session, center_id: int, quarter: Quarter) -> tuple[int, int]:
    first, end = (datetime.combine(day, time(), clock.VIETNAM) for day in (quarter.first, quarter.next.first))
    late = func.coalesce(func.sum(case((Case.late.is_(True), 1), else_=0)), 0)
    asked = select(func.count(), late).where(Case.center_id == center_id, Case.opened_at >= first, Case.opened_at < end)
    n, of_them = session.execute(asked).one()
    return int(n), int(of_them)


def _slip(session: Session, asked: Asked) -> tuple[dict[str, tuple[int, int]], dict[int, int]]:
    """For each question how many answered and how many were satisfied; and how often people had to come again."""
    query = select(SlipAnswer.question, SlipAnswer.value, func.count()).join(Rating, Rating.id == SlipAnswer.rating_id)
    query = query.where(
        Rating.center_id == asked.center_id,
        Rating.day.between(asked.first, asked.last),
        Rating.undone_at.is_(None),
        Rating.standing.in_(("counted", "restored")),
    )
    slip: dict[str, tuple[int, int]] = {}
    trips: dict[int, int] = {}
    for question, value, n in session.execute(query.group_by(SlipAnswer.question, SlipAnswer.value)):
        if question == TRIPS:
            trips[value] = int(n)
        else:
            answered, satisfied = slip.get(question, (0, 0))
            slip[question] = (answered + int(n), satisfied + (int(n) if value >= SATISFIED else 0))
    return slip, trips


def in_scope_report(session: Session, actor: Actor, report_id: int) -> QuarterReport | None:
    """The report inside the asker's scope."""
    return session.scalar(
        select(QuarterReport).where(QuarterReport.id == report_id, visible(QuarterReport.path, actor))
    )


def reports(session: Session, center: ServiceCenter) -> Sequence[QuarterReport]:
    """The reports of a centre, the newest first."""
    query = select(QuarterReport).where(QuarterReport.center_id == center.id)
    return session.scalars(query.order_by(QuarterReport.year.desc(), QuarterReport.quarter.desc())).all()


def report_of(session: Session, center_id: int, quarter: Quarter) -> QuarterReport | None:
    """The report of a quarter, if there is one."""
    return session.scalar(
        select(QuarterReport).where(
            QuarterReport.center_id == center_id,
            QuarterReport.year == quarter.year,
            QuarterReport.quarter == quarter.number,
        )
    )


def scores(session: Session, report: QuarterReport) -> Sequence[QuarterScore]:
    """The nine indices of a report in their order."""
    query = select(QuarterScore).where(QuarterScore.report_id == report.id).order_by(QuarterScore.idx)
    return session.scalars(query.execution_options(populate_existing=True)).all()
