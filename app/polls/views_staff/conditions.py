"""The conditions of NĐ59 Đ5, each put on record with who, when and proof."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.permissions import Actor
from app.identity.models import Account
from app.lib.i18n import N_
from app.polls.forms import AgreementForm, ConditionForm
from app.polls.models import Poll, Precondition
from app.polls.operations import conditions as operations
from app.polls.operations.editing import PREPARE
from app.polls.queries.listing import document_of, staff_poll
from app.polls.queries.preparation import consent_polls, preconditions_of, required_preconditions
from app.polls.queries.roll import count_households
from app.polls.rules.facts import COMMUNITY_AGREES, DEVICES
from app.polls.rules.preconditions import PRECONDITIONS
from app.polls.rules.thresholds import MAJORITY, needed
from app.polls.views_staff.common import Found, bp, page, step_page
from app.web import current
from app.web.access import require
from app.web.files import forget_later, upload_of
from app.web.forms import done


def found_condition(session: Session, actor: Actor, public_id: str, key: str) -> Found | None:
    """A poll with the key of one of the conditions it needs."""
    poll = staff_poll(session, actor, public_id)
    return Found(poll, key) if poll and key in required_preconditions(poll) else None


@bp.get("/<public_id>/dieu-kien")
@require(PREPARE, load=staff_poll)
def conditions(poll: Poll) -> Any:
    """All conditions with what is on record of each."""
    step_page(poll)
    return page("conditions", poll, recorded_rows=condition_rows(poll))


@bp.route("/<public_id>/dieu-kien/<key>", methods=["GET", "POST"])
@require(PREPARE, load=found_condition)
def condition(found: Found) -> Any:
    """Put one condition on record, or correct it."""
    poll, key = found.poll, found.thing
    step_page(poll)
    present = _recorded(poll, key)
    form = _form(poll, key, present)
    if form.validate_on_submit() and done(form, lambda: _record(poll, key, form)):
        flash(_("Đã ghi nhận."), "good")
        return redirect(url_for("polls_staff.conditions", public_id=poll.public_id), 303)
    households = count_households(current.session(), poll.area_id)
    return page(
        "condition",
        poll,
        form=form,
        rule=PRECONDITIONS[key],
        present=present,
        households=households,
        least=needed(households, MAJORITY) if households else 0,
        needs_proof=key != DEVICES,
        agreement=key == COMMUNITY_AGREES,
    )


@bp.post("/<public_id>/dieu-kien/<key>/xoa")
@require(PREPARE, load=found_condition)
def remove_condition(found: Found) -> Any:
    """Take a condition off the record; harmless when it is gone already."""
    present = _recorded(found.poll, found.thing)
    if present is not None:
        forget_later(operations.remove_precondition(current.session(), current.actor(), found.poll, present))
    flash(_("Đã xóa."), "good")
    return redirect(url_for("polls_staff.conditions", public_id=found.poll.public_id), 303)


def condition_rows(poll: Poll) -> list[dict[str, Any]]:
    """Every condition the poll needs, with what is on record: who recorded it, when it happened, the proof."""
    session = current.session()
    recorded = {one.key: one for one in preconditions_of(session, poll)}
    rows = []
    for key in required_preconditions(poll):
        one = recorded.get(key)
        account = session.get(Account, one.recorded_by) if one else None
        rows.append(
            {
                "key": key,
                "name": _(PRECONDITIONS[key].name),
                "citation": str(PRECONDITIONS[key].citation),
                "recorded": one,
                "by": account.full_name if account else "",
                "proof": document_of(session, poll, one.document_id) if one and one.document_id else None,
                "consent": session.get(Poll, one.consent_poll_id) if one and one.consent_poll_id else None,
            }
        )
    return rows


def _recorded(poll: Poll, key: str) -> Precondition | None:
    return next((one for one in preconditions_of(current.session(), poll) if one.key == key), None)


def _form(poll: Poll, key: str, present: Precondition | None) -> ConditionForm:
    values: dict[str, Any] = {"happened_on": present.happened_on, "detail": present.detail} if present else {}
    if key != COMMUNITY_AGREES:
        return ConditionForm(**values)
    linked = present.consent_poll_id if present else None
    if present:
        values |= {"agreed": present.agreed, "total": present.total, "way": "poll" if linked else "paper"}
    choices = consent_polls(current.session(), poll)
    values["consent_poll"] = next((one.public_id for one in choices if one.id == linked), "")
    form = AgreementForm(**values)
    form.consent_poll.choices = [("", _("Chọn")), *((one.public_id, one.title) for one in choices)]
    return form


def _record(poll: Poll, key: str, form: ConditionForm) -> None:
    by_poll = isinstance(form, AgreementForm) and form.way.data == "poll"
    draft = operations.ConditionDraft(
        key=key,
        happened_on=None if by_poll else form.happened_on.data,
        detail=form.detail.data or "",
        agreed=form.agreed.data if isinstance(form, AgreementForm) else None,
        total=form.total.data if isinstance(form, AgreementForm) else None,
        consent_poll=_chosen(poll, form) if by_poll else None,
        proof=None if by_poll else upload_of(form.proof),
    )
    services = current.services()
    _found, replaced = operations.record_precondition(current.session(), current.actor(), poll, services.storage, draft)
    forget_later(replaced)


def _chosen(poll: Poll, form: Any) -> Poll:
    for one in consent_polls(current.session(), poll):
        if one.public_id == form.consent_poll.data:
            return one
    raise Refusal(N_("Chọn một cuộc lấy ý kiến đã có kết quả."), field="consent_poll")
