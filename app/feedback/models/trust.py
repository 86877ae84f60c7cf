"""How much a rating can be trusted: screens with a code that turns, codes of dossiers, and how many were served."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Digest, Key, Moment, Name, Slug
from app.feedback.models.places import RatingPoint


class Display(Base):
    """A device of the office that stands at a point: a ``screen`` with a code that turns, or a ``kiosk`` to tap on.

    Only the hash of its secret is kept.
    """

    __tablename__ = "display"
    __table_args__ = (CheckConstraint("kind IN ('screen', 'kiosk')", name="kind"),)

    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("rating_point.id"), index=True)
    path: Mapped[str] = mapped_column(String(60))
    kind: Mapped[Slug]
    name: Mapped[Name]
    secret_hash: Mapped[Digest] = mapped_column(unique=True)
    paired_by: Mapped[AccountRef]
    paired_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    point: Mapped[RatingPoint] = relationship()


class DossierCode(Base):
    """A code printed on the appointment slip of one dossier: good for one rating.

    That it was ``used`` is kept without a day and told only to who rates with it, and no rating is tied to it: nobody
    can tell who said what (Law Đ9). The code is made of the dossier and its ``generation``, which grows when staff mint
    a new one in place of a lost one.
    """

    __tablename__ = "dossier_code"
    __table_args__ = (UniqueConstraint("center_id", "dossier", name="uq_dossier_code_dossier"),)

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("rating_point.id"))
    path: Mapped[str] = mapped_column(String(60))
    dossier: Mapped[str] = mapped_column(String(60))
    generation: Mapped[int] = mapped_column(Integer, default=1)
    code_hash: Mapped[Digest] = mapped_column(unique=True)
    minted_at: Mapped[Moment]
    expires_on: Mapped[date] = mapped_column(Date)
    used: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ApiKey(Base):
    """A key with which the commune's case system asks for codes; only its hash is kept."""

    __tablename__ = "api_key"

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    path: Mapped[str] = mapped_column(String(60))
    name: Mapped[Name]
    key_hash: Mapped[Digest] = mapped_column(unique=True)
    made_by: Mapped[AccountRef]
    made_at: Mapped[Moment]
    last_used_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DossierCount(Base):
    """Dossiers returned at a counter on a day, by group of procedures: imported, so that ratings have a whole.

    ``early``, ``on_time`` and ``late`` add up to ``returned`` or less; ``once`` were complete at the first visit. They
    are what indices 1–4 know from data. ``counter_id`` and ``group_id`` are 0 where the source does not say.
    """

    __tablename__ = "dossier_count"
    __table_args__ = (
        CheckConstraint("returned >= 0 AND early + on_time + late <= returned", name="whole"),
        UniqueConstraint("center_id", "day", "counter_id", "group_id", name="uq_dossier_count_day"),
    )

    id: Mapped[Key]
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    path: Mapped[str] = mapped_column(String(60))
    day: Mapped[date] = mapped_column(Date)
    counter_id: Mapped[int] = mapped_column(Integer, default=0)
    group_id: Mapped[int] = mapped_column(Integer, default=0)
    returned: Mapped[int] = mapped_column(Integer)
    early: Mapped[int] = mapped_column(Integer, default=0)
    on_time: Mapped[int] = mapped_column(Integer, default=0)
    late: Mapped[int] = mapped_column(Integer, default=0)
    once: Mapped[int] = mapped_column(Integer, default=0)
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[Moment]
