"""Staff pages of the end of a poll: opening the ballots by two bodies, the decision, its papers, its sending."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.db import database_now
from app.core.errors import WrongMoment
from app.core.permissions import BODY_NAMES, Body
from app.holidays.queries import calendar_table
from app.identity.models import Account
from app.lib.i18n import N_
from app.polls import wording
from app.polls.forms_result import DecisionForm, OpinionsForm, SendForm
from app.polls.models import KeyRelease, Poll
from app.polls.operations import closing, deciding
from app.polls.queries import public as queries
from app.polls.queries.listing import staff_poll
from app.polls.rules.deadlines import due
from app.polls.rules.decision import DOCUMENT_FORMS
from app.polls.rules.phases import phase
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, done

bp = Blueprint("polls_result", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/ket-qua")


@bp.get("/")
@require("polls:poll:view", load=staff_poll)
def overview(poll: Poll) -> Any:
    """Where the poll stands after its end, and who has to act next."""
    session, actor = current.session(), current.actor()
    releases = session.execute(
        select(KeyRelease, Account.full_name)
        .join(Account, Account.id == KeyRelease.account_id)
        .where(KeyRelease.poll_id == poll.id)
        .order_by(KeyRelease.released_at)
    ).all()
    result, decision = queries.result_of(session, poll), queries.decision_of(session, poll)
    ended = clock.local(poll.closes_at).date() if poll.closes_at else None
    return render_template(
        "polls/staff/result.html",
        poll=poll,
        words=wording.words(poll.kind),
        phase=phase(poll, database_now(session)),
        releases=[(name, BODY_NAMES[Body(release.body)], release.released_at) for release, name in releases],
        result=result,
        decision=decision,
        forms=DOCUMENT_FORMS,
        places=deciding.PLACES,
        send_by=due("send_decision", ended, calendar_table(session)) if ended and poll.kind == "decision" else None,
        today=clock.today(),
        may=lambda permission: actor.may(permission, poll.area.path),
    )


@bp.route("/mo-kiem-phieu", methods=["GET", "POST"])
@require("polls:key:release", load=staff_poll)
def release(poll: Poll) -> Any:
    """Agree, for one's body, that the ballots be opened."""
    form = StaffForm()
    if form.validate_on_submit():
        keys = current.services().ballot_keys
        if done(form, lambda: closing.release(current.session(), current.actor(), poll, keys)):
            counted = queries.result_of(current.session(), poll) is not None
            flash(
                _("Đã kiểm phiếu xong.") if counted else _("Đã ghi nhận. Cần thêm một người của cơ quan khác."), "good"
            )
            return _back(poll)
    return render_template("polls/staff/release.html", form=form, poll=poll, words=wording.words(poll.kind))


@bp.route("/van-ban", methods=["GET", "POST"])
@require("polls:minutes:write", load=staff_poll)
def write(poll: Poll) -> Any:
    """Write the decision document."""
    session = current.session()
    result = queries.result_of(session, poll)
    if result is None or poll.status != "counted":
        raise WrongMoment(N_("Chỉ lập văn bản sau khi kiểm phiếu và trước khi ký."))
    decision = queries.decision_of(session, poll)
    start = {"decided_on": clock.today(), "head_name": poll.area.head_name, "front_name": poll.area.front_name}
    form = DecisionForm(obj=decision) if decision else DecisionForm(**start, place=poll.area.address)
    binding = poll.kind == "decision"
    allowed = [k for k in DOCUMENT_FORMS if k == "bien_ban" or (binding and (k != "nghi_quyet" or result.passed))]
    form.form.choices = [(key, _(DOCUMENT_FORMS[key])) for key in allowed]
    if form.validate_on_submit():
        values: dict[str, Any] = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        draft = deciding.Draft(**values)
        if done(form, lambda: deciding.write(session, current.actor(), poll, draft)):
            flash(_("Đã lưu văn bản. In ra, lấy đủ bốn chữ ký, rồi ghi nhận đã ký."), "good")
            return _back(poll)
    return render_template("polls/staff/decision.html", form=form, poll=poll, words=wording.words(poll.kind))


@bp.post("/da-ky")
@require("polls:minutes:write", load=staff_poll)
def sign(poll: Poll) -> Any:
    """Note that all four have signed."""
    deciding.sign(current.session(), current.actor(), poll)
    flash(_("Đã ghi nhận đủ bốn chữ ký."), "good")
    return _back(poll)


@bp.route("/gui", methods=["GET", "POST"])
@require("polls:decision:send", load=staff_poll)
def send(poll: Poll) -> Any:
    """Note that the decision went to UBND and UBMTTQ."""
    form = SendForm()
    form.places.choices = [(key, _(text)) for key, text in deciding.PLACES.items()]
    if form.validate_on_submit():
        places = form.places.data
        if done(form, lambda: deciding.send(current.session(), current.actor(), poll, places=places)):
            flash(_("Đã ghi nhận gửi Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc."), "good")
            return _back(poll)
    return render_template("polls/staff/send.html", form=form, poll=poll)


@bp.post("/da-nhan")
@require("polls:decision:receive", load=staff_poll)
def receive(poll: Poll) -> Any:
    """Note that the commune has the decision in hand."""
    deciding.receive(current.session(), current.actor(), poll)
    flash(_("Đã ghi nhận đã nhận văn bản."), "good")
    return _back(poll)


@bp.route("/y-kien-khac", methods=["GET", "POST"])
@require("polls:minutes:write", load=staff_poll)
def opinions(poll: Poll) -> Any:
    """Read the other opinions and choose which the public page shows."""
    session = current.session()
    found = queries.opinions(session, poll, published_only=False)
    form = OpinionsForm(shown=[one.position for one in found if one.published])
    form.shown.choices = [(one.position, one.text) for one in found]
    if form.validate_on_submit():
        shown = set(form.shown.data)
        if done(form, lambda: deciding.publish_opinions(session, current.actor(), poll, shown)):
            flash(_("Đã lưu."), "good")
            return _back(poll)
    return render_template("polls/staff/opinions.html", form=form, poll=poll, found=found)


def _back(poll: Poll) -> Any:
    return redirect(url_for("polls_result.overview", public_id=poll.public_id), 303)
