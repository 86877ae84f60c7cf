"""The first page of staff: what is open, what waits for somebody, what is due."""

from typing import Any

from flask import Blueprint, render_template

from app.consultations.queries.listing import unanswered
from app.consultations.rules import phases as drafts
from app.core import clock
from app.core.db import database_now
from app.holidays.queries import calendar_table
from app.home import queries
from app.lib.calendar import local_day, working_days_left
from app.polls.rules.deadlines import due
from app.polls.rules.phases import PHASE_NAMES, Phase
from app.web import current
from app.web.access import signed_in

bp = Blueprint("home_staff", __name__, url_prefix="/staff")
# Those that wait for somebody's act stand first.
LISTED = {
    Phase.ENDED: "warn",
    Phase.SUBMITTED: "warn",
    Phase.VOTING: "good",
    Phase.UPCOMING: "info",
    Phase.PREPARING: "",
}


@bp.get("/")
@signed_in
def index() -> Any:
    """Polls by what they wait for, and decisions still to be sent."""
    session, actor = current.session(), current.actor()
    now = database_now(session)
    places = actor.places("polls:poll:view")
    polls = {phase: queries.staff_polls(session, places, phase, now) for phase in LISTED}
    table, today = calendar_table(session), clock.local(now).date()
    duties = []
    for poll in queries.unsent_decisions(session, places, now):
        last_day = due("send_decision", local_day(poll.closes_at or now), table)
        duties.append({"poll": poll, "due": last_day, "left": working_days_left(today, last_day, table)})
    return render_template(
        "home/staff.html",
        polls=polls,
        phases=Phase,
        names=PHASE_NAMES,
        kinds=LISTED,
        duties=duties,
        drafts=[
            {"draft": one, "phase": drafts.phase(one, now), "late": one.answer_due_on and one.answer_due_on < today}
            for one in unanswered(session, actor)
        ],
        draft_names=drafts.PHASE_NAMES,
        draft_kinds=drafts.PHASE_KINDS,
    )
