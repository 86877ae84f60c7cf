"""From the tables to plain facts: what papers print and what the public page shows."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas import rules as area_rules
from app.core import clock
from app.holidays.queries import calendar_table
from app.lib.calendar import local_day
from app.polls import wording
from app.polls.documents import facts as papers
from app.polls.models import Ballot, Decision, Poll, Result, RollEntry, TeamMember
from app.polls.queries.public import opinions
from app.polls.rules import publication
from app.polls.rules.clauses import clause_rule
from app.polls.rules.deadlines import due
from app.polls.rules.facts import DECISION, ONLINE_CONSENT
from app.polls.rules.thresholds import needed, threshold

KINDS = {DECISION: papers.Kind.BINDING, ONLINE_CONSENT: papers.Kind.CONSULTATIVE}
CITATION = "Khoản %s Điều 15 Luật Thực hiện dân chủ ở cơ sở; Điều 5 Nghị định số 59/2023/NĐ-CP"


def public_result(poll: Poll, result: Result) -> publication.PublicResult:
    """The result as the web may show it (ballots.md §6)."""
    return publication.public_view(
        publication.ResultFacts(
            kind=poll.kind,
            level=poll.level,
            rule_key=result.rule_key,
            households=result.roll_size,
            agree=result.agree,
            disagree=result.disagree,
            other=result.other,
            invalid=result.invalid,
        )
    )


def send_by(session: Session, poll: Poll) -> date | None:
    """The last day to send the decision to UBND and UBMTTQ (Law Đ20); None for what decides nothing."""
    if poll.kind != DECISION or poll.closes_at is None:
        return None
    return due("send_decision", local_day(poll.closes_at), calendar_table(session))


def area_facts(poll: Poll) -> papers.AreaFacts:
    """The area as papers name it."""
    area, commune = poll.area, poll.area.parent
    if commune is None:
        raise ValueError("a residential area lies in a commune")
    kind = area_rules.KINDS[commune.kind].name
    bare = commune.name.removeprefix(kind.capitalize()).removeprefix(kind).strip() or commune.name
    return papers.AreaFacts(
        name=area.label,
        kind=area_rules.KINDS[area.kind].name,
        legal_type=area_rules.LEGAL_TYPES[area.legal_type or "thon"],
        commune_kind=kind,
        commune_name=bare,
        province_name=commune.parent.name if commune.parent else "",
    )


def vote_facts(poll: Poll, base_url: str) -> papers.VoteFacts:
    """An opened poll as its papers state it. Raises ``InconsistentFacts`` for one that was never opened."""
    total = poll.roll_size or 0
    rule = threshold(poll.rule_key)
    if poll.opens_at is None or poll.closes_at is None:
        raise papers.InconsistentFacts("The times of a vote are missing.")
    url = f"{base_url.rstrip('/')}/bieu-quyet/{poll.public_id}"
    secrecy = [wording.LEVEL_SENTENCES[poll.level]]
    if poll.level == "sealed":
        secrecy.append(wording.CUSTODY_SENTENCES[poll.custody])
    labels = [option["label"] for option in poll.options]
    return papers.VoteFacts(
        area=area_facts(poll),
        kind=KINDS[poll.kind],
        title=poll.title,
        question=poll.question,
        options=(labels[0], labels[1], labels[2]),
        citation=CITATION % poll.clause,
        households=total,
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        team=tuple(_member(one) for one in poll.team),
        definition_sha256=poll.definition_sha256 or "",
        roll_fingerprint=poll.roll_fingerprint or "",
        secrecy=" ".join(secrecy),
        poll_url=url,
        code_url=f"{url}/ma",
        needed=needed(total, poll.rule_key) if total else None,
        threshold=rule.words,
        may_change=poll.may_change,
        announced_on=clock.local(poll.opened_at).date() if poll.opened_at else None,
        help_place=poll.area.address,
    )


def _member(one: TeamMember) -> papers.TeamMember:
    return papers.TeamMember(
        name=one.full_name,
        body=wording.TEAM_BODIES[one.body],
        role=one.position,
        phone=one.phone,
        is_head=one.is_head,
    )


def head_title(poll: Poll) -> str:
    """ "Trưởng khu phố", "Trưởng thôn": the title under which the area's head signs."""
    return (
        f"Trưởng {area_rules.KINDS[poll.area.kind].name}" if poll.area.kind != "to_dan_pho" else "Tổ trưởng tổ dân phố"
    )


def result_facts(
    session: Session, poll: Poll, result: Result, decision: Decision | None, base_url: str
) -> papers.ResultFacts:
    """What a counted poll came to, with the decision where it has been written.

    Papers are made whenever they are asked for, and must then say what was signed: slips are as they were when counted,
    and what happened to the document afterwards is not in it.
    """
    return papers.ResultFacts(
        participated=result.counted,
        not_participated=result.roll_size - result.counted,
        agree=result.agree,
        disagree=result.disagree,
        other=result.other,
        invalid=result.invalid,
        passed=result.passed,
        decision=decision.conclusion if decision else "",
        signatories=_signatories(poll, decision),
        others=tuple(one.text for one in opinions(session, poll, published_only=False)),
        form=_form(poll, decision, passed=result.passed),
        number=decision.number if decision else "",
        decided_on=decision.decided_on if decision else None,
        place=decision.place if decision else "",
        in_force=clause_rule(poll.clause).in_force if result.passed and poll.kind == DECISION else "",
        slips=_slips(result),
        explanation=_explanation(result),
        batch_sha256=result.batch_sha256,
        result_url=f"{base_url.rstrip('/')}/bieu-quyet/{poll.public_id}",
        send_by=send_by(session, poll),
        posted_at=(poll.area.address,) if poll.area.address else (),
        publish_exact=not public_result(poll, result).masked,
    )


def participant_rows(session: Session, poll: Poll) -> list[papers.ParticipantRow]:
    """Who took part, for the minutes that go to UBND and UBMTTQ (NĐ59 Đ5.4); never what, nor when."""
    query = (
        select(RollEntry.number, RollEntry.representative, RollEntry.address)
        .join(Ballot, (Ballot.poll_id == RollEntry.poll_id) & (Ballot.entry_id == RollEntry.id))
        .where(RollEntry.poll_id == poll.id)
        .order_by(RollEntry.number)
    )
    return [
        papers.ParticipantRow(household_number=number, representative=name, address=address)
        for number, name, address in session.execute(query)
    ]


def _signatories(poll: Poll, decision: Decision | None) -> papers.Signatories:
    if decision is None:
        return papers.Signatories(head_title=head_title(poll), head=poll.area.head_name, front=poll.area.front_name)
    return papers.Signatories(
        head_title=head_title(poll),
        head=decision.head_name,
        front=decision.front_name,
        households=(decision.household_one, decision.household_two),
    )


def _form(poll: Poll, decision: Decision | None, *, passed: bool) -> papers.DecisionForm:
    if decision is not None:
        return papers.DecisionForm(decision.form)
    binding = poll.kind == DECISION and passed
    return papers.DecisionForm.RESOLUTION if binding else papers.DecisionForm.MINUTES


def _slips(result: Result) -> papers.SlipCounts:
    slips = result.reconciliation["slips"]
    return papers.SlipCounts(
        issued=slips["issued"],
        delivered=slips["used"] + slips["activated_unused"],
        reissued=slips["revoked_unused"],
    )


def _explanation(result: Result) -> str:
    """What the minutes say of sums that do not balance; "" where they do."""
    said = result.reconciliation.get("explanation")
    return f"{' '.join(said['problems'])} Giải trình: {said['reason']}" if said else ""
