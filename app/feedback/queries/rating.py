"""What the page of a point shows and what a rating made there is about, kept in mind for some seconds."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.areas.rules import in_sentence
from app.core import clock
from app.core.db import Single
from app.core.prepared import Prepared
from app.core.remembered import Remembered
from app.feedback.models import Rating, RatingPoint
from app.feedback.queries.places import groups_at
from app.feedback.queries.points import CODE_LENGTH, by_code, duty_officer
from app.lib.codes import normalise
from app.lib.networks import Network, address_of, network_in


@dataclass(frozen=True, slots=True)
class Place:
    """A point, and everything its pages say. ``replacement``: the code that stands there now, where one does.

    ``closed_on``: the day its whole centre closed.
    """

    id: int
    code: str
    path: str
    center_id: int
    counter_id: int | None
    group_id: int | None
    center: str
    counter: str
    group: str
    hotline: str
    commune: str
    home: str
    open: bool
    replacement: str = ""
    closed_on: date | None = None
    networks: tuple[Network, ...] = ()
    point: RatingPoint | None = field(default=None, compare=False)

    def is_on_site(self, address: str) -> bool:
        """Whether an address of the network is one of the centre's own."""
        asked = address_of(address) if self.networks else None
        return asked is not None and any(asked in network for network in self.networks)


def place_of(session: Session, code: str) -> Place | None:
    """The point with this code (in its one spelling), revoked or not."""
    point = by_code(session, code)
    if point is None:
        return None
    center = point.center
    commune = session.get_one(Area, center.area_id)
    new = session.get(RatingPoint, point.replaced_by) if point.replaced_by else None
    closed = center.closed_at or (point.counter and point.counter.closed_at)
    return Place(
        id=point.id,
        code=point.code,
        path=point.path,
        center_id=point.center_id,
        counter_id=point.counter_id,
        group_id=_group_of(session, point),
        center=center.name,
        counter=_counter(point),
        group=point.group.name if point.group else "",
        hotline=center.hotline,
        commune=in_sentence(commune.name),
        home=commune.code,
        open=point.revoked_at is None and not closed,
        replacement=new.code if new and new.revoked_at is None else "",
        closed_on=clock.local(center.closed_at).date() if center.closed_at else None,
        networks=tuple(_networks(center.networks)),
        point=point,
    )


def _group_of(session: Session, point: RatingPoint) -> int | None:
    """The group of procedures a rating there is about: the point's own, or the only one that its counter handles."""
    if point.group_id is not None or point.counter_id is None:
        return point.group_id
    handled = groups_at(session, point.counter_id)
    return handled[0].id if len(handled) == 1 else None


def _counter(point: RatingPoint) -> str:
    if point.counter is None:
        return point.label
    named = point.counter.name
    return named if point.counter.number in named else f"{point.counter.number} · {named}"


def _networks(texts: list[str]) -> list[Network]:
    found: list[Network] = []
    for text in texts:
        try:
            found.append(network_in(text))
        except ValueError:
            # What somebody mistyped is nobody's network.
            continue
    return found


_LATELY = timedelta(minutes=1)
PLACES: Remembered[str, Place | None] = Remembered(place_of)
_ON_DUTY: Remembered[int, int | None] = Remembered(lambda session, counter: duty_officer(session, counter, clock.now()))


def place_lately(session: Session, typed: str) -> Place | None:
    """The point of an address or of what somebody typed, some seconds old at most."""
    code = normalise(typed, CODE_LENGTH)
    return PLACES.of(session, code) if code else None


def officer_lately(session: Session, place: Place, at: datetime, now: datetime) -> int | None:
    """Who is on duty at the point's counter at a moment; of the present moment some seconds old at most."""
    if place.counter_id is None:
        return None
    if now - at < _LATELY:
        return _ON_DUTY.of(session, place.counter_id)
    return duty_officer(session, place.counter_id, at)


_MADE: tuple[Any, ...] = (Rating.id, Rating.level, Rating.received_at, Rating.undone_at, Rating.point_id)


def _by_uuid(_engine: str) -> Select[Any]:
    query: Select[Any] = select(*_MADE)
    return query.where(Rating.client_uuid == bindparam("client_uuid"))


_BY_UUID = Prepared(_by_uuid)


def made_before(session: Session | Single, client_uuid: str) -> dict[str, Any] | None:
    """What this very sending made before: ``id``, ``level``, ``received_at``, ``undone_at``, ``point_id``."""
    found = _BY_UUID.ask(session, client_uuid=client_uuid)
    return found[0] if found else None
