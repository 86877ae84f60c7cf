"""Destroying what is over: what stands in closed reports of the inspectors' box, and old codes of dossiers."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.permissions import SYSTEM
from app.feedback.models import DossierCode, RestrictedAct, RestrictedReport, ServiceCenter
from app.feedback.rules import keeping

REPORTS_AT_ONCE = 200
CODES_AT_ONCE = 5000


def destroy_reports(session: Session, now: datetime) -> tuple[int, list[str]]:
    """Destroy words, number, photo and outcome of reports closed long ago; how many, and the files to be deleted.

    That there was one, of which kind, when it came and who opened it stays, so that they can be counted.
    """
    closed = exists().where(
        RestrictedAct.report_id == RestrictedReport.id,
        RestrictedAct.verb == "close",
        RestrictedAct.at < now - keeping.REPORT,
    )
    query = select(RestrictedReport).where(RestrictedReport.status == "closed", RestrictedReport.outcome != "", closed)
    reports = session.scalars(query.order_by(RestrictedReport.id).limit(REPORTS_AT_ONCE).with_for_update()).all()
    keys = [report.photo_key for report in reports if report.photo_key]
    for report in reports:
        report.sealed_text = report.sealed_phone = None
        report.photo_key, report.outcome, report.referred_to = "", "", ""
        report.version += 1
        session.execute(update(RestrictedAct).where(RestrictedAct.report_id == report.id).values(text=""))
        session.add(RestrictedAct(report_id=report.id, verb="destroy", at=now))
        subject = ("restricted_report", report.id)
        record(session, SYSTEM, "feedback.restricted.destroy", subject=subject, path=report.path)
    session.flush()
    return len(reports), keys


def forget_codes(session: Session, now: datetime) -> int:
    """Delete codes of dossiers whose last day is long over, used ones too; how many."""
    old = DossierCode.expires_on < clock.local(now - keeping.DOSSIER_CODE).date()
    centers = select(ServiceCenter).where(exists().where(DossierCode.center_id == ServiceCenter.id, old))
    total = 0
    for center in session.scalars(centers.order_by(ServiceCenter.id)):
        some = select(DossierCode.id).where(DossierCode.center_id == center.id, old).limit(CODES_AT_ONCE)
        ids = session.scalars(some.order_by(DossierCode.id)).all()
        session.execute(delete(DossierCode).where(DossierCode.id.in_(ids)))
        total += len(ids)
        subject = ("service_center", center.id)
        record(session, SYSTEM, "feedback.code.purge", subject=subject, path=center.path, codes=len(ids))
    return total
