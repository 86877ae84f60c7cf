"""Places: province > commune > residential area, with validity and succession."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.core.models import Key, Line, Name, Prose, Slug
from app.core.scope import code_of_path


class Area(Base):
    """A place. ``path`` is its address in the tree (``79/25846/06``) and never changes.

    A residential area has a free label (khu phố, bản, …) and one of two legal types (Law Đ2.3).
    """

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("level IN ('province', 'commune', 'residential')", name="level"),
        CheckConstraint("(level = 'residential') = (legal_type IS NOT NULL)", name="legal_type_given"),
        CheckConstraint("legal_type IS NULL OR legal_type IN ('thon', 'to_dan_pho')", name="legal_type"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    )

    id: Mapped[Key]
    path: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    level: Mapped[Slug]
    kind: Mapped[Slug]
    legal_type: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[Name]
    search: Mapped[str] = mapped_column(String(200), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    head_name: Mapped[Name] = mapped_column(default="")
    front_name: Mapped[Name] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    address: Mapped[Line] = mapped_column(default="")

    parent: Mapped["Area | None"] = relationship(remote_side="Area.id")

    @property
    def code(self) -> str:
        """The path as one word, for web addresses and commands."""
        return code_of_path(self.path)

    @property
    def label(self) -> str:
        """The name as it is read aloud: the first letter is a capital."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def commune(self) -> "Area":
        """The commune a residential area lies in; a wider place is its own."""
        return self.parent if self.level == "residential" and self.parent is not None else self

    @property
    def full_label(self) -> str:
        """The name read aloud; a residential area, of which many are called alike, with its commune."""
        return self.label if self.commune is self else f"{self.label} – {self.commune.label}"


class AreaSuccession(Base):
    """One area became, wholly or in part, another (merger, split, renaming by the commune's council)."""

    __tablename__ = "area_succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="not_itself"),)

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    happened_on: Mapped[date] = mapped_column(Date)
    document: Mapped[Prose] = mapped_column(default="")
