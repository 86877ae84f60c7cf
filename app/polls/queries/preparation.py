"""What is known of a poll in preparation: the facts the law asks about, what stands in the way, each step's state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.core.db import database_now
from app.lib.calendar import local_day
from app.lib.citations import HOUSE
from app.lib.i18n import N_
from app.polls.models import Poll, PollDocument, Precondition, Rehearsal, Result, TeamMember
from app.polls.queries.roll import count_households, present_roll
from app.polls.rules.facts import (
    ONLINE_CONSENT,
    ConsentPollFacts,
    MemberFacts,
    OptionFacts,
    PreconditionFacts,
    PreparationFacts,
)
from app.polls.rules.opening import what_prevents_opening
from app.polls.rules.preconditions import REQUIRED
from app.polls.rules.problems import Problem, Step
from app.polls.rules.roll import same_when_typed

READING, AUDIO, PROOF = "reading", "audio", "proof"


def preparation_facts(session: Session, poll: Poll, **changes: Any) -> PreparationFacts:
    """The poll as prepared so far; ``changes`` stand in for what is about to be saved."""
    households = count_households(session, poll.area_id)
    represented = len(present_roll(session, poll.area_id))
    values: dict[str, Any] = {
        "kind": poll.kind,
        "clause": poll.clause,
        "scope": poll.scope,
        "form": poll.form,
        "title": poll.title,
        "question": poll.question,
        "options": tuple(OptionFacts(key=x["key"], label=x["label"]) for x in poll.options),
        "level": poll.level,
        "households": households,
        "without_representative": households - represented,
        "roll_rule": poll.roll_rule,
        "opens_at": poll.opens_at,
        "closes_at": poll.closes_at,
        "now": database_now(session),
        "team": tuple(member_facts(one) for one in team_of(session, poll)),
        "preconditions": tuple(_condition(session, poll, one) for one in preconditions_of(session, poll)),
        "small_poll_accepted": poll.small_poll_accepted,
        "rehearsal_matched": rehearsal_matched(session, poll),
    }
    return PreparationFacts(**values | changes)


def problems(session: Session, poll: Poll) -> list[Problem]:
    """Everything that still prevents the poll from opening, in the order of the steps."""
    found = what_prevents_opening(preparation_facts(session, poll))
    groups = same_when_typed(row.number for row in present_roll(session, poll.area_id))
    if groups:
        sentence = N_("Có số hộ khi gõ thì giống nhau: %(numbers)s. Sửa số hộ để không nhầm phiếu.")
        numbers = "; ".join(", ".join(group) for group in groups[:5])
        found.append(Problem("numbers_alike", sentence, HOUSE, Step.ROLL, params={"numbers": numbers}))
    return found


def team_of(session: Session, poll: Poll) -> Sequence[TeamMember]:
    query = select(TeamMember).where(TeamMember.poll_id == poll.id)
    return session.scalars(query.order_by(TeamMember.id)).all()


def member_facts(member: TeamMember) -> MemberFacts:
    """What the rules ask of a member."""
    return MemberFacts(name=member.full_name, body=member.body, is_head=member.is_head, technical=member.technical)


def documents_of(session: Session, poll: Poll, *kinds: str) -> Sequence[PollDocument]:
    """Documents of the kinds given, or all, in the order they came."""
    query = select(PollDocument).where(PollDocument.poll_id == poll.id)
    if kinds:
        query = query.where(PollDocument.kind.in_(kinds))
    return session.scalars(query.order_by(PollDocument.id)).all()


def preconditions_of(session: Session, poll: Poll) -> Sequence[Precondition]:
    query = select(Precondition).where(Precondition.poll_id == poll.id)
    return session.scalars(query.order_by(Precondition.id)).all()


def last_rehearsal(session: Session, poll: Poll) -> Rehearsal | None:
    query = select(Rehearsal).where(Rehearsal.poll_id == poll.id).order_by(Rehearsal.id.desc())
    return session.scalar(query.limit(1))


def rehearsal_matched(session: Session, poll: Poll) -> bool | None:
    """Whether the last rehearsal counted rightly; None when there is none of the poll as it is set up now."""
    last = last_rehearsal(session, poll)
    if last is None or last.detail.get("settings") != rehearsed_settings(poll):
        return None
    return last.matched


def rehearsed_settings(poll: Poll) -> dict[str, Any]:
    """What a rehearsal proves something about; when one of these changes, it proves nothing any more."""
    keys = [option["key"] for option in poll.options]
    return {"level": poll.level, "custody": poll.custody, "may_change": poll.may_change, "options": keys}


def consent_polls(session: Session, poll: Poll) -> Sequence[Poll]:
    """Preliminary polls of the same area whose result may be linked as the community's agreement, the latest first."""
    query = select(Poll).where(
        Poll.area_id == poll.area_id, Poll.kind == ONLINE_CONSENT, Poll.id != poll.id, Poll.opened_at.is_not(None)
    )
    return session.scalars(query.where(Poll.status != "cancelled").order_by(Poll.id.desc())).all()


