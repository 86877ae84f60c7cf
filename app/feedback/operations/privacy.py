"""Forgetting: networks, photos that nobody will ever see, numbers of ended cases (Luật 91/2025/QH15, Law Đ9.2)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.permissions import SYSTEM
from app.feedback.models import Case, Rating, RatingNote
from app.feedback.operations.cases import KIND
from app.feedback.rules import keeping
from app.feedback.rules.cases import CLOSED, WAITING
from app.moderation.models import ModerationItem
from app.visitors.models import FormUse

FORGET = "feedback.forget"
PAUSE = timedelta(hours=1)
AT_ONCE = 5000
PHOTOS_AT_ONCE = 200


def forget_networks(session: Session, now: datetime, after: int) -> int | None:
    """Empty the network of ratings older than a day, some at a time; the last id, None when there are no more."""
    old = (Rating.network_hash != "", Rating.received_at < now - keeping.NETWORK, Rating.id > after)
    ids = session.scalars(select(Rating.id).where(*old).order_by(Rating.id).limit(AT_ONCE)).all()
    if not ids:
        return None
    emptied: Any = update(Rating).where(Rating.id.between(ids[0], ids[-1]), *old[:2]).values(network_hash="")
    session.execute(emptied.execution_options(synchronize_session=False))
    return ids[-1]


def forget_form_networks(session: Session, now: datetime) -> None:
    """The same for the forms that were used: their limits look back a day and no further."""
    old = (FormUse.network_hash != "", FormUse.used_at < now - keeping.NETWORK)
    session.execute(
        update(FormUse).where(*old).values(network_hash="").execution_options(synchronize_session=False)
    )  # fmt: skip


def forget_phones(session: Session, now: datetime) -> None:
    """Let go of the numbers of cases that ended, once nobody may come back to their answer."""
    over = select(Case.note_id).where(Case.status == CLOSED, Case.answered_at < now - keeping.PHONE)
    gone = update(RatingNote).where(RatingNote.id.in_(over), RatingNote.phone.is_not(None)).values(phone=None)
    session.execute(gone.execution_options(synchronize_session=False))


def forget_photos(session: Session, now: datetime) -> list[str]:
    """Let go of photos of notes that are hidden, or whose rating is excluded or undone; the keys to be deleted.

    A month is left for a second look; what belongs to a case that waits is kept.
    """
    item = and_(ModerationItem.kind == KIND, ModerationItem.subject_id == RatingNote.id)
    hidden = and_(ModerationItem.status.in_(("rejected", "referred")), ModerationItem.decided_at < now - keeping.PHOTO)
    unwanted = or_(Rating.standing == "excluded", Rating.undone_at.is_not(None))
    query = (
        select(RatingNote, ModerationItem.id)
        .join(Rating, Rating.id == RatingNote.rating_id)
        .outerjoin(ModerationItem, item)
        .outerjoin(Case, Case.note_id == RatingNote.id)
        .where(RatingNote.photo_key != "", or_(hidden, and_(unwanted, RatingNote.added_at < now - keeping.PHOTO)))
        .where(or_(Case.id.is_(None), Case.status.not_in(WAITING)))
        .limit(PHOTOS_AT_ONCE)
    )
    keys = []
    for note, item_id in session.execute(query):
        keys.append(note.photo_key)
        note.photo_key, note.photo_visible = "", False
        record(session, SYSTEM, "feedback.photo.delete", subject=("moderation_item", item_id or 0), path=note.path)
    session.flush()
    return keys
