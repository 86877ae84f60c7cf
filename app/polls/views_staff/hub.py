"""The list of polls, beginning a new one, and the one page of a poll from which everything else is reached."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas.models import Area
from app.areas.queries import in_scope, places_for
from app.core import clock
from app.core.db import database_now
from app.core.errors import Forbidden, Refusal
from app.identity.models import Account
from app.lib.i18n import N_
from app.polls import wording
from app.polls.forms import NewPollForm
from app.polls.models import Poll
from app.polls.operations import preparation
from app.polls.operations.editing import PREPARE
from app.polls.queries import preparation as queries
from app.polls.queries.listing import changes_of, open_change, staff_poll, staff_polls
from app.polls.queries.roll import count_households
from app.polls.rules.facts import ONLINE_CONSENT
from app.polls.rules.phases import PHASE_NAMES, Phase, phase
from app.polls.views_staff.common import NAMES, PHASE_KINDS, STEP_PAGES, bp, page, shown_problems, step_url
from app.polls.views_staff.law import clause_choices, clause_facts, clause_hints
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked
from app.web.forms import show_refusal

STATES = {
    "done": (N_("Xong"), "good"),
    "begun": (N_("Cần sửa"), "warn"),
    "todo": (N_("Chưa làm"), ""),
    "optional": (N_("Không bắt buộc"), ""),
}


@bp.get("/")
@require("polls:poll:view")
def index() -> Any:
    """Polls of the asker's scope, by phase."""
    session, actor = current.session(), current.actor()
    now = database_now(session)
    wanted = request.args.get("giai-doan", "")
    chosen = Phase(wanted) if wanted in set(Phase) else None
    words = request.args.get("q", "")[:100]
    found = staff_polls(session, actor, now, phase=chosen, words=words, page=number_asked("page") or 1)
    return render_template(
        "polls/staff/index.html",
        found=found,
        chosen=chosen,
        words=words,
        names=PHASE_NAMES,
        kinds=wording.KIND_NAMES,
        tags=PHASE_KINDS,
        phase_of=lambda poll: phase(poll, now),
        may_prepare=actor.holds_anywhere(PREPARE),
    )


@bp.route("/moi", methods=["GET", "POST"])
@require(PREPARE)
def new() -> Any:
    """Begin a poll: where, what kind, and which clause of Law Đ15; the clause decides which forms are lawful."""
    session, actor = current.session(), current.actor()
    places = places_for(session, actor, PREPARE, level="residential", day=clock.today())
    if not places:
        raise Forbidden(N_("Ông/Bà không phụ trách thôn, tổ dân phố nào nên không tổ chức được."))
    form = NewPollForm()
    choose = [("", _("Chọn địa bàn"))] if len(places) > 1 else []
    form.area.choices = [*choose, *((place.code, place.full_label) for place in places)]
    form.kind.choices = [(kind, _(name)) for kind, name in wording.KIND_NAMES.items()]
    form.clause.choices = clause_choices()
    if form.validate_on_submit():
        made = _create(form)
        if made is not None:
            return redirect(url_for("polls_staff.question", public_id=made.public_id), 303)
    picked = form.clause.data if isinstance(form.clause.data, int) else None
    place = next((place for place in places if place.code == form.area.data), None)
    return render_template(
        "polls/staff/new.html",
        form=form,
        kind_hints={kind: _(words.explained) for kind, words in wording.WORDS.items()},
        clause_hints=clause_hints(),
        refused=clause_facts(picked, _households(place)) if picked and form.clause.errors else None,
    )


@bp.get("/<public_id>")
@require("polls:poll:view", load=staff_poll)
def hub(poll: Poll) -> Any:
    """Where the poll stands, what is still to do, and the way to every other page of it."""
    session, actor = current.session(), current.actor()
    waiting = poll.status in ("preparing", "submitted")
    found = queries.problems(session, poll) if waiting else []
    may_prepare = actor.may(PREPARE, poll.area.path)
    pending = open_change(session, poll)
    return page(
        "hub",
        poll,
        tasks=_tasks(poll, found, may_prepare) if poll.status == "preparing" else [],
        problems=shown_problems(poll, found),
        households=count_households(session, poll.area_id),
        returned=queries.last_return(session, poll) if poll.status == "preparing" else None,
        rehearsed=queries.last_rehearsal(session, poll) if waiting else None,
        change=pending,
        changes=[one for one in changes_of(session, poll) if one.decided_at],
        asked_by=_name(pending.requested_by) if pending else "",
        submitted_by=_name(poll.submitted_by),
        confirmed_by=_name(poll.confirmed_by),
        mine=poll.submitted_by is not None and poll.submitted_by == actor.account_id,
        my_request=pending is not None and pending.requested_by == actor.account_id,
        level=wording.LEVEL_NAMES[poll.level],
        may_prepare=may_prepare,
    )


def _tasks(poll: Poll, found: list[Any], may_prepare: bool) -> list[dict[str, Any]]:
    items = []
    for task in queries.tasks(current.session(), poll, found):
        status, kind = STATES[task.state]
        count = len(task.problems)
        items.append(
            {
                "title": _(NAMES[task.step]),
                "status": _(status),
                "kind": kind,
                "href": step_url(poll, task.step) if may_prepare and task.step in STEP_PAGES else "",
                "hint": _("Còn %(n)s việc", n=count) if count else "",
            }
        )
    return items


def _create(form: NewPollForm) -> Poll | None:
    """The poll begun, or None with the reason standing in the form."""
    session, actor = current.session(), current.actor()
    try:
        with session.begin_nested():
            area = in_scope(session, actor, form.area.data)
            if area is None:
                raise Refusal(N_("Chọn địa bàn trong danh sách."), field="area")
            consent = form.kind.data == ONLINE_CONSENT
            if form.clause.data is None and not consent:
                raise Refusal(N_("Chọn nội dung thuộc khoản nào của Điều 15."), field="clause")
            clause = preparation.SELF_MANAGED if consent else form.clause.data
            return preparation.create_poll(session, actor, area, kind=form.kind.data, clause=clause)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


def _households(place: Area | None) -> int:
    return count_households(current.session(), place.id) if place else 0


def _name(account_id: int | None) -> str:
    account = current.session().get(Account, account_id) if account_id else None
    return account.full_name if account else ""
