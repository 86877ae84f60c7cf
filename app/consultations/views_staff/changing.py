"""After publication: a later end, a corrected text, withdrawal, and the text that was adopted."""

from collections.abc import Callable
from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.consultations.forms import AdoptionForm, ExtensionForm
from app.consultations.models import Consultation
from app.consultations.operations import adopting, changing
from app.consultations.operations.editing import PUBLISH
from app.consultations.queries.loading import in_scope
from app.consultations.queries.preparation import count_articles, waiting_version
from app.consultations.rules.house import HOUSE_RULES
from app.consultations.rules.opening import Step
from app.consultations.rules.phases import Phase, phase
from app.consultations.views_staff.common import bp, page, step_url, to_hub
from app.core import clock
from app.core.db import database_now
from app.core.errors import WrongMoment
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.fields import moment_of
from app.web.forms import ReasonForm, StaffForm, done

RUNNING = (Phase.UPCOMING, Phase.OPEN)


@bp.route("/<int:consultation_id>/gia-han", methods=["GET", "POST"])
@require(PUBLISH, load=in_scope)
def extend(consultation: Consultation) -> Any:
    """Take comments longer."""
    _must_be(consultation, *RUNNING)
    local = clock.local(consultation.closes_at) if consultation.closes_at else None
    form = ExtensionForm(new_closes_time=local.time() if local else None)

    def act() -> None:
        new = moment_of(form.new_closes_at.data, form.new_closes_time.data)
        reason = form.reason.data
        changing.extend(current.session(), current.actor(), consultation, new_closes_at=new, reason=reason)

    if _done(form, act):
        flash(_("Đã gia hạn. Lý do hiện trên trang lấy ý kiến."), "good")
        return to_hub(consultation)
    return page("extend", consultation, form=form)


@bp.route("/<int:consultation_id>/ban-sua", methods=["GET", "POST"])
@require(PUBLISH, load=in_scope)
def correct(consultation: Consultation) -> Any:
    """Publish the corrected text that was imported before."""
    _must_be(consultation, *RUNNING)
    form = ReasonForm()
    session = current.session()
    if _done(form, lambda: changing.correct(session, current.actor(), consultation, reason=form.reason.data)):
        flash(_("Đã đăng bản sửa. Ý kiến đã nhận vẫn ở bản cũ."), "good")
        return to_hub(consultation)
    draft = waiting_version(session, consultation)
    left = HOUSE_RULES.left_after_correction.days
    return page("correct", consultation, form=form, draft=draft, articles=count_articles(session, draft), left=left,
                drafts=step_url(consultation, Step.DRAFT))  # fmt: skip


@bp.route("/<int:consultation_id>/rut", methods=["GET", "POST"])
@require(PUBLISH, load=in_scope)
def withdraw(consultation: Consultation) -> Any:
    """Ask no longer, with a reason that stays to be read; give up what was never published."""
    _must_be(consultation, Phase.PREPARING, *RUNNING, Phase.CLOSED)
    public = consultation.opened_at is not None
    form = ReasonForm()
    session = current.session()
    if _done(form, lambda: changing.withdraw(session, current.actor(), consultation, reason=form.reason.data)):
        flash(_("Đã rút dự thảo.") if public else _("Đã bỏ dự thảo chưa đăng."), "good")
        return to_hub(consultation)
    return page("withdraw", consultation, form=form, public=public)


@bp.route("/<int:consultation_id>/ban-hanh", methods=["GET", "POST"])
@require(PUBLISH, load=in_scope)
def adopt(consultation: Consultation) -> Any:
    """Publish the text that was adopted, with its number and its day."""
    _must_be(consultation, Phase.ANSWERED)
    form = AdoptionForm()
    session = current.session()

    def act() -> None:
        number, day = form.number.data, form.adopted_on.data
        adopting.adopt(session, current.actor(), consultation, number=number, adopted_on=day)

    if _done(form, act):
        flash(_("Đã đăng văn bản đã ban hành."), "good")
        return to_hub(consultation)
    final = waiting_version(session, consultation, adopting.FINAL)
    return page("adopt", consultation, form=form, final=final, articles=count_articles(session, final),
                drafts=step_url(consultation, Step.DRAFT))  # fmt: skip


def _done(form: StaffForm, act: Callable[[], Any]) -> bool:
    return bool(form.validate_on_submit()) and done(form, act)


def _phase(consultation: Consultation) -> Phase:
    return phase(consultation, database_now(current.session()))


def _must_be(consultation: Consultation, *phases: Phase) -> None:
    """Refuse the page itself, before anything is typed, in a phase in which the act is impossible."""
    if _phase(consultation) not in phases:
        raise WrongMoment(N_("Việc này không làm được ở giai đoạn hiện nay của dự thảo."))
