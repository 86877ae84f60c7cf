"""Reports for inspectors alone: nobody else's query ever reads this table (Law Đ9.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core.errors import Forbidden
from app.core.permissions import Actor
from app.core.rights import NOT_HERE
from app.core.scope import within
from app.core.tokens import Keyring
from app.feedback.models import RestrictedAct, RestrictedReport, ServiceCenter
from app.feedback.queries.about import rating_about
from app.feedback.rules.rights import RESTRICTED
from app.feedback.sealing import code_hash
from app.identity.models import Account

PAGE = 30
COUNTED = 100


@dataclass(frozen=True)
class ReportRow:
    """One line of the inbox: never a word of what was written."""

    id: int
    center: str
    kind: str
    status: str
    received_at: datetime


@dataclass(frozen=True)
class ReportPage:
    """One page of the inbox."""

    rows: Sequence[ReportRow]
    page: int
    pages: int


def in_scope_report(session: Session, actor: Actor, report_id: int) -> RestrictedReport | None:
    """The report, for an inspector of its place whom it does not speak of.

    Raises ``Forbidden`` to whoever is none, whether the report exists or not: who is accused and asks again and again
    must not learn the moment at which one came.
    """
    if not actor.holds_anywhere(RESTRICTED):
        raise Forbidden(NOT_HERE)
    query = select(RestrictedReport).where(RestrictedReport.id == report_id, _reach(actor))
    return session.scalar(query.execution_options(populate_existing=True))


def report_by_code(session: Session, keyring: Keyring, code: str) -> RestrictedReport | None:
    """What was told under a code, for the person who told it."""
    query = select(RestrictedReport).where(RestrictedReport.code_hash == code_hash(keyring, code))
    return session.scalar(query) if code else None


def inbox(session: Session, actor: Actor, *, finished: bool = False, page: int = 1) -> ReportPage:
    """What came, unread first, the oldest on top; finished ones apart, the newest on top."""
    reach = _reach(actor)
    done = RestrictedReport.status == "closed"
    condition = reach & (done if finished else ~done)
    total = session.scalar(select(func.count(RestrictedReport.id)).where(condition)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(RestrictedReport, ServiceCenter.name)
    query = query.join(ServiceCenter, ServiceCenter.id == RestrictedReport.center_id).where(condition)
    newest = RestrictedReport.received_at.desc()
    order = (newest,) if finished else (RestrictedReport.status != "new", RestrictedReport.received_at)
    found = session.execute(query.order_by(*order, RestrictedReport.id).limit(PAGE).offset((page - 1) * PAGE))
    rows = [ReportRow(one.id, name, one.kind, one.status, one.received_at) for one, name in found]
    return ReportPage(rows, page, pages)


def unread(session: Session, actor: Actor) -> int:
    """For the inspectors' menu: how many nobody has opened, counted to a hundred."""
    some = select(RestrictedReport.id).where(RestrictedReport.status == "new", _reach(actor)).limit(COUNTED)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _reach(actor: Actor) -> ColumnElement[bool]:
    """The reports of the asker's places; never one about the asker, should somebody rated at a counter inspect."""
    here = within(RestrictedReport.path, actor.places(RESTRICTED))
    return here & ~rating_about(RestrictedReport.rating_id, actor.account_id)


def told_before(session: Session, places: Iterable[str], since: datetime, until: datetime) -> int:
    """How many reports came between two moments. The unit is told of months that are over: nobody sees one come."""
    received = (RestrictedReport.received_at >= since, RestrictedReport.received_at < until)
    query = select(func.count(RestrictedReport.id)).where(within(RestrictedReport.path, places), *received)
    return session.scalar(query) or 0


def acts_of_report(session: Session, report_id: int) -> Sequence[tuple[RestrictedAct, str]]:
    """Who did what with a report, the first act first; the name is empty for the person who wrote."""
    query = select(RestrictedAct, Account.full_name).outerjoin(Account, Account.id == RestrictedAct.by)
    rows = session.execute(query.where(RestrictedAct.report_id == report_id).order_by(RestrictedAct.id))
    return [(act, name or "") for act, name in rows]
