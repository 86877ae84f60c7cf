"""What the papers and workbooks of a consultation say: only what others may read, never a telephone or a code."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.areas.models import Area
from app.consultations.documents.facts import AnswerFacts, Counted, OpinionFacts, TableFacts
from app.consultations.models import Comment, Consultation, OpinionGroup
from app.consultations.queries.answers import TableRow, article_label, table
from app.consultations.queries.opinions import (
    Tally,
    article_names,
    hidden_reasons,
    tallies,
    total,
    waiting_for_moderators,
)
from app.consultations.rules.answering import late_days
from app.core import clock
from app.moderation.rules.reasons import REFER, REJECT

_AT_ONCE = 500
_OTHER = "Lý do khác"
_TOTAL = "Tổng cộng"


def table_facts(session: Session, consultation: Consultation, today: date) -> TableFacts:
    """Everything the answer table and the report say. Raises ``ValueError`` before the consultation was opened."""
    opened_at, closed_at, answered_at = consultation.opens_at, consultation.closes_at, consultation.answered_at
    if opened_at is None or closed_at is None:
        raise ValueError("a consultation without its times has no table")
    answered_on = clock.local(answered_at).date() if answered_at else None
    names, found = article_names(session, consultation.id), tallies(session, consultation.id)
    order = ["", *names, *(anchor for anchor in found if anchor and anchor not in names)]
    authority, issuer, place = _issuer(consultation.area)
    return TableFacts(
        title=consultation.title,
        authority=authority,
        issuer=issuer,
        place=place,
        organiser=consultation.organiser or f"{authority} {issuer}",
        opened_at=opened_at,
        closed_at=closed_at,
        council_sent_on=consultation.council_sent_on,
        front_sent_on=consultation.front_sent_on,
        due_on=consultation.answer_due_on,
        published_at=answered_at,
        days_late=late_days(consultation.answer_due_on, answered_on, today),
        rows=tuple(_answers(table(session, consultation), published=answered_at is not None)),
        counted=tuple(
            _counted(article_label(anchor, names), found[anchor])
            for anchor in order
            if anchor in found and found[anchor].total.entries
        ),
        total=_counted(_TOTAL, total(found)),
        sources=_sources(session, consultation.id),
        residents=_residents(session, consultation.id),
        hidden=_hidden(session, consultation.id),
        waiting=waiting_for_moderators(session, consultation.id),
    )


def opinion_facts(session: Session, consultation: Consultation) -> Iterator[OpinionFacts]:
    """All opinions that may be shown, in the order in which they came, some at a time.

    Whoever only let staff see a name is not named here: a file travels further than a page.
    """
    place, names = aliased(Area), article_names(session, consultation.id)
    query = (
        select(
            Comment.id, Comment.article_anchor, Comment.stance, Comment.shown_text, Comment.shown_name,
            Comment.source, Comment.weight, Comment.received_at, Comment.written_at,
            place.name.label("area"), OpinionGroup.id.label("accepted_group"),
        )
        .outerjoin(place, place.id == Comment.resident_of)
        .outerjoin(OpinionGroup, (OpinionGroup.id == Comment.group_id) & (OpinionGroup.status == "accepted"))
        .where(Comment.consultation_id == consultation.id, Comment.visible.is_(True))
        .order_by(Comment.id)
        .execution_options(yield_per=_AT_ONCE)
    )  # fmt: skip
    for number, row in enumerate(session.execute(query), start=1):
        yield OpinionFacts(
            number=number,
            article=article_label(row.article_anchor, names),
            stance=row.stance,
            text=row.shown_text or "",
            name=row.shown_name,
            area=row.area or "",
            source=row.source,
            weight=row.weight,
            at=row.written_at or row.received_at,
            group=f"Nhóm {row.accepted_group}" if row.accepted_group else "",
        )


def _answers(rows: list[TableRow], *, published: bool) -> Iterator[AnswerFacts]:
    for row in rows:
        answer = row.answer
        if answer is None or not answer.text:
            continue
        section = row.section
        yield AnswerFacts(
            article=row.article,
            summary=answer.summary,
            entries=answer.entries if published else section.entries,
            people=answer.people if published else section.people,
            outcome=answer.outcome or "",
            text=answer.text,
            place=answer.final_place,
            approved=answer.status == "approved",
        )


def _counted(article: str, tally: Tally) -> Counted:
    people = {stance: number.people for stance, number in tally.stances.items()}
    return Counted(article=article, entries=tally.total.entries, **people)


def _sources(session: Session, consultation_id: int) -> dict[str, int]:
    query = (
        select(Comment.source, func.count())
        .where(Comment.consultation_id == consultation_id, Comment.visible.is_(True))
        .group_by(Comment.source)
        .order_by(func.count().desc(), Comment.source)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _residents(session: Session, consultation_id: int) -> int:
    query = select(func.count()).where(
        Comment.consultation_id == consultation_id, Comment.visible.is_(True), Comment.resident_of.is_not(None)
    )
    return session.scalar(query) or 0


def _hidden(session: Session, consultation_id: int) -> dict[str, int]:
    reasons = {**REJECT, **REFER}
    found: dict[str, int] = {}
    for key, count in hidden_reasons(session, consultation_id).items():
        label = reasons[key].label if key in reasons else _OTHER
        found[label] = found.get(label, 0) + count
    return found


def _issuer(area: Area) -> tuple[str, str, str]:
    """The two lines of a heading and the place: a commune speaks through its committee, an area below its commune."""
    commune = area.commune
    place = commune.name.split(" ", 1)[-1] if commune.level == "commune" else commune.name
    if commune is area:
        return "Ủy ban nhân dân", area.name, place
    return f"UBND {commune.name}", area.name, place
