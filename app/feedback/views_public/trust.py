"""The screen at a counter: a QR code that turns every minute, full screen, with or without a script."""

from typing import Any

from flask import Blueprint, g, render_template

from app.core import clock
from app.core.db import database_now
from app.core.errors import NotFound
from app.documents import qr
from app.feedback.models import Display, RatingPoint
from app.feedback.queries.trust import display_of, present_point
from app.feedback.rules.trust import slot_address
from app.feedback.rules.trust_keys import current_slot_code
from app.lib.i18n import N_
from app.web import current
from app.web.access import public

bp = Blueprint("feedback_trust", __name__)
REFRESH = 50
"""Seconds after which the page is made anew: less than a minute, so that what it shows is fresh enough for ten."""


@bp.get("/man-hinh/<display_secret>")
@public
def screen(display_secret: str) -> Any:
    """What stands on the screen of a counter now; says so where staff ended it or the point is no more."""
    session = current.session()
    display = display_of(session, display_secret, "screen")
    if display is None:
        raise NotFound(N_("Không có màn hình nào ở địa chỉ này. Kiểm tra lại địa chỉ đã ghi khi kết nối."))
    # The address lets anybody show the code: nothing between the service and the screen may keep it.
    g.private = True
    point = present_point(session, display.point)
    if _over(display, point):
        return render_template("feedback/trust/screen_over.html", point=point, refresh=REFRESH), 410
    at = database_now(session)
    code = current_slot_code(current.services().keyring, point.code, at)
    address = slot_address(current.services().settings.base_url, point.code, code)
    return render_template(
        "feedback/trust/screen.html",
        point=point,
        drawing=qr.draw(address),
        address=address.partition("://")[2],
        shown_at=clock.local(at),
        refresh=REFRESH,
    )


def _over(display: Display, point: RatingPoint) -> bool:
    return display.ended_at is not None or point.revoked_at is not None or point.center.closed_at is not None
