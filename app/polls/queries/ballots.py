"""What a household's slip opens: its poll and where it stands, in one question; and what a receipt proves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.areas.models import Area
from app.core.db import DATABASE_NOW, Single, UTCDateTime
from app.core.prepared import Prepared
from app.lib.text import initials
from app.polls.models import Ballot, LogLeaf, Poll, PollDocument, RollEntry, Slip, TeamMember
from app.polls.rules.standing import Standing, standing

_Commune = aliased(Area)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipView:
    """A slip with its poll, its household, and that it has voted or not; never a choice.

    ``now`` is the database's moment at which all this was true.
    """

    slip_id: int
    activated_at: datetime | None
    revoked_at: datetime | None
    code_salt: bytes
    code_hash: bytes
    entry_id: int
    number: str
    representative: str
    slot_tag: str
    poll_id: int
    public_id: str
    kind: str
    title: str
    question: str
    options: list[dict[str, str]]
    level: str
    may_change: bool
    status: str
    opens_at: datetime
    closes_at: datetime
    cancel_reason: str
    definition_sha256: str
    public_key: bytes | None
    area_id: int
    area_name: str
    area_path: str
    area_phone: str
    commune_name: str | None
    help_name: str | None
    help_phone: str | None
    audio_id: int | None
    cast_at: datetime | None
    channel: str | None
    version: int | None
    idempotency_key: str | None
    receipt: str | None
    now: datetime

    @property
    def standing(self) -> Standing:
        return standing(self, self.now)

    @property
    def household(self) -> str:
        """The representative as shown on a phone that may be in a wrong hand: "Nguyễn V. A."."""
        return initials(self.representative)

    @property
    def labels(self) -> dict[str, str]:
        """The words of each option by its key."""
        return {option["key"]: option["label"] for option in self.options}


def slip_by_secret(session: Session | Single, secret_hash: str) -> SlipView | None:
    """The slip whose secret has this hash, in whatever state."""
    return next(iter(_found(session, _BY_SECRET, secret_hash=secret_hash)), None)


def slip_by_id(session: Session | Single, slip_id: int) -> SlipView | None:
    return next(iter(_found(session, _BY_ID, slip_id=slip_id)), None)


def slips_by_number(session: Session, poll_id: int, number_key: str) -> list[SlipView]:
    """At most two slips of the household whose number was typed: the valid one and the one revoked last."""
    return _found(session, _BY_NUMBER, poll_id=poll_id, number_key=number_key)[:2]


@dataclass(frozen=True, slots=True)
class Cast:
    """What a receipt proves: that a ballot of this poll was recorded, and when. Nothing more is known from it."""

    receipt: str
    at: datetime
    public_id: str
    kind: str
    title: str
    commune_name: str | None


def cast_by_receipt(session: Session | Single, receipt: str) -> Cast | None:
    """The cast a receipt was given for; it stays proven when the household has voted again since."""
    return next((Cast(**row) for row in _BY_RECEIPT.ask(session, receipt=receipt)), None)


def repeated_cast(session: Session | Single, poll_id: int, nonce: str) -> Cast | None:
    """An earlier sending of a household that has voted again since, found by the nonce that its key gives."""
    rows = _BY_NONCE.ask(session, poll_id=poll_id, nonce=nonce)
    return next((Cast(**row) for row in rows), None)


def voting_now(session: Session, now: datetime, most: int = 30) -> list[Poll]:
    """Polls that take ballots at the database's moment ``now``, by place; at most ``most``."""
    open_now = (Poll.status == "opened", Poll.opens_at <= now, Poll.closes_at > now)
    query = select(Poll).join(Area, Area.id == Poll.area_id).where(*open_now)
    query = query.options(joinedload(Poll.area).joinedload(Area.parent)).order_by(Area.path, Poll.id)
    return list(session.scalars(query.limit(most)))


def _slips() -> Any:
    head = _of_poll(TeamMember.full_name)
    head_phone = _of_poll(TeamMember.phone)
    audio = (
        select(func.min(PollDocument.id))
        .where(PollDocument.poll_id == Poll.id, PollDocument.kind == "audio")
        .scalar_subquery()
    )
    return (
        select(
            Slip.id.label("slip_id"),
            *(Slip.activated_at, Slip.revoked_at, Slip.code_salt, Slip.code_hash, Slip.entry_id),
            *(RollEntry.number, RollEntry.representative, RollEntry.slot_tag),
            Poll.id.label("poll_id"),
            *(Poll.public_id, Poll.kind, Poll.title, Poll.question, Poll.options, Poll.level, Poll.may_change),
            *(Poll.status, Poll.opens_at, Poll.closes_at, Poll.cancel_reason, Poll.definition_sha256),
            *(Poll.public_key, Poll.area_id),
            *(Area.name.label("area_name"), Area.path.label("area_path"), Area.phone.label("area_phone")),
            _Commune.name.label("commune_name"),
            *(head.label("help_name"), head_phone.label("help_phone"), audio.label("audio_id")),
            *(Ballot.cast_at, Ballot.channel, Ballot.version, Ballot.idempotency_key, Ballot.receipt),
        )
        .join(RollEntry, RollEntry.id == Slip.entry_id)
        .join(Poll, Poll.id == Slip.poll_id)
        .join(Area, Area.id == Poll.area_id)
        .outerjoin(_Commune, _Commune.id == Area.parent_id)
        .outerjoin(Ballot, (Ballot.poll_id == Slip.poll_id) & (Ballot.entry_id == Slip.entry_id))
    )


def _of_poll(column: Any) -> Any:
    """A column of the head of the poll's team, who answers the telephone (NĐ59 Đ5.2)."""
    heads = select(column).where(TeamMember.poll_id == Poll.id, TeamMember.is_head)
    return heads.order_by(TeamMember.id).limit(literal_column("1")).scalar_subquery()


def _casts() -> Any:
    return (
        select(LogLeaf.receipt, LogLeaf.at, Poll.public_id, Poll.kind, Poll.title, _Commune.name.label("commune_name"))
        .join(Poll, Poll.id == LogLeaf.poll_id)
        .join(Area, Area.id == Poll.area_id)
        .outerjoin(_Commune, _Commune.id == Area.parent_id)
        # Written out, not bound: only so does the partial index of receipts apply.
        .where(literal_column("log_leaf.kind") == literal_column("'cast'"))
    )


def _slips_where(*conditions: Any) -> Prepared:
    """The question about slips; the valid slip of a household first, then revoked ones, the newest first."""

    def make(dialect: str) -> Any:
        now = literal_column(DATABASE_NOW[dialect], UTCDateTime()).label("now")
        return _slips().add_columns(now).where(*conditions).order_by(Slip.revoked_at.is_not(None), Slip.issue.desc())

    return Prepared(make)


_BY_SECRET = _slips_where(Slip.secret_hash == bindparam("secret_hash"))
_BY_ID = _slips_where(Slip.id == bindparam("slip_id"))
_BY_NUMBER = _slips_where(Poll.id == bindparam("poll_id"), RollEntry.number_key == bindparam("number_key"))
_BY_RECEIPT = Prepared(lambda _dialect: _casts().where(LogLeaf.receipt == bindparam("receipt")))
_BY_NONCE = Prepared(
    lambda _dialect: _casts().where(LogLeaf.poll_id == bindparam("poll_id"), LogLeaf.nonce == bindparam("nonce"))
)


def _found(session: Session | Single, question: Prepared, **values: Any) -> list[SlipView]:
    return [SlipView(**row) for row in question.ask(session, **values)]