def last_return(session: Session, poll: Poll) -> AuditEntry | None:
    """Why the poll was last sent back to preparation, and by whom; None when it was submitted again or never was."""
    query = select(AuditEntry).where(
        AuditEntry.subject_kind == "poll",
        AuditEntry.subject_id == str(poll.id),
        AuditEntry.action.in_(("polls.poll.return", "polls.poll.submit")),
    )
    entry = session.scalar(query.order_by(AuditEntry.id.desc()).limit(1))
    return entry if entry is not None and entry.action == "polls.poll.return" else None


@dataclass(frozen=True)
class Task:
    """One step of the preparation: ``state`` is done, begun, todo or optional; ``problems`` are those it mends."""

    step: str
    state: str
    problems: tuple[Problem, ...]


SECRECY = "secrecy"
TASKS = (
    Step.SUBJECT, Step.QUESTION, Step.ROLL, SECRECY, Step.TIMES, Step.TEAM, Step.DOCUMENTS, Step.PRECONDITIONS,
    Step.CHECK,
)  # fmt: skip


def step_of(problem: Problem) -> str:
    """The page on which a problem is mended: that a roll is small is accepted where secrecy is chosen."""
    return SECRECY if problem.field == "small_poll_accepted" else problem.step or Step.CHECK


def tasks(session: Session, poll: Poll, found: Sequence[Problem]) -> list[Task]:
    """The state of every step, given the problems found."""
    by_step: dict[str, list[Problem]] = {}
    for problem in found:
        by_step.setdefault(step_of(problem), []).append(problem)
    begun = {
        Step.QUESTION: bool(poll.title or poll.question),
        Step.ROLL: bool(poll.roll_rule),
        SECRECY: True,
        Step.TIMES: poll.opens_at is not None,
        Step.TEAM: bool(team_of(session, poll)),
        Step.PRECONDITIONS: bool(preconditions_of(session, poll)),
        Step.CHECK: last_rehearsal(session, poll) is not None,
    }
    states = []
    for step in TASKS:
        own = tuple(by_step.get(step, ()))
        if step == Step.DOCUMENTS:
            state = "done" if documents_of(session, poll, READING, AUDIO) else "optional"
        else:
            state = "done" if not own else ("begun" if begun.get(step) else "todo")
        states.append(Task(step, state, own))
    return states


def required_preconditions(poll: Poll) -> tuple[str, ...]:
    """Keys of the conditions that must be on record for this kind of poll (NĐ59 Đ5)."""
    return REQUIRED[poll.kind]


def _condition(session: Session, poll: Poll, found: Precondition) -> PreconditionFacts:
    linked = session.get(Poll, found.consent_poll_id) if found.consent_poll_id else None
    return PreconditionFacts(
        key=found.key,
        happened_on=found.happened_on,
        proven=bool(found.detail.strip()) or found.document_id is not None,
        agreed=found.agreed,
        total=found.total,
        consent_poll=consent_facts(session, poll, linked) if linked else None,
    )


def consent_facts(session: Session, poll: Poll, linked: Poll) -> ConsentPollFacts:
    """What a linked preliminary poll says about the community's agreement."""
    result = session.get(Result, linked.id) if linked.status in ("counted", "decided") else None
    return ConsentPollFacts(
        about_this_area=linked.area_id == poll.area_id and linked.kind == ONLINE_CONSENT,
        counted=result is not None,
        agreed=result.agree if result else 0,
        total=result.roll_size if result else 0,
        ended_on=local_day(linked.closes_at) if linked.closes_at else None,
    )
