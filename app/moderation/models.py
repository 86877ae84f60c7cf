"""What waits for a moderator, what was decided, and who objects."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, Digest, Key, Line, Moment, Name, Prose, Slug


class ModerationItem(Base):
    """One text of a resident in the queue. ``kind`` and ``subject_id`` name it in the slice that owns it.

    ``mode``: ``before`` (seen by nobody until approved) or ``after`` (shown at once, checked afterwards). ``original``
    is what was written; once something is covered, ``shown_text`` is what everybody else sees and ``original`` is for
    those with ``moderation:original:view``. ``covered`` holds the covered parts as [first, end) places in ``original``.
    ``minutes_taken`` and ``late`` speak of the first decision, and stay when a later one replaces it.
    """

    __tablename__ = "moderation_item"
    __table_args__ = (
        CheckConstraint("mode IN ('before', 'after')", name="mode"),
        CheckConstraint("status IN ('pending', 'approved', 'rejected', 'referred')", name="status"),
        CheckConstraint("status = 'pending' OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("status <> 'rejected' OR reason_key <> ''", name="no_refusal_without_reason"),
        UniqueConstraint("kind", "subject_id", name="uq_moderation_item_subject"),
        CheckConstraint("reports >= 0", name="reports"),
        # The queue in its two orders, each page of it found without reading the rows before.
        Index("ix_moderation_item_queue", "status", "due_at", "id", "path"),
        Index("ix_moderation_item_risk", "status", "risk", "due_at", "id", "path"),
        # What there is to filter by, read from this alone.
        Index("ix_moderation_item_collection", "collection", "path", "id"),
        # Few items are held at any moment.
        Index(
            "ix_moderation_item_held",
            "claimed_by",
            sqlite_where=text("claimed_by IS NOT NULL"),
            postgresql_where=text("claimed_by IS NOT NULL"),
        ),
        # Suggestions look for the same text in one collection, and for what one device sent lately.
        Index("ix_moderation_item_same_text", "collection", "text_key"),
        Index("ix_moderation_item_device", "device_hash", "submitted_at"),
    )

    id: Mapped[Key]
    kind: Mapped[Slug]
    subject_id: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(60))
    about: Mapped[Line]
    collection: Mapped[Slug]
    mode: Mapped[Slug]
    status: Mapped[Slug] = mapped_column(default="pending")
    original: Mapped[Prose]
    shown_text: Mapped[str | None] = mapped_column(Text)
    covered: Mapped[list[list[int]]] = mapped_column(JSONText, default=list)
    text_key: Mapped[Digest] = mapped_column(default="")
    risk: Mapped[int] = mapped_column(Integer, default=0)
    reports: Mapped[int] = mapped_column(Integer, default=0, index=True)
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(JSONText, default=list)
    device_hash: Mapped[Digest] = mapped_column(default="")
    submitted_at: Mapped[Moment]
    due_at: Mapped[Moment]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    minutes_taken: Mapped[int | None] = mapped_column(Integer)
    late: Mapped[bool] = mapped_column(default=False)
    reason_key: Mapped[Slug] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    referred_to: Mapped[Name] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Integer, default=1)


class ModerationAct(Base):
    """One act on an item, with what stood before it: enough to undo it. Never changed."""

    __tablename__ = "moderation_act"
    __table_args__ = (Index("ix_moderation_act_by", "by", "id"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), index=True)
    verb: Mapped[Slug]
    reason_key: Mapped[Slug] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSONText)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Appeal(Base):
    """The author objects, once; somebody else than who decided hears it."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("outcome IS NULL OR outcome IN ('upheld', 'dismissed')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (heard_at IS NULL)", name="heard"),
        CheckConstraint("outcome IS NULL OR reason <> ''", name="reasoned"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"), unique=True)
    text: Mapped[Prose]
    made_at: Mapped[Moment]
    due_at: Mapped[Moment]
    heard_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[Prose] = mapped_column(default="")


class AbuseReport(Base):
    """Somebody finds a published text abusive. Who said so is never shown to anybody (Law Đ9): no name is kept."""

    __tablename__ = "abuse_report"
    __table_args__ = (UniqueConstraint("item_id", "device_hash", name="uq_abuse_report_device"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("moderation_item.id"))
    reason_key: Mapped[Slug]
    text: Mapped[Prose] = mapped_column(default="")
    device_hash: Mapped[Digest]
    at: Mapped[Moment]


class AbuseWord(Base):
    """A word or phrase a commune wants pointed out to its moderators; ``folded`` is without diacritics."""

    __tablename__ = "abuse_word"
    __table_args__ = (UniqueConstraint("area_id", "folded", "exact", name="uq_abuse_word"),)

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    word: Mapped[Name]
    folded: Mapped[Name]
    exact: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[AccountRef]
    added_at: Mapped[Moment]
