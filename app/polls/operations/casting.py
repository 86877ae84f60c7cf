"""Casting a ballot: exactly once by the database, sealed before the transaction begins, proven by a receipt."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core.db import Single, driver_of
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.identity.models import Account
from app.lib.i18n import N_
from app.polls import sealing
from app.polls.errors import (
    AlreadyVoted,
    Cancelled,
    Ended,
    NotActivated,
    NotYetOpen,
    Revoked,
    UnknownSlip,
)
from app.polls.models import Poll, RollEntry, Slip
from app.polls.operations.casting_sql import POSTGRESQL, SQLITE, SQLITE_LEAF
from app.polls.queries.ballots import SlipView, repeated_cast, slip_by_id
from app.polls.rules.receipts import nonce_of, open_digest, receipt_of, sealed_digest
from app.polls.rules.standing import MAY_VOTE, Standing
from app.polls.ticket import Ticket

# The state may change between the casting that found nothing and the question why; then casting is tried again.
TRIES = 3


@dataclass(frozen=True, slots=True)
class CastOutcome:
    """What a cast came to; ``repeated`` when this very sending had been recorded before."""

    receipt: str
    at: datetime
    repeated: bool = False


def cast(session: Session | Single, ticket: Ticket) -> CastOutcome:
    """Record the household's ballot, or find that this sending has been recorded already.

    The slip is the whole credential: no account is asked. What is raised says why nothing was recorded: ``Revoked``,
    ``Cancelled``, ``NotYetOpen``, ``Ended``, ``AlreadyVoted``, ``NotActivated``, ``UnknownSlip``.
    """
    values = _values(ticket)
    for _ in range(TRIES):
        at = _insert(session, ticket.may_change, values)
        if at is not None:
            _note_assistance(session, ticket)
            return CastOutcome(values["receipt"], at)
        repeated = _explain(session, ticket)
        if repeated is not None:
            return repeated
    raise WrongMoment(N_("Chưa gửi được. Phiếu của Ông/Bà CHƯA được ghi nhận. Mời bấm gửi lại."))


def refuse(slip: SlipView) -> None:
    """Raise what stands in the way of voting with the slip, if anything does."""
    stands = slip.standing
    if stands in MAY_VOTE:
        return
    if stands is Standing.VOTED and slip.cast_at is not None:
        raise AlreadyVoted(slip.cast_at, slip.channel or "phone")
    if stands is Standing.CANCELLED:
        raise Cancelled(slip.cancel_reason)
    if stands is Standing.UPCOMING:
        raise NotYetOpen(slip.opens_at)
    if stands is Standing.ENDED:
        raise Ended(slip.closes_at)
    raise Revoked() if stands is Standing.REVOKED else NotActivated()


def _values(ticket: Ticket) -> dict[str, Any]:
    """Everything the statement writes. Sealing takes its time here, while no transaction is held open."""
    nonce = nonce_of(ticket.key)
    values: dict[str, Any] = {
        "poll_id": ticket.poll_id,
        "slip_id": ticket.slip_id,
        "key": ticket.key,
        "channel": "phone" if ticket.assisted_by is None else "counter",
        "assisted_by": ticket.assisted_by,
        "base_version": ticket.base_version,
        "slot_tag": ticket.slot_tag,
        "nonce": nonce,
        **dict.fromkeys(("envelope", "other_envelope", "choice", "other_text")),
    }
    if ticket.sealed:
        envelope = sealing.seal_choice(ticket.public_key, ticket.definition, ticket.choice)
        other = sealing.seal_text(ticket.public_key, ticket.definition, ticket.other_text)
        values |= {"envelope": envelope, "other_envelope": other, "digest": sealed_digest(envelope, other)}
    else:
        digest = open_digest(nonce, ticket.choice, ticket.other_text)
        values |= {"choice": ticket.choice, "other_text": ticket.other_text, "digest": digest}
    values["receipt"] = receipt_of(ticket.public_id, ticket.slot_tag, values["digest"], nonce)
    return values


def _insert(session: Session | Single, may_change: bool, values: dict[str, Any]) -> datetime | None:
    """Cast in one statement (two under SQLite's write lock); None when nothing was written."""
    dialect, driver = driver_of(session)
    # Straight to the driver: what stands between costs a third as much as the statement.
    if dialect.name == "postgresql":
        written = driver.execute(POSTGRESQL[may_change], values).fetchone()
        return written[0].astimezone(UTC) if written is not None else None
    rows = driver.execute(SQLITE[may_change], values).fetchall()
    if not rows:
        return None
    driver.execute(SQLITE_LEAF, {**values, "at": rows[0][0]})
    return datetime.fromisoformat(rows[0][0]).replace(tzinfo=UTC)


def _note_assistance(session: Session | Single, ticket: Ticket) -> None:
    """Who helped at the counter goes into the record: that they did, for which household, and never what was chosen."""
    if ticket.assisted_by is None:
        return
    if isinstance(session, Single):
        raise TypeError("a ballot cast with help is two rows and needs a transaction")
    query = (
        select(Account.full_name, Account.login, Area.path, RollEntry.number)
        .select_from(Account)
        .join(Slip, Slip.id == ticket.slip_id)
        .join(RollEntry, RollEntry.id == Slip.entry_id)
        .join(Poll, Poll.id == Slip.poll_id)
        .join(Area, Area.id == Poll.area_id)
        .where(Account.id == ticket.assisted_by)
    )
    name, login, path, number = session.execute(query).one()
    helper = Actor(account_id=ticket.assisted_by, name=name, login=login)
    subject = ("poll", ticket.poll_id)
    record(session, helper, "polls.counter.assist", subject=subject, path=path, household=number)


def _explain(session: Session | Single, ticket: Ticket) -> CastOutcome | None:
    """Why nothing was written: this sending was recorded before (its outcome), or something stands in the way."""
    slip = slip_by_id(session, ticket.slip_id)
    if slip is None or slip.poll_id != ticket.poll_id:
        raise UnknownSlip
    if slip.cast_at is not None and slip.receipt is not None:
        if slip.idempotency_key == ticket.key:
            return CastOutcome(slip.receipt, slip.cast_at, repeated=True)
        earlier = repeated_cast(session, ticket.poll_id, nonce_of(ticket.key))
        if earlier is not None:
            return CastOutcome(earlier.receipt, earlier.at, repeated=True)
    refuse(slip)
    if slip.cast_at is not None and slip.version != ticket.base_version:
        # It may be changed, but somebody of the household has sent since this one chose: choose with that known.
        raise AlreadyVoted(slip.cast_at, slip.channel or "phone")
    return None
