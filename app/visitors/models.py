"""Which forms were sent, by which device: for single use and for limits, for a week and no longer."""

from sqlalchemy import Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.models import Digest, Moment, Slug


class FormUse(Base):
    """One form that was sent. ``nonce`` is the form's own; ``network_hash`` changes its key every day.

    ``content`` is a keyed hash of what was sent: the same again is a repetition, anything else is not.

    ``known`` tells that the device came with its cookie; without one, each sending looks like a device of its own.
    Rows are added and deleted, never changed, so that nobody waits for a row of somebody else.
    """

    __tablename__ = "form_use"
    __table_args__ = (
        Index("ix_form_use_device", "device_hash", "kind", "used_at"),
        Index("ix_form_use_network", "network_hash", "kind", "used_at"),
    )

    nonce: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_uuid: Mapped[str] = mapped_column(String(40))
    content: Mapped[Digest]
    kind: Mapped[Slug]
    device_hash: Mapped[Digest]
    network_hash: Mapped[Digest]
    known: Mapped[bool] = mapped_column(Boolean)
    used_at: Mapped[Moment] = mapped_column(index=True)
