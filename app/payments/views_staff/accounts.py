"""The white list: entering an account, deciding on it, ending it."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.core import clock
from app.core.db import database_now
from app.core.errors import Refusal, WrongMoment
from app.lib.i18n import N_
from app.payments.forms import APPROVED, AS_CARD, OTHER, DecideForm, PayeeForm
from app.payments.models import PayeeAccount
from app.payments.operations import accounts as operations
from app.payments.operations.accounts import APPROVE, ENTER
from app.payments.operations.collections import EDIT
from app.payments.queries import accounts as queries
from app.payments.queries import collections
from app.payments.queries.accounts import VIEW, payee_in_scope
from app.payments.rules.showing import State, pending, state_among
from app.payments.views_staff.common import bp, chosen, page, place_choices, places, to_payee
from app.web import current
from app.web.access import require
from app.web.forms import ReasonForm, done, show_refusal


@bp.get("/")
@require(VIEW)
def index() -> Any:
    """Accounts, masked, and what is collected on them, within the asker's reach."""
    session, actor = current.session(), current.actor()
    now = database_now(session)
    return page(
        "index",
        accounts=queries.listed(session, actor, now),
        collections=collections.listed(session, actor.places(VIEW), now, clock.today()),
        may_enter=actor.holds_anywhere(ENTER),
        may_collect=actor.holds_anywhere(EDIT),
    )


@bp.get("/tai-khoan/<int:payee_id>")
@require(VIEW, load=payee_in_scope)
def payee(one: PayeeAccount) -> Any:
    """An account with its whole number, who entered it and who decided, and what is collected on it."""
    session, actor = current.session(), current.actor()
    rows, now = queries.rows_of(session, one.area_id), database_now(session)
    state = state_among(one, rows, now)
    coming = pending(one, rows, now)
    names = queries.names(session, [one.entered_by, one.decided_by])
    replaceable = state in (State.SHOWN, State.ENDED) and one.shown_from is not None and now >= one.shown_from
    return page(
        "payee",
        payee=one,
        state=state,
        coming=coming,
        replaced=next((row for row in rows if row.id == one.replaces), None),
        names=names,
        collections=collections.on_account(session, one),
        may_enter=actor.may(ENTER, one.path),
        may_replace=actor.may(ENTER, one.path) and replaceable and coming is None,
        may_decide=actor.may(APPROVE, one.path) and one.entered_by != actor.account_id,
        may_stop=actor.may(APPROVE, one.path),
    )


@bp.route("/tai-khoan/moi", methods=["GET", "POST"])
@require(ENTER)
def new() -> Any:
    """Enter an account that somebody else is to approve."""
    found = places(ENTER)
    form = PayeeForm()
    form.area.choices = place_choices(found)
    made = _entered(form, lambda: chosen(found, form.area.data)) if form.validate_on_submit() else None
    if made is not None:
        return to_payee(made)
    return page("enter", form=form, payee=None), 422 if form.errors else 200


@bp.route("/tai-khoan/<int:payee_id>/thay", methods=["GET", "POST"])
@require(ENTER, load=payee_in_scope)
def replace(one: PayeeAccount) -> Any:
    """Enter the account that is to take another's place, a day after somebody else approves it."""
    operations.must_be_replaceable(current.session(), one)
    form = PayeeForm()
    form.area.choices = place_choices([one.area])
    made = _entered(form, lambda: chosen([one.area], form.area.data), one) if form.validate_on_submit() else None
    if made is not None:
        return to_payee(made)
    return page("enter", form=form, payee=one), 422 if form.errors else 200


@bp.route("/tai-khoan/<int:payee_id>/duyet", methods=["GET", "POST"])
@require(APPROVE, load=payee_in_scope)
def decide(one: PayeeAccount) -> Any:
    """Approve or refuse an account that somebody else entered."""
    if one.status != "proposed":
        raise WrongMoment(N_("Tài khoản này đã được quyết định rồi."))
    form = DecideForm()
    if form.validate_on_submit() and done(form, lambda: _decide(one, form)):
        approved = form.decision.data == APPROVED
        flash(_("Đã duyệt. Mã hiện sau 24 giờ.") if approved else _("Đã ghi là không duyệt."), "good")
        return to_payee(one)
    names = queries.names(current.session(), [one.entered_by])
    return page("decide", form=form, payee=one, names=names), 422 if form.errors else 200


@bp.route("/tai-khoan/<int:payee_id>/thoi-dung", methods=["GET", "POST"])
@require(ENTER, load=payee_in_scope)
def end(one: PayeeAccount) -> Any:
    """Show an account no more; by those who enter accounts."""
    return _end(one, ENTER)


@bp.route("/tai-khoan/<int:payee_id>/dung-hien", methods=["GET", "POST"])
@require(APPROVE, load=payee_in_scope)
def stop(one: PayeeAccount) -> Any:
    """Show an account no more; by those who approve accounts."""
    return _end(one, APPROVE)


def _end(one: PayeeAccount, right: str) -> Any:
    if one.status != "approved":
        raise WrongMoment(N_("Chỉ thôi dùng được tài khoản đã duyệt."))
    form = ReasonForm()
    session, actor = current.session(), current.actor()
    if form.validate_on_submit() and done(
        form, lambda: operations.end(session, actor, one, reason=form.reason.data or "", right=right)
    ):
        flash(_("Đã thôi dùng tài khoản này. Gỡ các tờ dán có mã của tài khoản."), "good")
        return to_payee(one)
    endpoint = "payments_staff.end" if right == ENTER else "payments_staff.stop"
    return page("end", form=form, payee=one, endpoint=endpoint), 422 if form.errors else 200


def _decide(one: PayeeAccount, form: DecideForm) -> None:
    session, actor = current.session(), current.actor()
    if form.decision.data == APPROVED:
        operations.approve(session, actor, one)
    else:
        operations.refuse(session, actor, one, reason=form.reason.data or "")


def _entered(form: PayeeForm, area: Any, replaces: PayeeAccount | None = None) -> PayeeAccount | None:
    """The account entered, or None with the reasons standing in the form."""
    other = form.bank.data == OTHER
    try:
        with current.session().begin_nested():
            made = operations.propose(
                current.session(), current.actor(), area(),
                bank=(form.other_bank.data if other else form.bank.data) or "", number=form.number.data or "",
                holder=form.holder.data or "", document=form.document.data or "",
                is_card=form.is_card.data == AS_CARD, replaces=replaces,
            )  # fmt: skip
    except Refusal as refusal:
        for one in getattr(refusal, "problems", [refusal]):
            one.field = "other_bank" if other and one.field == "bank" else one.field
        show_refusal(form, refusal)
        return None
    flash(_("Đã ghi. Tài khoản chờ người khác duyệt."), "good")
    return made
