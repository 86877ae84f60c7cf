"""Columns used by the tables of every slice."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UTCDateTime

Key = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UTCDateTime)]
Name = Annotated[str, mapped_column(String(200))]
Slug = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(500))]
Prose = Annotated[str, mapped_column(Text)]
Digest = Annotated[str, mapped_column(String(64))]
AccountRef = Annotated[int, mapped_column(ForeignKey("account.id"))]
# Compared code point by code point, whatever the database's language: PostgreSQL must be told, SQLite does so anyway.
SortKey = Annotated[str, mapped_column(String(600).with_variant(String(600, collation="C"), "postgresql"))]


class FileColumns:
    """What the row of a file that staff handed over says of it, as ``gateways.storage.keep_upload`` tells it."""

    title: Mapped[Name]
    filename: Mapped[Name]
    media_type: Mapped[Name]
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[Digest]
    storage_key: Mapped[Name]
    uploaded_by: Mapped[AccountRef]
    uploaded_at: Mapped[Moment]
