"""Work to be done outside the request that asked for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, JSONText, UTCDateTime
from app.core.models import Key, Line, Moment, Slug

_UNFINISHED = text("finished_at IS NULL")


class Job(Base):
    """One piece of background work, enqueued in the transaction that made it necessary; holds ids, never content.

    ``unique_key`` names the work: while it is unfinished, asking for it again changes nothing. A worker holds a job
    until ``locked_until`` and may renew; a job whose worker died is taken up again after that.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'done', 'failed')", name="status"),
        CheckConstraint("(finished_at IS NOT NULL) = (status IN ('done', 'failed'))", name="finished"),
        CheckConstraint("done >= 0 AND (total IS NULL OR done <= total)", name="progress"),
        Index(
            "uq_job_unfinished",
            "unique_key",
            unique=True,
            postgresql_where=_UNFINISHED,
            sqlite_where=_UNFINISHED,
        ),
        Index("ix_job_due", "run_at", postgresql_where=_UNFINISHED, sqlite_where=_UNFINISHED),
    )

    id: Mapped[Key]
    kind: Mapped[Slug]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONText)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[Slug] = mapped_column(default="waiting")
    run_at: Mapped[Moment]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int | None] = mapped_column(Integer)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONText)
    fault: Mapped[Line] = mapped_column(default="")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[Moment]
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
