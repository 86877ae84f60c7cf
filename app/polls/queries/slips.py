"""Questions about the access slips of a poll."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.households.models import Representative
from app.polls.models import Ballot, Poll, RollEntry, Slip


@dataclass(frozen=True)
class SlipCounts:
    """What became of the slips of a poll, each in one class only; ``issued`` is their sum.

    ``used``: its ballot stands. ``activated_unused``: handed over, nothing sent. ``unactivated``: printed, not handed
    over, so it could not vote. ``revoked_unused``: replaced by another. ``households`` have a valid slip.
    """

    issued: int
    used: int
    activated_unused: int
    unactivated: int
    revoked_unused: int
    households: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def slip_counts(session: Session, poll: Poll) -> SlipCounts:
    """The counts that go into the minutes."""
    used, valid = Ballot.slip_id.is_not(None), Slip.revoked_at.is_(None)
    idle = and_(valid, Ballot.slip_id.is_(None))

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    row = session.execute(
        select(
            func.count(),
            number(used),
            number(and_(idle, Slip.activated_at.is_not(None))),
            number(and_(idle, Slip.activated_at.is_(None))),
            number(and_(~valid, Ballot.slip_id.is_(None))),
            number(valid),
        )
        .select_from(Slip)
        .outerjoin(
            Ballot,
            and_(Ballot.poll_id == Slip.poll_id, Ballot.entry_id == Slip.entry_id, Ballot.slip_id == Slip.id),
        )
        .where(Slip.poll_id == poll.id)
    ).one()
    return SlipCounts(*row)


def entry_by_number(session: Session, poll: Poll, number_key: str) -> RollEntry | None:
    """The household of the frozen roll whose number was typed."""
    query = select(RollEntry).where(RollEntry.poll_id == poll.id, RollEntry.number_key == number_key)
    return session.scalars(query.limit(1)).first()


def entries_without_slip(session: Session, poll: Poll) -> Sequence[RollEntry]:
    """Households that have no valid slip, in the order of delivery."""
    valid = (Slip.entry_id == RollEntry.id) & Slip.revoked_at.is_(None)
    query = select(RollEntry).outerjoin(Slip, valid).where(RollEntry.poll_id == poll.id, Slip.id.is_(None))
    return session.scalars(query.order_by(RollEntry.position)).all()


@dataclass(frozen=True)
class SlipRow:
    """A household with its valid slip (None: it has none) and whether it has sent its ballot."""

    entry: RollEntry
    slip: Slip | None
    voted: bool


def slip_rows(session: Session, poll: Poll) -> list[SlipRow]:
    """Every household of the roll in the order of delivery: the delivery list."""
    valid = (Slip.entry_id == RollEntry.id) & Slip.revoked_at.is_(None)
    ballot = (Ballot.poll_id == RollEntry.poll_id) & (Ballot.entry_id == RollEntry.id)
    query = (
        select(RollEntry, Slip, Ballot.entry_id.is_not(None))
        .outerjoin(Slip, valid)
        .outerjoin(Ballot, ballot)
        .where(RollEntry.poll_id == poll.id)
        .order_by(RollEntry.position)
    )
    return [SlipRow(entry, slip, bool(voted)) for entry, slip, voted in session.execute(query)]


def participants(session: Session, poll: Poll) -> Sequence[RollEntry]:
    """Households that have a ballot, in the order of delivery; never what is on it, nor when it came."""
    ballot = (Ballot.poll_id == RollEntry.poll_id) & (Ballot.entry_id == RollEntry.id)
    query = select(RollEntry).join(Ballot, ballot).where(RollEntry.poll_id == poll.id)
    return session.scalars(query.order_by(RollEntry.position)).all()


def phones_of(session: Session, entries: Sequence[RollEntry]) -> dict[int, str]:
    """The telephone of whoever represents each household now, by the household's number in the service."""
    ids = [entry.household_id for entry in entries]
    query = select(Representative.household_id, Representative.phone).where(
        Representative.household_id.in_(ids), Representative.until.is_(None), Representative.phone.is_not(None)
    )
    return {household: phone for household, phone in session.execute(query) if phone}
