"""What every act on groups and answers begins with: the right, the row of the consultation, and the moment."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.consultations.models import Answer, Consultation
from app.consultations.operations.editing import must
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.lib.i18n import N_


def begin(session: Session, by: Actor, consultation: Consultation, permission: str) -> int:
    """Take the consultation for one change of its table and return the account of who asks.

    Raises ``Forbidden`` without the permission at its place, and ``WrongMoment`` before it was opened, once its table
    is published, and after it was withdrawn.
    """
    account = must(by, permission, consultation)
    lock(session, consultation)
    if consultation.status in ("answered", "adopted"):
        raise WrongMoment(N_("Bảng tiếp thu, giải trình đã công bố nên không sửa được nữa."))
    if consultation.status != "opened":
        raise WrongMoment(N_("Dự thảo này chưa lấy ý kiến hoặc đã rút."))
    return account


def answer_of(session: Session, consultation: Consultation, anchor: str, group_id: int | None) -> Answer | None:
    """The answer to a group, or to what is in no group of an article."""
    query = select(Answer).where(Answer.consultation_id == consultation.id, Answer.article_anchor == anchor)
    query = query.where(Answer.group_id.is_(None) if group_id is None else Answer.group_id == group_id)
    return session.scalar(query.execution_options(populate_existing=True))


def note(session: Session, by: Actor, consultation: Consultation, action: str, **detail: object) -> None:
    """Write what was done to the record; never a text of a resident nor a name."""
    subject = ("consultation", consultation.id)
    record(session, by, f"consultations.{action}", subject=subject, path=consultation.area.path, **detail)
