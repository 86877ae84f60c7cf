"""The end of a poll: closed by the clock of the database, opened by two bodies, counted once against all N.

Nothing needs to run at the closing time: casting refuses by itself from that moment on. What is here is done by people
afterwards, and only afterwards. A count that does not balance gives no result; what two bodies agreed stands, what is
wrong is put on record, and the count is tried again, or taken as it is with an explanation that two bodies share and
four people sign (ballots.md §7 of the design).
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core.db import database_now
from app.core.entries import reason_given
from app.core.errors import ManyRefusals, WrongMoment
from app.core.permissions import Actor, Body
from app.core.rows import lock
from app.core.tokens import BadToken, Keyring
from app.lib.canonical import canonical_json, sha256_of
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.polls import sealing
from app.polls.models import Ballot, KeyRelease, OtherOpinion, Poll, Result
from app.polls.operations.editing import must, refuse_unless
from app.polls.operations.log import append_leaf
from app.polls.queries import counting
from app.polls.queries.facts import public_result
from app.polls.queries.slips import slip_counts
from app.polls.rules import reconciliation, thresholds
from app.polls.rules.house import HOUSE_RULES
from app.polls.rules.phases import Phase, phase
from app.polls.rules.problems import Problem
from app.polls.tally import Tally, batch_digest, tally, tally_open

RELEASE = "polls:key:release"
BODIES_NEEDED = 2
TOTALS = ("agree", "disagree", "other", "invalid")
# What the log says of every result; the totals follow where they may be published.
ALWAYS = ("roll_size", "counted", "needed", "rule_key", "passed", "batch_sha256")
# Sums that people may account for. Whatever else is wrong says that ballots or rules were altered: no words mend that.
EXPLAINABLE = frozenset({"log_differs", "slips_differ", "used_differs", "outside_hours"})


class DoesNotBalance(ManyRefusals):
    """The count gives no result; ``explainable`` when two bodies may account for all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(N_("Số phiếu chưa khớp nên chưa có kết quả."), [problem.refusal() for problem in problems])
        self.explainable = all(problem.key in EXPLAINABLE for problem in problems)


def release(session: Session, by: Actor, poll: Poll, ballot_keys: Keyring) -> Result | None:
    """Agree, for one's body, that the ballots be opened; the second agreement of another body counts them.

    Returns the result when this was the second and the count balances. Raises ``WrongMoment`` before the end or after
    the count, ``Forbidden`` without the right, and ``WrongMoment`` when this person or this body has agreed already.
    """
    account = must(by, RELEASE, poll)
    lock(session, poll, lambda: _must_have_ended(session, poll))
    close(session, by, poll)
    given = counting.release_rows(session, poll)
    if len(given) >= BODIES_NEEDED:
        raise WrongMoment(N_("Hai cơ quan đã đồng ý mở kiểm phiếu."))
    body = _body(by, poll, {one.body for one in given}, {one.account_id for one in given})
    session.add(KeyRelease(poll_id=poll.id, account_id=account, body=body.value, released_at=database_now(session)))
    record(session, by, "polls.key.release", subject=("poll", poll.id), path=poll.area.path, body=body)
    session.flush()
    return _count_or_note(session, by, poll, ballot_keys) if len(given) + 1 >= BODIES_NEEDED else None


def close(session: Session, by: Actor, poll: Poll) -> None:
    """Note the close and freeze the batch: how many ballots there are, and the digest of all of them."""
    if poll.status == "closed":
        return
    envelopes = counting.batch(session, poll)
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


def count(
    session: Session, by: Actor, poll: Poll, ballot_keys: Keyring, agreed: counting.Disagreement | None = None
) -> Result:
    """Open and count, once. Totals and a shuffled list of texts come out; who chose what does not (Law Đ21.1).

    Raises ``DoesNotBalance`` with everything that is wrong, unless it is what ``agreed`` accounts for.
    """
    found, facts, problems = _examined(session, poll, ballot_keys)
    left = [one for one in problems if one.key not in EXPLAINABLE or agreed is None or str(one) not in agreed.problems]
    if left:
        raise DoesNotBalance(problems)
    kept = facts.as_json() | {"salt": secrets.token_hex(16)}
    if problems and agreed is not None:
        said = {"problems": [str(problem) for problem in problems], "reason": agreed.reason}
        kept["explanation"] = said | {"by": [agreed.name, by.name]}
    result = _result(session, poll, found, kept)
    for position, text in enumerate(found.other_texts, start=1):
        session.add(OtherOpinion(poll_id=poll.id, position=position, text=text))
    poll.status = "counted"
    session.flush()
    append_leaf(session, poll, "result", published(poll, result))
    record(session, by, "polls.poll.count", subject=("poll", poll.id), path=poll.area.path, counted=result.counted)
    return result


def explain(session: Session, by: Actor, poll: Poll, reason: str) -> None:
    """Account, for one's body, for a count that does not balance; it is taken when another body agrees (``recount``).

    Raises ``WrongMoment`` where nothing waits for words, or where what is wrong cannot be accounted for.
    """
    must(by, RELEASE, poll)
    refused = _waiting(session, poll)
    if not refused.explainable:
        raise WrongMoment(N_("Không giải trình được điều này. Chỉ có thể kiểm lại, hoặc hủy cuộc này."))
    reason = reason_given(reason, HOUSE_RULES.shortest_reason)
    body = by.bodies(RELEASE, poll.area.path)[0]
    record(session, by, counting.EXPLAINED, subject=("poll", poll.id), path=poll.area.path,
           problems=refused.problems, reason=reason, body=body)  # fmt: skip


