"""The end of a poll: closed by the clock of the database, opened by two bodies, counted once against all N.

Nothing needs to run at the closing time: casting refuses by itself from that moment on. What is here is done by people
afterwards, and only afterwards.
"""

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.db import database_now
from app.core.errors import ManyRefusals, WrongMoment
from app.core.permissions import Actor, Body
from app.core.tokens import Keyring
from app.lib.i18n import N_
from app.polls import sealing
from app.polls.models import Ballot, KeyRelease, LogLeaf, OtherOpinion, Poll, Result
from app.polls.operations.editing import lock, must
from app.polls.operations.log import append_leaf
from app.polls.queries.slips import slip_counts
from app.polls.rules import reconciliation, thresholds
from app.polls.rules.phases import Phase, phase
from app.polls.tally import Tally, batch_digest, tally, tally_open

BODIES_NEEDED = 2
PUBLISHED = (
    "roll_size",
    "counted",
    "agree",
    "disagree",
    "other",
    "invalid",
    "needed",
    "rule_key",
    "passed",
    "batch_sha256",
)


def release(session: Session, by: Actor, poll: Poll, ballot_keys: Keyring) -> Result | None:
    """Agree, for one's body, that the ballots be opened; the second agreement of another body counts them.

    Returns the result when this was the second. Raises ``WrongMoment`` before the end or after the count, ``Forbidden``
    without the right, and ``WrongMoment`` when this person or this body has agreed already (ballots.md: custody).
    """
    account = must(by, "polls:key:release", poll)
    lock(session, poll)
    if phase(poll, database_now(session)) is not Phase.ENDED:
        raise WrongMoment(N_("Chỉ mở kiểm phiếu sau khi hết giờ và chỉ một lần."))
    close(session, by, poll)
    given = session.scalars(select(KeyRelease).where(KeyRelease.poll_id == poll.id)).all()
    body = _body(by, poll, {one.body for one in given}, {one.account_id for one in given})
    session.add(KeyRelease(poll_id=poll.id, account_id=account, body=body.value, released_at=database_now(session)))
    record(session, by, "polls.key.release", subject=("poll", poll.id), path=poll.area.path, body=body)
    session.flush()
    return count(session, by, poll, ballot_keys) if len(given) + 1 >= BODIES_NEEDED else None


def close(session: Session, by: Actor, poll: Poll) -> None:
    """Note the close and freeze the batch: how many ballots there are, and the digest of all of them."""
    if poll.status == "closed":
        return
    envelopes = _envelopes(session, poll)
    now = database_now(session)
    session.execute(update(Poll).where(Poll.id == poll.id).values(status="closed", closed_at=now))
    session.refresh(poll)
    body = {
        "ballots": len(envelopes),
        "batch_sha256": batch_digest(envelopes),
        "slips": slip_counts(session, poll).as_dict(),
    }
    append_leaf(session, poll, "close", body)
    record(session, by, "polls.poll.close", subject=("poll", poll.id), path=poll.area.path, **body)


def count(session: Session, by: Actor, poll: Poll, ballot_keys: Keyring) -> Result:
    """Open and count, once. Totals and a shuffled list of texts come out; who chose what does not (Law Đ21.1)."""
    found = _tally(session, poll, ballot_keys)
    facts = _facts(session, poll, found)
    problems = reconciliation.what_does_not_balance(facts)
    if problems:
        raise ManyRefusals(N_("Số phiếu chưa khớp nên chưa công bố kết quả được."), [p.refusal() for p in problems])
    total = facts.households
    result = Result(
        poll_id=poll.id,
        roll_size=total,
        counted=facts.counted,
        agree=found.agree,
        disagree=found.disagree,
        other=found.other,
        invalid=found.invalid,
        needed=thresholds.needed(total, poll.rule_key),
        rule_key=poll.rule_key,
        passed=thresholds.passes(found.agree, total, poll.rule_key),
        batch_sha256=found.batch_sha256,
        reconciliation=facts.as_json(),
        counted_at=database_now(session),
    )
    session.add(result)
    for position, text in enumerate(found.other_texts, start=1):
        session.add(OtherOpinion(poll_id=poll.id, position=position, text=text))
    poll.status = "counted"
    session.flush()
    body = {name: getattr(result, name) for name in PUBLISHED}
    append_leaf(session, poll, "result", body)
    record(session, by, "polls.poll.count", subject=("poll", poll.id), path=poll.area.path, counted=facts.counted)
    return result


