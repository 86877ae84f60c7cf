"""The public board of a commune's counters: figures, what was left out, what people said and what was done."""

from typing import Any

from flask import Blueprint, render_template, url_for

from app.areas import queries as areas
from app.areas.rules import in_sentence
from app.core import clock
from app.core.errors import NotFound
from app.feedback.queries import board as queries
from app.feedback.rules.rating import LEVELS, REASONS
from app.feedback.rules.shares import LEAST, percent, spoken
from app.lib.i18n import N_
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike

bp = Blueprint("feedback_board", __name__)


@bp.get("/mot-cua/<code>")
@public
@everybody_alike
def board(code: str) -> Any:
    """How people rated the counters of a commune in the last weeks."""
    session = current.session()
    area = areas.by_code(session, code)
    centers = queries.centers_of(session, area.path) if area is not None and area.level == "commune" else []
    if area is None or not centers:
        raise NotFound(N_("Không tìm thấy trang này."))
    return render_template(
        "feedback/board/board.html",
        area=area,
        commune=in_sentence(area.name),
        home_url=url_for("home.place", code=area.code),
        boards=[queries.board(session, one, clock.today()) for one in centers if one.closed_at is None],
        closed=[one for one in centers if one.closed_at is not None],
        weeks=queries.WEEKS,
        least=LEAST,
        levels=LEVELS,
        reasons=REASONS,
        percent=percent,
        spoken=spoken,
    )
