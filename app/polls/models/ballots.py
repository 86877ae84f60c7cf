"""The frozen roll, slips, ballots, their log and the release of the key."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Name, Prose, Slug, SortKey
from app.polls.models.poll import Poll

_VALID = text("revoked_at IS NULL")
_CAST = text("kind = 'cast'")


class RollEntry(Base):
    """One household on the frozen roll of a poll.

    ``slot_salt`` is printed on the slip; ``slot_tag`` = SHA-256(poll ‖ household number ‖ salt) names the household
    in the log to those who hold the slip, and to nobody else.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (
        UniqueConstraint("poll_id", "household_id", name="uq_roll_entry_household"),
        UniqueConstraint("poll_id", "number", name="uq_roll_entry_number"),
        UniqueConstraint("poll_id", "id", name="uq_roll_entry_poll"),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    number: Mapped[str] = mapped_column(String(30))
    number_key: Mapped[str] = mapped_column(String(30))
    representative: Mapped[Name]
    sort_key: Mapped[SortKey]
    search: Mapped[str] = mapped_column(String(700), default="")
    address: Mapped[Line]
    cluster: Mapped[Name] = mapped_column(default="")
    position: Mapped[int] = mapped_column(Integer)
    slot_salt: Mapped[str] = mapped_column(String(20))
    slot_tag: Mapped[str] = mapped_column(String(64))
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Slip(Base):
    """An access slip: the household's credential for one poll. Only hashes of its secret and its code are kept."""

    __tablename__ = "slip"
    __table_args__ = (
        Index("uq_slip_valid", "entry_id", unique=True, postgresql_where=_VALID, sqlite_where=_VALID),
        Index("ix_slip_poll_id", "poll_id"),
        ForeignKeyConstraint(["poll_id", "entry_id"], ["roll_entry.poll_id", "roll_entry.id"], name="fk_slip_entry"),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(Integer)
    entry_id: Mapped[int] = mapped_column(Integer)
    issue: Mapped[int] = mapped_column(Integer, default=1)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_salt: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[Moment]
    activated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    activated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoke_reason: Mapped[Prose] = mapped_column(default="")

    entry: Mapped[RollEntry] = relationship(foreign_keys=[poll_id, entry_id], viewonly=True)
    poll: Mapped[Poll] = relationship(primaryjoin="foreign(Slip.poll_id) == Poll.id", viewonly=True)


class Ballot(Base):
    """The one ballot of a household. Sealed: an HPKE envelope. Open: the choice itself, like a show of hands."""

    __tablename__ = "ballot"
    __table_args__ = (
        ForeignKeyConstraint(["poll_id", "entry_id"], ["roll_entry.poll_id", "roll_entry.id"], name="fk_ballot_entry"),
        CheckConstraint("(envelope IS NULL) <> (choice IS NULL)", name="sealed_or_open"),
        CheckConstraint("channel IN ('phone', 'counter')", name="channel"),
        CheckConstraint("(channel = 'counter') = (assisted_by IS NOT NULL)", name="assistance_recorded"),
    )

    poll_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    envelope: Mapped[bytes | None] = mapped_column(LargeBinary)
    other_envelope: Mapped[bytes | None] = mapped_column(LargeBinary)
    choice: Mapped[str | None] = mapped_column(String(40))
    other_text: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[Slug]
    assisted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"))
    idempotency_key: Mapped[str] = mapped_column(String(40))
    receipt: Mapped[str] = mapped_column(String(12))
    cast_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(Integer, default=1)


class LogLeaf(Base):
    """One event of a poll for the public log; appended in the transaction of the event, integrated later."""

    __tablename__ = "log_leaf"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('poll-definition', 'roll-change', 'open', 'cast', 'paper-batch', 'close', 'result', 'decision')",
            name="kind",
        ),
        Index("uq_log_leaf_receipt", "receipt", unique=True, postgresql_where=_CAST, sqlite_where=_CAST),
        Index("ix_log_leaf_poll_id", "poll_id"),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    kind: Mapped[Slug]
    at: Mapped[Moment]
    slot_tag: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str | None] = mapped_column(String(40))
    receipt: Mapped[str | None] = mapped_column(String(12))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSONText)


class KeyRelease(Base):
    """One of the two consents, from different bodies, that open a sealed poll after its close."""

    __tablename__ = "key_release"
    __table_args__ = (
        UniqueConstraint("poll_id", "body", name="uq_key_release_body"),
        UniqueConstraint("poll_id", "account_id", name="uq_key_release_account"),
    )

    id: Mapped[Key]
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    account_id: Mapped[AccountRef]
    body: Mapped[Slug]
    released_at: Mapped[Moment]
