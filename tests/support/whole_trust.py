"""A screen, a dossier's code and a key of the centre in which everything exists."""

from typing import Any

from sqlalchemy.orm import Session

from app.feedback.models import RatingPoint
from tests.support.trust import SCREEN_SECRET, make_code, make_display, make_key


def names(session: Session, point: RatingPoint) -> dict[str, Any]:
    """By the names of URL values."""
    return {
        "display_id": make_display(session, point, secret=SCREEN_SECRET).id,
        "display_secret": SCREEN_SECRET,
        "dossier_code_id": make_code(session, point).id,
        "api_key_id": make_key(session, point.center).id,
    }
