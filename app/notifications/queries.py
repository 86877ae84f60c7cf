"""What staff may know of messages: for what, when and with what outcome; never to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.scope import within
from app.notifications.models import Message

PERMISSION = "notifications:message:view"
PAGE = 50
STATUSES = ("waiting", "sending", "sent", "failed", "ambiguous", "stopped")


@dataclass(frozen=True)
class Page:
    """Messages, and the id to ask for the ones before them (None: there are none)."""

    messages: Sequence[Row[int, str, str, str, str, datetime, datetime | None]]
    older: int | None


def messages(session: Session, actor: Actor, *, status: str = "", before: int | None = None) -> Page:
    """One page of the messages of the asker's places, newest first, from ``before`` (not included) backwards."""
    shown = (Message.id, Message.event, Message.channel, Message.status, Message.fault)
    query = select(*shown, Message.created_at, Message.sent_at).where(_seen(actor))
    if status:
        query = query.where(Message.status == status)
    if before is not None:
        query = query.where(Message.id < before)
    found = session.execute(query.order_by(Message.id.desc()).limit(PAGE + 1)).all()
    return Page(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def counts(session: Session, actor: Actor) -> dict[str, int]:
    """How many messages of the asker's places stand where; every status is named."""
    query = select(Message.status, func.count()).where(_seen(actor)).group_by(Message.status)
    found: dict[str, int] = dict(session.execute(query).all())
    return {status: found.get(status, 0) for status in STATUSES}


def _seen(actor: Actor) -> ColumnElement[bool]:
    return within(Message.area_path, actor.places(PERMISSION))
