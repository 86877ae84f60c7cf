"""Staff pages of the end of a poll: opening the ballots by two bodies, the decision, its papers, its sending."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import WrongMoment
from app.core.permissions import Actor, Body
from app.core.roles import BODY_NAMES
from app.lib.i18n import N_
from app.polls import wording
from app.polls.forms_result import DecisionForm, OpinionsForm, RecountForm, SendForm
from app.polls.models import Decision, Poll, Result
from app.polls.operations import closing, deciding
from app.polls.queries import counting
from app.polls.queries import public as queries
from app.polls.queries.facts import public_result, send_by
from app.polls.queries.listing import staff_poll
from app.polls.rules.decision import DOCUMENT_FORMS
from app.polls.rules.facts import DECISION
from app.polls.rules.publication import MASK_NOTE
from app.polls.views_staff.common import page
from app.web import current
from app.web.access import require
from app.web.forms import ReasonForm, StaffForm, done

bp = Blueprint("polls_result", __name__, url_prefix="/staff/cuoc-bieu-quyet/<public_id>/ket-qua")


@bp.get("/")
@require("polls:poll:view", load=staff_poll)
def overview(poll: Poll) -> Any:
    """Where the poll stands after its end, and who has to act next.

    Hidden numbers are shown to those alone who see the minutes; other staff see what residents see.
    """
    session, actor = current.session(), current.actor()
    result, decision = queries.result_of(session, poll), queries.decision_of(session, poll)
    shown = public_result(poll, result) if result else None
    sees_minutes = actor.may("polls:participants:view", poll.area.path)
    return page(
        "result",
        poll,
        releases=[(one.name, BODY_NAMES[Body(one.body)], one.at) for one in counting.releases(session, poll)],
        may_release=_may_release(actor, poll),
        shown=shown,
        exact=result if sees_minutes else None,
        mask_note=MASK_NOTE,
        wrong=_wrong(actor, poll),
        decision=decision,
        stage=_stage(decision),
        forms=DOCUMENT_FORMS,
        places=[_(wording.PLACES[key]) for key in decision.posted_places] if decision else [],
        send_by=send_by(session, poll),
        today=clock.today(),
        sees_minutes=sees_minutes,
    )


@bp.route("/mo-kiem-phieu", methods=["GET", "POST"])
@require(closing.RELEASE, load=staff_poll)
def release(poll: Poll) -> Any:
    """Agree, for one's body, that the ballots be opened."""
    form = StaffForm()
    keys = current.services().ballot_keys
    if form.validate_on_submit() and done(
        form, lambda: closing.release(current.session(), current.actor(), poll, keys)
    ):
        _say_how_it_went(poll, _("Đã ghi nhận. Cần thêm một người của cơ quan khác."))
        return _back(poll)
    return page("release", poll, form=form)


@bp.post("/kiem-lai")
@require(closing.RELEASE, load=staff_poll)
def recount(poll: Poll) -> Any:
    """Count again after a count that did not balance, agreeing to another body's explanation where one was read."""
    form = RecountForm()
    closing.recount(current.session(), current.actor(), poll, current.services().ballot_keys, form.agreed)
    _say_how_it_went(poll, "")
    return _back(poll)


@bp.route("/giai-trinh", methods=["GET", "POST"])
@require(closing.RELEASE, load=staff_poll)
def explain(poll: Poll) -> Any:
    """Account for a count that does not balance."""
    form = ReasonForm()
    refused = counting.last_refusal(current.session(), poll)
    if form.validate_on_submit() and done(
        form, lambda: closing.explain(current.session(), current.actor(), poll, form.reason.data)
    ):
        flash(_("Đã ghi giải trình. Cần một người của cơ quan khác đồng ý."), "good")
        return _back(poll)
    return page("explain", poll, form=form, problems=refused.problems if refused else ())


@bp.route("/van-ban", methods=["GET", "POST"])
@require(deciding.WRITE, load=staff_poll)
def write(poll: Poll) -> Any:
    """Write the decision document."""
    session = current.session()
    result = queries.result_of(session, poll)
    if result is None or poll.status != "counted":
        raise WrongMoment(N_("Chỉ lập văn bản sau khi kiểm phiếu và trước khi ký."))
    form = _decision_form(poll, result, queries.decision_of(session, poll))
    if form.validate_on_submit():
        values: dict[str, Any] = {f.name: f.data or "" for f in form if f.name != "csrf_token"}
        if done(form, lambda: deciding.write(session, current.actor(), poll, deciding.Draft(**values))):
            flash(_("Đã lưu văn bản. In ra, lấy đủ bốn chữ ký, rồi ghi nhận đã ký."), "good")
            return _back(poll)
    return page("decision", poll, form=form, masked=public_result(poll, result).masked)


