"""How much one device, and one network, may send.

The device comes first: a whole ward office, a school or a telephone company may stand behind one address, so a network
is stopped only far beyond what a meeting hall sends. What is counted is what was taken, in the transaction that takes
it: a form that came back with a fault costs nothing. Looking things up is counted apart, try by try.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import TooMany
from app.identity import limits as tries
from app.lib.i18n import N_
from app.visitors.device import Visitor, network_hash, visitor
from app.visitors.models import FormUse
from app.web import current

OFFICE_HOURS = range(7, 18)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` in ``window``."""

    count: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one kind of form. ``nameless``: devices without a cookie, all of a network together."""

    device: Limit
    network: Limit
    nameless: Limit
    busy_after: int = 20


_TEN_MINUTES, _HOUR, _DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
KINDS = {
    "comment": Limits(Limit(10, _TEN_MINUTES), Limit(600, _HOUR), Limit(20, _DAY)),
    "report": Limits(Limit(5, _TEN_MINUTES), Limit(300, _HOUR), Limit(20, _DAY)),
    "appeal": Limits(Limit(3, _TEN_MINUTES), Limit(300, _HOUR), Limit(20, _DAY)),
}
# Codes looked up: enough for everybody in a hall, far too little to guess one.
LOOK_UPS = {"lookup": Limit(300, _HOUR)}


def kind_of(purpose: str) -> str:
    """The kind of a form's purpose: "comment:GY-2026" is a comment."""
    return purpose.partition(":")[0]


def allow(kind: str) -> None:
    """Raise ``TooMany`` when this device, or this network, has sent as much of this kind as it may.

    Of a form: after ``check_form``, which counts it. Of a look-up: counts this one too, and comes before the request's
    own transaction begins to write.
    """
    if kind in LOOK_UPS:
        limit = LOOK_UPS[kind]
        key = f"visitor {kind} {network_hash()}"
        tries.hit(current.services().database, key, limit.count, int(limit.window.total_seconds()))
        return
    check(current.session(), kind, visitor(), clock.now())


def check(session: Session, kind: str, sender: Visitor, now: datetime) -> None:
    """Raise ``TooMany`` when more than allowed of this kind was taken, the present one included."""
    limits = KINDS.get(kind, KINDS["comment"])
    _refuse_beyond(session, limits.device, now, FormUse.device_hash == sender.device_hash, FormUse.kind == kind)
    network = (FormUse.network_hash == sender.network_hash, FormUse.kind == kind)
    if not sender.known:
        _refuse_beyond(session, limits.nameless, now, *network, FormUse.known.is_(False))
    _refuse_beyond(session, limits.network, now, *network)


def is_busy(session: Session, kind: str, sender: Visitor, now: datetime) -> bool:
    """Whether much of this kind came today from the network, and offices are closed: no shared desk explains it."""
    local = clock.local(now)
    if local.weekday() < _SATURDAY and local.hour in OFFICE_HOURS:
        return False
    most = KINDS.get(kind, KINDS["comment"]).busy_after
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    since = (FormUse.network_hash == sender.network_hash, FormUse.kind == kind, FormUse.used_at >= today)
    return _count(session, most + 1, *since) > most


def _refuse_beyond(session: Session, limit: Limit, now: datetime, *conditions: ColumnElement[bool]) -> None:
    since = FormUse.used_at > now - limit.window
    if _count(session, limit.count + 1, *conditions, since) <= limit.count:
        return
    first = session.scalar(select(func.min(FormUse.used_at)).where(*conditions, since)) or now
    seconds = max(1, round((first + limit.window - now).total_seconds()))
    minutes = -(-seconds // 60)
    if minutes <= 60:
        sentence = N_("Máy này hoặc mạng này vừa gửi nhiều lần. Mời Ông/Bà gửi lại sau %(minutes)s phút.")
        raise TooMany(sentence, retry_after=seconds, minutes=minutes)
    sentence = N_("Mạng này đã gửi nhiều lần hôm nay. Mời Ông/Bà gửi lại sau %(hours)s giờ.")
    raise TooMany(sentence, retry_after=seconds, hours=-(-minutes // 60))


def _count(session: Session, up_to: int, *conditions: ColumnElement[bool]) -> int:
    some = select(FormUse.nonce).where(*conditions).limit(up_to).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
