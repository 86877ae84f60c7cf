"""What was answered to one opinion, once all answers are published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.consultations.models import Answer, Comment, Consultation, OpinionGroup

PUBLISHED = frozenset({"answered", "adopted"})


def answer_to(session: Session, consultation: Consultation, comment: Comment) -> Answer | None:
    """The answer to the comment's group, or to its article; None while answers are not public, or it is hidden."""
    if consultation.status not in PUBLISHED or not comment.visible:
        return None
    group = session.get(OpinionGroup, comment.group_id) if comment.group_id is not None else None
    own = Answer.group_id == group.id if group is not None and group.status == "accepted" else Answer.group_id.is_(None)
    query = (
        select(Answer)
        .where(Answer.consultation_id == consultation.id, Answer.article_anchor == comment.article_anchor)
        .where(own, Answer.status == "approved")
    )
    return session.scalar(query.limit(1))
