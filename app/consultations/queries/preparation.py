"""What is known of a consultation in preparation: the facts the law asks about, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.areas.models import Area
from app.consultations.models import (
    Consultation,
    ConsultationArea,
    ConsultationChange,
    ConsultationFile,
    DraftVersion,
    Piece,
)
from app.consultations.rules.opening import PreparationFacts, Step, what_prevents_opening
from app.core.db import database_now
from app.polls.rules.problems import Problem


@dataclass(frozen=True)
class Task:
    """A step of the preparation: ``state`` is done, begun, todo or optional; with what is still wrong in it."""

    step: Step
    state: str
    problems: tuple[Problem, ...]


def preparation_facts(session: Session, consultation: Consultation, **changes: Any) -> PreparationFacts:
    """The consultation as prepared so far; ``changes`` stand in for what is about to be saved."""
    version = waiting_version(session, consultation)
    values: dict[str, Any] = {
        name: getattr(consultation, name)
        for name in (
            "title", "summary", "organiser", "responsible", "phone", "audience", "invited", "moderation",
            "council_sent_on", "front_sent_on", "opens_at", "closes_at",
        )
    }  # fmt: skip
    values |= {
        "areas": len(consultation.places),
        "now": database_now(session),
        "articles": count_articles(session, version),
        "empty_articles": count_empty_articles(session, version),
    }
    return PreparationFacts(**values | changes)


def problems(session: Session, consultation: Consultation) -> list[Problem]:
    """Everything that keeps the draft from being published now."""
    return what_prevents_opening(preparation_facts(session, consultation))


def tasks(session: Session, consultation: Consultation, found: Sequence[Problem]) -> list[Task]:
    """The steps with their states; ``found`` is what ``problems`` gave."""
    by_step = {step: tuple(problem for problem in found if problem.step == step) for step in Step}
    begun = {
        Step.SUBJECT: bool(consultation.title),
        Step.DRAFT: waiting_version(session, consultation) is not None,
        Step.AUDIENCE: True,
        Step.PLAN: bool(consultation.organiser or consultation.council_sent_on),
        Step.TIMES: consultation.opens_at is not None,
        Step.MODERATION: True,
        Step.FILES: bool(files_of(session, consultation, "reading", "plan")),
    }
    return [Task(step, _state(step, begun[step], by_step[step]), by_step[step]) for step in Step]


def _state(step: Step, begun: bool, found: tuple[Problem, ...]) -> str:
    if found:
        return "begun" if begun else "todo"
    return "done" if begun else "optional"


def waiting_version(session: Session, consultation: Consultation, purpose: str = "draft") -> DraftVersion | None:
    """The newest version that is not published yet, and newer than every published one of its purpose."""
    newest = select(DraftVersion).where(
        DraftVersion.consultation_id == consultation.id, DraftVersion.purpose == purpose
    )
    found = session.scalar(newest.order_by(DraftVersion.number.desc()).limit(1))
    return found if found is not None and found.published_at is None else None


def count_articles(session: Session, version: DraftVersion | None) -> int | None:
    """How many pieces of a version are commented on by themselves (most often articles); None without a version."""
    if version is None:
        return None
    query = select(func.count(Piece.id)).where(Piece.version_id == version.id, Piece.anchor == Piece.article_anchor)
    return session.scalar(query) or 0


def count_empty_articles(session: Session, version: DraftVersion | None) -> int:
    """How many of them have not a single letter, neither of their own nor in what belongs to them."""
    if version is None:
        return 0
    part = aliased(Piece)
    inside = select(part.id).where(
        part.version_id == version.id,
        part.article_anchor == Piece.article_anchor,
        or_(part.text != "", part.heading != ""),
    )
    query = select(func.count(Piece.id)).where(Piece.version_id == version.id, Piece.anchor == Piece.article_anchor)
    return session.scalar(query.where(~inside.exists())) or 0


def files_of(session: Session, consultation: Consultation, *kinds: str) -> Sequence[ConsultationFile]:
    """Files of the kinds that were not removed, in the order in which they came."""
    query = select(ConsultationFile).where(
        ConsultationFile.consultation_id == consultation.id,
        ConsultationFile.kind.in_(kinds),
        ConsultationFile.removed_at.is_(None),
    )
    return session.scalars(query.order_by(ConsultationFile.id)).all()


def changes_of(session: Session, consultation: Consultation) -> Sequence[ConsultationChange]:
    """What changed after publication, the first first."""
    query = select(ConsultationChange).where(ConsultationChange.consultation_id == consultation.id)
    return session.scalars(query.order_by(ConsultationChange.id)).all()


def places_of(session: Session, consultation: Consultation) -> Sequence[Area]:
    """The residential areas whose residents are asked, by code."""
    query = select(Area).join(ConsultationArea, ConsultationArea.area_id == Area.id)
    return session.scalars(query.where(ConsultationArea.consultation_id == consultation.id).order_by(Area.path)).all()
