"""Access slips: issued once for the frozen roll, replaced with a reason; readable once, when they are printed."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.entries import reason_given
from app.core.errors import WrongMoment
from app.core.permissions import Actor
from app.lib.codes import grouped
from app.lib.i18n import N_
from app.polls.errors import AlreadyVoted
from app.polls.models import Ballot, Poll, RollEntry, Slip
from app.polls.operations.editing import done, must
from app.polls.queries.slips import entries_without_slip
from app.polls.rules.credentials import code_hash, new_salt, new_secret, new_typed_code, secret_hash
from app.polls.rules.house import HOUSE_RULES
from app.polls.rules.phases import Phase, phase

ISSUE = "polls:slip:issue"
USABLE = frozenset({Phase.UPCOMING, Phase.VOTING})


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip in readable form, for the printer and for nobody else: it is never kept."""

    entry: RollEntry
    secret: str
    code: str

    @property
    def path(self) -> str:
        """The address in the QR code, below the service's own."""
        return f"/v/{self.secret}"

    @property
    def printed_code(self) -> str:
        """The code as it is printed: "7K3M-9QTR-2WXB"."""
        return grouped(self.code)


def issue_slips(session: Session, by: Actor, poll: Poll) -> list[IssuedSlip]:
    """Issue a slip for every household of the frozen roll that has none, in the order of delivery.

    Raises ``WrongMoment`` outside the life of an opened poll, and when every household has its slip: what is printed
    is not kept, so a slip lost is replaced, never printed again.
    """
    must(by, ISSUE, poll)
    must_be_usable(session, poll)
    slips = _new(entries_without_slip(session, poll))
    _hold(session, poll)
    # Whoever issued meanwhile has been waited for: their households drop out.
    lacking = {entry.id for entry in entries_without_slip(session, poll)}
    slips = [slip for slip in slips if slip[0].entry.id in lacking]
    if not slips:
        raise WrongMoment(N_("Mọi hộ đã có phiếu. Phiếu đã in không in lại được; hộ mất phiếu thì cấp lại."))
    _insert(session, by, slips)
    done(session, by, poll, "slip.issue", slips=len(slips))
    return [slip for slip, _hashes in slips]


def reissue_slip(session: Session, by: Actor, poll: Poll, entry: RollEntry, reason: str) -> IssuedSlip:
    """Replace the household's slip: the old one is revoked with the reason and never votes again.

    Raises ``AlreadyVoted`` where the ballot cannot be changed any more, ``WrongMoment`` where there is no valid slip.
    """
    must(by, ISSUE, poll)
    must_be_usable(session, poll)
    reason = reason_given(reason, HOUSE_RULES.shortest_reason)
    slips = _new([entry])
    _revoke(session, by, [entry.id], reason)
    # A cast holds the slip: it has been waited for, and is seen now.
    ballot = session.get(Ballot, (poll.id, entry.id), populate_existing=True)
    if ballot is not None and not poll.may_change:
        raise AlreadyVoted(ballot.cast_at, ballot.channel)
    _insert(session, by, slips)
    done(session, by, poll, "slip.reissue", household=entry.number, reason=reason)
    return slips[0][0]


def reissue_unactivated(session: Session, by: Actor, poll: Poll, reason: str) -> list[IssuedSlip]:
    """Replace every slip that has not been handed over, for instance when a printed stack was lost."""
    must(by, ISSUE, poll)
    must_be_usable(session, poll)
    reason = reason_given(reason, HOUSE_RULES.shortest_reason)
    waiting = (Slip.poll_id == poll.id, Slip.revoked_at.is_(None), Slip.activated_at.is_(None))
    query = select(RollEntry).join(Slip, Slip.entry_id == RollEntry.id).where(*waiting).order_by(RollEntry.position)
    slips = _new(session.scalars(query).all())
    if not slips:
        raise WrongMoment(N_("Không còn phiếu nào chưa giao để cấp lại."))
    ids = _revoke(session, by, [slip.entry.id for slip, _hashes in slips], reason, only_unactivated=True)
    slips = [slip for slip in slips if slip[0].entry.id in ids]
    _insert(session, by, slips)
    done(session, by, poll, "slip.reissue_unactivated", slips=len(slips), reason=reason)
    return [slip for slip, _hashes in slips]


def must_be_usable(session: Session, poll: Poll) -> datetime:
    """The database's moment; raises ``WrongMoment`` unless the poll is opened and its time is not over."""
    now = database_now(session)
    if phase(poll, now) not in USABLE:
        raise WrongMoment(N_("Chỉ làm việc này từ khi danh sách hộ đã chốt cho đến khi hết giờ nhận phiếu."))
    return now


Hashes = tuple[str, bytes, bytes]
_Made = tuple[IssuedSlip, Hashes]


def _new(entries: Sequence[RollEntry]) -> list[_Made]:
    """Fresh secrets and codes with what is kept of them; the slow hashes are made on every core."""
    slips = [IssuedSlip(entry, new_secret(), new_typed_code()) for entry in entries]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(zip(slips, threads.map(_hashes, slips), strict=True))


def _hashes(slip: IssuedSlip) -> Hashes:
    salt = new_salt()
    return secret_hash(slip.secret), salt, code_hash(slip.code, salt)


def _hold(session: Session, poll: Poll) -> None:
    """Keep the poll from being closed and others from issuing. No voter waits: who issues holds a household's row."""
    session.execute(select(Poll.id).where(Poll.id == poll.id).with_for_update(read=True))
    session.refresh(poll)
    must_be_usable(session, poll)
    first = select(RollEntry.id).where(RollEntry.poll_id == poll.id).order_by(RollEntry.id).limit(1)
    session.execute(first.with_for_update(key_share=True))


def _revoke(
    session: Session, by: Actor, entry_ids: list[int], reason: str, *, only_unactivated: bool = False
) -> set[int]:
    statement = update(Slip).where(Slip.entry_id.in_(entry_ids), Slip.revoked_at.is_(None))
    if only_unactivated:
        statement = statement.where(Slip.activated_at.is_(None))
    values = {"revoked_at": database_now(session), "revoked_by": by.account_id, "revoke_reason": reason}
    revoked = session.scalars(statement.values(values).returning(Slip.entry_id)).all()
    if not revoked:
        raise WrongMoment(N_("Hộ này không có phiếu đang dùng, hoặc người khác vừa cấp lại. Mời xem lại danh sách."))
    return set(revoked)


def _insert(session: Session, by: Actor, slips: Sequence[_Made]) -> None:
    now = database_now(session)
    ids = [slip.entry.id for slip, _hashes in slips]
    last = select(Slip.entry_id, func.max(Slip.issue)).where(Slip.entry_id.in_(ids)).group_by(Slip.entry_id)
    issues = {row[0]: row[1] for row in session.execute(last)}
    session.execute(
        insert(Slip),
        [
            {
                "poll_id": slip.entry.poll_id,
                "entry_id": slip.entry.id,
                "issue": issues.get(slip.entry.id, 0) + 1,
                "secret_hash": hashed,
                "code_salt": salt,
                "code_hash": code,
                "issued_by": by.account_id,
                "issued_at": now,
                "revoke_reason": "",
            }
            for slip, (hashed, salt, code) in slips
        ],
    )
