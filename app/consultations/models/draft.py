"""The text of a draft in its versions, cut into pieces that keep their anchors."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Key, Line, Moment, Prose, Slug


class DraftVersion(Base):
    """One version of the text. ``purpose``: a draft on which comments are asked, or the final text that was adopted.

    ``published_at`` is None while it is being prepared; published versions are never changed.
    """

    __tablename__ = "draft_version"
    __table_args__ = (
        CheckConstraint("purpose IN ('draft', 'final')", name="purpose"),
        UniqueConstraint("consultation_id", "number", name="uq_draft_version_number"),
    )

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int] = mapped_column(Integer)
    purpose: Mapped[Slug] = mapped_column(default="draft")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_file.id"))
    note: Mapped[Prose] = mapped_column(default="")
    imported_by: Mapped[AccountRef]
    imported_at: Mapped[Moment]
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    pieces: Mapped[list["Piece"]] = relationship(order_by="Piece.position", cascade="all, delete-orphan")


class Piece(Base):
    """A part, chapter, section, article, clause or point; ``lead`` is text that stands before or after all of them.

    ``anchor`` (``dieu-1-khoan-2``) names the same thing in every version. ``article_anchor`` is the anchor of the
    article it belongs to, under which it is read and commented; empty outside any article.
    """

    __tablename__ = "piece"
    __table_args__ = (
        CheckConstraint("level IN ('lead', 'part', 'chapter', 'section', 'article', 'clause', 'point')", name="level"),
        UniqueConstraint("version_id", "anchor", name="uq_piece_anchor"),
        Index("ix_piece_version_position", "version_id", "position"),
    )

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    position: Mapped[int] = mapped_column(Integer)
    level: Mapped[Slug]
    number: Mapped[str] = mapped_column(String(20))
    anchor: Mapped[str] = mapped_column(String(120))
    article_anchor: Mapped[str] = mapped_column(String(60), default="")
    heading: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
