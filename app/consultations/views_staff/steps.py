"""Steps of the preparation, one thing a page: subject, audience, plan, times, moderation."""

from typing import Any

from flask_babel import gettext as _

from app.areas.queries import residential_areas
from app.consultations.forms import AudienceForm, ModerationForm, PlanForm, SubjectForm, TimesForm
from app.consultations.models import Consultation
from app.consultations.operations import preparing
from app.consultations.operations.editing import PREPARE
from app.consultations.queries.loading import in_scope
from app.consultations.queries.preparation import places_of
from app.consultations.rules.house import CITATION, HOUSE_RULES
from app.consultations.rules.opening import AREAS, AUDIENCE_NAMES, MODE_NAMES, Step
from app.consultations.views_staff.common import bp, next_step, page, saved, step_page
from app.core import clock
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.fields import moment_of, moment_parts

MODE_HINTS = {
    "before": N_("Người khác chỉ đọc được ý kiến sau khi người kiểm duyệt xem."),
    "after": N_("Người khác đọc được ngay. Người kiểm duyệt xem sau, che thông tin riêng nếu có."),
}
AUDIENCE_HINTS = {
    "everyone": N_("Ai có đường dẫn cũng góp ý được."),
    "areas": N_("Trang vẫn mở cho mọi người đọc. Người góp ý xác nhận là người dân của các địa bàn này."),
    "bodies": N_("Chỉ các cơ quan, tổ chức này góp ý. Mọi người vẫn đọc được dự thảo."),
}


@bp.route("/<int:consultation_id>/ten", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def subject(consultation: Consultation) -> Any:
    """What the draft is called, and in at most five lines what it changes."""
    step_page(consultation)
    form = SubjectForm(obj=consultation)
    if form.validate_on_submit():
        typed = {"title": form.title.data, "summary": form.summary.data or ""}
        if saved(form, consultation, preparing.set_subject, **typed):
            return next_step(consultation, Step.SUBJECT)
    return page("subject", consultation, form=form, lines=HOUSE_RULES.summary_lines)


@bp.route("/<int:consultation_id>/doi-tuong", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def audience(consultation: Consultation) -> Any:
    """Who may comment."""
    step_page(consultation)
    session = current.session()
    chosen = [area.code for area in places_of(session, consultation)]
    form = AudienceForm(
        version=consultation.version, audience=consultation.audience, areas=chosen, invited=consultation.invited
    )
    areas = residential_areas(session, consultation.area, clock.today())
    # Where no area is known there is none to choose.
    form.audience.choices = [(key, _(name)) for key, name in AUDIENCE_NAMES.items() if areas or key != AREAS]
    form.areas.choices = [(area.code, area.label) for area in areas]
    if form.validate_on_submit():
        typed = {
            "audience": form.audience.data,
            "areas": form.areas.data or [],
            "invited": form.invited.data or "",
        }
        if saved(form, consultation, preparing.set_audience, **typed):
            return next_step(consultation, Step.AUDIENCE)
    return page("audience", consultation, form=form, hints={key: _(hint) for key, hint in AUDIENCE_HINTS.items()})


@bp.route("/<int:consultation_id>/ke-hoach", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def plan(consultation: Consultation) -> Any:
    """Who is responsible, and when the plan went to the People's Council and the Front."""
    step_page(consultation)
    form = PlanForm(obj=consultation)
    if form.validate_on_submit():
        names = ("organiser", "responsible", "phone", "council_sent_on", "front_sent_on")
        typed = {name: form[name].data if name.endswith("_on") else form[name].data or "" for name in names}
        if saved(form, consultation, preparing.set_plan, **typed):
            return next_step(consultation, Step.PLAN)
    return page("plan", consultation, form=form, citation=CITATION)


@bp.route("/<int:consultation_id>/thoi-gian", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def times(consultation: Consultation) -> Any:
    """From when until when comments are taken, in Vietnamese time."""
    step_page(consultation)
    parts = moment_parts("opens", consultation.opens_at) | moment_parts("closes", consultation.closes_at)
    form = TimesForm(version=consultation.version, **parts)
    if form.validate_on_submit():
        typed = {
            "opens_at": moment_of(form.opens_at.data, form.opens_time.data),
            "closes_at": moment_of(form.closes_at.data, form.closes_time.data),
        }
        if saved(form, consultation, preparing.set_times, **typed):
            return next_step(consultation, Step.TIMES)
    return page("times", consultation, form=form, days=HOUSE_RULES.shortest.days, citation=CITATION)


@bp.route("/<int:consultation_id>/kiem-duyet", methods=["GET", "POST"])
@require(PREPARE, load=in_scope)
def moderation(consultation: Consultation) -> Any:
    """Whether comments are read by a moderator before others see them, or after."""
    step_page(consultation)
    form = ModerationForm(obj=consultation)
    form.moderation.choices = [(key, _(name)) for key, name in MODE_NAMES.items()]
    if form.validate_on_submit() and saved(
        form, consultation, preparing.set_moderation, moderation=form.moderation.data
    ):
        return next_step(consultation, Step.MODERATION)
    return page("moderation", consultation, form=form, hints={key: _(hint) for key, hint in MODE_HINTS.items()})
