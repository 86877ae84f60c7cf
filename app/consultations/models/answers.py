"""Opinions that say the same, and what the authority answers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Prose, Slug


class OpinionGroup(Base):
    """Comments on one article that say the same. Suggested by the service, accepted by a person (``decided_by``).

    ``why`` says what made the service suggest it: ``same_text``, ``similar_text``, or ``person``.
    """

    __tablename__ = "opinion_group"
    __table_args__ = (
        CheckConstraint("status IN ('suggested', 'accepted', 'dissolved')", name="status"),
        CheckConstraint("status = 'suggested' OR decided_by IS NOT NULL", name="decided_by_person"),
        Index("ix_opinion_group_article", "consultation_id", "article_anchor"),
    )

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    article_anchor: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[Line]
    why: Mapped[Slug]
    status: Mapped[Slug] = mapped_column(default="suggested")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[Moment]


class Answer(Base):
    """One row of the answer table: what people said about an article, and what became of it (Law Đ28).

    Covers one group of opinions (``group_id``), or whatever on the article is in no group. Drafted by one person,
    approved by another, and published with all the others at once. ``returned_note`` is why an approver sent it back,
    until it is drafted anew. ``entries`` and ``people`` are counted when the table is published and stay as they were.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("outcome IN ('accepted', 'partly', 'explained', 'noted') OR outcome IS NULL", name="outcome"),
        CheckConstraint("status IN ('assigned', 'drafted', 'approved')", name="status"),
        CheckConstraint("status = 'assigned' OR (outcome IS NOT NULL AND text <> '')", name="drafted_whole"),
        CheckConstraint("(status = 'approved') = (approved_by IS NOT NULL)", name="approved"),
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="two_people"),
        Index("ix_answer_article", "consultation_id", "article_anchor"),
    )

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    article_anchor: Mapped[str] = mapped_column(String(60), default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("opinion_group.id"), unique=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    summary: Mapped[Prose] = mapped_column(default="")
    outcome: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[Prose] = mapped_column(default="")
    final_place: Mapped[Line] = mapped_column(default="")
    returned_note: Mapped[Prose] = mapped_column(default="")
    status: Mapped[Slug] = mapped_column(default="assigned")
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    drafted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    entries: Mapped[int] = mapped_column(Integer, default=0)
    people: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_by: Mapped[AccountRef]
    created_at: Mapped[Moment]
