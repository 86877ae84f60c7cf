"""The texts of a consultation as they may be shown, to be compared with each other."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.consultations.models import Comment, OpinionGroup
from app.consultations.rules.grouping import Text

_AT_ONCE = 2000


def anchors_to_group(session: Session, consultation_id: int) -> list[str]:
    """The articles on which somebody wrote a text that may be shown."""
    query = select(Comment.article_anchor).where(
        Comment.consultation_id == consultation_id, Comment.visible.is_(True), Comment.shown_text != ""
    )
    return sorted(session.scalars(query.distinct()))


def texts_to_group(session: Session, consultation_id: int, anchor: str) -> Iterator[Text]:
    """Texts on an article about whose group no person has decided."""
    query = (
        select(Comment.id, Comment.shown_text)
        .outerjoin(OpinionGroup, OpinionGroup.id == Comment.group_id)
        .where(Comment.consultation_id == consultation_id, Comment.article_anchor == anchor)
        .where(Comment.visible.is_(True), Comment.shown_text != "")
        .where(or_(OpinionGroup.id.is_(None), OpinionGroup.status == "suggested"))
        .execution_options(yield_per=_AT_ONCE)
    )
    for key, text in session.execute(query):
        yield Text(key, text or "")
