"""The list of consultations of a place: those taking opinions, those waiting for the answer, those finished."""

from typing import Any

from flask import render_template, request, url_for

from app.areas import queries as areas
from app.areas.models import Area
from app.areas.rules import in_sentence
from app.consultations.queries.listing import public_list
from app.consultations.rules.phases import PHASE_KINDS, PHASE_NAMES, STAGE_NAMES, Stage, phase
from app.consultations.views_public import bp
from app.core.db import database_now
from app.web import current
from app.web.access import public
from app.web.addresses import number_asked
from app.web.pagecache import everybody_alike


@bp.get("")
@public
@everybody_alike
def listing() -> Any:
    """Every draft that was put before the people of a place (``tai``), or of all places, by stage."""
    session, now = current.session(), database_now(current.session())
    area = _place(request.args.get("tai", ""))
    wanted = request.args.get("tinh-trang", "")
    stage = Stage(wanted) if wanted in set(Stage) else None
    path = area.path if area else ""
    return render_template(
        "consultations/public/list.html",
        found=public_list(session, path, now, stage=stage, page=number_asked("page") or 1),
        stage=stage,
        stage_names=STAGE_NAMES,
        asked={"tai": area.code} if area else {},
        phase_of=lambda one: phase(one, now),
        phase_names=PHASE_NAMES,
        phase_kinds=PHASE_KINDS,
        area=area,
        **_frame(area),
    )


def _place(code: str) -> Area | None:
    if not code:
        return None
    return areas.communal(current.session(), code)


def _frame(area: Area | None) -> dict[str, Any]:
    if area is None:
        return {}
    return {"commune": in_sentence(area.commune.name), "home_url": url_for("home.place", code=area.code)}
