"""Without the QR code: household number and typed code; and the counter, where a member of the team helps."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for
from sqlalchemy.orm import Session

from app.core.db import database_now
from app.core.errors import NotFound, Refusal
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.polls import wording
from app.polls.errors import OtherPoll, UnknownSlip
from app.polls.forms_ballot import CodeForm, CounterForm
from app.polls.models import Poll
from app.polls.operations.casting import refuse
from app.polls.operations.codes import count_try, slip_by_code
from app.polls.queries import public as polls
from app.polls.queries.ballots import SlipView, slip_by_secret, voting_now
from app.polls.queries.listing import staff_poll
from app.polls.rules.credentials import secret_hash, secret_in
from app.polls.views_ballot.common import bp, keep, see_other, ticket_of, unkept
from app.web import current
from app.web.access import public, require
from app.web.forms import show_refusal

staff = Blueprint("polls_counter", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/quay")


@bp.get("/phieu/ma")
@public
def start() -> str:
    """Which poll the typed code is for: those open now."""
    session = current.session()
    return render_template("ballot/start.html", polls=voting_now(session, database_now(session)))


@bp.get("/bieu-quyet/<public_id>/ma")
@public
def code(public_id: str) -> Response:
    """Where household number and code are typed."""
    return _code_page(_poll(public_id), CodeForm(formdata=None))


@bp.post("/bieu-quyet/<public_id>/ma")
@public
def enter_code(public_id: str) -> Response:
    """Open the household's ballot on this phone."""
    form = CodeForm()
    sound = form.validate()
    if sound:
        # Before the request's own transaction: the count stays whatever becomes of the request.
        count_try(current.services().database, public_id, form.number.data)
    poll = _poll(public_id)
    try:
        slip = slip_by_code(current.session(), poll.id, form.number.data, form.code.data) if sound else None
    except Refusal as refusal:
        slip = None
        show_refusal(form, refusal)
    if slip is None:
        return _code_page(poll, form, 422)
    return keep(see_other(url_for("polls_ballot.edit")), ticket_of(slip))


@staff.get("/")
@require("polls:counter:assist", load=staff_poll)
def counter(poll: Poll) -> Response:
    """Help a household at the counter, on a machine of the team."""
    return _counter_page(poll, CounterForm(formdata=None))


@staff.post("/")
@require("polls:counter:assist", load=staff_poll)
def assist(poll: Poll) -> Response:
    """Open the household's ballot, noted as helped; what follows is the household's own pages."""
    form = CounterForm()
    if not form.validate():
        return _counter_page(poll, form, 422)
    try:
        slip = _presented(current.session(), poll, form)
        refuse(slip)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _counter_page(poll, form, 422 if refusal.status == 422 else refusal.status)
    return keep(see_other(url_for("polls_ballot.edit")), ticket_of(slip, _account(current.actor())))


def _presented(session: Session, poll: Poll, form: CounterForm) -> SlipView:
    """The slip laid on the counter. Tries are not limited here: who asks is known and on record."""
    if not form.scanned.data:
        return slip_by_code(session, poll.id, form.number.data, form.code.data)
    secret = secret_in(form.scanned.data)
    slip = slip_by_secret(session, secret_hash(secret)) if secret else None
    if slip is None:
        raise UnknownSlip
    if slip.poll_id != poll.id:
        raise OtherPoll("scanned")
    return slip


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotFound(N_("Không tìm thấy trang này."))
    return actor.account_id


def _poll(public_id: str) -> Poll:
    found = polls.public_poll(current.session(), public_id)
    if found is None:
        raise NotFound(N_("Không tìm thấy cuộc biểu quyết này."))
    return found


def _code_page(poll: Poll, form: CodeForm, status: int = 200) -> Response:
    g.here = request.path
    area = poll.area
    head = next((member for member in poll.team if member.is_head and member.phone), None)
    phone = head.phone if head else area.phone
    context: dict[str, Any] = {
        "poll": poll,
        "form": form,
        "words": wording.words(poll.kind),
        "commune": area.commune.name,
        "home_url": url_for("home.place", code=area.code),
        "help_line": {"name": head.full_name if head else area.name, "phone": phone} if phone else None,
    }
    page = render_template("ballot/code.html", **context)
    return unkept(Response(page, status, content_type="text/html; charset=utf-8"))


def _counter_page(poll: Poll, form: CounterForm, status: int = 200) -> Response:
    secrecy = wording.LEVEL_SENTENCES[poll.level]
    page = render_template("ballot/counter.html", poll=poll, form=form, secrecy=secrecy)
    return unkept(Response(page, status, content_type="text/html; charset=utf-8"))
