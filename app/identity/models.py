"""Staff accounts, their roles at places, their sessions, and counters of tries."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Name, Slug, SortKey


class Account(Base):
    """A member of staff. The password is kept as an Argon2id hash, the second factor sealed."""

    __tablename__ = "account"

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[Name]
    search: Mapped[Name] = mapped_column(default="")
    sort_key: Mapped[SortKey] = mapped_column(default="", server_default="", index=True)
    phone: Mapped[str] = mapped_column(String(20), default="")
    password_hash: Mapped[Line]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    totp_last_step: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[Moment]

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account", foreign_keys="RoleGrant.account_id")


class RoleGrant(Base):
    """A role at a place, from a moment until its end date."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="order"),)

    id: Mapped[Key]
    account_id: Mapped[AccountRef] = mapped_column(index=True)
    role: Mapped[Slug]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(back_populates="grants", foreign_keys=[account_id])
    area: Mapped[Area] = relationship()


class StaffSession(Base):
    """One signed-in browser; only the hash of its key is kept."""

    __tablename__ = "staff_session"

    id: Mapped[Key]
    account_id: Mapped[AccountRef] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    browser: Mapped[Name] = mapped_column(default="")


class TryCounter(Base):
    """How often something was tried in a window: shared by all processes."""

    __tablename__ = "try_counter"
    __table_args__ = (Index("ix_try_counter_expires_at", "expires_at"),)

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    expires_at: Mapped[Moment]
