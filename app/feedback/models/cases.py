"""Unhappy people who want an answer, and what must never reach the desk it accuses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UTCDateTime
from app.core.models import Digest, Key, Line, Moment, Name, Prose, Slug
from app.feedback.models.ratings import RatingNote


class Case(Base):
    """One note that wants an answer. ``due_at`` counts working days; ``escalated_at`` when the leader was told.

    ``phone`` stays in the note, sealed. ``draft`` is not sent yet; ``answer`` is the last one sent. ``satisfied``:
    what the person thinks of the answer; None: said nothing.
    """

    __tablename__ = "feedback_case"
    __table_args__ = (
        CheckConstraint("status IN ('new', 'assigned', 'answered', 'reopened', 'closed')", name="status"),
        CheckConstraint("status NOT IN ('answered', 'closed') OR answer <> ''", name="no_end_without_answer"),
        Index("ix_feedback_case_queue", "status", "due_at"),
        Index("ix_feedback_case_center", "center_id", "opened_at"),
    )

    id: Mapped[Key]
    code_hash: Mapped[Digest] = mapped_column(unique=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("rating_note.id"), unique=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("service_counter.id"))
    path: Mapped[str] = mapped_column(String(60))
    status: Mapped[Slug] = mapped_column(default="new")
    opened_at: Mapped[Moment]
    due_at: Mapped[Moment]
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    escalated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    draft: Mapped[Prose] = mapped_column(default="")
    answer: Mapped[Prose] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    late: Mapped[bool] = mapped_column(default=False)
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    satisfied: Mapped[bool | None]
    version: Mapped[int] = mapped_column(Integer, default=1)

    note: Mapped[RatingNote] = relationship()


class CaseAct(Base):
    """One step of a case; never changed. ``by`` is None for the person themselves and for the clock."""

    __tablename__ = "case_act"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("feedback_case.id"), index=True)
    verb: Mapped[Slug]
    text: Mapped[Prose] = mapped_column(default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]


class RestrictedReport(Base):
    """Money asked for, or a named accusation: for inspectors outside the unit alone (Law Đ9.2).

    Words and phone are sealed under the service's key; ``code_hash`` lets the person follow it.
    """

    __tablename__ = "restricted_report"
    __table_args__ = (
        CheckConstraint("kind IN ('unofficial_payment', 'named_accusation')", name="kind"),
        CheckConstraint("status IN ('new', 'read', 'referred', 'closed')", name="status"),
        Index("ix_restricted_report_queue", "path", "status", "received_at"),
    )

    id: Mapped[Key]
    code_hash: Mapped[Digest] = mapped_column(unique=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), unique=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60))
    kind: Mapped[Slug]
    sealed_text: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    photo_key: Mapped[Line] = mapped_column(default="")
    received_at: Mapped[Moment]
    status: Mapped[Slug] = mapped_column(default="new")
    referred_to: Mapped[Name] = mapped_column(default="")
    outcome: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Integer, default=1)


class RestrictedAct(Base):
    """Who opened, referred or closed a restricted report, and when; never changed."""

    __tablename__ = "restricted_act"

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("restricted_report.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    text: Mapped[Prose] = mapped_column(default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]
