"""One tap, one row: taking a rating exactly once, taking it back within two minutes, counting who opened the page.

A rating is one statement, which on PostgreSQL is the whole transaction. What it is about was asked before, and its
place is remembered for some seconds. One that waited on a phone since another day is a second: that day's figures
have to be made anew.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Single
from app.core.errors import WrongMoment
from app.core.prepared import adding
from app.feedback.models import PointScan, Rating, RatingNote, SlipAnswer
from app.feedback.operations.sums import ask
from app.feedback.operations.trust import free
from app.feedback.queries.rating import Place, made_before
from app.feedback.rules.rating import UNDO
from app.lib.i18n import N_

SCAN_SLOTS = 16
_RATING = adding(Rating)
_LAST_MINUTE = time(23, 59)


class PointOver(WrongMoment):
    """The point was revoked, or its counter closed."""


class TooLate(WrongMoment):
    """More than two minutes have passed, or more was said since."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One rating as it comes in. ``device_hash`` and ``network_hash`` are keyed; nothing here names anybody."""

    level: int
    client_uuid: str
    made_at: datetime
    device_hash: str
    network_hash: str
    officer_id: int | None = None
    tier: int = 0
    kiosk: bool = False
    on_site: bool = False
    staff_device: bool = False
    ua_family: str = ""
    screen: str = ""
    locale: str = ""
    took_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating that is kept. ``repeated``: this very sending had made it before; ``undone``: and it was taken back."""

    rating_id: int
    level: int
    at: datetime
    repeated: bool = False
    undone: bool = False


def rate(session: Session | Single, place: Place, tap: Tap) -> Rated:
    """Keep a rating, or find what this very sending (``client_uuid``) made before. Raises ``PointOver``.

    A rating from a browser in which staff signed in is held at once until somebody outside the unit decides.
    """
    if not place.open:
        raise PointOver(N_("Mã này không còn nhận đánh giá."))
    now = clock.now()
    made = _RATING.ask(session, **_values(place, tap, now))
    if made:
        if not is_one_statement(tap, now) and isinstance(session, Session):
            ask(session, place.center_id, _day(tap))
        return Rated(made[0]["id"], tap.level, now)
    before = made_before(session, tap.client_uuid)
    if before is None or before["point_id"] != place.id:
        raise WrongMoment(N_("Chưa ghi nhận được. Mời Ông/Bà mở lại trang rồi bấm lại."))
    return Rated(before["id"], before["level"], before["received_at"], True, before["undone_at"] is not None)


def is_one_statement(tap: Tap, now: datetime) -> bool:
    """Whether the row is all there is to write. Of another day, or of one about to end, the figures are due anew."""
    moment = clock.local(now)
    return _day(tap) == moment.date() and moment.time() < _LAST_MINUTE


def answer_slip(session: Session, rated: Rated, answers: dict[str, int]) -> None:
    """Keep the other answers of the slip of six questions beside its rating; a repeated one adds nothing."""
    if not rated.repeated:
        session.add_all(SlipAnswer(rating_id=rated.rating_id, question=key, value=n) for key, n in answers.items())
        session.flush()


def undo(session: Session, place: Place, rating_id: int, dossier_id: int | None) -> None:
    """Take a rating back, once more or again; its dossier may rate anew. Raises ``TooLate``.

    Only who holds the signed ticket of the thanks page comes here.
    """
    now = clock.now()
    rating = session.get(Rating, rating_id, with_for_update=True)
    if rating is None or rating.point_id != place.id:
        raise TooLate(N_("Không tìm thấy đánh giá này."))
    if rating.undone_at is not None:
        return
    if now - rating.received_at > UNDO:
        raise TooLate(N_("Đã quá hai phút. Đánh giá của Ông/Bà đã được ghi nhận."))
    if session.scalar(select(RatingNote.id).where(RatingNote.rating_id == rating_id)) is not None:
        raise TooLate(N_("Ông/Bà đã gửi thêm ý kiến. Đánh giá đã được ghi nhận."))
    session.execute(update(Rating).where(Rating.id == rating_id).values(undone_at=now))
    ask(session, rating.center_id, rating.day)
    if dossier_id is not None:
        free(session, dossier_id)


def count_scan(session: Session, place: Place) -> None:
    """Count that a browser opened the page of a point today; apart from all ratings."""
    kinds: dict[str, Any] = {"postgresql": postgresql_insert, "sqlite": sqlite_insert}
    add = kinds[session.get_bind().dialect.name](PointScan)
    slot = secrets.randbelow(SCAN_SLOTS)
    row = add.values(point_id=place.id, day=clock.today(), slot=slot, count=1)
    key = [PointScan.point_id, PointScan.day, PointScan.slot]
    session.execute(row.on_conflict_do_update(index_elements=key, set_={"count": PointScan.count + 1}))


def _day(tap: Tap) -> Any:
    return clock.local(tap.made_at).date()


def _values(place: Place, tap: Tap, now: datetime) -> dict[str, Any]:
    return {
        "client_uuid": tap.client_uuid,
        "point_id": place.id,
        "path": place.path,
        "center_id": place.center_id,
        "counter_id": place.counter_id,
        "group_id": place.group_id,
        "officer_id": tap.officer_id,
        "level": tap.level,
        "tier": tap.tier,
        "kiosk": tap.kiosk,
        "day": _day(tap),
        "made_at": tap.made_at,
        "received_at": now,
        "undone_at": None,
        "device_hash": tap.device_hash,
        "network_hash": tap.network_hash,
        "on_site": tap.on_site,
        "staff_device": tap.staff_device,
        "ua_family": tap.ua_family,
        "screen": tap.screen,
        "locale": tap.locale,
        "took_ms": tap.took_ms,
        "standing": "held" if tap.staff_device else "counted",
    }
