"""Signs as reviewers see them: lists, one sign with its ratings, and both figures beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.permissions import Actor, Body, covers
from app.core.roles import ROLE_BODIES
from app.core.scope import above, visible, within
from app.feedback.models import Officer, Rating, RatingFlag, RatingNote, RatingPoint, RatingReason, ServiceCenter
from app.feedback.rules.periods import told_until

VIEW, DECIDE = "feedback:flag:view", "feedback:flag:decide"
PAGE = 25
COUNTED = 100
SHOWN = 200
Flag = RatingFlag


@dataclass(frozen=True)
class Search:
    """What is looked for; an empty value asks nothing. ``show``: open, decided or all."""

    show: str = "open"
    rule: str = ""
    center: int = 0


@dataclass(frozen=True)
class Line:
    """One sign in a list: any line of it, how many ratings it names, and where it was."""

    flag: RatingFlag
    ratings: int
    center: str
    point: str


@dataclass(frozen=True)
class Page:
    """One page of signs, and how many there are."""

    lines: list[Line]
    page: int
    pages: int
    total: int


def listed(session: Session, actor: Actor, search: Search, page: int = 1) -> Page:
    """Signs at the asker's places: undecided ones first, the newest day first."""
    found = _matching(actor, search).subquery()
    total = session.scalar(select(func.count()).select_from(found)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    query = select(Flag, found.c.ratings, ServiceCenter.name, RatingPoint.label).join(found, found.c.id == Flag.id)
    query = query.join(ServiceCenter, ServiceCenter.id == Flag.center_id)
    query = query.outerjoin(RatingPoint, RatingPoint.id == Flag.point_id)
    query = query.order_by(Flag.decided_at.is_not(None), Flag.day.desc(), Flag.id.desc())
    rows = session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    return Page([Line(flag, n, center, point or "") for flag, n, center, point in rows], page, pages, total)


def _matching(actor: Actor, search: Search) -> Select[int, int]:
    conditions: list[ColumnElement[bool]] = [_at(actor, VIEW), _told(actor)]
    if search.show in ("open", "decided"):
        conditions.append(Flag.decided_at.is_(None) if search.show == "open" else Flag.decided_at.is_not(None))
    if search.rule:
        conditions.append(Flag.rule == search.rule)
    if search.center:
        conditions.append(Flag.center_id == search.center)
    query = select(func.min(Flag.id).label("id"), func.count(Flag.rating_id).label("ratings"))
    return query.where(*conditions).group_by(Flag.cluster)


def _at(actor: Actor, permission: str) -> ColumnElement[bool]:
    # By centres, of which there are few: the index of signs begins with them.
    places = within(ServiceCenter.path, actor.places(permission))
    return Flag.center_id.in_(select(ServiceCenter.id).where(places))


def _told(actor: Actor) -> ColumnElement[bool]:
    """Of which signs the asker may know: bodies of oversight of all at once, others of none in the week that runs.

    A sign of bad marks found within minutes would tell, beside the roster, what the person chose who has just gone.
    """
    until, later = told_until(clock.today()), aliased(Flag)
    here = select(ServiceCenter.id).where(visible(ServiceCenter.path, actor))
    # A sign grows: its first day may be over while ratings of these days join it.
    growing = select(later.cluster).join(Rating, Rating.id == later.rating_id)
    growing = growing.where(Rating.center_id.in_(here), Rating.day > until)
    return or_(Flag.center_id.in_(_overseen(actor)), and_(Flag.day <= until, Flag.cluster.not_in(growing)))


def _overseen(actor: Actor) -> Select[int]:
    """The centres of whose signs the asker ``sees_ratings``."""
    bodies = [(ROLE_BODIES[grant.role], grant) for grant in actor.grants]
    overseen = [grant.path for body, grant in bodies if body is Body.OVERSIGHT and VIEW in grant.permissions]
    unit = [grant.path for body, grant in bodies if body is Body.COMMITTEE]
    path = ServiceCenter.path
    own = or_(within(path, unit), *(above(path, place) for place in unit))
    tied = select(Officer.center_id).where(Officer.account_id == actor.account_id)
    return select(ServiceCenter.id).where(within(path, overseen), ~own, ServiceCenter.id.not_in(tied))


def centers(session: Session, actor: Actor) -> Sequence[ServiceCenter]:
    """The centres whose signs the asker may see."""
    query = select(ServiceCenter).where(within(ServiceCenter.path, actor.places(VIEW)))
    return session.scalars(query.order_by(ServiceCenter.name, ServiceCenter.id)).all()


def waiting_for(session: Session, actor: Actor) -> int:
    """How many signs wait for a decision of somebody with the asker's rights, counted up to a hundred."""
    if not actor.holds_anywhere(DECIDE):
        return 0
    some = select(Flag.cluster).where(Flag.decided_at.is_(None), _at(actor, DECIDE), _told(actor)).distinct()
    return session.scalar(select(func.count()).select_from(some.limit(COUNTED).subquery())) or 0


def in_scope_flag(session: Session, actor: Actor, flag_id: int) -> RatingFlag | None:
    """A line of a sign inside the asker's scope, of which the asker may know already."""
    return session.scalar(select(Flag).where(Flag.id == flag_id, visible(Flag.path, actor), _told(actor)))


def belongs_to_unit(session: Session, actor: Actor, flag: RatingFlag) -> bool:
    """Whether the asker also works for the committee whose centre is rated, or ever was an officer of that centre.

    Who has left decides no better of ratings that speak of them: ``left_on`` changes nothing.
    """
    committee = (grant for grant in actor.grants if ROLE_BODIES[grant.role] is Body.COMMITTEE)
    if any(covers(grant.path, flag.path) or covers(flag.path, grant.path) for grant in committee):
        return True
    query = select(Officer.id).where(Officer.center_id == flag.center_id, Officer.account_id == actor.account_id)
    return session.scalar(query.limit(1)) is not None


def sees_ratings(session: Session, actor: Actor, flag: RatingFlag) -> bool:
    """Whether the asker sees single ratings: bodies of oversight alone, so that nobody is found out by the hour."""
    return Body.OVERSIGHT in actor.bodies(VIEW, flag.path) and not belongs_to_unit(session, actor, flag)


@dataclass(frozen=True)
class Shown:
    """A rating of a sign. ``device`` is a letter that holds on this page alone."""

    rating: Rating
    device: str
    reasons: bool
    note: str


@dataclass(frozen=True)
class About:
    """How large a sign is: its lines, the ratings they name, and those a sign over days speaks of without naming."""

    lines: int
    ratings: int
    spoken_of: int


def about(session: Session, flag: RatingFlag) -> About:
    """How many ratings a sign is about."""
    query = select(func.count(), func.count(Flag.rating_id)).where(Flag.cluster == flag.cluster)
    lines, ratings = session.execute(query).one()
    return About(lines, ratings, 0 if ratings else len(of_scope(session, flag.center_id, flag.why.get("scope"))))


def ratings_of(session: Session, flag: RatingFlag) -> list[Shown]:
    """The ratings of a sign in the order of time, up to two hundred; devices by letters, never by their marks."""
    members = select(Flag.rating_id).where(Flag.cluster == flag.cluster, Flag.rating_id.is_not(None))
    chosen = exists().where(RatingReason.rating_id == Rating.id)
    query = select(Rating, chosen, RatingNote.shown_text, RatingNote.visible).outerjoin(
        RatingNote, RatingNote.rating_id == Rating.id
    )
    query = query.where(Rating.id.in_(members)).order_by(Rating.made_at, Rating.id).limit(SHOWN)
    letters: dict[str, str] = {}
    found = []
    for rating, reasons, text, visible_ in session.execute(query):
        device = letters.setdefault(rating.device_hash, letter(len(letters)))
        found.append(Shown(rating, device, bool(reasons), (text if visible_ else "") or ""))
    return found


def letter(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    name = chr(ord("A") + number % 26)
    return name if number < 26 else letter(number // 26 - 1) + name


def of_scope(session: Session, center_id: int, scope: dict[str, Any] | None) -> list[int]:
    """The ratings that a sign over days speaks of: those at its points on its days, or the bare best marks of them."""
    if not scope:
        return []
    days = (date.fromisoformat(scope["since"]), date.fromisoformat(scope["until"]))
    query = select(Rating.id).where(Rating.center_id == center_id, Rating.day.between(*days))
    query = query.where(Rating.point_id.in_(scope["points"]), Rating.undone_at.is_(None))
    if scope.get("bare_fives"):
        said = exists().where(RatingReason.rating_id == Rating.id)
        wrote = exists().where(RatingNote.rating_id == Rating.id)
        query = query.where(and_(Rating.level == 5, ~said, ~wrote))
    return list(session.scalars(query.order_by(Rating.id)))
