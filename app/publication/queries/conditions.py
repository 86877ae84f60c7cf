"""The states of postings and their places as SQL: the same truth as ``rules.states``."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_

from app.areas.models import Area
from app.core.permissions import Actor
from app.core.scope import above, visible, within
from app.lib.text import fold
from app.publication.models import Posting
from app.publication.rules.periods import REMIND_BEFORE
from app.publication.rules.states import State


def state_is(wanted: State, today: date) -> ColumnElement[bool]:
    """Whether a posting is in the state on the day."""
    posted = Posting.status == "posted"
    warned = today + timedelta(days=REMIND_BEFORE.days)
    if wanted is State.POSTED:
        return and_(posted, or_(Posting.until.is_(None), Posting.until > warned))
    if wanted is State.ENDING:
        return and_(posted, Posting.until.between(today, warned))
    if wanted is State.ENDED:
        return and_(posted, Posting.until < today)
    return Posting.status == wanted.value


def was_posted() -> ColumnElement[bool]:
    """Whether anybody may see it: posted once, whatever became of it."""
    return Posting.status != "draft"


def concerns(path: str) -> ColumnElement[bool]:
    """Whether a posting (joined with its ``Area``) is read at a place: put up there, inside it, or for all around."""
    return or_(within(Area.path, [path]), above(Area.path, path))


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """Whether staff see a posting: inside their places, or put up for all of the commune they work in a part of."""
    parts = or_(false(), *(above(Area.path, grant.path) for grant in actor.grants if grant.path))
    return or_(visible(Area.path, actor), and_(was_posted(), parts))


def holds(words: str) -> list[ColumnElement[bool]]:
    """Whether a posting holds every word, marks ignored."""
    return [Posting.search.contains(word, autoescape=True) for word in fold(words).split()]
