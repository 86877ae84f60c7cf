"""The first page of staff: what is open, what is due."""

from typing import Any

from flask import Blueprint, render_template

from app.core.db import database_now
from app.home import queries
from app.holidays.queries import calendar_table
from app.polls.rules.deadlines import due
from app.web import current
from app.web.access import signed_in

bp = Blueprint("home_staff", __name__, url_prefix="/staff")


@bp.get("/")
@signed_in
def index() -> Any:
    session, actor = current.session(), current.actor()
    now = database_now(session)
    places = actor.places("polls:poll:view")
    groups = [queries.place_polls(session, place, now) for place in places]
    table = calendar_table(session)
    duties = [
        {"poll": duty.poll, "due": due("send_decision", duty.since, table)}
        for duty in queries.unsent_decisions(session, places)
    ]
    return render_template("home/staff.html", groups=groups, duties=duties, now=now)
