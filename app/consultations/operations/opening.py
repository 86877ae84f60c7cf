"""Publishing a draft: from here on its text, audience, plan and times stand fixed (Law Đ25–29)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.consultations.models import Consultation
from app.consultations.operations.editing import PUBLISH, done, must, must_be_preparing, refuse
from app.consultations.queries.preparation import problems, waiting_version
from app.consultations.rules.house import HOUSE_RULES
from app.core.db import database_now
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.holidays.queries import calendar_table
from app.lib.calendar import add_working_days, local_day
from app.lib.i18n import N_
from app.publication.operations.posting import post_from
from app.publication.rules.heads import ANSWERS

_POSTED = "Dự thảo lấy ý kiến Nhân dân: %s"


def publish(session: Session, by: Actor, consultation: Consultation, version: int) -> None:
    """Put the draft before the people: its newest version is published and posted under the heads of the law.

    Raises ``Forbidden``; ``WrongMoment`` when it is published already or was changed since it was read as ``version``;
    ``ManyRefusals`` with everything that still prevents it.
    """
    account = must(by, PUBLISH, consultation)
    lock(session, consultation)
    must_be_preparing(consultation)
    if consultation.version != version:
        raise WrongMoment(N_("Nội dung vừa được sửa sau khi Ông/Bà mở trang này. Xem lại rồi đăng lần nữa."))
    refuse(problems(session, consultation), N_("Chưa đăng được vì còn những việc sau."))
    draft, closes_at = waiting_version(session, consultation), consultation.closes_at
    if draft is None or closes_at is None:
        raise ValueError("a preparation without problems has its draft and its times")
    now = database_now(session)
    draft.published_at = consultation.opened_at = now
    consultation.status, consultation.opened_by = "opened", account
    consultation.answer_due_on = answer_due(session, closes_at)
    consultation.version += 1
    session.flush()
    post_from(
        session, by, consultation.area, head=ANSWERS, title=_POSTED % consultation.title, text=consultation.summary,
        source=f"consultation:{consultation.public_id}",
    )  # fmt: skip
    done(session, by, consultation, "consultation.open", draft=draft.number, opens_at=consultation.opens_at,
         closes_at=closes_at, answer_due_on=consultation.answer_due_on)  # fmt: skip


def answer_due(session: Session, closes_at: datetime) -> date:
    """The Vietnamese day by which the answer is to be published."""
    return add_working_days(local_day(closes_at), HOUSE_RULES.answer_working_days, calendar_table(session))
