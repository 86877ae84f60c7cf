"""Households, their representatives over time, and imports of the roll."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Name, Prose, Slug, SortKey

_PRESENT = text("ended_at IS NULL")
_ACTIVE = text("until IS NULL")


class Household(Base):
    """A household of a residential area: number and permanent address, nothing else."""

    __tablename__ = "household"
    __table_args__ = (
        Index(
            "uq_household_number",
            "area_id",
            "number",
            unique=True,
            postgresql_where=_PRESENT,
            sqlite_where=_PRESENT,
        ),
        Index("ix_household_area_position", "area_id", "position"),
    )

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    number: Mapped[str] = mapped_column(String(30))
    address: Mapped[Line]
    cluster: Mapped[Name] = mapped_column(default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    search: Mapped[str] = mapped_column(String(700), default="")
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    end_reason: Mapped[Line] = mapped_column(default="")

    area: Mapped[Area] = relationship()
    representatives: Mapped[list["Representative"]] = relationship(
        back_populates="household", order_by="Representative.since"
    )


class Representative(Base):
    """Who represents a household, from when until when (Law Đ18.2); one active at a time."""

    __tablename__ = "representative"
    __table_args__ = (
        Index(
            "uq_representative_active",
            "household_id",
            unique=True,
            postgresql_where=_ACTIVE,
            sqlite_where=_ACTIVE,
        ),
        Index("ix_representative_sort_key", "sort_key"),
    )

    id: Mapped[Key]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    full_name: Mapped[Name]
    sort_key: Mapped[SortKey]
    search: Mapped[Name] = mapped_column(default="")
    phone: Mapped[str | None] = mapped_column(String(20))
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[Line] = mapped_column(default="")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    household: Mapped[Household] = relationship(back_populates="representatives")


class RollImport(Base):
    """An uploaded roll on its way from file to households, and back within 24 hours."""

    __tablename__ = "roll_import"
    __table_args__ = (CheckConstraint("status IN ('uploaded', 'committed', 'undone', 'discarded')", name="status"),)

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    filename: Mapped[Line]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    columns: Mapped[dict[str, Any]] = mapped_column(JSONText)
    status: Mapped[Slug]
    base_fingerprint: Mapped[str] = mapped_column(String(64))
    summary: Mapped[dict[str, Any]] = mapped_column(JSONText)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Moment]
    committed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    area: Mapped[Area] = relationship()


class RollImportChange(Base):
    """What an import did to one household; enough to undo it."""

    __tablename__ = "roll_import_change"

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("roll_import.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    action: Mapped[Slug]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONText)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONText)


class RollDecision(Base):
    """Which households count on the roll of an area: decided and recorded, for the texts do not say."""

    __tablename__ = "roll_decision"

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    rule: Mapped[Prose]
    decided_by: Mapped[AccountRef]
    decided_at: Mapped[Moment]
