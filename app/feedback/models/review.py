"""Ratings that a rule points at, and what a reviewer outside the rated unit decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import Digest, Key, Moment, Prose, Slug


class RatingFlag(Base):
    """One sign of one rule over some ratings, or over a point on a day (``rating_id`` NULL: R4, R7, R8, R12).

    ``cluster`` is the same for all rows of one finding; a finding is decided as one. ``why`` holds the figures that
    explain it. Nothing is ever deleted.
    """

    __tablename__ = "rating_flag"
    __table_args__ = (
        CheckConstraint("decision IS NULL OR decision IN ('exclude', 'restore')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decision IS NULL OR reason <> ''", name="no_decision_without_reason"),
        Index("ix_rating_flag_rating", "rating_id", "rule"),
        Index("ix_rating_flag_cluster", "cluster"),
        Index("ix_rating_flag_open", "center_id", "decided_at"),
    )

    id: Mapped[Key]
    rating_id: Mapped[int | None] = mapped_column(ForeignKey("rating.id"))
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("rating_point.id"))
    path: Mapped[str] = mapped_column(String(60))
    rule: Mapped[Slug]
    day: Mapped[date] = mapped_column(Date)
    cluster: Mapped[Digest]
    why: Mapped[dict[str, Any]] = mapped_column(JSONText, default=dict)
    flagged_at: Mapped[Moment]
    decision: Mapped[str | None] = mapped_column(String(20))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[Prose] = mapped_column(default="")


class RuleRun(Base):
    """One run of the rules over a centre: until which rating they have looked."""

    __tablename__ = "rule_run"

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    ran_at: Mapped[Moment]
    up_to: Mapped[Moment]
    ratings: Mapped[int] = mapped_column(Integer)
    flagged: Mapped[int] = mapped_column(Integer)
