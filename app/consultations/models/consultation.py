"""A consultation from its preparation to the text that was adopted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, FileColumns, Key, Line, Moment, Name, Prose, Slug


class Consultation(Base):
    """A draft on which an authority asks the people's opinion before it decides (Law Đ25).

    ``status`` changes by acts of people: ``preparing`` → ``opened`` (published; comments are taken from ``opens_at``
    until ``closes_at`` by the clock) → ``answered`` (the summary with acceptance and explanation is published, Đ28) →
    ``adopted`` (the final text stands beside the draft); or ``withdrawn`` with a reason.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("audience IN ('everyone', 'areas', 'bodies')", name="audience"),
        CheckConstraint("moderation IN ('before', 'after')", name="moderation"),
        CheckConstraint("status IN ('preparing', 'opened', 'answered', 'adopted', 'withdrawn')", name="status"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="times"),
        CheckConstraint(
            "status IN ('preparing', 'withdrawn') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL"
            " AND council_sent_on IS NOT NULL AND front_sent_on IS NOT NULL)",
            name="published_whole",
        ),
        CheckConstraint("status <> 'withdrawn' OR withdraw_reason <> ''", name="withdrawn_with_reason"),
        CheckConstraint(
            "status <> 'adopted' OR (adopted_number <> '' AND adopted_on IS NOT NULL)", name="adopted_whole"
        ),
        Index("ix_consultation_area_status", "area_id", "status"),
    )

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    title: Mapped[Line]
    summary: Mapped[Prose] = mapped_column(default="")
    organiser: Mapped[Name] = mapped_column(default="")
    responsible: Mapped[Name] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    audience: Mapped[Slug] = mapped_column(default="everyone")
    moderation: Mapped[Slug] = mapped_column(default="before")
    invited: Mapped[Prose] = mapped_column(default="")
    council_sent_on: Mapped[date | None] = mapped_column(Date)
    front_sent_on: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer_due_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[Slug] = mapped_column(default="preparing", index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_by: Mapped[AccountRef]
    created_at: Mapped[Moment]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    adopted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    adopted_number: Mapped[Name] = mapped_column(default="")
    adopted_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdraw_reason: Mapped[Prose] = mapped_column(default="")

    area: Mapped[Area] = relationship()
    places: Mapped[list["ConsultationArea"]] = relationship(cascade="all, delete-orphan")
    files: Mapped[list["ConsultationFile"]] = relationship(order_by="ConsultationFile.id")


class ConsultationArea(Base):
    """A residential area whose residents may comment, where not everyone may."""

    __tablename__ = "consultation_area"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)

    area: Mapped[Area] = relationship()


class ConsultationFile(FileColumns, Base):
    """A file of a consultation: the draft as sent, something to read with it, the plan (staff), the adopted text."""

    __tablename__ = "consultation_file"
    __table_args__ = (CheckConstraint("kind IN ('draft', 'reading', 'plan', 'adopted')", name="kind"),)

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    kind: Mapped[Slug]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ConsultationChange(Base):
    """What changed after publication, for everybody to see: extended, corrected, withdrawn."""

    __tablename__ = "consultation_change"
    __table_args__ = (
        CheckConstraint("kind IN ('extended', 'corrected', 'withdrawn')", name="kind"),
        CheckConstraint("reason <> ''", name="reasoned"),
    )

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    kind: Mapped[Slug]
    reason: Mapped[Prose]
    old_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    new_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    by: Mapped[AccountRef]
    at: Mapped[Moment]
