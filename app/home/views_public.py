"""The residents' home pages: the whole service, a commune, a residential area."""

from typing import Any

from flask import Blueprint, render_template, request

from app.areas import queries as areas
from app.areas import rules as area_rules
from app.areas.models import Area
from app.consultations.queries.listing import place_consultations
from app.core import clock
from app.core.db import database_now
from app.feedback.queries.board import centers_of
from app.home import queries
from app.payments.queries.collections import open_at as collected_at
from app.publication.queries import public as postings
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike

bp = Blueprint("home", __name__)
POSTINGS = 5


@bp.get("/")
@public
@everybody_alike
def index() -> Any:
    """Find one's area, or enter a slip's code."""
    session = current.session()
    words = request.args.get("q", "").strip()[:100]
    commune = areas.by_code(session, request.args.get("xa", ""))
    found = areas.search(session, words, clock.today(), below=commune.path if commune else "") if words else []
    communes = queries.communes_in_use(session, clock.today())
    return render_template("home/index.html", words=words, found=found, communes=communes)


@bp.get("/dia-ban/<code>")
@public
@everybody_alike
def place(code: str) -> Any:
    """The home page of a commune or a residential area."""
    session = current.session()
    area = areas.communal(session, code)
    now = database_now(session)
    residential = area.level == "residential"
    return render_template(
        "home/area.html" if residential else "home/commune.html",
        area=area,
        commune=area_rules.in_sentence(area.commune.name),
        polls=queries.place_polls(session, area.path, now),
        drafts=place_consultations(session, area.path, now),
        postings=postings.current(session, area.path, clock.today(), POSTINGS),
        counters=[] if residential else centers_of(session, area.path),
        collected=bool(collected_at(session, area, now, clock.today())),
        areas=[] if residential else areas.residential_areas(session, area, clock.today()),
        predecessors=areas.predecessors(session, area),
        successors=areas.successors(session, area),
        head_title=area_rules.HEAD_TITLES.get(area.legal_type or "", ""),
        help_line=_help_line(area),
        now=now,
    )


def _help_line(area: Area) -> dict[str, str] | None:
    """Whom to call: the area's head, else the commune."""
    for place in (area, area.parent):
        if place is not None and place.phone:
            return {"name": place.head_name or place.label, "phone": place.phone}
    return None
