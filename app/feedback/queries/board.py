"""What everybody may read of the counters of a commune."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.permissions import Actor
from app.core.scope import visible
from app.feedback.models import BoardNote, Rating, RatingNote, RatingPoint, ServiceCenter
from app.feedback.queries.numbers import Line, recent_public
from app.feedback.rules.periods import Period, period_of, told_until

WEEKS = 13
MONTHS = 3
NOTES = 20
WORDS = 10


@dataclass(frozen=True)
class Board:
    """One centre on the board. ``until``: the last day it tells of; ``months``: the first and the last of those its
    counters are told of; ``words``: level and visible text."""

    center: ServiceCenter
    total: Line
    counters: Sequence[Line]
    until: date
    months: tuple[Period, Period]
    notes: Sequence[BoardNote]
    words: Sequence[tuple[int, str]]
    point: str


def centers_of(session: Session, path: str) -> Sequence[ServiceCenter]:
    """The centres of a commune, closed ones last."""
    query = select(ServiceCenter).where(ServiceCenter.path == path)
    query = query.order_by(ServiceCenter.closed_at.is_not(None), ServiceCenter.name, ServiceCenter.id)
    return session.scalars(query).all()


def board(session: Session, center: ServiceCenter, today: date) -> Board:
    """Thirteen weeks of a centre that are over, what was done about opinions, and opinions that may be shown.

    Figures that moved with each tap, or each day, would tell the desk what the person just served chose.
    """
    until = told_until(today)
    months = months_over(until)
    total, counters = recent_public(session, center, until, WEEKS, months)
    return Board(
        center=center,
        total=total,
        counters=counters,
        until=until,
        months=(months[0], months[-1]),
        notes=notes(session, center.id)[:NOTES],
        words=_words(session, center.id, until),
        point=_point(session, center.id),
    )


def months_over(until: date) -> list[Period]:
    """The last months that are over by then, the oldest first."""
    month = period_of("month", until)
    found = [month if month.last <= until else month.previous]
    while len(found) < MONTHS:
        found.insert(0, found[0].previous)
    return found


def _words(session: Session, center_id: int, until: date) -> list[tuple[int, str]]:
    query = select(Rating.level, RatingNote.shown_text).join(Rating, Rating.id == RatingNote.rating_id)
    query = query.where(
        RatingNote.center_id == center_id,
        Rating.day <= until,
        RatingNote.visible.is_(True),
        RatingNote.restricted.is_(False),
        Rating.undone_at.is_(None),
        Rating.standing.in_(("counted", "restored")),
    )
    rows = session.execute(query.order_by(RatingNote.id.desc()).limit(WORDS))
    return [(level, text) for level, text in rows if text]


def _point(session: Session, center_id: int) -> str:
    """The code of a point of the whole centre, where one may rate from elsewhere too; empty where there is none."""
    query = select(RatingPoint.code).where(RatingPoint.center_id == center_id, RatingPoint.revoked_at.is_(None))
    return session.scalar(query.where(RatingPoint.counter_id.is_(None)).order_by(RatingPoint.id).limit(1)) or ""


def notes(session: Session, center_id: int, *, withdrawn: bool = False) -> Sequence[BoardNote]:
    """What was done about what people said, the newest first."""
    query = select(BoardNote).where(BoardNote.center_id == center_id)
    if not withdrawn:
        query = query.where(BoardNote.withdrawn_at.is_(None))
    return session.scalars(query.order_by(BoardNote.posted_at.desc(), BoardNote.id.desc())).all()


def in_scope_note(session: Session, actor: Actor, board_note_id: int) -> BoardNote | None:
    """The line inside the asker's scope."""
    return session.scalar(select(BoardNote).where(BoardNote.id == board_note_id, visible(BoardNote.path, actor)))
