"""Which items exist for somebody at all: kinds hide what speaks of the asker (Law Đ9.2)."""

from sqlalchemy import ColumnElement, and_, not_, or_, select, true
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.moderation import kinds
from app.moderation.models import ModerationItem


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Whether an item exists for the asker, whatever their roles; where it is, and their rights, are asked apart."""
    hidden = [
        and_(ModerationItem.kind == kind.name, condition)
        for kind in kinds.known()
        if (condition := kind.hidden_from(actor.account_id)) is not None
    ]
    return not_(or_(*hidden)) if hidden else true()


def is_open_to(session: Session, actor: Actor, item: ModerationItem) -> bool:
    """Whether this item exists for the asker; of kinds that hide nothing the database is not asked."""
    condition = kinds.get(item.kind).hidden_from(actor.account_id)
    if condition is None:
        return True
    return session.scalar(select(ModerationItem.id).where(ModerationItem.id == item.id, condition)) is None
