"""Accounts that may be paid to, what is collected on them, and the weekly look at what hangs at the counter."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.db import Base, UTCDateTime
from app.core.models import AccountRef, Key, Moment, Name, Prose, Slug
from app.publication.models import Posting


class PayeeAccount(Base):
    """A bank account of the white list of a commune: entered by one, approved by another, shown a day later.

    A row is never changed: a change is a new row that ``replaces`` the old one, which is shown until the new one is.
    """

    __tablename__ = "payee_account"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'approved', 'refused', 'ended')", name="status"),
        CheckConstraint("decided_by IS NULL OR decided_by <> entered_by", name="two_people"),
        CheckConstraint("status <> 'approved' OR shown_from IS NOT NULL", name="approved_is_shown"),
    )

    id: Mapped[Key]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    path: Mapped[str] = mapped_column(String(60), index=True)
    bank: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(String(19))
    is_card: Mapped[bool] = mapped_column(default=False)
    holder: Mapped[Name]
    replaces: Mapped[int | None] = mapped_column(ForeignKey("payee_account.id"))
    status: Mapped[Slug] = mapped_column(default="proposed")
    document: Mapped[Prose] = mapped_column(default="")
    entered_by: Mapped[AccountRef]
    entered_at: Mapped[Moment]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_note: Mapped[Prose] = mapped_column(default="")
    shown_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    end_reason: Mapped[Prose] = mapped_column(default="")

    area: Mapped[Area] = relationship()


class Collection(Base):
    """Something people pay for: its page is ``/nop/<code>``. ``amount`` in đồng; None: the person decides.

    ``posting``: what was made public of the decision behind it. Never altered: what is printed stays true.
    """

    __tablename__ = "payment_collection"
    __table_args__ = (
        CheckConstraint("kind IN ('utility', 'contribution')", name="kind"),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    path: Mapped[str] = mapped_column(String(60), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("payee_account.id"))
    kind: Mapped[Slug]
    title: Mapped[Name]
    basis: Mapped[Prose] = mapped_column(default="")
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))
    purpose: Mapped[str] = mapped_column(String(25))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    opens_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    made_by: Mapped[AccountRef]
    made_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    account: Mapped[PayeeAccount] = relationship()
    area: Mapped[Area] = relationship()
    posting: Mapped[Posting | None] = relationship()


class CollectionCheck(Base):
    """Somebody looked whether the printed payment code is still the right one."""

    __tablename__ = "collection_check"

    id: Mapped[Key]
    collection_id: Mapped[int] = mapped_column(ForeignKey("payment_collection.id"), index=True)
    checked_by: Mapped[AccountRef]
    checked_at: Mapped[Moment]
    intact: Mapped[bool]
    note: Mapped[Prose] = mapped_column(default="")
