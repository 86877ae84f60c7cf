"""The append-only record of who did what, when and where."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, JSONText
from app.core.models import Key, Moment, Name, Slug


class AuditEntry(Base):
    """One act. Never changed nor removed: triggers of the database refuse it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[Key]
    at: Mapped[Moment] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[Name]
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[Slug]
    subject_id: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONText)
    search: Mapped[str] = mapped_column(String(1000), default="")
