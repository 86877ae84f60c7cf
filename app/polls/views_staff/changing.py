"""Changing an opened poll: asking for a later close or a cancellation, and deciding on it as the second person."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.core import clock
from app.core.permissions import Body
from app.core.roles import BODY_NAMES
from app.identity.models import Account
from app.polls.forms import DecideForm, ExtensionForm
from app.polls.models import Poll
from app.polls.operations import changes
from app.polls.queries.listing import staff_poll
from app.polls.views_staff.common import Found, bp, found_change, page, to_hub
from app.web import current
from app.web.access import require
from app.web.fields import moment_of
from app.web.forms import ReasonForm, done


@bp.route("/<public_id>/gia-han", methods=["GET", "POST"])
@require(changes.REQUEST, load=staff_poll)
def extend(poll: Poll) -> Any:
    """Ask for a later closing time."""
    local = clock.local(poll.closes_at) if poll.closes_at else None
    form = ExtensionForm(new_closes_time=local.time() if local else None)
    if form.validate_on_submit():
        new = moment_of(form.new_closes_at.data, form.new_closes_time.data)
        if done(form, lambda: _ask(poll, form.reason.data, new)):
            return _asked(poll)
    return page("extend", poll, form=form)


@bp.route("/<public_id>/huy", methods=["GET", "POST"])
@require(changes.REQUEST, load=staff_poll)
def cancel(poll: Poll) -> Any:
    """Ask to call the poll off."""
    form = ReasonForm()
    if form.validate_on_submit() and done(form, lambda: _ask(poll, form.reason.data, None)):
        return _asked(poll)
    return page("cancel", poll, form=form)


@bp.route("/<public_id>/de-nghi/<int:change_id>", methods=["GET", "POST"])
@require(changes.DECIDE, load=found_change)
def decide(found: Found) -> Any:
    """Agree or not, as another person of another body."""
    poll, change = found.poll, found.thing
    form = DecideForm()
    if form.validate_on_submit():
        accept = form.answer.data == "accept"
        act = changes.confirm_change if accept else changes.reject_change
        if done(form, lambda: act(current.session(), current.actor(), change, poll)):
            flash(_("Đã đồng ý.") if accept else _("Đã từ chối."), "good")
            return to_hub(poll)
    account = current.session().get(Account, change.requested_by)
    return page(
        "decide_change",
        poll,
        form=form,
        change=change,
        asked_by=account.full_name if account else "",
        asked_body=BODY_NAMES[Body(change.requested_body)],
    )


@bp.post("/<public_id>/de-nghi/<int:change_id>/rut")
@require(changes.REQUEST, load=found_change)
def withdraw(found: Found) -> Any:
    """Take one's own request back."""
    changes.withdraw_change(current.session(), current.actor(), found.thing, found.poll)
    flash(_("Đã rút đề nghị."), "good")
    return to_hub(found.poll)


def _ask(poll: Poll, reason: str, new_closes_at: Any) -> None:
    session, actor = current.session(), current.actor()
    if new_closes_at is None:
        changes.request_cancellation(session, actor, poll, reason=reason)
    else:
        changes.request_extension(session, actor, poll, new_closes_at=new_closes_at, reason=reason)


def _asked(poll: Poll) -> Any:
    flash(_("Đã gửi đề nghị. Cần một người của cơ quan khác đồng ý."), "good")
    return to_hub(poll)
