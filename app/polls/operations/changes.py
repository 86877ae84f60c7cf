"""Changing an opened poll: later closing, or cancelling; asked by one, decided by another person of another body.

The definition and its hash stay as they were at opening. What was changed goes into the log as a leaf of the kind
``open`` whose body has ``change``: it belongs to the hours of voting, and ``close`` stands for the frozen batch alone.
"""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.entries import clean_prose
from app.core.errors import Forbidden, ManyRefusals
from app.core.permissions import Actor, Body
from app.core.rows import lock
from app.lib.i18n import N_
from app.polls.models import Poll, PollChange
from app.polls.operations.editing import done, must, refuse_unless
from app.polls.operations.log import append_leaf
from app.polls.queries.listing import open_change
from app.polls.rules.changes import (
    CANCEL,
    EXTEND,
    ChangeFacts,
    ConfirmationFacts,
    what_prevents_change,
    what_prevents_confirming,
)
from app.polls.rules.phases import phase
from app.polls.rules.problems import Problem

REQUEST = "polls:change:request"
DECIDE = "polls:change:confirm"
REASON = 1000


def request_extension(session: Session, by: Actor, poll: Poll, *, new_closes_at: datetime, reason: str) -> PollChange:
    """Ask for a later closing time, before the end by the database's clock; a second person decides."""
    return _request(session, by, poll, EXTEND, reason, new_closes_at)


def request_cancellation(session: Session, by: Actor, poll: Poll, *, reason: str) -> PollChange:
    """Ask to call the poll off, before its count; a second person decides. Residents will read the reason."""
    return _request(session, by, poll, CANCEL, reason, None)


def confirm_change(session: Session, by: Actor, change: PollChange, poll: Poll) -> None:
    """Agree to a change: another person, of another body; everything is asked again at this moment."""
    account, body = _decider(session, by, change, poll)
    found = what_prevents_confirming(_facts(session, poll, change), _who(change, account, body))
    _refuse(found)
    before = poll.closes_at
    if change.kind == EXTEND:
        poll.closes_at = change.new_closes_at
    else:
        poll.status, poll.cancelled_at, poll.cancel_reason = "cancelled", database_now(session), change.reason
    _decide(session, change, account, body, accepted=True)
    leaf: dict[str, object] = {"change": change.kind, "reason": change.reason}
    if change.kind == EXTEND:
        leaf |= {"closes_at": _stamp(change.new_closes_at), "before": _stamp(before)}
    append_leaf(session, poll, "open", leaf)
    done(session, by, poll, f"change.{change.kind}", reason=change.reason, new_closes_at=change.new_closes_at)


def reject_change(session: Session, by: Actor, change: PollChange, poll: Poll) -> None:
    """Refuse a change, as another person of another body."""
    account, body = _decider(session, by, change, poll)
    _decide(session, change, account, body, accepted=False)
    done(session, by, poll, "change.reject", kind=change.kind)


def withdraw_change(session: Session, by: Actor, change: PollChange, poll: Poll) -> None:
    """Take one's own request back before anybody has decided."""
    account = must(by, REQUEST, poll)
    if change.poll_id != poll.id or change.requested_by != account:
        raise Forbidden(N_("Chỉ người đề nghị mới rút được đề nghị."))

    def check() -> None:
        session.refresh(change)
        refuse_unless(change.decided_at is None, N_("Đề nghị này đã có người quyết định."))

    lock(session, poll, check)
    # The table keeps two people apart: a request taken back was decided by nobody.
    change.decided_at, change.accepted = database_now(session), False
    session.flush()
    done(session, by, poll, "change.withdraw", kind=change.kind)


def _request(
    session: Session, by: Actor, poll: Poll, kind: str, reason: str, new_closes_at: datetime | None
) -> PollChange:
    account = must(by, REQUEST, poll)
    change = PollChange(
        poll_id=poll.id,
        kind=kind,
        reason=clean_prose(reason, "reason", REASON),
        new_closes_at=new_closes_at,
        requested_by=account,
        requested_body=by.bodies(REQUEST, poll.area.path)[0].value,
        requested_at=database_now(session),
    )

    def check() -> None:
        none = open_change(session, poll) is None
        refuse_unless(none, N_("Đã có một đề nghị đang chờ quyết định. Giải quyết đề nghị đó trước."))
        _refuse(what_prevents_change(_facts(session, poll, change)))

    lock(session, poll, check)
    session.add(change)
    session.flush()
    done(session, by, poll, "change.request", kind=kind, reason=change.reason, new_closes_at=new_closes_at)
    return change


def _decider(session: Session, by: Actor, change: PollChange, poll: Poll) -> tuple[int, Body]:
    """Who decides and for which body: one that is not the asker's, where somebody acts for two."""
    account = must(by, DECIDE, poll)
    if change.poll_id != poll.id:
        raise Forbidden(N_("Đề nghị này thuộc một cuộc khác."))
    bodies = by.bodies(DECIDE, poll.area.path)
    other = [body for body in bodies if body.value != change.requested_body]
    body = (other or list(bodies))[0]

    def check() -> None:
        session.refresh(change)
        found = what_prevents_confirming(_facts(session, poll, change), _who(change, account, body))
        _refuse([p for p in found if p.key in ("already_decided", "same_person", "same_body")])

    lock(session, poll, check)
    return account, body


def _who(change: PollChange, account: int, body: Body) -> ConfirmationFacts:
    return ConfirmationFacts(
        requested_by=change.requested_by,
        requested_body=change.requested_body,
        decided_by=account,
        decided_body=body.value,
        decided=change.decided_at is not None,
    )


def _facts(session: Session, poll: Poll, change: PollChange) -> ChangeFacts:
    now = database_now(session)
    # A poll that was never opened has no hours; its phase alone is refused.
    return ChangeFacts(
        kind=change.kind,
        phase=phase(poll, now),
        opens_at=poll.opens_at or now,
        closes_at=poll.closes_at or now,
        reason=change.reason,
        new_closes_at=change.new_closes_at,
    )


def _decide(session: Session, change: PollChange, account: int, body: Body, *, accepted: bool) -> None:
    change.decided_by, change.decided_body = account, body.value
    change.decided_at, change.accepted = database_now(session), accepted
    session.flush()


def _refuse(found: list[Problem]) -> None:
    if found:
        raise ManyRefusals(N_("Chưa làm được việc này."), [problem.refusal() for problem in found])


def _stamp(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat()
