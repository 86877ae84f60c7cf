"""How one item stands: who holds it, who may decide, what was done last, who decided at all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Actor
from app.moderation.models import ModerationAct, ModerationItem
from app.moderation.rules.rights import DECIDE, ESCALATED


def may_decide(by: Actor, item: ModerationItem) -> bool:
    """Whether the right to decide on the item as it stands is held: an escalated one is for the commune's officers."""
    permission = DECIDE if item.escalated_at is None else ESCALATED
    return by.account_id is not None and by.may(permission, item.path)


def holder_of(item: ModerationItem, now: datetime | None = None) -> int | None:
    """The account that holds the item at this moment."""
    held = item.claimed_until is not None and item.claimed_until > (now or clock.now())
    return item.claimed_by if held else None


def appealable(item: ModerationItem) -> bool:
    """Whether there is a decision against the author: hidden, referred, or partly covered."""
    return item.status in ("rejected", "referred") or (item.status == "approved" and item.shown_text is not None)


def last_act(session: Session, item: ModerationItem) -> ModerationAct | None:
    """The last act on the item that still holds."""
    query = select(ModerationAct).where(
        ModerationAct.item_id == item.id, ModerationAct.undone_at.is_(None), ModerationAct.verb != "undo"
    )
    return session.scalar(query.order_by(ModerationAct.id.desc()).limit(1))


def deciders(session: Session, item_id: int) -> Sequence[int]:
    """Every account that ever decided on the item, undone decisions too: none of them hears an appeal."""
    query = select(ModerationAct.by).where(ModerationAct.item_id == item_id, ModerationAct.by.is_not(None)).distinct()
    return [account for account in session.scalars(query) if account is not None]
