"""Handing slips over: only a slip whose hand-over is recorded may vote; and the call-backs that test the hand-over."""

import hashlib
import re
import secrets
from collections.abc import Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.db import database_now
from app.core.errors import Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.polls.errors import OtherPoll, Revoked, UnknownSlip
from app.polls.models import Poll, RollEntry, Slip
from app.polls.operations.editing import done, must
from app.polls.operations.slips import must_be_usable
from app.polls.queries.ballots import slip_by_secret
from app.polls.queries.slips import participants, slip_rows
from app.polls.rules.credentials import secret_hash, secret_in
from app.polls.rules.phases import Phase, phase
from app.polls.rules.roll import number_key

DELIVER = "polls:slip:deliver"
CALL_BACK = "polls.callback.draw"
# One household in twenty, and never fewer than three.
SHARE, FEWEST = 20, 3
_RANGE = re.compile(r"0*([0-9]{1,6})\s*(?:-|–|—|\.\.+|đến|den)\s*0*([0-9]{1,6})", re.I)
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class Activation:
    """What an activation did: households whose slip may vote from now on, and how many could before."""

    numbers: tuple[str, ...]
    already: int


def activate_numbers(session: Session, by: Actor, poll: Poll, typed: str) -> Activation:
    """Record that the slips of these households were handed over: "1-20, 25, 31A". All of them, or none.

    Raises a refusal at the field ``numbers`` that names every number not on the roll or without a slip.
    """
    must(by, DELIVER, poll)
    return _activate(session, by, poll, _entries(session, poll, typed), "list")


def activate_all(session: Session, by: Actor, poll: Poll, except_typed: str = "") -> Activation:
    """Record that every slip was handed over, but for these households."""
    must(by, DELIVER, poll)
    held_back = {entry.id for entry in _entries(session, poll, except_typed, field="exceptions")}
    rows = slip_rows(session, poll)
    handed = [row.entry for row in rows if row.slip is not None and row.entry.id not in held_back]
    return _activate(session, by, poll, handed, "all", except_numbers=len(held_back))


def activate_scanned(session: Session, by: Actor, poll: Poll, scanned: str) -> Activation:
    """Record the hand-over of the slip whose QR code was scanned; raises a refusal at the field ``scanned``."""
    must(by, DELIVER, poll)
    secret = secret_in(scanned)
    slip = slip_by_secret(session, secret_hash(secret)) if secret else None
    if slip is None:
        raise UnknownSlip
    if slip.poll_id != poll.id:
        raise OtherPoll("scanned")
    if slip.revoked_at is not None:
        raise Revoked
    entry = session.get_one(RollEntry, slip.entry_id)
    return _activate(session, by, poll, [entry], "scan")


def call_back_sample(session: Session, by: Actor, poll: Poll) -> list[RollEntry]:
    """Households to telephone after the vote: was the slip received, was a ballot sent; never what was chosen.

    Drawn by the system among those that have a ballot. The seed stands in the record, so anybody can draw the same
    sample again; asked twice, it is the same.
    """
    must(by, "polls:participants:view", poll)
    if phase(poll, database_now(session)) not in (Phase.ENDED, Phase.COUNTED, Phase.DECIDED):
        raise WrongMoment(N_("Chỉ rút danh sách gọi hỏi lại sau khi hết giờ nhận phiếu."))
    households = participants(session, poll)
    seed = _seed(session, poll)
    if seed is None:
        seed = secrets.token_hex(16)
        numbers = [entry.number for entry in draw(households, seed)]
        done(session, by, poll, CALL_BACK.removeprefix("polls."), seed=seed, of=len(households), households=numbers)
    return draw(households, seed)


def draw(households: Sequence[RollEntry], seed: str) -> list[RollEntry]:
    """The sample that a seed gives: households by the hash of the seed and their number, the first twentieth."""
    size = min(len(households), max(FEWEST, -(-len(households) // SHARE)))
    chosen = sorted(households, key=lambda entry: hashlib.sha256(f"{seed} {entry.number}".encode()).digest())[:size]
    return sorted(chosen, key=lambda entry: entry.position)


def _seed(session: Session, poll: Poll) -> str | None:
    query = select(AuditEntry.detail).where(
        AuditEntry.subject_kind == "poll", AuditEntry.subject_id == str(poll.id), AuditEntry.action == CALL_BACK
    )
    detail = session.scalar(query.order_by(AuditEntry.id).limit(1))
    return str(detail["seed"]) if detail else None


def _activate(
    session: Session, by: Actor, poll: Poll, entries: Sequence[RollEntry], how: str, **detail: int
) -> Activation:
    now = must_be_usable(session, poll)
    waiting = update(Slip).where(
        Slip.entry_id.in_([entry.id for entry in entries]), Slip.revoked_at.is_(None), Slip.activated_at.is_(None)
    )
    values = {"activated_at": now, "activated_by": by.account_id}
    activated = set(session.scalars(waiting.values(values).returning(Slip.entry_id)))
    numbers = tuple(entry.number for entry in entries if entry.id in activated)
    if numbers:
        done(session, by, poll, "slip.activate", how=how, slips=len(numbers), households=list(numbers), **detail)
    return Activation(numbers, len(entries) - len(numbers))


def _entries(session: Session, poll: Poll, typed: str, *, field: str = "numbers") -> list[RollEntry]:
    """The households meant by what was typed at a field, each once, in the order of delivery."""
    rows = {row.entry.number_key: row for row in slip_rows(session, poll)}
    keys: set[str] = set()
    unknown: list[str] = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(typed))):
        found = _keys(part, rows.keys())
        keys |= found
        unknown += [] if found else [part]
    if unknown:
        raise _refusal(N_("Không có hộ số %(numbers)s trong danh sách đã chốt."), field, unknown)
    if field == "numbers":
        if not keys:
            raise Refusal(N_("Nhập số hộ, ví dụ: 1-20, 25, 31A."), field=field)
        without = [row.entry.number for key, row in rows.items() if key in keys and row.slip is None]
        if without:
            raise _refusal(N_("Hộ số %(numbers)s chưa có phiếu. Mời in phiếu trước."), field, without)
    return [row.entry for key, row in rows.items() if key in keys]


def _keys(part: str, known: Set[str]) -> set[str]:
    """One number, or a range of whole numbers; a number that looks like a range is taken as the number it is."""
    key = number_key(part)
    if key in known:
        return {key}
    found = _RANGE.fullmatch(part)
    if found is None:
        return set()
    first, last = int(found[1]), int(found[2])
    return {key for key in known if key.isdigit() and first <= int(key) <= last}


def _refusal(sentence: str, field: str, numbers: Sequence[str], most: int = 20) -> Refusal:
    shown = ", ".join(numbers[:most]) + ("…" if len(numbers) > most else "")
    return Refusal(sentence, field=field, numbers=shown)