@bp.route("/da-ky", methods=["GET", "POST"])
@require(deciding.WRITE, load=staff_poll)
def sign(poll: Poll) -> Any:
    """Note that all four have signed."""
    form = StaffForm()
    if form.validate_on_submit() and done(form, lambda: deciding.sign(current.session(), current.actor(), poll)):
        flash(_("Đã ghi nhận đủ bốn chữ ký."), "good")
        return _back(poll)
    decision = queries.decision_of(current.session(), poll)
    if decision is None:
        raise WrongMoment(N_("Chưa lập văn bản kết quả."))
    return page("sign", poll, form=form, decision=decision)


@bp.route("/gui", methods=["GET", "POST"])
@require("polls:decision:send", load=staff_poll)
def send(poll: Poll) -> Any:
    """Note that the decision went to UBND and UBMTTQ."""
    form = SendForm()
    form.places.choices = [(key, _(text)) for key, text in wording.PLACES.items()]
    if form.validate_on_submit():
        places = form.places.data or []
        if done(form, lambda: deciding.send(current.session(), current.actor(), poll, places=places)):
            flash(_("Đã ghi nhận gửi Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc."), "good")
            return _back(poll)
    return page("send", poll, form=form, send_by=send_by(current.session(), poll))


@bp.post("/da-nhan")
@require("polls:decision:receive", load=staff_poll)
def receive(poll: Poll) -> Any:
    """Note that the commune has the decision in hand."""
    deciding.receive(current.session(), current.actor(), poll)
    flash(_("Đã ghi nhận đã nhận văn bản."), "good")
    return _back(poll)


@bp.route("/y-kien-khac", methods=["GET", "POST"])
@require(deciding.WRITE, load=staff_poll)
def opinions(poll: Poll) -> Any:
    """Read the other opinions and choose which the public page shows."""
    session = current.session()
    result = queries.result_of(session, poll)
    if result is None:
        raise WrongMoment(N_("Chưa kiểm phiếu nên chưa có ý kiến khác."))
    found = queries.opinions(session, poll, published_only=False)
    form = OpinionsForm(shown=[one.position for one in found if one.published])
    form.shown.choices = [(one.position, one.text) for one in found]
    if form.validate_on_submit():
        shown = set(form.shown.data or [])
        if done(form, lambda: deciding.publish_opinions(session, current.actor(), poll, shown)):
            flash(_("Đã lưu."), "good")
            return _back(poll)
    return page("opinions", poll, form=form, found=found, masked=public_result(poll, result).masked)


def _decision_form(poll: Poll, result: Result, decision: Decision | None) -> DecisionForm:
    start = {"decided_on": clock.today(), "head_name": poll.area.head_name, "front_name": poll.area.front_name}
    form = DecisionForm(obj=decision) if decision else DecisionForm(**start, place=poll.area.address)
    form.form.choices = [(key, _(DOCUMENT_FORMS[key])) for key in deciding.allowed_forms(poll, result)]
    if poll.kind != DECISION:
        form.conclusion.label.text = _("Kết luận")
    return form


def _may_release(actor: Actor, poll: Poll) -> bool:
    """Whether the asker may still agree: neither they nor every body they act for has."""
    given = counting.release_rows(current.session(), poll)
    bodies = set(actor.bodies(closing.RELEASE, poll.area.path)) - {Body(one.body) for one in given}
    own = any(one.account_id == actor.account_id for one in given)
    return bool(bodies) and not own and len(given) < closing.BODIES_NEEDED


def _wrong(actor: Actor, poll: Poll) -> dict[str, Any] | None:
    """What a count that did not balance waits for; None where none is waiting."""
    session = current.session()
    refused = counting.last_refusal(session, poll) if poll.status == "closed" else None
    if refused is None:
        return None
    said = counting.last_explanation(session, poll)
    others = set(actor.bodies(closing.RELEASE, poll.area.path)) - ({Body(said.body)} if said else set())
    return {
        "at": refused.at,
        "problems": refused.problems,
        "explainable": refused.explainable,
        "said": said,
        "said_for": BODY_NAMES[Body(said.body)] if said else "",
        "may_agree": said is not None and said.account_id != actor.account_id and bool(others),
    }


def _stage(decision: Decision | None) -> str:
    if decision is None:
        return ""
    if decision.sent_committee_at is not None:
        return "sent"
    return "written" if decision.signed_at is None else "signed"


def _say_how_it_went(poll: Poll, waiting: str) -> None:
    if poll.status == "counted":
        flash(_("Đã kiểm phiếu xong."), "good")
    elif counting.last_refusal(current.session(), poll) is not None:
        flash(_("Số phiếu chưa khớp nên chưa có kết quả. Xem ở dưới."), "bad")
    else:
        flash(waiting, "good")


def _back(poll: Poll) -> Any:
    return redirect(url_for("polls_result.overview", public_id=poll.public_id), 303)
