"""Putting something up, prolonging it, taking it down; what other slices put up of their own."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.entries import reason_given
from app.core.errors import ManyRefusals, Refusal
from app.core.permissions import Actor
from app.jobs.operations import enqueue
from app.lib.calendar import format_date
from app.lib.codes import new_code
from app.lib.i18n import N_
from app.lib.text import nfc, squeeze
from app.publication.models import Posting
from app.publication.operations.common import begin_draft, begin_posted, done, search_key
from app.publication.rules.heads import HEADS
from app.publication.rules.periods import POSTED_AT_LEAST, POSTED_AT_MOST, days_posted, remind_on, shortest_until

PUBLIC_ID = 10
SHORTEST_REASON = 10
TITLE, NUMBER = 500, 200
REMIND = "publication.remind"
_INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def post(session: Session, by: Actor, posting: Posting, *, permanent: bool, until: date | None = None) -> None:
    """Make a draft public from today on, for good or until a day (Law Đ11–14).

    Raises ``ManyRefusals`` with everything that stands in the way, each at its field, and ``WrongMoment`` when it is
    public already.
    """
    begin_draft(session, by, posting)
    today = clock.today()
    problems = [*_incomplete(posting, today), *([] if permanent else period_problems(today, until))]
    if problems:
        raise ManyRefusals(N_("Chưa đăng được."), problems)
    posting.status, posting.since, posting.permanent = "posted", today, permanent
    posting.until = None if permanent else until
    posting.changed_at = clock.now()
    remind_later(session, posting)
    done(session, by, posting, "posting.post", head=posting.head, since=today, until=posting.until, permanent=permanent)


def extend(session: Session, by: Actor, posting: Posting, *, until: date | None) -> None:
    """Let it hang longer; ``None``: for good. Raises ``Refusal`` at ``until`` for a day that is not later."""
    begin_posted(session, by, posting)
    if posting.permanent or posting.until is None or posting.since is None:
        raise Refusal(N_("Nội dung này niêm yết thường xuyên nên không cần gia hạn."), field="until")
    before = posting.until
    if until is not None:
        if until <= before or until < clock.today():
            raise Refusal(
                N_("Chọn ngày sau ngày hết hạn hiện nay (%(day)s) và không ở quá khứ."),
                field="until",
                day=format_date(before),
            )
        _not_too_long(posting.since, until)
    posting.until, posting.permanent = until, until is None
    posting.reminded_at = None
    posting.changed_at = clock.now()
    remind_later(session, posting)
    done(session, by, posting, "posting.extend", until=[before, until], permanent=posting.permanent)


def withdraw(session: Session, by: Actor, posting: Posting, *, reason: str) -> None:
    """Take down what should not have been put up; its page stays, with the reason in place of the content."""
    begin_posted(session, by, posting)
    posting.withdraw_reason = reason_given(reason, SHORTEST_REASON)
    posting.status = "withdrawn"
    posting.changed_at = clock.now()
    done(session, by, posting, "posting.withdraw", reason=posting.withdraw_reason)


def post_from(
    session: Session, by: Actor, area: Area, *, head: int, title: str, source: str, text: str = "",
    permanent: bool = False, number: str = "", signed_on: date | None = None,
) -> Posting:  # fmt: skip
    """Put up what another slice has just made public by its own rules, for 30 days or for good.

    ``source`` names the page that holds it (``consultation:<public_id>``, ``consultation:<public_id>:answers``,
    ``poll:<public_id>``); asked for again with the same source and head, the first posting is returned unchanged. The
    caller has asked for the right to publish; that it is posted follows from the law. Raises ``ValueError`` for a head
    that does not exist and for an empty source or title.
    """
    if head not in HEADS or not source or not squeeze(title):
        raise ValueError("a posting needs a head of the law, a source and a title")
    today, now = clock.today(), clock.now()
    draft = Posting(
        public_id=new_code(PUBLIC_ID).lower(), area_id=area.id, head=head, title=squeeze(nfc(title))[:TITLE],
        number=squeeze(nfc(number))[:NUMBER], signed_on=signed_on, text=nfc(text).strip(), source=source,
        permanent=permanent, since=today, until=None if permanent else shortest_until(today), status="posted",
        withdraw_reason="", created_by=by.account_id, created_at=now, changed_at=now,
    )  # fmt: skip
    draft.search = search_key(draft)
    made = _insert_once(session, draft)
    posting = session.scalars(select(Posting).filter_by(area_id=area.id, head=head, source=source)).one()
    if made:
        remind_later(session, posting)
        done(session, by, posting, "posting.post", head=head, since=today, until=posting.until, permanent=permanent)
    return posting


def period_problems(since: date, until: date | None) -> list[Refusal]:
    """What is wrong with a last day: missing, or fewer than 30 days away (Law Đ13)."""
    if until is None:
        return [Refusal(N_("Ghi ngày hết hạn niêm yết, hoặc chọn niêm yết thường xuyên."), field="until")]
    if days_posted(since, until) < POSTED_AT_LEAST.days:
        return [
            Refusal(
                N_("Phải niêm yết ít nhất %(least)d ngày liên tục. Chọn từ ngày %(day)s trở đi."),
                field="until",
                least=POSTED_AT_LEAST.days,
                day=format_date(shortest_until(since)),
            )
        ]
    try:
        _not_too_long(since, until)
    except Refusal as refusal:
        return [refusal]
    return []


def remind_later(session: Session, posting: Posting) -> None:
    """Ask for the reminder at the beginning of its day; what stays for good needs none."""
    if posting.until is not None:
        begins = datetime.combine(remind_on(posting.until), time(7), clock.VIETNAM)
        key = f"{REMIND}:{posting.public_id}"
        enqueue(session, REMIND, {"posting_id": posting.id}, unique_key=key, run_at=begins)


def _incomplete(posting: Posting, today: date) -> list[Refusal]:
    problems = []
    if not posting.text and not posting.files:
        problems.append(Refusal(N_("Thêm văn bản (tệp) hoặc ghi nội dung trước khi đăng."), field="text"))
    if posting.signed_on is not None and posting.signed_on > today:
        problems.append(Refusal(N_("Ngày ký ở tương lai. Xem lại ngày ký."), field="signed_on"))
    return problems


def _not_too_long(since: date, until: date) -> None:
    if until - since > timedelta(days=POSTED_AT_MOST.days):
        raise Refusal(N_("Xem lại năm. Nếu để lâu dài, chọn niêm yết thường xuyên."), field="until")


def _insert_once(session: Session, draft: Posting) -> bool:
    """Insert unless its source is posted under its head already, by whomever; says whether it was inserted."""
    session.flush()
    columns = [column.key for column in Posting.__table__.columns if column.key != "id"]
    values = {name: getattr(draft, name) for name in columns}
    made: Any = _INSERT[session.get_bind().dialect.name](Posting).values(values)
    sourced = Posting.__table__.c.source != ""
    made = made.on_conflict_do_nothing(index_elements=["area_id", "head", "source"], index_where=sourced)
    return session.scalar(made.returning(Posting.id)) is not None
