"""How much one device, and one network, may send.

The device comes first: a whole ward office, a school or a telephone company may stand behind one address, so a network
is stopped only far beyond what a meeting hall sends. What is counted is what was taken, in the transaction that takes
it: a form that came back with a fault costs nothing. Looking things up is counted apart, try by try.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.errors import TooMany
from app.core.prepared import Prepared, adding
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
    "note": Limits(Limit(10, _TEN_MINUTES), Limit(600, _HOUR), Limit(60, _DAY)),
    "survey": Limits(Limit(10, _TEN_MINUTES), Limit(600, _HOUR), Limit(60, _DAY)),
}
# Codes looked up: enough for everybody in a hall, far too little to guess one.
LOOK_UPS = {"lookup": Limit(300, _HOUR)}


def kind_of(purpose: str) -> str:
    """The kind of a form's purpose: "comment:GY-2026" is a comment."""
    return purpose.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of one kind was taken, each counted a little beyond its limit and no further; all with the present one.

    ``first``: nothing at all was taken before.
    """

    device: int
    network: int
    nameless: int
    today: int
    first: bool


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
    session, sender, now = current.session(), visitor(), clock.now()
    counted = g.get("visitor_standing", {}).get(kind) or standing(session, kind, sender, now)
    check(session, kind, sender, now, counted)


def spend(session: Session, kind: str, sender: Visitor, now: datetime, **form: str) -> Standing | None:
    """Use a form (its ``nonce``, ``client_uuid`` and ``content``) up; None when it was used before."""
    asked = _asked(kind, sender, now, form["nonce"])
    device = {"device_hash": sender.device_hash, "network_hash": sender.network_hash, "known": sender.known}
    found = _spending(of_kind(kind), sender.known).ask(session, **form, **device, **asked, kind=kind, used_at=now)
    if not found:
        return None
    [row] = found
    counts = {name: row[name] + 1 for name in ("device", "network", "nameless", "today")}
    return Standing(**counts, first=row["first"])


def standing(session: Session, kind: str, sender: Visitor, now: datetime) -> Standing:
    """How device and network stand, asked in one statement."""
    [row] = _standing(of_kind(kind), sender.known).ask(session, **_asked(kind, sender, now, ""))
    return Standing(**row)


def _asked(kind: str, sender: Visitor, now: datetime, nonce: str) -> dict[str, Any]:
    limits = of_kind(kind)
    return {
        "of_kind": kind,
        "of_device": sender.device_hash,
        "of_network": sender.network_hash,
        "device_since": now - limits.device.window,
        "network_since": now - limits.network.window,
        "nameless_since": now - limits.nameless.window,
        "midnight": clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0),
        "now": now,
        "besides": nonce,
    }


@lru_cache(maxsize=64)
def _spending(limits: Limits, known: bool) -> Prepared:
    return adding(FormUse, *_counts(limits, known))


@lru_cache(maxsize=64)
def _standing(limits: Limits, known: bool) -> Prepared:
    question: Select[Any] = select(*_counts(limits, known))
    return Prepared(lambda _engine: question)


def _counts(limits: Limits, known: bool) -> list[ColumnElement[Any]]:
    """How much was taken besides one form. Only what these limits, and this sort of device, need is counted."""
    use = aliased(FormUse)
    others = (use.kind == bindparam("of_kind"), use.nonce != bindparam("besides"))

    def up_to(most: int, since: str, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
        lately = use.used_at > bindparam(since, type_=FormUse.used_at.type)
        some = select(use.nonce).where(*conditions, *others, lately).limit(most + 1).subquery()
        return select(func.count()).select_from(some).scalar_subquery()

    network = use.network_hash == bindparam("of_network")
    nameless = up_to(limits.nameless.count, "nameless_since", network, use.known.is_(False))
    before = select(use.nonce).where(use.used_at < bindparam("now", type_=FormUse.used_at.type)).exists()
    return [
        up_to(limits.device.count, "device_since", use.device_hash == bindparam("of_device")).label("device"),
        up_to(limits.network.count, "network_since", network).label("network"),
        (literal(0) if known else nameless).label("nameless"),
        up_to(limits.busy_after, "midnight", network).label("today"),
        (~before).label("first"),
    ]


def check(session: Session, kind: str, sender: Visitor, now: datetime, counted: Standing) -> None:
    """Raise ``TooMany`` when more than allowed of this kind was taken."""
    limits = of_kind(kind)
    if counted.device > limits.device.count:
        raise _too_many(session, limits.device, now, kind=kind, device_hash=sender.device_hash)
    if not sender.known and counted.nameless > limits.nameless.count:
        raise _too_many(session, limits.nameless, now, kind=kind, network_hash=sender.network_hash, known=False)
    if counted.network > limits.network.count:
        raise _too_many(session, limits.network, now, kind=kind, network_hash=sender.network_hash)


def is_busy(kind: str, now: datetime, counted: Standing) -> bool:
    """Whether much of this kind came today from the network, and offices are closed: no shared desk explains it."""
    local = clock.local(now)
    if local.weekday() < _SATURDAY and local.hour in OFFICE_HOURS:
        return False
    return counted.today > of_kind(kind).busy_after


def of_kind(kind: str) -> Limits:
    """The limits of a kind of form; those of a comment for a kind without its own."""
    return KINDS.get(kind, KINDS["comment"])


def _too_many(session: Session, limit: Limit, now: datetime, **counted: Any) -> TooMany:
    """When the oldest that counts no longer does, there is room again."""
    counts = select(FormUse.used_at).filter_by(**counted).where(FormUse.used_at > now - limit.window)
    oldest = session.scalar(counts.order_by(FormUse.used_at.desc()).offset(limit.count).limit(1)) or now
    seconds = max(1, round((oldest + limit.window - now).total_seconds()))
    minutes = -(-seconds // 60)
    if minutes <= 60:
        sentence = N_("Máy này hoặc mạng này vừa gửi nhiều lần. Mời Ông/Bà gửi lại sau %(minutes)s phút.")
        return TooMany(sentence, retry_after=seconds, minutes=minutes)
    sentence = N_("Mạng này đã gửi nhiều lần hôm nay. Mời Ông/Bà gửi lại sau %(hours)s giờ.")
    return TooMany(sentence, retry_after=seconds, hours=-(-minutes // 60))
