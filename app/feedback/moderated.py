"""What the moderation queue knows of words left with a rating: where they were left, and what a decision does."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.feedback.models import Rating, RatingNote, ServiceCenter, ServiceCounter
from app.feedback.operations.cases import KIND, PHOTO_ALONE
from app.feedback.operations.handing_over import hand_over
from app.feedback.queries.about import rating_about
from app.feedback.rules.rating import LEVELS
from app.feedback.rules.restricted import KIND_NAMES
from app.lib.calendar import format_date
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.kinds import Context, Plain, Vault
from app.moderation.models import ModerationItem
from app.moderation.rules.visibility import visible

PHOTOS = "/staff/danh-gia/phan-anh/loi-gop-y"


class NoteKind(Plain):
    """Words left with a rating at a counter."""

    name = KIND
    label = N_("Lời góp ý khi đánh giá")
    boxes = KIND_NAMES
    # Beside the roster, and whoever stood at the counter, the minute is a name.
    day_alone = True

    def context(self, session: Session, subject_ids: Sequence[int]) -> dict[int, Context]:
        """The place, the level and the day; never the officer, the hour or who wrote."""
        query = (
            select(RatingNote, Rating, ServiceCenter, ServiceCounter, ModerationItem.id)
            .join(Rating, Rating.id == RatingNote.rating_id)
            .join(ServiceCenter, ServiceCenter.id == Rating.center_id)
            .outerjoin(ServiceCounter, ServiceCounter.id == Rating.counter_id)
            .outerjoin(ModerationItem, and_(ModerationItem.kind == KIND, ModerationItem.subject_id == RatingNote.id))
            .where(RatingNote.id.in_(subject_ids))
        )
        return {row[0].id: _context(*row) for row in session.execute(query)}

    def apply(self, session: Session, item: ModerationItem) -> None:
        """Show or hide the words; the photo only once somebody has looked and had nothing to cover."""
        note = session.get(RatingNote, item.subject_id)
        if note is None or note.restricted:
            return
        shown = visible(item.mode, item.status)
        text = item.original if item.shown_text is None else item.shown_text
        note.visible = shown
        note.shown_text = ("" if text == PHOTO_ALONE else text) if shown else None
        looked_at = shown and item.status == "approved" and item.shown_text is None
        note.photo_visible = looked_at and bool(note.photo_key)
        session.flush()

    def hidden_from(self, account_id: int | None) -> ColumnElement[bool] | None:
        """What speaks of the one who asks, and what was handed to the inspectors."""
        unseen = or_(RatingNote.restricted, rating_about(RatingNote.rating_id, account_id))
        return exists().where(RatingNote.id == ModerationItem.subject_id, unseen)

    def seal(self, session: Session, by: Actor, vault: Vault, subject_id: int, box: str) -> tuple[str, ...]:
        """Hand over to the inspectors what the rules did not find to be theirs."""
        return hand_over(session, by, vault.keyring, vault.storage, subject_id, box)


def _context(
    note: RatingNote, rating: Rating, center: ServiceCenter, counter: ServiceCounter | None, item_id: int | None
) -> Context:  # fmt: skip
    parts = [(N_("Mức hài lòng"), LEVELS[rating.level]), (N_("Ngày"), format_date(rating.day))]
    if note.photo_key:
        parts.append((N_("Ảnh gửi kèm"), N_("Có. Bấm tên nơi ở trên để xem.")))
    place = " · ".join(part for part in (center.name, counter.name if counter else "") if part)
    # Never by the note's own number: its gaps would tell that something sealed came in between.
    address = f"{PHOTOS}/{item_id}/anh" if note.photo_key and item_id else ""
    return Context(place, address, tuple(parts))


def register() -> None:
    """Let notes be moderated."""
    kinds.register(NoteKind())
