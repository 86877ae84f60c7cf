"""Where people are served and rate: centre > counter > procedure group, who is on shift, and the points with a code."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Name, Prose, Slug, SortKey


class ServiceCenter(Base):
    """A public administration service centre of a commune. ``path`` is the commune's.

    ``hours`` maps the weekday ("0" Monday … "6") to spans of minutes after midnight, Vietnam time: ``[[450, 690],
    [810, 1020]]``. ``networks`` are the addresses (CIDR) of its own Wi-Fi: who rates from there is on site.
    """

    __tablename__ = "service_center"

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    path: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[Name]
    address: Mapped[Line] = mapped_column(default="")
    hotline: Mapped[str] = mapped_column(String(30), default="")
    hours: Mapped[dict[str, Any]] = mapped_column(JSONText, default=dict)
    networks: Mapped[list[str]] = mapped_column(JSONText, default=list)
    created_at: Mapped[Moment]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    counters: Mapped[list["ServiceCounter"]] = relationship(back_populates="center", order_by="ServiceCounter.position")


class ServiceCounter(Base):
    """One counter (quầy) of a centre."""

    __tablename__ = "service_counter"
    __table_args__ = (UniqueConstraint("center_id", "number", name="uq_service_counter_number"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60), index=True)
    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    position: Mapped[int] = mapped_column(Integer, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    center: Mapped[ServiceCenter] = relationship(back_populates="counters")


class ProcedureGroup(Base):
    """A group of administrative procedures (đất đai, hộ tịch, …) of a centre."""

    __tablename__ = "procedure_group"
    __table_args__ = (UniqueConstraint("center_id", "name", name="uq_procedure_group_name"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[Name]
    position: Mapped[int] = mapped_column(Integer, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CounterGroup(Base):
    """A counter handles a group of procedures."""

    __tablename__ = "counter_group"

    counter_id: Mapped[int] = mapped_column(ForeignKey("service_counter.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("procedure_group.id"), primary_key=True)


class Officer(Base):
    """Somebody who handles procedures at the counters. ``code`` is the commune's own number for them.

    ``account_id``: the account with which they see their own weekly figures.
    """

    __tablename__ = "officer"
    __table_args__ = (UniqueConstraint("center_id", "code", name="uq_officer_code"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60), index=True)
    code: Mapped[Slug]
    full_name: Mapped[Name]
    search: Mapped[Name] = mapped_column(default="")
    sort_key: Mapped[SortKey] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    left_on: Mapped[date | None] = mapped_column(Date)


class Shift(Base):
    """An officer at a counter from one moment to another (``duty``), or away (``leave``, without a counter).

    One counter has one officer at a moment: then a rating made there speaks of them.
    """

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("kind IN ('duty', 'leave')", name="kind"),
        CheckConstraint("(kind = 'duty') = (counter_id IS NOT NULL)", name="duty_at_counter"),
        Index("ix_shift_counter", "counter_id", "starts_at"),
        Index("ix_shift_officer", "officer_id", "starts_at"),
    )

    id: Mapped[Key]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("service_counter.id"))
    kind: Mapped[Slug] = mapped_column(default="duty")
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]

    officer: Mapped[Officer] = relationship()


class RosterImport(Base):
    """An uploaded roster on its way to shifts; its content is forgotten once it is written, put aside or a day old.

    ``replaces``: the shifts of the days in the file that it does not name are taken out.
    """

    __tablename__ = "roster_import"
    __table_args__ = (CheckConstraint("status IN ('uploaded', 'committed', 'discarded')", name="status"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    path: Mapped[str] = mapped_column(String(60))
    filename: Mapped[Line]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    replaces: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Slug] = mapped_column(default="uploaded")
    summary: Mapped[dict[str, Any]] = mapped_column(JSONText, default=dict)
    created_by: Mapped[AccountRef]
    created_at: Mapped[Moment]
    committed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    center: Mapped[ServiceCenter] = relationship()


class RatingPoint(Base):
    """One place to rate: what a printed code stands for. ``code`` is in its address, ``/r/<code>``; six characters.

    A point of a counter, of a group of procedures at one, or of the whole centre. Revoked, it takes no rating, and
    its page says so; the ratings it took stay.
    """

    __tablename__ = "rating_point"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_with_reason"),
        CheckConstraint("group_id IS NULL OR counter_id IS NOT NULL", name="group_at_counter"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("service_counter.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("procedure_group.id"))
    path: Mapped[str] = mapped_column(String(60), index=True)
    label: Mapped[Name] = mapped_column(default="")
    issued_on: Mapped[date] = mapped_column(Date)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_reason: Mapped[Line] = mapped_column(default="")
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("rating_point.id"))

    center: Mapped[ServiceCenter] = relationship()
    counter: Mapped[ServiceCounter | None] = relationship()
    group: Mapped[ProcedureGroup | None] = relationship()


class PointScan(Base):
    """How often the page of a point was opened on a day by a browser that said so; never mixed with ratings.

    ``slot`` spreads the counting, so that people who scan at once do not wait for one row.
    """

    __tablename__ = "point_scan"

    point_id: Mapped[int] = mapped_column(ForeignKey("rating_point.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class PointCheck(Base):
    """Somebody looked at the printed code in its place: whole, or covered by another one."""

    __tablename__ = "point_check"

    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("rating_point.id"), index=True)
    checked_by: Mapped[AccountRef]
    checked_at: Mapped[Moment]
    intact: Mapped[bool]
    note: Mapped[Prose] = mapped_column(default="")