def shred(session: Session, by: Actor, poll: Poll) -> None:
    """Destroy the poll's key and envelopes once complaints can no longer come: that shreds every backup too."""
    if poll.level != "sealed" or poll.status != "decided":
        raise WrongMoment(N_("Chỉ hủy khóa của cuộc phiếu kín đã có kết quả."))
    poll.wrapped_key = None
    gone = b""
    session.execute(update(Ballot).where(Ballot.poll_id == poll.id).values(envelope=gone, other_envelope=gone))
    record(session, by, "polls.key.shred", subject=("poll", poll.id), path=poll.area.path)


def _facts(session: Session, poll: Poll, found: Tally) -> reconciliation.CountFacts:
    mine = Ballot.poll_id == poll.id
    early = Ballot.cast_at < poll.opens_at
    late = Ballot.cast_at >= poll.closes_at
    accepted, entries, outside, versions = session.execute(
        select(
            func.count(),
            func.count(Ballot.entry_id.distinct()),
            func.count().filter(or_(early, late)),
            func.coalesce(func.sum(Ballot.version), 0),
        ).where(mine)
    ).one()
    leaves = select(func.count()).select_from(LogLeaf).where(LogLeaf.poll_id == poll.id, LogLeaf.kind == "cast")
    slips = slip_counts(session, poll)
    return reconciliation.CountFacts(
        households=poll.roll_size or 0,
        accepted=accepted,
        opened=found.counted,
        options={"agree": found.agree, "disagree": found.disagree, "other": found.other},
        invalid=found.invalid,
        repeated_entries=accepted - entries,
        outside_hours=outside,
        cast_leaves=session.scalar(leaves) or 0,
        superseded=versions - accepted,
        slips=reconciliation.SlipTotals(
            issued=slips.issued,
            used=slips.used,
            activated_unused=slips.activated_unused,
            unactivated=slips.unactivated,
            revoked_unused=slips.revoked_unused,
        ),
    )


def _envelopes(session: Session, poll: Poll) -> list[bytes]:
    rows = session.execute(select(Ballot.envelope, Ballot.choice).where(Ballot.poll_id == poll.id)).all()
    return [envelope if envelope is not None else (choice or "").encode() for envelope, choice in rows]


def _tally(session: Session, poll: Poll, ballot_keys: Keyring) -> Tally:
    columns = (Ballot.envelope, Ballot.other_envelope, Ballot.choice, Ballot.other_text)
    rows = session.execute(select(*columns).where(Ballot.poll_id == poll.id)).all()
    if poll.level == "open":
        return tally_open([(row.choice, row.other_text) for row in rows])
    private = sealing.open_poll_key(ballot_keys, poll.public_id, poll.wrapped_key or b"")
    info = bytes.fromhex(poll.definition_sha256 or "")
    return tally(private, info, [(row.envelope, row.other_envelope) for row in rows])


def _body(by: Actor, poll: Poll, bodies: set[str], people: set[int]) -> Body:
    if by.account_id in people:
        raise WrongMoment(N_("Ông/Bà đã đồng ý mở kiểm phiếu. Cần thêm một người của cơ quan khác."))
    for body in by.bodies("polls:key:release", poll.area.path):
        if body.value not in bodies:
            return body
    raise WrongMoment(N_("Cơ quan của Ông/Bà đã đồng ý. Cần thêm một người của cơ quan khác."))
