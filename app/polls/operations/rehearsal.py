"""A whole vote on invented ballots, counted and wiped: proof that what is put in comes out (the control poll).

Everything runs through the real operations, from the frozen roll to the count, inside a savepoint that is rolled back:
no slip, ballot, leaf or entry of the record remains. Only the outcome is kept.
"""

import secrets
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import database_now
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.tokens import Keyring
from app.lib.codes import new_code
from app.lib.i18n import N_
from app.polls import tally
from app.polls.models import OtherOpinion, Poll, Rehearsal, Result, Slip
from app.polls.operations.casting import cast
from app.polls.operations.closing import close, count
from app.polls.operations.editing import done, must
from app.polls.operations.freezing import freeze
from app.polls.operations.handover import activate_all
from app.polls.operations.slips import issue_slips
from app.polls.queries.preparation import rehearsed_settings
from app.polls.queries.roll import RollRow, present_roll
from app.polls.rules.phases import Phase, phase
from app.polls.ticket import Ticket

REHEARSE = "polls:poll:rehearse"
MOST_BALLOTS = 300
_BEFORE_VOTING = frozenset({Phase.PREPARING, Phase.SUBMITTED, Phase.UPCOMING})
_COPIED = (
    "area_id", "area", "kind", "clause", "scope", "form", "rule_key",
    "title", "question", "options", "level", "custody", "may_change",
)  # fmt: skip
_random = secrets.SystemRandom()


@dataclass
class Count:
    """Ballots by choice, with the texts of other opinions; ``absent`` households sent nothing."""

    agree: int = 0
    disagree: int = 0
    other: int = 0
    invalid: int = 0
    texts: list[str] = field(default_factory=list)
    absent: int = 0

    @property
    def ballots(self) -> int:
        return self.agree + self.disagree + self.other


def rehearse(session: Session, by: Actor, poll: Poll, ballot_keys: Keyring) -> Rehearsal:
    """Run the vote once on invented ballots, at most ``MOST_BALLOTS``, and keep only whether the count was right.

    Raises ``Forbidden`` without the right, and ``WrongMoment`` from the moment voting begins or without a household.
    """
    account = must(by, REHEARSE, poll)
    if phase(poll, database_now(session)) not in _BEFORE_VOTING:
        raise WrongMoment(N_("Chỉ chạy thử trước giờ mở."))
    roll = present_roll(session, poll.area_id)[:MOST_BALLOTS]
    if not roll:
        raise WrongMoment(N_("Danh sách chưa có hộ nào nên chưa chạy thử được."))
    settings = rehearsed_settings(poll)
    session.flush()
    savepoint = session.begin_nested()
    try:
        cast_as, counted, refused = _run(session, by, poll, roll, ballot_keys)
    finally:
        savepoint.rollback()
    found = Rehearsal(
        poll_id=poll.id,
        run_by=account,
        run_at=clock.now(),
        ballots=cast_as.ballots,
        matched=counted is not None and _same(cast_as, counted),
        detail={
            "settings": settings,
            "households": len(roll),
            "cast": _plain(cast_as),
            "counted": _plain(counted) if counted else None,
            "refused": refused,
        },
    )
    session.add(found)
    session.flush()
    done(session, by, poll, "poll.rehearse", ballots=found.ballots, matched=found.matched)
    return found


def _run(
    session: Session, by: Actor, poll: Poll, roll: list[RollRow], ballot_keys: Keyring
) -> tuple[Count, Count | None, str]:
    """The vote itself; what was cast, what was counted, and the sentence of a refusal on the way."""
    cast_as = Count()
    try:
        shadow = _shadow(session, poll)
        freeze(session, shadow, roll, ballot_keys)
        issue_slips(session, by, shadow)
        activate_all(session, by, shadow)
        cast_as = _cast_all(session, shadow)
        # The database may count in milliseconds: the end comes after the last ballot, not with it.
        shadow.closes_at = database_now(session) + timedelta(milliseconds=1)
        session.flush()
        close(session, by, shadow)
        return cast_as, _counted(session, shadow, count(session, by, shadow, ballot_keys)), ""
    except Refusal as refusal:
        more = refusal.problems if isinstance(refusal, ManyRefusals) else []
        return cast_as, None, " ".join(str(one) for one in [refusal, *more])


def _shadow(session: Session, poll: Poll) -> Poll:
    """A copy of the poll that is open now."""
    now = database_now(session)
    copied = {name: getattr(poll, name) for name in _COPIED}
    shadow = Poll(
        public_id=new_code(10).lower(),
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(hours=1),
        status="preparing",
        created_by=poll.created_by,
        created_at=now,
        **copied,
    )
    session.add(shadow)
    session.flush()
    return shadow


def _cast_all(session: Session, shadow: Poll) -> Count:
    """One invented ballot for most households; where a vote may be changed, some send twice and the last one counts."""
    expected = Count()
    for slip in session.query(Slip).filter_by(poll_id=shadow.id).order_by(Slip.id):
        if _random.random() < 0.1:
            expected.absent += 1
            continue
        ticket = _ticket(shadow, slip)
        if shadow.may_change and _random.random() < 0.2:
            cast(session, ticket.chosen(_random.choice(tally.CHOICES), "", clock.now()))
            ticket = _ticket(shadow, slip, base_version=1)
        choice = _random.choice(tally.CHOICES)
        text = f"Ý kiến thử {secrets.token_hex(4)}" if choice == tally.OTHER else ""
        cast(session, ticket.chosen(choice, text, clock.now()))
        setattr(expected, choice, getattr(expected, choice) + 1)
        expected.texts += [text] if text else []
    return expected


def _ticket(shadow: Poll, slip: Slip, base_version: int = 0) -> Ticket:
    return Ticket(
        slip_id=slip.id,
        poll_id=shadow.id,
        public_id=shadow.public_id,
        definition=bytes.fromhex(shadow.definition_sha256 or ""),
        slot_tag=slip.entry.slot_tag,
        public_key=shadow.public_key or b"",
        may_change=shadow.may_change,
        base_version=base_version,
    )


def _counted(session: Session, shadow: Poll, result: Result) -> Count:
    texts = session.query(OtherOpinion.text).filter_by(poll_id=shadow.id)
    return Count(
        agree=result.agree,
        disagree=result.disagree,
        other=result.other,
        invalid=result.invalid,
        texts=[text for (text,) in texts],
        absent=result.roll_size - result.counted,
    )


def _same(cast_as: Count, counted: Count) -> bool:
    return _plain(cast_as) == _plain(counted) and Counter(cast_as.texts) == Counter(counted.texts)


def _plain(one: Count) -> dict[str, int]:
    return {name: value for name, value in asdict(one).items() if name != "texts"}
