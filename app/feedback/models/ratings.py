"""What people said: one row per tap, and what they added to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UTCDateTime
from app.core.models import Digest, Key, Line, Moment, Prose, Slug


class Rating(Base):
    """One rating. ``level`` is 1 (very dissatisfied) … 5 (very satisfied).

    ``tier``: 0 static poster, 1 code that turns on a screen or a tablet at the counter, 2 code of one dossier; no
    rating knows which dossier. ``day`` is the day in Vietnam on which it was made; ``made_at`` when the person tapped
    (for one that waited on the phone), ``received_at`` when it came. ``network_hash`` is emptied after a day.
    ``standing``: ``counted``; ``held`` by a rule until somebody decides; ``excluded`` or ``restored`` by that
    decision. The headline counts ``counted`` and ``restored``; the other figure counts all. ``undone_at``: the person
    took it back within two minutes; it is in no figure. ``took_ms``: from the page to the tap, as the browser says.
    """

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("tier BETWEEN 0 AND 2", name="tier"),
        CheckConstraint("standing IN ('counted', 'held', 'excluded', 'restored')", name="standing"),
        Index("ix_rating_center_day", "center_id", "day"),
        Index("ix_rating_point", "point_id", "made_at"),
        Index("ix_rating_officer", "officer_id", "day"),
        Index("ix_rating_device", "device_hash", "made_at"),
        Index("ix_rating_received", "received_at"),
    )

    id: Mapped[Key]
    client_uuid: Mapped[str] = mapped_column(String(40), unique=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("rating_point.id"))
    path: Mapped[str] = mapped_column(String(60))
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("service_counter.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("procedure_group.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    level: Mapped[int] = mapped_column(Integer)
    tier: Mapped[int] = mapped_column(Integer, default=0)
    kiosk: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date] = mapped_column(Date)
    made_at: Mapped[Moment]
    received_at: Mapped[Moment]
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device_hash: Mapped[Digest]
    network_hash: Mapped[Digest]
    on_site: Mapped[bool] = mapped_column(default=False)
    staff_device: Mapped[bool] = mapped_column(default=False)
    ua_family: Mapped[Slug] = mapped_column(default="")
    screen: Mapped[str] = mapped_column(String(20), default="")
    locale: Mapped[str] = mapped_column(String(20), default="")
    took_ms: Mapped[int | None] = mapped_column(Integer)
    standing: Mapped[Slug] = mapped_column(default="counted", server_default="counted")


class RatingReason(Base):
    """A reason chip that somebody chose, by its slug."""

    __tablename__ = "rating_reason"

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    reason: Mapped[Slug] = mapped_column(primary_key=True)


class RatingNote(Base):
    """Words and a photo added to a rating. ``visible`` and ``shown_text`` follow the moderation queue.

    ``restricted``: the words accuse somebody or tell of money asked for; they are in the restricted inbox alone, and
    ``text`` here is empty.
    """

    __tablename__ = "rating_note"
    __table_args__ = (CheckConstraint("NOT visible OR shown_text IS NOT NULL", name="visible_has_text"),)

    id: Mapped[Key]
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), unique=True)
    path: Mapped[str] = mapped_column(String(60))
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"), index=True)
    text: Mapped[Prose] = mapped_column(default="")
    shown_text: Mapped[str | None] = mapped_column(Text)
    visible: Mapped[bool] = mapped_column(default=False)
    restricted: Mapped[bool] = mapped_column(default=False)
    text_key: Mapped[Digest] = mapped_column(default="")
    photo_key: Mapped[Line] = mapped_column(default="")
    photo_visible: Mapped[bool] = mapped_column(default=False)
    wants_answer: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    device_hash: Mapped[Digest] = mapped_column(default="")
    added_at: Mapped[Moment]

    rating: Mapped[Rating] = relationship()


class SlipAnswer(Base):
    """One answer of the slip of six questions, beside the overall level kept in the rating itself."""

    __tablename__ = "slip_answer"

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    question: Mapped[Slug] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(Integer)


class SurveyResponse(Base):
    """One answered yearly survey of 19 items (QĐ 1001/QĐ-BNV)."""

    __tablename__ = "survey_response"
    __table_args__ = (Index("ix_survey_response_center", "center_id", "year"),)

    id: Mapped[Key]
    client_uuid: Mapped[str] = mapped_column(String(40), unique=True)
    path: Mapped[str] = mapped_column(String(60))
    center_id: Mapped[int] = mapped_column(ForeignKey("service_center.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("rating_point.id"))
    year: Mapped[int] = mapped_column(Integer)
    device_hash: Mapped[Digest]
    received_at: Mapped[Moment]


class SurveyAnswer(Base):
    """One item of a survey: its number in the official form, and a level of 1–5."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        UniqueConstraint("response_id", "item", name="uq_survey_answer_item"),
    )

    id: Mapped[Key]
    response_id: Mapped[int] = mapped_column(ForeignKey("survey_response.id"))
    item: Mapped[int] = mapped_column(Integer)
    level: Mapped[int] = mapped_column(Integer)
