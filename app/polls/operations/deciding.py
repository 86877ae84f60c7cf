"""The decision document (Law Đ20): written from the count, signed by four, sent within five working days, received."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.audit.operations import record
from app.core import clock
from app.core.errors import ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.polls.models import Decision, OtherOpinion, Poll, Result
from app.polls.operations.editing import must
from app.polls.operations.log import append_leaf
from app.polls.rules import decision as rules
from app.polls.rules.problems import Problem

PLACES = {
    "board": N_("Niêm yết tại nhà văn hóa, điểm sinh hoạt cộng đồng"),
    "loudspeaker": N_("Đọc trên loa truyền thanh"),
    "group": N_("Gửi vào nhóm liên lạc của khu dân cư"),
}


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
    """Write or rewrite the decision until it is signed."""
    must(by, "polls:minutes:write", poll)
    if poll.status != "counted":
        raise WrongMoment(N_("Chỉ lập văn bản sau khi kiểm phiếu và trước khi ký."))
    if draft.form not in rules.DOCUMENT_FORMS:
        raise Refusal(N_("Chọn hình thức văn bản."), field="form")
    if draft.decided_on > clock.today():
        raise Refusal(N_("Ngày của văn bản không được ở tương lai."), field="decided_on")
    decision = session.get(Decision, poll.id) or Decision(poll_id=poll.id, posted_places=[])
    for name, value in vars(draft).items():
        setattr(decision, name, value)
    decision.written_by = by.account_id or 0
    decision.written_at = clock.now()
    session.add(decision)
    session.flush()
    record(session, by, "polls.decision.write", subject=("poll", poll.id), path=poll.area.path, form=draft.form)
    return decision


def sign(session: Session, by: Actor, poll: Poll) -> None:
    """Note that all four have signed the paper; from here on the decision stands and cannot be rewritten."""
    must(by, "polls:minutes:write", poll)
    decision = _decision(session, poll)
    if poll.status != "counted":
        raise WrongMoment(N_("Văn bản này đã được ký."))
    _refuse(rules.what_prevents_signing(decision_facts(session, poll, decision)))
    decision.signed_at = clock.now()
    poll.status = "decided"
    session.flush()
    body = {"form": decision.form, "number": decision.number, "decided_on": decision.decided_on.isoformat()}
    append_leaf(session, poll, "decision", body)
    record(session, by, "polls.decision.sign", subject=("poll", poll.id), path=poll.area.path, **body)


def send(session: Session, by: Actor, poll: Poll, *, places: list[str]) -> None:
    """Note that the signed decision went to UBND and UBMTTQ, and where it was posted (Law Đ20.3, NĐ59 Đ5.4)."""
    must(by, "polls:decision:send", poll)
    decision = _decision(session, poll)
    _refuse(rules.what_prevents_sending(decision_facts(session, poll, decision)))
    if unknown := set(places) - set(PLACES):
        raise Refusal(N_("Không có nơi công khai này: %(names)s."), field="places", names=", ".join(sorted(unknown)))
    decision.sent_committee_at = decision.sent_front_at = clock.now()
    decision.sent_by = by.account_id
    decision.posted_places = sorted(places)
    record(session, by, "polls.decision.send", subject=("poll", poll.id), path=poll.area.path, places=places)


def receive(session: Session, by: Actor, poll: Poll) -> None:
    """Note that the commune has the decision in hand."""
    must(by, "polls:decision:receive", poll)
    decision = _decision(session, poll)
    if decision.sent_committee_at is None or decision.received_at is not None:
        raise WrongMoment(N_("Chỉ xác nhận đã nhận một lần, sau khi văn bản được gửi."))
    decision.received_at = clock.now()
    record(session, by, "polls.decision.receive", subject=("poll", poll.id), path=poll.area.path)


def publish_opinions(session: Session, by: Actor, poll: Poll, positions: set[int]) -> None:
    """Choose which texts of "ý kiến khác" the public page shows: each was read by a person first."""
    must(by, "polls:minutes:write", poll)
    if poll.status not in {"counted", "decided"}:
        raise WrongMoment(N_("Chưa kiểm phiếu nên chưa có ý kiến khác."))
    opinions = session.query(OtherOpinion).filter(OtherOpinion.poll_id == poll.id).all()
    for opinion in opinions:
        opinion.published = opinion.position in positions
    record(session, by, "polls.opinions.publish", subject=("poll", poll.id), path=poll.area.path, shown=len(positions))


def decision_facts(session: Session, poll: Poll, decision: Decision) -> rules.DecisionFacts:
    """The decision beside its count, for the law to look at."""
    result = session.get(Result, poll.id)
    counted = result.counted if result else None
    return rules.DecisionFacts(
        form=decision.form,
        decided_on=decision.decided_on,
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
        conclusion=decision.conclusion,
        head_name=decision.head_name,
        front_name=decision.front_name,
        household_one=decision.household_one,
        household_two=decision.household_two,
        signed=decision.signed_at is not None,
        already_sent=decision.sent_committee_at is not None,
    )


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ManyRefusals(N_("Văn bản chưa đủ nội dung theo Điều 20."), [problem.refusal() for problem in problems])


def _decision(session: Session, poll: Poll) -> Decision:
    decision = session.get(Decision, poll.id)
    if decision is None:
        raise WrongMoment(N_("Chưa lập văn bản kết quả."))
    return decision
