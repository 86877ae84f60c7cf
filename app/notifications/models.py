"""Messages to people outside, and who wants none."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UTCDateTime
from app.core.models import Digest, Key, Line, Moment, Prose, Slug


class Message(Base):
    """One message to one recipient. ``key`` names what it tells to whom: the same is never sent twice.

    The recipient's address is sealed under the service's key and forgotten once the message is on its way.
    ``sending`` is written before a channel is given the message, so that a worker's death shows. ``ambiguous``: nobody
    knows whether the channel took the message; it is never sent again. ``area_path``: the place it was sent for.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'sending', 'sent', 'failed', 'ambiguous', 'stopped')", name="status"),
        Index("ix_message_place", "area_path", "status", "id"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    event: Mapped[Slug]
    channel: Mapped[Slug]
    recipient: Mapped[bytes | None] = mapped_column(LargeBinary)
    recipient_hash: Mapped[Digest] = mapped_column(index=True)
    subject: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose]
    short_text: Mapped[Line]
    path: Mapped[str] = mapped_column(String(60), default="")
    area_path: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[Slug] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    fault: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class StoppedRecipient(Base):
    """Somebody who asked for no more messages; only the keyed hash of the address is kept."""

    __tablename__ = "stopped_recipient"

    recipient_hash: Mapped[Digest] = mapped_column(primary_key=True)
    at: Mapped[Moment]
