"""What a count has to agree with: the sums of the ballots, the log, the frozen definition; and where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.identity.models import Account
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.polls.models import Ballot, KeyRelease, LogLeaf, Poll, RollEntry
from app.polls.queries.slips import slip_counts
from app.polls.rules.definition import definition_hash
from app.polls.rules.problems import Problem
from app.polls.rules.receipts import nonce_of, open_digest, sealed_digest
from app.polls.rules.reconciliation import CountFacts, SlipTotals
from app.polls.tally import Tally, batch_digest

REFUSED, EXPLAINED = "polls.count.refuse", "polls.count.explain"


def count_facts(session: Session, poll: Poll, found: Tally) -> CountFacts:
    """The numbers that must balance, each asked of the tables anew."""
    outside = or_(Ballot.cast_at < poll.opens_at, Ballot.cast_at >= poll.closes_at)
    accepted, entries, late, versions = session.execute(
        select(
            func.count(),
            func.count(Ballot.entry_id.distinct()),
            func.count().filter(outside),
            func.coalesce(func.sum(Ballot.version), 0),
        ).where(Ballot.poll_id == poll.id)
    ).one()
    leaves = select(func.count()).select_from(LogLeaf).where(LogLeaf.poll_id == poll.id, LogLeaf.kind == "cast")
    slips = slip_counts(session, poll)
    return CountFacts(
        households=poll.roll_size or 0,
        accepted=accepted,
        opened=found.counted,
        options={"agree": found.agree, "disagree": found.disagree, "other": found.other},
        invalid=found.invalid,
        repeated_entries=accepted - entries,
        outside_hours=late,
        cast_leaves=session.scalar(leaves) or 0,
        superseded=versions - accepted,
        slips=SlipTotals(
            issued=slips.issued,
            used=slips.used,
            activated_unused=slips.activated_unused,
            unactivated=slips.unactivated,
            revoked_unused=slips.revoked_unused,
        ),
    )


def batch(session: Session, poll: Poll) -> list[bytes]:
    """What the batch of a poll consists of: the envelopes, or what the log says of each open ballot.

    The choices of open ballots alone would not do: whoever knows how many there are could try every total.
    """
    columns = (Ballot.envelope, Ballot.idempotency_key, Ballot.choice, Ballot.other_text)
    rows = session.execute(select(*columns).where(Ballot.poll_id == poll.id))
    return [
        envelope if envelope is not None else open_digest(nonce_of(key), choice or "", text or "").encode()
        for envelope, key, choice, text in rows
    ]


def what_was_altered(session: Session, poll: Poll, found: Tally) -> list[Problem]:
    """All that is no longer as it was frozen at opening, recorded at casting, or closed."""
    return [
        *_definition(session, poll),
        *_roll(session, poll),
        *_unlogged(session, poll),
        *_closing(session, poll, found),
    ]


def _definition(session: Session, poll: Poll) -> Iterator[Problem]:
    frozen = _leaf(session, poll, "poll-definition")
    if frozen is None:
        return
    definition, digest = frozen["definition"], frozen["sha256"]
    same = definition_hash(definition) == digest == poll.definition_sha256
    if not same or (definition["rule"], definition["households"]) != (poll.rule_key, poll.roll_size):
        sentence = N_("Nội dung, tỷ lệ cần đạt hoặc tổng số hộ không còn như lúc mở.")
        yield Problem("definition_differs", sentence, HOUSE)


def _roll(session: Session, poll: Poll) -> Iterator[Problem]:
    listed = session.scalar(select(func.count()).select_from(RollEntry).where(RollEntry.poll_id == poll.id)) or 0
    if listed != poll.roll_size:
        sentence = N_("Danh sách đã chốt có %(left)d hộ nhưng nay có %(right)d hộ.")
        yield Problem("roll_differs", sentence, HOUSE, params={"left": poll.roll_size or 0, "right": listed})


def _unlogged(session: Session, poll: Poll) -> Iterator[Problem]:
    """Ballots that are not the ones their receipts were given for."""
    columns = (Ballot.envelope, Ballot.other_envelope, Ballot.idempotency_key, Ballot.choice, Ballot.other_text)
    own = (LogLeaf.poll_id == Ballot.poll_id) & (LogLeaf.kind == "cast") & (LogLeaf.receipt == Ballot.receipt)
    rows = session.execute(select(*columns, LogLeaf.digest).outerjoin(LogLeaf, own).where(Ballot.poll_id == poll.id))
    count = sum(
        _digest(envelope, other, key, choice, text) != digest for envelope, other, key, choice, text, digest in rows
    )
    if count:
        yield Problem("not_in_log", N_("Có %(count)d phiếu không giống phiếu đã ghi trong nhật ký."), HOUSE,
                      params={"count": count})  # fmt: skip


def _digest(envelope: bytes | None, other: bytes | None, key: str, choice: str | None, text: str | None) -> str:
    if envelope is not None:
        return sealed_digest(envelope, other or b"")
    return open_digest(nonce_of(key), choice or "", text or "")


def _closing(session: Session, poll: Poll, found: Tally) -> Iterator[Problem]:
    closed = _leaf(session, poll, "close")
    now = {"ballots": found.counted, "batch_sha256": batch_digest(batch(session, poll))}
    if closed is None or {name: closed[name] for name in now} != now:
        yield Problem("batch_differs", N_("Tập phiếu không còn giống tập phiếu lúc đóng."), HOUSE)


def _leaf(session: Session, poll: Poll, kind: str) -> dict[str, Any] | None:
    query = select(LogLeaf.body).where(LogLeaf.poll_id == poll.id, LogLeaf.kind == kind)
    return session.scalar(query.order_by(LogLeaf.id).limit(1))


@dataclass(frozen=True)
class Released:
    """Somebody agreed, for a body, that the ballots be opened."""

    name: str
    body: str
    at: datetime


def releases(session: Session, poll: Poll) -> list[Released]:
    """Who has agreed to open the ballots, the first one first."""
    query = select(Account.full_name, KeyRelease.body, KeyRelease.released_at)
    query = query.join(Account, Account.id == KeyRelease.account_id).where(KeyRelease.poll_id == poll.id)
    return [Released(*row) for row in session.execute(query.order_by(KeyRelease.id))]


def release_rows(session: Session, poll: Poll) -> Sequence[KeyRelease]:
    return session.scalars(select(KeyRelease).where(KeyRelease.poll_id == poll.id).order_by(KeyRelease.id)).all()


@dataclass(frozen=True)
class Disagreement:
    """A count that did not balance, or its explanation: what was wrong, who said what about it for which body."""

    id: int
    problems: tuple[str, ...]
    at: datetime
    name: str
    account_id: int | None
    explainable: bool = False
    reason: str = ""
    body: str = ""


def last_refusal(session: Session, poll: Poll) -> Disagreement | None:
    """Why the last count came to no result; None when none has failed."""
    return _last(session, poll, REFUSED)


def last_explanation(session: Session, poll: Poll) -> Disagreement | None:
    """What was last said about a count that does not balance."""
    return _last(session, poll, EXPLAINED)


def _last(session: Session, poll: Poll, action: str) -> Disagreement | None:
    mine = (AuditEntry.subject_kind == "poll", AuditEntry.subject_id == str(poll.id), AuditEntry.action == action)
    entry = session.scalar(select(AuditEntry).where(*mine).order_by(AuditEntry.id.desc()).limit(1))
    if entry is None:
        return None
    detail = dict(entry.detail)
    problems = tuple(detail.pop("problems"))
    return Disagreement(entry.id, problems, entry.at, entry.actor_name, entry.account_id, **detail)
