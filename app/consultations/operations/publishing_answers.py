"""The answer table goes out whole: every opinion answered and approved, then published at once (Law Đ28)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consultations.contact import phone_of
from app.consultations.models import Comment, Consultation
from app.consultations.operations.tables import begin, note
from app.consultations.queries.answers import TableRow, problems, table
from app.consultations.rules.answering import count_late, late_days
from app.consultations.rules.phases import Phase, phase
from app.core import clock
from app.core.db import database_now
from app.core.errors import ManyRefusals, WrongMoment
from app.core.permissions import Actor
from app.core.tokens import Keyring
from app.jobs.operations import enqueue
from app.lib.i18n import N_
from app.lib.text import fold
from app.notifications.operations import tell
from app.publication.operations.posting import post_from
from app.publication.rules.heads import ANSWERS

PUBLISH = "consultations:answer:publish"
TELL = "consultations.tell_answered"
EVENT = "consultation.answered"
AT_ONCE = 200


def publish(session: Session, by: Actor, consultation: Consultation) -> None:
    """Publish the whole table and have everybody told who left a phone.

    Raises ``WrongMoment`` while comments are still taken, by the database's clock, and ``ManyRefusals`` with every row
    that is not answered and approved; then nothing is published at all. Published late is published, and counted.
    """
    account = begin(session, by, consultation, PUBLISH)
    if phase(consultation, database_now(session)) is not Phase.CLOSED:
        raise WrongMoment(N_("Chỉ công bố sau khi hết hạn góp ý."))
    rows = table(session, consultation)
    if found := problems(session, consultation, rows):
        raise ManyRefusals(N_("Chưa công bố được vì còn những việc sau."), [one.refusal() for one in found])
    published = [row for row in rows if row.answer is not None]
    for position, row in enumerate(published, start=1):
        _count(row, position)
    now, today = clock.now(), clock.today()
    consultation.status, consultation.answered_by, consultation.answered_at = "answered", account, now
    consultation.version += 1
    session.flush()
    note(
        session, by, consultation, "answers.publish",
        rows=len(published),
        opinions=sum(row.section.entries for row in rows),
        people=sum(row.section.people for row in rows),
        late_rows=count_late((row.section for row in rows), today),
        late_days=late_days(consultation.answer_due_on, None, today),
    )  # fmt: skip
    _post(session, by, consultation)
    enqueue(session, TELL, {"consultation_id": consultation.id}, unique_key=f"{TELL}:{consultation.id}", by=by)


def tell_some(session: Session, keyring: Keyring, consultation: Consultation, after: int) -> int | None:
    """Tell the next authors who left a phone; the last comment looked at, or None when there are no more.

    A message says that there is an answer and where, and neither what the person said nor their code.
    """
    query = (
        select(Comment)
        .where(Comment.consultation_id == consultation.id, Comment.phone.is_not(None), Comment.id > after)
        .order_by(Comment.id)
        .limit(AT_ONCE)
    )
    comments = session.scalars(query).all()
    for comment in comments:
        _tell_one(session, keyring, consultation, comment)
    return comments[-1].id if comments else None


def _tell_one(session: Session, keyring: Keyring, consultation: Consultation, comment: Comment) -> None:
    phone = phone_of(keyring, comment)
    if phone is None:
        return
    title = consultation.title
    tell(
        session,
        keyring,
        event=EVENT,
        key=f"{EVENT}:{comment.id}",
        phone=phone,
        text=f"Đã có tiếp thu, giải trình ý kiến của bà con về dự thảo: {title}. Mời Ông/Bà mở trang để xem.",
        short_text=f"Da co tra loi y kien gop y du thao: {fold(title)}",
        path=f"/gop-y/{consultation.public_id}/tra-loi",
        area_path=consultation.area.path,
    )


def _count(row: TableRow, position: int) -> None:
    if row.answer is not None:
        row.answer.position = position
        row.answer.entries, row.answer.people = row.section.entries, row.section.people


def _post(session: Session, by: Actor, consultation: Consultation) -> None:
    """Put the table up among what the authority publishes (Law Đ11, Đ28)."""
    post_from(
        session,
        by,
        consultation.area,
        head=ANSWERS,
        title=f"Tiếp thu, giải trình ý kiến góp ý: {consultation.title}",
        source=f"consultation:{consultation.public_id}:answers",
    )
