"""The decision document (Law Đ20): written from the count, signed by four, sent within five working days, received."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line, clean_prose
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.core.rows import lock
from app.lib.canonical import canonical_json, sha256_of
from app.lib.i18n import N_
from app.polls.models import Decision, OtherOpinion, Poll, Result
from app.polls.operations.editing import must, refuse_unless
from app.polls.operations.log import append_leaf
from app.polls.queries.facts import public_result
from app.polls.rules import decision as rules
from app.polls.rules.facts import DECISION
from app.polls.wording import PLACES

WRITE = "polls:minutes:write"
LINES = {"number": 60, "place": 500, "head_name": 200, "front_name": 200, "household_one": 200, "household_two": 200}
CONCLUSION = 5000
# The names may be left open until the paper is signed: they are then written by hand, and typed before it is noted.
_MAY_WAIT = frozenset({"no_head_name", "no_front_name", "no_household_one", "no_household_two"})


@dataclass(frozen=True)
class Draft:
    """What a person writes into the decision; the numbers come from the count and cannot be written."""

    form: str
    number: str
    decided_on: date
    place: str
    conclusion: str
    head_name: str
    front_name: str
    household_one: str
    household_two: str


def write(session: Session, by: Actor, poll: Poll, draft: Draft) -> Decision:
    """Write or rewrite the decision until it is signed; all that is wrong with it is said at once, at its field.

    Raises ``Forbidden`` without the right, ``WrongMoment`` before the count and after the signing.
    """
    account = must(by, WRITE, poll)
    sentence = N_("Chỉ lập văn bản sau khi kiểm phiếu và trước khi ký.")
    lock(session, poll, lambda: refuse_unless(poll.status == "counted", sentence))
    draft = _cleaned(draft)
    decision = session.get(Decision, poll.id, populate_existing=True)
    wrong = rules.what_prevents_signing(_facts(session, poll, draft))
    _refuse([*_form_problems(session, poll, draft.form), *(p.refusal() for p in wrong if p.key not in _MAY_WAIT)])
    if decision is None:
        decision = Decision(poll_id=poll.id, posted_places=[])
        session.add(decision)
    for name, value in vars(draft).items():
        setattr(decision, name, value)
    decision.written_by, decision.written_at = account, clock.now()
    session.flush()
    record(session, by, "polls.decision.write", subject=("poll", poll.id), path=poll.area.path, form=draft.form,
           number=draft.number, decided_on=draft.decided_on)  # fmt: skip
    return decision


def sign(session: Session, by: Actor, poll: Poll) -> None:
    """Note that all four have signed the paper; from here on the decision stands and cannot be rewritten."""
    must(by, WRITE, poll)
    lock(session, poll, lambda: _decision(session, poll))
    if poll.status == "decided":
        raise WrongMoment(N_("Văn bản này đã được ký."))
    decision = _decision(session, poll)
    _refuse(problem.refusal() for problem in rules.what_prevents_signing(_decided_facts(session, poll, decision)))
    decision.signed_at = clock.now()
    poll.status = "decided"
    session.flush()
    content = {name: str(getattr(decision, name)) for name in Draft.__dataclass_fields__}
    body = {
        "form": decision.form,
        "number": decision.number,
        "decided_on": decision.decided_on.isoformat(),
        "sha256": sha256_of(canonical_json(content)),
    }
    append_leaf(session, poll, "decision", body)
    record(session, by, "polls.decision.sign", subject=("poll", poll.id), path=poll.area.path, **body)


def send(session: Session, by: Actor, poll: Poll, *, places: list[str]) -> None:
    """Note that the signed decision went to UBND and UBMTTQ, and where it was posted (Law Đ20.3, NĐ59 Đ5.4).

    Raises ``ManyRefusals`` for a decision without the four signatures or a field of Law Đ20.2, and when it was sent.
    """
    account = must(by, "polls:decision:send", poll)
    lock(session, poll, lambda: _decision(session, poll))
    decision = _decision(session, poll)
    _refuse(problem.refusal() for problem in rules.what_prevents_sending(_decided_facts(session, poll, decision)))
    if unknown := set(places) - set(PLACES):
        raise Refusal(N_("Không có nơi công khai này: %(names)s."), field="places", names=", ".join(sorted(unknown)))
    decision.sent_committee_at = decision.sent_front_at = clock.now()
    decision.sent_by = account
    decision.posted_places = sorted(set(places))
    session.flush()
    record(session, by, "polls.decision.send", subject=("poll", poll.id), path=poll.area.path,
           places=decision.posted_places)  # fmt: skip


def receive(session: Session, by: Actor, poll: Poll) -> None:
    """Note that the commune has the decision in hand."""
    must(by, "polls:decision:receive", poll)
    lock(session, poll, lambda: _decision(session, poll))
    decision = _decision(session, poll)
    if decision.sent_committee_at is None or decision.received_at is not None:
        raise WrongMoment(N_("Chỉ xác nhận đã nhận một lần, sau khi văn bản được gửi."))
    decision.received_at = clock.now()
    session.flush()
    record(session, by, "polls.decision.receive", subject=("poll", poll.id), path=poll.area.path)


def publish_opinions(session: Session, by: Actor, poll: Poll, positions: set[int]) -> None:
    """Choose which texts of "ý kiến khác" the public page shows: each was read by a person first.

    Raises ``WrongMoment`` before the count, and for a result whose numbers are hidden: its texts never are published.
    """
    must(by, WRITE, poll)
    sentence = N_("Chưa kiểm phiếu nên chưa có ý kiến khác.")
    lock(session, poll, lambda: refuse_unless(session.get(Result, poll.id) is not None, sentence))
    result = session.get_one(Result, poll.id)
    if not public_result(poll, result).other_opinions:
        raise WrongMoment(N_("Kết quả này không công khai con số, nên không đăng ý kiến khác."))
    opinions = session.scalars(select(OtherOpinion).where(OtherOpinion.poll_id == poll.id)).all()
    if unknown := positions - {opinion.position for opinion in opinions}:
        numbers = ", ".join(str(position) for position in sorted(unknown))
        raise Refusal(N_("Không có ý kiến số %(numbers)s."), field="shown", numbers=numbers)
    for opinion in opinions:
        opinion.published = opinion.position in positions
    session.flush()
    record(session, by, "polls.opinions.publish", subject=("poll", poll.id), path=poll.area.path, shown=len(positions))


def allowed_forms(poll: Poll, result: Result) -> list[str]:
    """Forms the document may take: a resolution only of what passed, and minutes alone where nothing was decided."""
    if poll.kind != DECISION:
        return ["bien_ban"]
    return [form for form in rules.DOCUMENT_FORMS if form != "nghi_quyet" or result.passed]


def _cleaned(draft: Draft) -> Draft:
    lines: dict[str, Any] = {name: clean_line(getattr(draft, name), name, most) for name, most in LINES.items()}
    return replace(draft, conclusion=clean_prose(draft.conclusion, "conclusion", CONCLUSION), **lines)


def _form_problems(session: Session, poll: Poll, form: str) -> list[Refusal]:
    result = session.get_one(Result, poll.id)
    if form not in rules.DOCUMENT_FORMS or form in allowed_forms(poll, result):
        return []
    if poll.kind != DECISION:
        return [Refusal(N_("Cuộc lấy ý kiến không quyết định việc gì nên chỉ lập biên bản."), field="form")]
    return [Refusal(N_("Không được thông qua thì không lập nghị quyết."), field="form")]


def _decided_facts(session: Session, poll: Poll, decision: Decision) -> rules.DecisionFacts:
    values = {name: getattr(decision, name) for name in Draft.__dataclass_fields__}
    signed, sent = decision.signed_at is not None, decision.sent_committee_at is not None
    return replace(_facts(session, poll, Draft(**values)), signed=signed, already_sent=sent)


def _facts(session: Session, poll: Poll, draft: Draft) -> rules.DecisionFacts:
    """The document beside its count, for the law to look at."""
    result = session.get(Result, poll.id)
    counted = result.counted if result else None
    return rules.DecisionFacts(
        form=draft.form,
        decided_on=draft.decided_on,
        ended_on=clock.local(poll.closes_at).date() if poll.closes_at else None,
        today=clock.today(),
        total=poll.roll_size,
        represented=counted,
        not_represented=None if counted is None else (poll.roll_size or 0) - counted,
        agree=result.agree if result else None,
        disagree=result.disagree if result else None,
        other=result.other if result else None,
        invalid=result.invalid if result else None,
        matter=poll.question,
        voting_form=poll.form,
        conclusion=draft.conclusion,
        head_name=draft.head_name,
        front_name=draft.front_name,
        household_one=draft.household_one,
        household_two=draft.household_two,
        signed=False,
    )


def _refuse(found: Iterable[Refusal]) -> None:
    problems = list(found)
    if problems:
        raise ManyRefusals(N_("Văn bản chưa đủ nội dung theo Điều 20."), problems)


def _decision(session: Session, poll: Poll) -> Decision:
    decision = session.get(Decision, poll.id, populate_existing=True)
    if decision is None:
        raise WrongMoment(N_("Chưa lập văn bản kết quả."))
    return decision
