"""Lists of consultations: of somebody's scope for staff, of a place for its residents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.areas.models import Area
from app.consultations.models import Consultation, ConsultationFile
from app.consultations.queries.loading import phase_is, was_published, within_reach
from app.consultations.rules.phases import STAGE_PHASES, Phase, Stage, phase
from app.core.permissions import Actor
from app.core.scope import above, within

PAGE = 25
SHOWN = 10
STAFF_SHOWN = 100
WITHDRAWN_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class ConsultationPage:
    """One page of a list; ``counts`` says how many of the scope are in each phase."""

    consultations: Sequence[Consultation]
    page: int
    pages: int
    counts: dict[Phase, int]


@dataclass(frozen=True)
class PublicList:
    """One page of what was ever put before the people of a place, with how many are at each stage."""

    consultations: Sequence[Consultation]
    page: int
    pages: int
    counts: dict[Stage, int]


@dataclass(frozen=True)
class PlaceConsultations:
    """What residents of a place may see, in the order in which it matters to them."""

    open: list[Consultation] = field(default_factory=list)
    upcoming: list[Consultation] = field(default_factory=list)
    closed: list[Consultation] = field(default_factory=list)
    finished: list[Consultation] = field(default_factory=list)
    withdrawn: list[Consultation] = field(default_factory=list)


def staff_consultations(
    session: Session, actor: Actor, now: datetime, *, phase: Phase | None = None, page: int = 1
) -> ConsultationPage:
    """Consultations within the asker's reach, the latest first."""
    reach = within_reach(actor)
    count = select(func.count(Consultation.id)).join(Consultation.area).where(reach)
    counts = {one: session.scalar(count.where(phase_is(one, now))) or 0 for one in Phase}
    total = counts[phase] if phase else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Consultation).join(Consultation.area).where(reach, *([phase_is(phase, now)] if phase else []))
    found = session.scalars(
        query.options(joinedload(Consultation.area).joinedload(Area.parent))
        .order_by(Consultation.created_at.desc(), Consultation.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return ConsultationPage(found, page, pages, counts)


def place_consultations(session: Session, path: str, now: datetime) -> PlaceConsultations:
    """Published consultations at, below or above a place: a draft of the commune concerns each of its areas.

    Those for residents of some areas alone are shown to everybody: who may comment is said on the page itself.
    """
    found = PlaceConsultations()
    here = within(Area.path, [path]) | above(Area.path, path)
    query = select(Consultation).join(Consultation.area).where(here, was_published())
    query = query.options(joinedload(Consultation.area))
    open_ones = query.where(Consultation.status == "opened").order_by(Consultation.closes_at, Consultation.id)
    lists = {Phase.OPEN: found.open, Phase.UPCOMING: found.upcoming, Phase.CLOSED: found.closed}
    for one in session.scalars(open_ones):
        lists[phase(one, now)].append(one)
    done = query.where(Consultation.status.in_(("answered", "adopted")))
    found.finished.extend(session.scalars(done.order_by(Consultation.answered_at.desc()).limit(SHOWN)))
    recently = Consultation.withdrawn_at > now - WITHDRAWN_SHOWN_FOR
    gone = query.where(Consultation.status == "withdrawn", recently).order_by(Consultation.withdrawn_at.desc())
    found.withdrawn.extend(session.scalars(gone.limit(SHOWN)))
    return found


def public_list(session: Session, path: str, now: datetime, *, stage: Stage | None = None, page: int = 1) -> PublicList:
    """Every published consultation at, below or above a place, the latest first; the empty path is everywhere."""
    scope = [was_published(), *([within(Area.path, [path]) | above(Area.path, path)] if path else [])]
    count = select(func.count(Consultation.id)).join(Consultation.area).where(*scope)
    counts = {one: session.scalar(count.where(_in_stage(one, now))) or 0 for one in Stage}
    total = counts[stage] if stage else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Consultation).join(Consultation.area).where(*scope, *([_in_stage(stage, now)] if stage else []))
    query = query.options(joinedload(Consultation.area)).order_by(Consultation.opens_at.desc(), Consultation.id.desc())
    return PublicList(session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all(), page, pages, counts)


def _in_stage(stage: Stage, now: datetime) -> ColumnElement[bool]:
    return or_(*(phase_is(one, now) for one in STAGE_PHASES[stage]))


def unanswered(session: Session, actor: Actor) -> Sequence[Consultation]:
    """Published drafts within reach whose answer is not published yet, the next to end first."""
    query = select(Consultation).join(Consultation.area)
    query = query.where(within_reach(actor), Consultation.status == "opened").options(joinedload(Consultation.area))
    return session.scalars(query.order_by(Consultation.closes_at, Consultation.id).limit(STAFF_SHOWN)).all()


def file_of(session: Session, consultation: Consultation, file_id: int) -> ConsultationFile | None:
    """A file of a consultation that was not removed."""
    query = select(ConsultationFile).where(
        ConsultationFile.consultation_id == consultation.id,
        ConsultationFile.id == file_id,
        ConsultationFile.removed_at.is_(None),
    )
    return session.scalar(query)
