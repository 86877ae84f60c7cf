"""Postings, where they hung, and the plan of what will be posted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, FileColumns, Key, Line, Moment, Name, Prose, Slug


class Posting(Base):
    """Something made public by a commune under one of the 14 heads (Law Đ11).

    ``until`` is the last day of the posting, or None where it stays for good (Law Đ13: regulations, procedures).
    ``source`` names what it was made from (``consultation:…``, ``poll:…``), or nothing.
    """

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("head BETWEEN 1 AND 14", name="head"),
        CheckConstraint("status IN ('draft', 'posted', 'withdrawn')", name="status"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        CheckConstraint("status = 'draft' OR since IS NOT NULL", name="dated"),
        CheckConstraint("NOT permanent OR until IS NULL", name="permanent_has_no_end"),
        CheckConstraint("permanent OR status = 'draft' OR until IS NOT NULL", name="period_ends"),
        CheckConstraint("status <> 'withdrawn' OR withdraw_reason <> ''", name="withdrawn_with_reason"),
        Index("ix_posting_area_since", "area_id", "since"),
        # What was made of one source under one head exists once, however often it is asked for.
        Index(
            "uq_posting_source",
            "area_id",
            "head",
            "source",
            unique=True,
            postgresql_where=text("source <> ''"),
            sqlite_where=text("source <> ''"),
        ),
    )

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    head: Mapped[int] = mapped_column(Integer)
    title: Mapped[Line]
    number: Mapped[Name] = mapped_column(default="")
    signed_on: Mapped[date | None] = mapped_column(Date)
    text: Mapped[Prose] = mapped_column(default="")
    search: Mapped[Prose] = mapped_column(default="")
    source: Mapped[Name] = mapped_column(default="", index=True)
    permanent: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    status: Mapped[Slug] = mapped_column(default="draft")
    withdraw_reason: Mapped[Prose] = mapped_column(default="")
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]

    area: Mapped[Area] = relationship()
    files: Mapped[list["PostingFile"]] = relationship(order_by="PostingFile.id", back_populates="posting")
    places: Mapped[list["PostingPlace"]] = relationship(order_by="PostingPlace.id", back_populates="posting")


class PostingFile(FileColumns, Base):
    """The document itself."""

    __tablename__ = "posting_file"

    id: Mapped[Key]
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)

    posting: Mapped[Posting] = relationship(back_populates="files")


class PostingPlace(Base):
    """One way it was made public (Law Đ12), in which place, from when until when, with a photograph as proof."""

    __tablename__ = "posting_place"
    __table_args__ = (
        CheckConstraint("kind IN ('portal', 'board', 'loudspeaker', 'area_head', 'meeting', 'other')", name="kind"),
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="period"),
    )

    id: Mapped[Key]
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[Slug]
    detail: Mapped[Line] = mapped_column(default="")
    began_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    photo_key: Mapped[str | None] = mapped_column(String(200))
    photo_type: Mapped[Name] = mapped_column(default="")
    photo_taken_on: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[AccountRef]
    recorded_at: Mapped[Moment]

    area: Mapped[Area] = relationship()
    posting: Mapped[Posting] = relationship(back_populates="places")


class PlannedPosting(Base):
    """A line of a commune's plan of publication for a year, and the posting that fulfilled it."""

    __tablename__ = "planned_posting"
    __table_args__ = (CheckConstraint("head BETWEEN 1 AND 14", name="head"),)

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    head: Mapped[int] = mapped_column(Integer)
    title: Mapped[Line]
    due_on: Mapped[date] = mapped_column(Date)
    responsible: Mapped[Name]
    ways: Mapped[Line] = mapped_column(default="")
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))
    created_by: Mapped[AccountRef]
    created_at: Mapped[Moment]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    posting: Mapped[Posting | None] = relationship()
