"""Polls that take ballots, with slips whose plaintext a test may use."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.tokens import Keyring
from app.lib.text import fold
from app.polls import sealing
from app.polls.models import Poll, RollEntry, Slip
from app.polls.queries.ballots import slip_by_id
from app.polls.rules.credentials import code_hash, new_salt, new_secret, new_typed_code, secret_hash
from app.polls.rules.roll import number_key, slot_tag
from app.polls.ticket import Ticket
from tests.support.cast import make_area, make_household, make_poll
from tests.support.servers import SECRETS

KEYRING = Keyring(SECRETS["secret_key"])
BALLOT_KEYS = Keyring(SECRETS["ballot_key"])
INFO = "d5" * 32


@dataclass(frozen=True)
class HeldSlip:
    """A slip in somebody's hand."""

    id: int
    entry_id: int
    number: str
    secret: str
    code: str


@dataclass(frozen=True)
class Voting:
    """A poll and the slips of its households, in the order of the roll."""

    poll: Poll
    slips: list[HeldSlip]

    def envelopes_open(self, envelope: bytes | None) -> str | None:
        private = sealing.open_poll_key(BALLOT_KEYS, self.poll.public_id, self.poll.wrapped_key)
        return sealing.open_choice(private, bytes.fromhex(INFO), envelope or b"")


def make_voting(
    session: Session,
    households: int = 3,
    *,
    area: Area | None = None,
    level: str = "sealed",
    activated: bool = True,
    **values: Any,
) -> Voting:
    """A poll open for voting, every household with its slip, handed over unless ``activated`` is false."""
    area = area or make_area(session)
    for number in range(1, households + 1):
        make_household(session, area, name=f"Nguyễn Văn {chr(64 + number % 26 or 1)}", number=f"{number:03}")
    keys: dict[str, Any] = {}
    poll_id = values.pop("public_id", None) or f"p{fold(area.path).replace('/', '')[-12:]}"
    if level == "sealed":
        keys["public_key"], keys["wrapped_key"] = sealing.new_poll_key(BALLOT_KEYS, poll_id)
    defaults = {"status": "opened", "definition_sha256": INFO, "public_id": poll_id}
    poll = make_poll(session, area, level=level, **defaults | keys | values)
    entries = session.query(RollEntry).filter_by(poll_id=poll.id).order_by(RollEntry.position).all()
    for entry in entries:
        entry.number_key = number_key(entry.number)
        entry.slot_tag = slot_tag(poll.public_id, entry.number, entry.slot_salt)
    session.flush()
    return Voting(poll, [make_slip(session, entry, activated=activated) for entry in entries])


def make_slip(session: Session, entry: RollEntry, *, activated: bool = True, **values: Any) -> HeldSlip:
    """A slip of the household; its code is hashed like any other."""
    secret, code, salt, now = new_secret(), new_typed_code(), new_salt(), clock.now()
    defaults = {
        "secret_hash": secret_hash(secret),
        "code_salt": salt,
        "code_hash": code_hash(code, salt),
        "issued_at": now - timedelta(days=1),
        "activated_at": now - timedelta(hours=12) if activated else None,
    }
    slip = Slip(poll_id=entry.poll_id, entry_id=entry.id, **defaults | values)
    session.add(slip)
    session.flush()
    return HeldSlip(slip.id, entry.id, entry.number, secret, code)


def make_ticket(session: Session, slip: HeldSlip, choice: str = "agree", text: str = "", **values: Any) -> Ticket:
    """What the household's phone holds when it is about to send."""
    from app.polls.views_ballot.common import ticket_of

    view = slip_by_id(session, slip.id)
    assert view is not None
    return ticket_of(view, **values).chosen(choice, text, clock.now())
