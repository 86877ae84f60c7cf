"""Lists of polls inside somebody's scope, by phase; the same truth as ``rules.phases.phase``, as SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.areas.models import Area
from app.core.permissions import Actor
from app.core.scope import visible
from app.lib.text import fold
from app.polls.models import Poll, PollChange, PollDocument
from app.polls.rules.phases import Phase

PAGE = 25


@dataclass(frozen=True)
class PollPage:
    """One page of a list; ``counts`` says how many polls of the scope are in each phase."""

    polls: Sequence[Poll]
    page: int
    pages: int
    counts: dict[Phase, int]


def staff_poll(session: Session, actor: Actor, public_id: str) -> Poll | None:
    """A poll inside the asker's scope, in whatever state, with its area and commune."""
    query = select(Poll).join(Poll.area).where(Poll.public_id == public_id, visible(Area.path, actor))
    return session.scalar(query.options(joinedload(Poll.area).joinedload(Area.parent)))


def phase_is(wanted: Phase, now: datetime) -> ColumnElement[bool]:
    """Whether a poll is in the phase at the moment ``now``."""
    opened = Poll.status == "opened"
    if wanted is Phase.UPCOMING:
        return and_(opened, Poll.opens_at > now)
    if wanted is Phase.VOTING:
        return and_(opened, Poll.opens_at <= now, Poll.closes_at > now)
    if wanted is Phase.ENDED:
        return or_(Poll.status == "closed", and_(opened, Poll.closes_at <= now))
    return Poll.status == wanted.value


def staff_polls(
    session: Session, actor: Actor, now: datetime, *, phase: Phase | None = None, words: str = "", page: int = 1
) -> PollPage:
    """Polls of the asker's scope whose title or place holds all the words, the latest first."""
    scope = [visible(Area.path, actor)]
    scope += [or_(Area.search.contains(word, autoescape=True), Poll.public_id == word) for word in fold(words).split()]
    counts = {
        one: session.scalar(select(func.count(Poll.id)).join(Poll.area).where(*scope, phase_is(one, now))) or 0
        for one in Phase
    }
    total = counts[phase] if phase else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Poll).join(Poll.area).where(*scope, *([phase_is(phase, now)] if phase else []))
    found = session.scalars(
        query.options(joinedload(Poll.area).joinedload(Area.parent))
        .order_by(Poll.created_at.desc(), Poll.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return PollPage(found, page, pages, counts)


def document_of(session: Session, poll: Poll, document_id: int) -> PollDocument | None:
    query = select(PollDocument).where(PollDocument.poll_id == poll.id, PollDocument.id == document_id)
    return session.scalar(query)


def public_document(session: Session, public_id: str, document_id: int) -> PollDocument | None:
    """A document that anybody may fetch: to read or to hear, of a poll that was opened; a proof never is."""
    return session.scalar(
        select(PollDocument)
        .join(Poll, Poll.id == PollDocument.poll_id)
        .where(Poll.public_id == public_id, Poll.opened_at.is_not(None))
        .where(PollDocument.id == document_id, PollDocument.kind.in_(("reading", "audio")))
    )


def open_change(session: Session, poll: Poll) -> PollChange | None:
    """The extension or cancellation that waits for a second person."""
    query = select(PollChange).where(PollChange.poll_id == poll.id, PollChange.decided_at.is_(None))
    return session.scalar(query.order_by(PollChange.id.desc()).limit(1))


def changes_of(session: Session, poll: Poll) -> Sequence[PollChange]:
    query = select(PollChange).where(PollChange.poll_id == poll.id)
    return session.scalars(query.order_by(PollChange.id)).all()