def recount(
    session: Session, by: Actor, poll: Poll, ballot_keys: Keyring, explanation: int | None = None
) -> Result | None:
    """Try a count again that did not balance; ``explanation`` is the one agreed to, by its number in the record.

    Raises ``WrongMoment`` when that is not the last one said, or was said by this person or body.
    """
    must(by, RELEASE, poll)
    _waiting(session, poll)
    if explanation is None:
        return _count_or_note(session, by, poll, ballot_keys)
    said = counting.last_explanation(session, poll)
    if said is None or said.id != explanation:
        raise WrongMoment(N_("Giải trình vừa được viết lại. Mời xem lại."))
    bodies = {body.value for body in by.bodies(RELEASE, poll.area.path)}
    if said.account_id == by.account_id or bodies == {said.body}:
        raise WrongMoment(N_("Giải trình cần một người của cơ quan khác đồng ý."))
    return _count_or_note(session, by, poll, ballot_keys, said)


def published(poll: Poll, result: Result) -> dict[str, Any]:
    """What the log says of a result. Hidden totals are only committed to: the salt is kept with the result."""
    body: dict[str, Any] = {name: getattr(result, name) for name in ALWAYS}
    totals = {name: getattr(result, name) for name in TOTALS}
    if public_result(poll, result).masked:
        body["totals_sha256"] = sha256_of(canonical_json(totals | {"salt": result.reconciliation["salt"]}))
    else:
        body |= totals
    said = result.reconciliation.get("explanation")
    return body | ({"problems": said["problems"], "explanation": said["reason"]} if said else {})


def _must_have_ended(session: Session, poll: Poll) -> None:
    ended = phase(poll, database_now(session)) is Phase.ENDED
    refuse_unless(ended, N_("Chỉ mở kiểm phiếu sau khi hết giờ và chỉ một lần."))


def _waiting(session: Session, poll: Poll) -> counting.Disagreement:
    """What a closed poll that two bodies have agreed to open is waiting for."""
    sentence = N_("Chỉ làm việc này khi hai cơ quan đã đồng ý mở kiểm phiếu mà số phiếu chưa khớp.")
    lock(session, poll, lambda: refuse_unless(poll.status == "closed", sentence))
    refused = counting.last_refusal(session, poll)
    if refused is None:
        raise WrongMoment(sentence)
    return refused


def _count_or_note(
    session: Session, by: Actor, poll: Poll, ballot_keys: Keyring, agreed: counting.Disagreement | None = None
) -> Result | None:
    """Count; where that gives no result, the agreements stand and what is wrong goes into the record."""
    try:
        return count(session, by, poll, ballot_keys, agreed)
    except DoesNotBalance as refusal:
        wrong = [str(problem) for problem in refusal.problems]
        record(session, by, counting.REFUSED, subject=("poll", poll.id), path=poll.area.path,
               problems=wrong, explainable=refusal.explainable)  # fmt: skip
        session.flush()
        return None


def _examined(
    session: Session, poll: Poll, ballot_keys: Keyring
) -> tuple[Tally, reconciliation.CountFacts, list[Problem]]:
    try:
        found = _tally(session, poll, ballot_keys)
    except BadToken:
        sentence = N_("Khóa của hệ thống không mở được khóa của cuộc này.")
        raise DoesNotBalance([Problem("no_key", sentence, HOUSE)]) from None
    facts = counting.count_facts(session, poll, found)
    wrong = [*reconciliation.what_does_not_balance(facts), *counting.what_was_altered(session, poll, found)]
    return found, facts, wrong


def _result(session: Session, poll: Poll, found: Tally, kept: dict[str, Any]) -> Result:
    total = poll.roll_size or 0
    result = Result(
        poll_id=poll.id,
        roll_size=total,
        counted=found.counted,
        agree=found.agree,
        disagree=found.disagree,
        other=found.other,
        invalid=found.invalid,
        needed=thresholds.needed(total, poll.rule_key),
        rule_key=poll.rule_key,
        passed=thresholds.passes(found.agree, total, poll.rule_key),
        batch_sha256=found.batch_sha256,
        reconciliation=kept,
        counted_at=database_now(session),
    )
    session.add(result)
    return result


def _tally(session: Session, poll: Poll, ballot_keys: Keyring) -> Tally:
    columns = (Ballot.envelope, Ballot.other_envelope, Ballot.choice, Ballot.other_text)
    rows = session.execute(select(*columns).where(Ballot.poll_id == poll.id)).all()
    if poll.level == "open":
        found = tally_open([(row.choice, row.other_text) for row in rows])
        return replace(found, batch_sha256=batch_digest(counting.batch(session, poll)))
    private = sealing.open_poll_key(ballot_keys, poll.public_id, poll.wrapped_key)
    info = bytes.fromhex(poll.definition_sha256 or "")
    return tally(private, info, [(row.envelope, row.other_envelope) for row in rows])


def _body(by: Actor, poll: Poll, bodies: set[str], people: set[int]) -> Body:
    if by.account_id in people:
        raise WrongMoment(N_("Ông/Bà đã đồng ý mở kiểm phiếu. Cần thêm một người của cơ quan khác."))
    for body in by.bodies(RELEASE, poll.area.path):
        if body.value not in bodies:
            return body
    raise WrongMoment(N_("Cơ quan của Ông/Bà đã đồng ý. Cần thêm một người của cơ quan khác."))
