"""Days that are not, or exceptionally are, working days."""

from datetime import date

from sqlalchemy import CheckConstraint, Date
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.models import Key, Name, Slug


class CalendarDay(Base):
    """A day off, or a weekend day worked in exchange for one."""

    __tablename__ = "calendar_day"
    __table_args__ = (CheckConstraint("kind IN ('off', 'working')", name="kind"),)

    id: Mapped[Key]
    day: Mapped[date] = mapped_column(Date, unique=True)
    kind: Mapped[Slug]
    name: Mapped[Name]
