"""What people say about a draft."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, UTCDateTime
from app.core.models import Digest, Key, Line, Moment, Name, Prose, Slug


class Comment(Base):
    """One opinion: on an article (``article_anchor``), or on the whole draft (empty).

    ``shown_text`` is what the public and the answer table see: the text itself, or with parts covered; None while
    hidden. ``visible`` is that and nothing else decides it. ``shown_name`` is the name others see: the name, or with
    parts covered, where ``naming`` is ``shown``; empty otherwise. ``name`` itself is for the authority.
    ``phone`` is sealed under the service's key. ``code_hash`` finds the comment for who holds its receipt code.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("stance IN ('agree', 'change', 'other')", name="stance"),
        CheckConstraint("naming IN ('shown', 'staff', 'none')", name="naming"),
        CheckConstraint("naming <> 'none' OR name = ''", name="unnamed_has_no_name"),
        CheckConstraint("source IN ('web', 'paper', 'email', 'meeting', 'other')", name="source"),
        CheckConstraint("(source = 'web') = (entered_by IS NULL)", name="entered_by_staff"),
        CheckConstraint("NOT visible OR shown_text IS NOT NULL", name="visible_has_text"),
        CheckConstraint("weight >= 1", name="weight"),
        Index("ix_comment_article", "consultation_id", "article_anchor", "visible", "id"),
        # The pages of an article list what has words, however many only agreed; hidden texts are NULL.
        Index(
            "ix_comment_shown",
            "consultation_id",
            "article_anchor",
            "id",
            sqlite_where=text("shown_text <> ''"),
            postgresql_where=text("shown_text <> ''"),
        ),
        # Staff read a consultation's opinions the newest first, without sorting them all.
        Index("ix_comment_order", "consultation_id", "id"),
        # Counts of a consultation are read from this alone, without its rows.
        Index("ix_comment_count", "consultation_id", "visible", "article_anchor", "stance", "weight"),
        Index("ix_comment_fingerprint", "consultation_id", "text_hash", "device_hash"),
    )

    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    article_anchor: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(12), unique=True)
    client_uuid: Mapped[str | None] = mapped_column(String(40), unique=True)
    stance: Mapped[Slug]
    text: Mapped[Prose] = mapped_column(default="")
    shown_text: Mapped[str | None] = mapped_column(Text)
    visible: Mapped[bool] = mapped_column(default=False)
    naming: Mapped[Slug]
    name: Mapped[Name] = mapped_column(default="")
    shown_name: Mapped[Name] = mapped_column(default="")
    body: Mapped[Name] = mapped_column(default="")
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    resident_of: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    resident_by: Mapped[Slug] = mapped_column(default="")
    source: Mapped[Slug] = mapped_column(default="web")
    source_detail: Mapped[Line] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(Integer, default=1)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[Moment]
    written_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device_hash: Mapped[Digest] = mapped_column(default="")
    text_hash: Mapped[Digest] = mapped_column(default="")
    simhash: Mapped[int] = mapped_column(BigInteger, default=0)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("opinion_group.id"), index=True)

    files: Mapped[list["CommentFile"]] = relationship(order_by="CommentFile.id")


class CommentFile(Base):
    """An image or PDF sent with a comment, without its metadata; shown to the public only with the comment."""

    __tablename__ = "comment_file"

    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    filename: Mapped[Name]
    media_type: Mapped[Name]
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[Digest]
    storage_key: Mapped[Name]
    visible: Mapped[bool] = mapped_column(default=False)
