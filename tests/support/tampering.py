"""What a faulty or dishonest server could do to a vote: one function each, and the count that then fails."""

from collections.abc import Callable

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.tokens import Keyring
from app.polls import sealing
from app.polls.models import Ballot, LogLeaf, OtherOpinion, Poll, Result, RollEntry
from tests.support.ballots import INFO
from tests.support.cast import make_household
from tests.support.counting import Vote, ended

Tamper = Callable[[Session, Vote], None]


def failed(session: Session, tamper: Tamper, *, released: bool = False, **values: object) -> Vote:
    """A vote in which something was altered before the first release, or after it, and which was then released."""
    vote = ended(session, 4, 3, **values)  # type: ignore[arg-type]
    if released:
        vote.release(vote.head)
    tamper(session, vote)
    session.flush()
    session.expire_all()
    if not released:
        vote.release(vote.head)
    assert vote.release(vote.front) is None
    return vote


def foreign_leaf(session: Session, vote: Vote) -> None:
    """One more cast in the log than there are ballots."""
    session.add(LogLeaf(poll_id=vote.poll.id, kind="cast", at=vote.poll.opens_at, digest="0" * 64, receipt="X" * 12))


def early_ballot(session: Session, vote: Vote) -> None:
    vote.poll.opens_at = session.scalars(select(func.max(Ballot.cast_at))).one()


def lost_ballot(session: Session, vote: Vote) -> None:
    session.execute(delete(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id))


def swapped_envelope(session: Session, vote: Vote) -> None:
    forged = sealing.seal_choice(vote.poll.public_key or b"", bytes.fromhex(INFO), "disagree")
    session.execute(update(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id).values(envelope=forged))


def copied_envelope(session: Session, vote: Vote) -> None:
    first, second = (slip.entry_id for slip in vote.slips[:2])
    copy = select(Ballot.envelope).where(Ballot.entry_id == first).scalar_subquery()
    session.execute(update(Ballot).where(Ballot.entry_id == second).values(envelope=copy))


def changed_choice(session: Session, vote: Vote) -> None:
    session.execute(update(Ballot).where(Ballot.entry_id == vote.slips[0].entry_id).values(choice="disagree"))


def household_added(session: Session, vote: Vote) -> None:
    household = make_household(session, vote.area)
    last = session.query(RollEntry).filter_by(poll_id=vote.poll.id).order_by(RollEntry.position.desc()).first()
    assert last is not None
    columns = {c.name: getattr(last, c.name) for c in RollEntry.__table__.columns if c.name != "id"}
    session.add(RollEntry(**columns | {"household_id": household.id, "number": "999", "slot_tag": "f" * 64}))


def fewer_households(session: Session, vote: Vote) -> None:
    vote.poll.roll_size = 7


def key_gone(session: Session, vote: Vote) -> None:
    vote.poll.wrapped_key = None


def key_of_another_service(session: Session, vote: Vote) -> None:
    _public, vote.poll.wrapped_key = sealing.new_poll_key(Keyring("other" * 8), vote.poll.public_id)


def last_entry(session: Session, poll: Poll, action: str) -> AuditEntry:
    query = select(AuditEntry).where(AuditEntry.subject_id == str(poll.id), AuditEntry.action == action)
    return session.scalars(query.order_by(AuditEntry.id.desc())).first()  # type: ignore[return-value]


def no_result(session: Session, vote: Vote) -> bool:
    rows = [
        session.scalar(select(func.count()).where(table.poll_id == vote.poll.id)) for table in (Result, OtherOpinion)
    ]
    return rows == [0, 0] and vote.poll.status == "closed"
