"""What exists at the counters of the commune in which everything exists."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from tests.support import whole_trust
from tests.support.cases import case_names
from tests.support.feedback import (
    make_center,
    make_counter,
    make_flag,
    make_group,
    make_note,
    make_officer,
    make_point,
    make_rating,
    make_roster,
    make_shift,
)
from tests.support.figures import figure_names
from tests.support.polls import Scene
from tests.support.rating import make_dossier, make_kiosk, slot_now


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values."""
    assert scene.area.parent is not None
    center = make_center(session, scene.area.parent)
    counter, group = make_counter(session, center), make_group(session, center)
    officer = make_officer(session, center)
    shift = make_shift(session, officer, counter)
    roster = make_roster(session, scene.officer, center)
    point = make_point(session, counter)
    rating = make_rating(session, point, 2)
    make_note(session, rating)
    return whole_trust.names(session, point) | {
        "center_id": center.id,
        "counter_id": counter.id,
        "group_id": group.id,
        "officer_id": officer.id,
        "shift_id": shift.id,
        "roster_id": roster.id,
        "poster": "quay-a5",
        "sign_id": make_flag(session, make_rating(session, point, 5, at=clock.now() - timedelta(days=7))).id,
        "point_id": point.id,
        "point_code": point.code,
        "slot_code": slot_now(app.extensions["danban"].keyring, point),
        "dossier_code": make_dossier(session, app.extensions["danban"].keyring, point),
        "kiosk_secret": make_kiosk(session, point),
        **case_names(app, session, point),
        **figure_names(session, scene.officer, center, counter),
    }
