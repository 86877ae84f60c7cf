"""The answer table: its rows with their answers, what keeps it from being published, and what came late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.consultations.models import Answer, Comment, Consultation, OpinionGroup
from app.consultations.queries.opinions import (
    ArticleName,
    article_names,
    grouped,
    groups,
    says_more,
    waiting_for_moderators,
)
from app.consultations.rules import answering
from app.consultations.rules.answering import Problem, Section
from app.core import clock
from app.core.roles import ROLE_PERMISSIONS
from app.core.scope import above, within
from app.identity.models import Account, RoleGrant
from app.identity.queries import live
from app.lib.i18n import N_, Term

WHOLE_DRAFT = N_("Toàn bộ dự thảo")


@dataclass(frozen=True)
class TableRow:
    """One row of the answer table. ``answer`` is None until somebody is given it or writes it."""

    section: Section
    article: str
    group: OpinionGroup | None
    answer: Answer | None


def table(session: Session, consultation: Consultation) -> list[TableRow]:
    """All rows in the order of the articles: an article's groups, the largest first, then what is in no group.

    A row without opinions that may be shown is left out, even when an answer was begun. The whole draft comes first.
    """
    return _rows(session, consultation)


def _rows(session: Session, consultation: Consultation, *only: ColumnElement[bool]) -> list[TableRow]:
    names = article_names(session, consultation.id)
    answers = {(one.article_anchor, one.group_id): one for one in answers_of(session, consultation.id)}
    named = {group.id: group for group in groups(session, consultation.id)}
    rows = [
        _row(found, answers.get((found.anchor, found.group_id)), named.get(found.group_id or 0), names)
        for found in _counted(session, consultation.id, *only)
    ]
    return sorted(rows, key=lambda row: _order(row, names))


def row_of(session: Session, consultation: Consultation, key: str) -> TableRow | None:
    """The row a key names; None where nobody said anything that could be answered there."""
    anchor, group_id = answering.read_key(key)
    only = Comment.article_anchor == anchor if group_id is None else Comment.group_id == group_id
    return next((row for row in _rows(session, consultation, only) if row.section.key == key), None)


def answers_of(session: Session, consultation_id: int) -> Sequence[Answer]:
    """All answers of a consultation, in the order in which they were published."""
    query = select(Answer).where(Answer.consultation_id == consultation_id)
    return session.scalars(query.order_by(Answer.position, Answer.id)).all()


def problems(session: Session, consultation: Consultation, rows: Sequence[TableRow] | None = None) -> list[Problem]:
    """Everything that keeps the table from being published."""
    found = table(session, consultation) if rows is None else rows
    suggested = sum(group.status == "suggested" for group in groups(session, consultation.id))
    waiting = waiting_for_moderators(session, consultation.id)
    return answering.what_prevents_publishing([row.section for row in found], waiting=waiting, suggested=suggested)


def drafters(session: Session, consultation: Consultation) -> Sequence[Account]:
    """Accounts that may draft answers at the place, by name."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if "consultations:answer:draft" in permissions]
    holding = (
        select(RoleGrant.account_id)
        .join(Area, Area.id == RoleGrant.area_id)
        .where(RoleGrant.role.in_(roles), live(clock.now()), above(Area.path, consultation.area.path))
    )
    query = select(Account).where(Account.id.in_(holding), Account.disabled_at.is_(None))
    return session.scalars(query.order_by(Account.full_name, Account.id)).all()


@dataclass(frozen=True)
class Lateness:
    """How many tables of a place were published after their day, and how many are overdue now."""

    published_late: int
    overdue: int


def lateness(session: Session, places: Iterable[str], today: date) -> Lateness:
    """Late answer tables of the places and below; a consultation without a day to answer is never late."""
    query = (
        select(Consultation.answer_due_on, Consultation.answered_at)
        .join(Area, Area.id == Consultation.area_id)
        .where(within(Area.path, places), Consultation.answer_due_on < today)
        .where(Consultation.status.in_(("opened", "answered", "adopted")))
    )
    late = overdue = 0
    for due_on, answered_at in session.execute(query):
        if answered_at is None:
            overdue += 1
        else:
            late += answering.late_days(due_on, clock.local(answered_at).date(), today) > 0
    return Lateness(late, overdue)


@dataclass(frozen=True)
class _Counted:
    anchor: str
    group_id: int | None
    entries: int
    people: int
    needs_answer: bool
    newest: datetime


def _counted(session: Session, consultation_id: int, *only: ColumnElement[bool]) -> list[_Counted]:
    query = (
        select(
            Comment.article_anchor,
            grouped().label("counted_group"),
            func.count(),
            func.sum(Comment.weight),
            func.max(case((says_more(), 1), else_=0)),
            func.max(Comment.received_at),
        )
        .outerjoin(OpinionGroup, OpinionGroup.id == Comment.group_id)
        .where(Comment.consultation_id == consultation_id, Comment.visible.is_(True), *only)
        # By name: PostgreSQL does not see that two expressions with parameters are the same.
        .group_by(Comment.article_anchor, "counted_group")
    )
    return [
        _Counted(anchor, group_id, entries, int(people), bool(more), newest)
        for anchor, group_id, entries, people, more, newest in session.execute(query)
    ]


def _row(found: _Counted, answer: Answer | None, group: OpinionGroup | None, names: dict[str, ArticleName]) -> TableRow:
    article = article_label(found.anchor, names)
    return TableRow(_section(found, answer, row_title(article, group)), article, group, answer)


def article_label(anchor: str, names: dict[str, ArticleName]) -> str:
    """An article as people call it; the whole draft for no anchor."""
    if not anchor:
        return Term(WHOLE_DRAFT)
    return names[anchor].title if anchor in names else anchor


def row_title(article: str, group: OpinionGroup | None) -> str:
    """How people call a row of the table."""
    return f"{article} – {group.title}" if group is not None else article


def _section(found: _Counted, answer: Answer | None, title: str) -> Section:
    approved_at = answer.approved_at if answer else None
    return Section(
        anchor=found.anchor,
        group_id=found.group_id,
        entries=found.entries,
        people=found.people,
        needs_answer=found.needs_answer,
        status=answer.status if answer else "",
        due_on=answer.due_on if answer else None,
        approved_on=clock.local(approved_at).date() if approved_at else None,
        newer=approved_at is not None and found.needs_answer and found.newest > approved_at,
        title=title,
    )


def _order(row: TableRow, names: dict[str, ArticleName]) -> tuple[object, ...]:
    section = row.section
    place = names[section.anchor].position if section.anchor in names else (1, 0)
    first = () if not section.anchor else place
    return (section.anchor != "", first, section.group_id is None, -section.people, section.group_id or 0)
