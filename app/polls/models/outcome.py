"""What a poll came to: the count, other opinions, the decision and where it was sent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Name, Prose, Slug


class Result(Base):
    """The count of a poll, once, against all N households (Law Đ21.1)."""

    __tablename__ = "poll_result"
    __table_args__ = (
        CheckConstraint("counted = agree + disagree + other + invalid", name="sum"),
        CheckConstraint("counted <= roll_size", name="at_most_all"),
        CheckConstraint("agree >= 0 AND disagree >= 0 AND other >= 0 AND invalid >= 0", name="not_negative"),
        CheckConstraint("passed = (agree >= needed)", name="outcome"),
    )

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    roll_size: Mapped[int] = mapped_column(Integer)
    counted: Mapped[int] = mapped_column(Integer)
    agree: Mapped[int] = mapped_column(Integer)
    disagree: Mapped[int] = mapped_column(Integer)
    other: Mapped[int] = mapped_column(Integer)
    invalid: Mapped[int] = mapped_column(Integer)
    needed: Mapped[int] = mapped_column(Integer)
    rule_key: Mapped[Slug]
    passed: Mapped[bool]
    batch_sha256: Mapped[str] = mapped_column(String(64))
    reconciliation: Mapped[dict[str, Any]] = mapped_column(JSONText)
    counted_at: Mapped[Moment]


class OtherOpinion(Base):
    """A text under "ý kiến khác", in an order that says nothing of who wrote it or when."""

    __tablename__ = "poll_other_opinion"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[Prose]
    published: Mapped[bool] = mapped_column(default=False)


class Decision(Base):
    """The decision document of the community (Law Đ20): its fields, its four signatories, where it went."""

    __tablename__ = "poll_decision"
    __table_args__ = (CheckConstraint("form IN ('nghi_quyet', 'bien_ban', 'ghi_nho', 'thoa_thuan')", name="form"),)

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    form: Mapped[Slug]
    number: Mapped[str] = mapped_column(String(60), default="")
    decided_on: Mapped[date] = mapped_column(Date)
    place: Mapped[Line] = mapped_column(default="")
    conclusion: Mapped[Prose]
    head_name: Mapped[Name]
    front_name: Mapped[Name]
    household_one: Mapped[Name]
    household_two: Mapped[Name]
    written_by: Mapped[AccountRef]
    written_at: Mapped[Moment]
    signed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_committee_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_front_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    posted_places: Mapped[list[str]] = mapped_column(JSONText, default=list)


class Rehearsal(Base):
    """A whole vote run on invented ballots and wiped: what was put in, what was counted."""

    __tablename__ = "poll_rehearsal"

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    run_by: Mapped[AccountRef]
    run_at: Mapped[Moment]
    ballots: Mapped[int] = mapped_column(Integer)
    matched: Mapped[bool]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONText)
