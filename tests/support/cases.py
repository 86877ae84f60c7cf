"""Cases and restricted reports as people make them, through the operation that takes notes in."""

import itertools
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.tokens import Keyring
from app.feedback.models import Case, RatingNote, RatingPoint, RestrictedReport
from app.feedback.operations.cases import KIND, TakenIn, take_in
from app.feedback.operations.restricting import Photo
from app.moderation.models import ModerationItem
from tests.support.feedback import make_center, make_counter, make_point, make_rating
from tests.support.storage import MemoryStorage

PHONE = "0912345678"
PICTURE = b"\xff\xd8\xff\xe0 a picture of a test"
_numbers = itertools.count(1)


def point_of(session: Session, commune: Any) -> RatingPoint:
    """A point at a counter of a centre of the commune."""
    return make_point(session, make_counter(session, make_center(session, commune)))


def add_note(session: Session, keyring: Keyring, point: RatingPoint, text: str = "", **values: Any) -> TakenIn:
    """A rating at the point with a note that was taken in.

    ``officer_id``, ``level``, and a ``photo`` with the ``storage`` it is put into may be given.
    """
    officer_id = values.pop("officer_id", None)
    rating = make_rating(session, point, values.pop("level", 2), officer_id=officer_id)
    note = RatingNote(text=text, device_hash=rating.device_hash, added_at=clock.now())
    storage, data = values.pop("storage", None) or MemoryStorage(), values.pop("photo", b"")
    given: dict[str, Any] = {"reasons": set(), "phone": "", "wants_answer": False, "holidays": {}} | values
    return take_in(session, keyring, rating, note, photo=Photo(storage, data) if data else None, **given)


def make_case(session: Session, keyring: Keyring, point: RatingPoint, **values: Any) -> tuple[Case, str]:
    """A case of somebody who waited long and left a telephone, with its code."""
    text = values.pop("text", f"Tôi chờ từ sáng đến trưa, lần thứ {next(_numbers)}.")
    found = add_note(session, keyring, point, text, **{"wants_answer": True, "phone": PHONE} | values)
    return session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).one(), found.code


def make_report(
    session: Session, keyring: Keyring, point: RatingPoint, text: str = "Cán bộ vòi tiền mới nhận hồ sơ.", **values: Any
) -> tuple[RestrictedReport, str]:
    """A report for inspectors alone, with its code."""
    found = add_note(session, keyring, point, text, **{"wants_answer": True, "phone": PHONE} | values)
    newest = select(RestrictedReport).order_by(RestrictedReport.id.desc()).limit(1)
    return session.scalars(newest).one(), found.code


def item_of(session: Session, note_id: int) -> int:
    """The number of a note in the moderation queue."""
    query = select(ModerationItem.id).where(ModerationItem.kind == KIND, ModerationItem.subject_id == note_id)
    return session.scalars(query).one()


def case_names(app: Flask, session: Session, point: RatingPoint) -> dict[str, int]:
    """A case and a report, each with a photo, by the names of URL values."""
    services = app.extensions["danban"]
    picture = {"photo": PICTURE, "storage": services.storage}
    case, _code = make_case(session, services.keyring, point, **picture)
    report, _code = make_report(session, services.keyring, point, **picture)
    return {"case_id": case.id, "note_item_id": item_of(session, case.note_id), "report_id": report.id}
