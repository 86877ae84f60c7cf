"""A poll, what it needs before it may open, and how it may still change."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, FileColumns, Key, Line, Moment, Name, Prose, Slug


class Poll(Base):
    """A vote of the households of one residential area.

    ``kind`` is ``decision`` (biểu quyết, binding) or ``online_consent`` (lấy ý kiến whether to vote online, NĐ59 Đ5.3).
    ``status`` changes only by acts of people; that voting begins and ends is read from the clock of the database.
    From ``opened`` on, the definition, its hash, N and the roll's fingerprint are frozen.
    """

    __tablename__ = "poll"
    __table_args__ = (
        CheckConstraint("kind IN ('decision', 'online_consent')", name="kind"),
        CheckConstraint("clause BETWEEN 1 AND 6", name="clause"),
        # Law Đ17.2: a binding online vote exists for clause 6 within one area, and for nothing else.
        CheckConstraint(
            "form <> 'online' OR kind <> 'decision' OR (clause = 6 AND scope = 'area')", name="online_lawful"
        ),
        CheckConstraint("scope IN ('area', 'commune')", name="scope"),
        CheckConstraint("form IN ('online', 'meeting', 'ballot')", name="form"),
        CheckConstraint("level IN ('open', 'sealed')", name="level"),
        CheckConstraint("custody IN ('service', 'holders')", name="custody"),
        CheckConstraint("NOT may_change OR level = 'sealed'", name="change_needs_seal"),
        CheckConstraint(
            "status IN ('preparing', 'submitted', 'opened', 'closed', 'counted', 'decided', 'cancelled')",
            name="status",
        ),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="times"),
        CheckConstraint(
            "status IN ('preparing', 'submitted', 'cancelled') OR"
            " (roll_size > 0 AND roll_fingerprint IS NOT NULL AND definition_sha256 IS NOT NULL"
            " AND opens_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="frozen",
        ),
        CheckConstraint(
            "level <> 'sealed' OR status IN ('preparing', 'submitted', 'cancelled') OR public_key IS NOT NULL",
            name="sealed_has_key",
        ),
    )

    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    kind: Mapped[Slug]
    clause: Mapped[int] = mapped_column(Integer)
    scope: Mapped[Slug]
    form: Mapped[Slug]
    rule_key: Mapped[Slug]
    title: Mapped[Name]
    question: Mapped[Line]
    summary: Mapped[Prose] = mapped_column(default="")
    options: Mapped[list[dict[str, str]]] = mapped_column(JSONText)
    level: Mapped[Slug] = mapped_column(default="sealed")
    custody: Mapped[Slug] = mapped_column(default="service")
    may_change: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    roll_rule: Mapped[Prose] = mapped_column(default="")
    small_poll_accepted: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Slug] = mapped_column(default="preparing", index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    consent_poll_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"))

    roll_size: Mapped[int | None] = mapped_column(Integer)
    roll_fingerprint: Mapped[str | None] = mapped_column(String(64))
    definition: Mapped[dict[str, Any] | None] = mapped_column(JSONText)
    definition_sha256: Mapped[str | None] = mapped_column(String(64))
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)

    created_by: Mapped[AccountRef]
    created_at: Mapped[Moment]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancel_reason: Mapped[Prose] = mapped_column(default="")

    area: Mapped[Area] = relationship()
    team: Mapped[list["TeamMember"]] = relationship(order_by="TeamMember.id", cascade="all, delete-orphan")
    documents: Mapped[list["PollDocument"]] = relationship(order_by="PollDocument.id")
    preconditions: Mapped[list["Precondition"]] = relationship(
        order_by="Precondition.id", foreign_keys="Precondition.poll_id"
    )

    def __init__(self, **values: Any) -> None:
        values.setdefault("version", 1)
        super().__init__(**values)


class TeamMember(Base):
    """A member of the Tổ lấy ý kiến biểu quyết trực tuyến (NĐ59 Đ5.2): 3–5 people, headed by the Front.

    ``technical``: has the skill with computers, for whichever body they sit.
    """

    __tablename__ = "poll_team_member"
    __table_args__ = (CheckConstraint("body IN ('community', 'front', 'household', 'technical')", name="body"),)

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    full_name: Mapped[Name]
    body: Mapped[Slug]
    position: Mapped[Name] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    is_head: Mapped[bool] = mapped_column(default=False)
    technical: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PollDocument(FileColumns, Base):
    """A file of a poll: something to read, the question read aloud, or proof of a precondition (staff only)."""

    __tablename__ = "poll_document"
    __table_args__ = (CheckConstraint("kind IN ('reading', 'audio', 'proof')", name="kind"),)

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    kind: Mapped[Slug]


class Precondition(Base):
    """One condition of NĐ59 Đ5 recorded: who, when, and the proof."""

    __tablename__ = "poll_precondition"
    __table_args__ = (
        CheckConstraint(
            "key IN ('leaders_agree', 'reported_committee', 'reported_front', 'community_agrees', 'devices')",
            name="key",
        ),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    key: Mapped[Slug]
    happened_on: Mapped[date] = mapped_column(Date)
    detail: Mapped[Prose]
    agreed: Mapped[int | None] = mapped_column(Integer)
    total: Mapped[int | None] = mapped_column(Integer)
    consent_poll_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("poll_document.id"))
    recorded_by: Mapped[AccountRef]
    recorded_at: Mapped[Moment]


class PollChange(Base):
    """An extension or a cancellation of an opened poll: asked by one, confirmed by another of a different body."""

    __tablename__ = "poll_change"
    __table_args__ = (
        CheckConstraint("kind IN ('extend', 'cancel')", name="kind"),
        CheckConstraint("(kind = 'extend') = (new_closes_at IS NOT NULL)", name="extend_has_time"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    kind: Mapped[Slug]
    reason: Mapped[Prose]
    new_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    requested_by: Mapped[AccountRef]
    requested_body: Mapped[Slug]
    requested_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_body: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    accepted: Mapped[bool | None]
