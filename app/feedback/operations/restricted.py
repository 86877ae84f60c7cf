"""What inspectors do with a report: open it, refer it, end it. Each time is kept; no word of it goes anywhere else."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line, clean_prose
from app.core.errors import NotFound, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rights import must
from app.core.rows import advance
from app.core.tokens import Keyring
from app.feedback.models import RestrictedAct, RestrictedReport
from app.feedback.rules.restricted import is_destroyed
from app.feedback.rules.rights import RESTRICTED
from app.feedback.sealing import open_report
from app.lib.i18n import N_

LONGEST_NAME, LONGEST, SHORTEST = 200, 2000, 10


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """Words and number of a report; shown to the one who opened it and kept nowhere."""

    text: str
    phone: str


def open_it(session: Session, by: Actor, keyring: Keyring, report: RestrictedReport) -> Opened:
    """Read a report. That it was read, by whom and when, is kept each time. Raises ``WrongMoment`` once destroyed."""
    must(by, RESTRICTED, report.path)
    if is_destroyed(report.status, report.outcome):
        raise WrongMoment(N_("Nội dung tin báo này đã được hủy."))
    text, phone = open_report(keyring, report)
    if report.status == "new":
        report.status = "read"
    _note(session, by, report, "open")
    return Opened(text, phone)


def photo_of(session: Session, by: Actor, report: RestrictedReport) -> str:
    """Where the photo of a report is stored; that it was looked at is kept. Raises ``NotFound`` for none."""
    must(by, RESTRICTED, report.path)
    if not report.photo_key:
        raise NotFound(N_("Không có ảnh gửi kèm."))
    _note(session, by, report, "photo")
    return report.photo_key


def refer(session: Session, by: Actor, report: RestrictedReport, *, body: str, version: int) -> None:
    """Say to which competent body it was handed; the person reads that name. Again when another one is right."""
    must(by, RESTRICTED, report.path)
    name = clean_line(body, "body", LONGEST_NAME)
    if not name:
        raise Refusal(N_("Ghi tên cơ quan nhận."), field="body")
    _must_be_read(report)
    _take(session, report, version)
    report.status, report.referred_to = "referred", name
    _note(session, by, report, "refer", name)


def close(session: Session, by: Actor, report: RestrictedReport, *, outcome: str, version: int) -> None:
    """End it with a sentence for the person who wrote."""
    must(by, RESTRICTED, report.path)
    text = clean_prose(outcome, "outcome", LONGEST)
    if len(text) < SHORTEST:
        raise Refusal(N_("Ghi rõ kết quả, ít nhất %(least)d chữ cái."), field="outcome", least=SHORTEST)
    _must_be_read(report)
    _take(session, report, version)
    report.status, report.outcome = "closed", text
    _note(session, by, report, "close", text)


def _must_be_read(report: RestrictedReport) -> None:
    if report.status == "new":
        raise WrongMoment(N_("Mở xem nội dung trước."))
    if report.status == "closed":
        raise WrongMoment(N_("Tin báo này đã kết thúc."))


def _take(session: Session, report: RestrictedReport, version: int) -> None:
    if not advance(session, report, version, RestrictedReport.status != "closed"):
        raise WrongMoment(N_("Người khác vừa xử lý tin báo này. Xem lại rồi làm lần nữa."))


def _note(session: Session, by: Actor, report: RestrictedReport, verb: str, text: str = "") -> None:
    """Keep the act beside the report; the record of the service learns that it happened, and no word more."""
    session.add(RestrictedAct(report_id=report.id, verb=verb, text=text, by=by.account_id, at=clock.now()))
    session.flush()
    record(
        session, by, f"feedback.restricted.{verb}", subject=("restricted_report", report.id), path=report.path
    )  # fmt: skip
