"""The people and places of tests: each function adds one to the session, with sound values by default.

Nobody here went through the program's operations: the cast is the state of the world before a test begins.
"""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Actor, Grant, Role
from app.households.models import Household, Representative
from app.identity.models import Account, RoleGrant
from app.lib.text import fold
from app.polls.models import Poll, RollEntry

_numbers = itertools.count(1)
CHOICES = [
    {"key": "agree", "label": "Đồng ý"},
    {"key": "disagree", "label": "Không đồng ý"},
    {"key": "other", "label": "Ý kiến khác"},
]
FROZEN = {"closed", "counted", "decided", "opened"}


def make_province(session: Session, code: str = "79", name: str = "Thành phố Hồ Chí Minh") -> Area:
    return _place(session, path=code, level="province", kind="thanh_pho", name=name)


def make_commune(session: Session, province: Area | None = None, *, name: str = "Phường Thới Hòa") -> Area:
    """A commune with a code of its own, in the province given or in the one that all of a session share."""
    province = province or _shared_province(session)
    path = f"{province.path}/{25000 + next(_numbers)}"
    return _place(session, path=path, level="commune", kind="phuong", name=name, parent=province)


def make_area(session: Session, commune: Area | None = None, **values: Any) -> Area:
    """A residential area (khu phố by default) of the commune given, or of a commune of its own."""
    commune = commune or make_commune(session)
    number = next(_numbers)
    defaults = {"kind": "khu_pho", "legal_type": "to_dan_pho", "name": f"khu phố {number}"}
    path = f"{commune.path}/{number:02}"
    return _place(session, path=path, level="residential", parent=commune, **defaults | values)


def make_household(
    session: Session, area: Area, *, name: str = "Nguyễn Văn An", phone: str | None = None, **values: Any
) -> Household:
    """A household with its one active representative."""
    number = next(_numbers)
    defaults = {
        "number": f"{number:03}",
        "address": f"Số {number}, đường Hoa Sen",
        "position": number,
        "search": name.casefold(),
        "started_at": clock.now(),
    }
    household = Household(area_id=area.id, **defaults | values)
    household.representatives = [
        Representative(full_name=name, sort_key=name, search=name.casefold(), phone=phone, since=household.started_at)
    ]
    session.add(household)
    session.flush()
    return household


def make_account(session: Session, *, login: str = "", **values: Any) -> Account:
    """An account that no password opens, unless a hash is given."""
    number = next(_numbers)
    defaults = {"full_name": f"Trần Thị Bình {number}", "password_hash": "!", "created_at": clock.now()}
    account = Account(login=login or f"canbo{number}", **defaults | values)
    session.add(account)
    session.flush()
    return account


def make_grant(session: Session, account: Account, role: Role, place: Area, **values: Any) -> RoleGrant:
    """A role of the account at the place, since yesterday and with no end."""
    since = clock.now() - timedelta(days=1)
    grant = RoleGrant(account_id=account.id, role=role, area_id=place.id, **{"since": since} | values)
    session.add(grant)
    session.flush()
    return grant


def make_actor(session: Session, role: Role, place: Area, **values: Any) -> Actor:
    """Somebody who holds the role at the place, ready to ask for an operation."""
    account = make_account(session, **values)
    make_grant(session, account, role, place)
    return actor_of(account, Grant(role, place.path))


def actor_of(account: Account, *grants: Grant) -> Actor:
    return Actor(account_id=account.id, name=account.full_name, login=account.login, grants=grants)


def make_poll(session: Session, area: Area, *, status: str = "preparing", **values: Any) -> Poll:
    """A clause-6 poll of level ``open``; past its opening it has a roll of the area's households.

    ``opens_at`` and ``closes_at`` surround the present moment while it is open, and lie behind it afterwards.
    """
    now = clock.now()
    over = status in FROZEN - {"opened"}
    defaults: dict[str, Any] = {
        "public_id": f"poll{next(_numbers):08}",
        "kind": "decision",
        "clause": 6,
        "scope": "area",
        "form": "online",
        "rule_key": "clause6",
        "title": "Góp quỹ sửa đường",
        "question": "Ông/Bà có đồng ý góp quỹ sửa đường hẻm 12 không?",
        "options": CHOICES,
        "level": "open",
        "opens_at": now - timedelta(days=2),
        "closes_at": now - timedelta(hours=1) if over else now + timedelta(days=1),
        "created_at": now - timedelta(days=3),
    }
    if "created_by" not in values:
        defaults["created_by"] = make_account(session).id
    if status in FROZEN:
        frozen = {"roll_size": 1, "roll_fingerprint": "0" * 64, "definition_sha256": "0" * 64}
        defaults |= frozen | {"opened_at": now - timedelta(days=2)}
    poll = Poll(area_id=area.id, status=status, **defaults | values)
    session.add(poll)
    session.flush()
    if status in FROZEN:
        _freeze(session, poll, area)
    return poll


def _freeze(session: Session, poll: Poll, area: Area) -> None:
    households = session.query(Household).filter_by(area_id=area.id, ended_at=None).order_by(Household.id)
    for position, household in enumerate(households, start=1):
        session.add(_entry(poll, household, position))
    poll.roll_size = max(1, households.count())
    session.flush()


def _entry(poll: Poll, household: Household, position: int) -> RollEntry:
    person = next(person for person in household.representatives if person.until is None)
    return RollEntry(
        poll_id=poll.id,
        household_id=household.id,
        number=household.number,
        number_key=household.number,
        representative=person.full_name,
        sort_key=person.sort_key,
        search=household.search,
        address=household.address,
        cluster=household.cluster,
        position=position,
        slot_salt=f"{position:020}",
        slot_tag=f"{position:064}",
    )


def _shared_province(session: Session) -> Area:
    return session.query(Area).filter_by(path="79").one_or_none() or make_province(session)


def _place(session: Session, *, parent: Area | None = None, **values: Any) -> Area:
    started = values.pop("valid_from", date(2025, 7, 1))
    area = Area(parent=parent, valid_from=started, search=fold(str(values["name"])), **values)
    session.add(area)
    session.flush()
    return area


def in_days(days: float) -> datetime:
    """The moment so many days from now (negative: ago)."""
    return clock.now() + timedelta(days=days)
