"""The report of a quarter: made from what is known, scored by the unit, verified by somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.audit.operations import record, refuse_stale
from app.core import clock
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import advance, lock
from app.feedback.models import QuarterReport, QuarterScore, ServiceCenter
from app.feedback.queries import reports as queries
from app.feedback.rules.indices import INDICES, POINTS, told, total
from app.lib.i18n import N_
from app.publication.rules.quarters import Quarter

SCORE = "feedback:report:score"
VERIFY = "feedback:report:verify"


@dataclass(frozen=True)
class Given:
    """Points for an index, and why."""

    points: int | None
    reason: str


def make(session: Session, by: Actor, center: ServiceCenter, quarter: Quarter, today: date) -> QuarterReport:
    """Make the report of a quarter that is over, with what is known of each index.

    Raises ``Forbidden``, ``WrongMoment`` for a quarter that is not over or has its report.
    """
    account = must(by, SCORE, center.path)
    if today <= quarter.last:
        raise WrongMoment(N_("Quý này chưa kết thúc. Lập báo cáo khi quý đã hết."))
    if queries.report_of(session, center.id, quarter) is not None:
        raise WrongMoment(N_("Quý này đã có báo cáo."))
    report = QuarterReport(
        center_id=center.id, path=center.path, year=quarter.year, quarter=quarter.number, made_by=account,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(report)
    session.flush()
    known = queries.known(session, center.id, quarter)
    for number in INDICES:
        source, words = told(number, known)
        session.add(QuarterScore(report_id=report.id, idx=number, source=source, known=words))
    session.flush()
    _note(session, by, report, "make")
    return report


def score(session: Session, by: Actor, report: QuarterReport, given: Mapping[int, Given], version: int) -> None:
    """Give the unit's own points, each with its reason; may be done again until the report is verified."""
    account = must(by, SCORE, report.path)
    lock(session, report, lambda: _not_verified(report))
    _check(given, reasons_for=set(INDICES))
    _advance(session, report, version)
    for one in queries.scores(session, report):
        one.self_score, one.self_reason = given[one.idx].points, given[one.idx].reason.strip()
    report.status, report.scored_by, report.scored_at = "scored", account, clock.now()
    session.flush()
    _note(session, by, report, "score", points=total([given[number].points for number in INDICES]))


def verify(session: Session, by: Actor, report: QuarterReport, given: Mapping[int, Given], version: int) -> None:
    """Verify the points; somebody else than who gave them. A reason is due where the points differ.

    Raises ``WrongMoment`` before the unit has scored, after verifying, and for who scored.
    """
    account = must(by, VERIFY, report.path)
    lock(session, report, lambda: _verifiable(report, account))
    found = queries.scores(session, report)
    _check(given, reasons_for={one.idx for one in found if given[one.idx].points != one.self_score})
    _advance(session, report, version)
    for one in found:
        one.verified_score, one.verified_reason = given[one.idx].points, given[one.idx].reason.strip()
    report.status, report.verified_by, report.verified_at = "verified", account, clock.now()
    session.flush()
    _note(session, by, report, "verify", points=total([given[number].points for number in INDICES]))


def _not_verified(report: QuarterReport) -> None:
    if report.status == "verified":
        raise WrongMoment(N_("Báo cáo đã thẩm định, không sửa điểm được nữa."))


def _verifiable(report: QuarterReport, account: int) -> None:
    _not_verified(report)
    if report.status != "scored":
        raise WrongMoment(N_("Đơn vị chưa tự chấm điểm."))
    if report.scored_by == account:
        raise WrongMoment(N_("Người tự chấm điểm không thẩm định chính báo cáo ấy."))


def _check(given: Mapping[int, Given], *, reasons_for: set[int]) -> None:
    problems: list[Refusal] = []
    for number in INDICES:
        one = given[number]
        if one.points not in POINTS:
            problems.append(Refusal(N_("Chọn 0, 1 hoặc 2 điểm."), field=f"points_{number}"))
        if number in reasons_for and not one.reason.strip():
            problems.append(Refusal(N_("Ghi căn cứ chấm điểm."), field=f"reason_{number}"))
    if problems:
        raise ManyRefusals(N_("Chưa chấm xong."), problems)


def _advance(session: Session, report: QuarterReport, version: int) -> None:
    if not advance(session, report, version):
        refuse_stale(session, "quarter_report", report.id)


def _note(session: Session, by: Actor, report: QuarterReport, verb: str, **detail: Any) -> None:
    subject = ("quarter_report", report.id)
    quarter = f"{report.year}-{report.quarter}"
    record(session, by, f"feedback.report.{verb}", subject=subject, path=report.path, quarter=quarter, **detail)
