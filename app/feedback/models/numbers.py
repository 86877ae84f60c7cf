"""Figures kept ready, the quarterly report, alerts, and what was done about what people said."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Key, Moment, Name, Prose, Slug


class RatingSum(Base):
    """How many ratings of a day have this level, tier and standing; 0 stands for "no counter", "no officer", ….

    Made from the ratings by a job; equal to a recount at any moment at which nothing is due (``SumDue``).
    """

    __tablename__ = "rating_sum"
    __table_args__ = (Index("ix_rating_sum_center", "center_id", "day"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), primary_key=True)
    counter_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    officer_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    tier: Mapped[int] = mapped_column(Integer, primary_key=True)
    level: Mapped[int] = mapped_column(Integer, primary_key=True)
    headline: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class ReasonSum(Base):
    """How often a reason was chosen on a day at a counter."""

    __tablename__ = "reason_sum"
    __table_args__ = (Index("ix_reason_sum_center", "center_id", "day"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), primary_key=True)
    counter_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    group_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reason: Mapped[Slug] = mapped_column(primary_key=True)
    headline: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class SumDue(Base):
    """A day of a centre whose figures must be made anew: rows are added by whoever changes it, deleted by the job."""

    __tablename__ = "sum_due"
    __table_args__ = (Index("ix_sum_due_day", "center_id", "day"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    day: Mapped[date] = mapped_column(Date)
    asked_at: Mapped[Moment]


class SumRun(Base):
    """Until which day the figures of a centre were made; later days are counted from the ratings themselves."""

    __tablename__ = "sum_run"

    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), primary_key=True)
    until: Mapped[date | None] = mapped_column(Date)


class QuarterReport(Base):
    """The report of one quarter of one centre: nine indices, self and verified score."""

    __tablename__ = "quarter_report"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("status IN ('draft', 'scored', 'verified')", name="status"),
        UniqueConstraint("center_id", "year", "quarter", name="uq_quarter_report"),
    )

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60))
    year: Mapped[int] = mapped_column(Integer)
    quarter: Mapped[int] = mapped_column(Integer)
    status: Mapped[Slug] = mapped_column(default="draft")
    made_by: Mapped[AccountRef]
    made_at: Mapped[Moment]
    scored_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    scored_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Integer, default=1)


class QuarterScore(Base):
    """One of the nine indices in a report: what is known, and what the unit and the verifier gave (0, 1, 2).

    ``source``: whether it is known from ``data``, is ``opinion``, or is ``unknown``.
    """

    __tablename__ = "quarter_score"
    __table_args__ = (
        CheckConstraint("idx BETWEEN 1 AND 9", name="idx"),
        CheckConstraint("source IN ('data', 'opinion', 'unknown')", name="source"),
        CheckConstraint("self_score IS NULL OR self_score BETWEEN 0 AND 2", name="self_score"),
        CheckConstraint("verified_score IS NULL OR verified_score BETWEEN 0 AND 2", name="verified_score"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("quarter_report.id"), primary_key=True)
    idx: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[Slug] = mapped_column(default="unknown")
    known: Mapped[Prose] = mapped_column(default="")
    self_score: Mapped[int | None] = mapped_column(Integer)
    self_reason: Mapped[Prose] = mapped_column(default="")
    verified_score: Mapped[int | None] = mapped_column(Integer)
    verified_reason: Mapped[Prose] = mapped_column(default="")


class Alert(Base):
    """A counter turned bad: found by the job, closed by somebody who says what was done."""

    __tablename__ = "counter_alert"
    __table_args__ = (Index("ix_counter_alert_center", "center_id", "closed_at"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    counter_id: Mapped[int] = mapped_column(ForeignKey("service_counter.id"))
    path: Mapped[str] = mapped_column(String(60))
    raised_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[Slug]
    n: Mapped[int] = mapped_column(Integer)
    satisfied: Mapped[int] = mapped_column(Integer)
    before_n: Mapped[int] = mapped_column(Integer)
    before_satisfied: Mapped[int] = mapped_column(Integer)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    note: Mapped[Prose] = mapped_column(default="")


class BoardNote(Base):
    """One line of the public board: what people said, what was done."""

    __tablename__ = "board_note"

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    path: Mapped[str] = mapped_column(String(60))
    said: Mapped[Prose]
    done: Mapped[Prose]
    reason: Mapped[Name] = mapped_column(default="")
    posted_by: Mapped[AccountRef]
    posted_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
