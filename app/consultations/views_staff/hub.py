"""The list of consultations, beginning a new one, and the one page from which everything about one is reached."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.areas.queries import in_scope as area_in_scope
from app.areas.queries import places_for
from app.consultations.forms import NewConsultationForm
from app.consultations.models import Consultation
from app.consultations.operations import preparing
from app.consultations.operations.editing import PREPARE, PUBLISH
from app.consultations.queries import preparation as queries
from app.consultations.queries.answers import lateness
from app.consultations.queries.listing import staff_consultations
from app.consultations.queries.loading import Reached, reached
from app.consultations.rules.opening import AUDIENCE_NAMES, STEP_NAMES
from app.consultations.rules.phases import PHASE_KINDS, PHASE_NAMES, Phase, phase
from app.consultations.views_staff.common import bp, page, shown_problems, step_url
from app.core import clock
from app.core.db import database_now
from app.core.errors import Forbidden, Refusal
from app.identity.models import Account
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.addresses import number_asked
from app.web.forms import show_refusal

VIEW = "consultations:consultation:view"
STATES = {
    "done": (N_("Xong"), "good"),
    "begun": (N_("Cần sửa"), "warn"),
    "todo": (N_("Chưa làm"), ""),
    "optional": (N_("Không bắt buộc"), ""),
}
# Endpoint, its name, the permission it asks for, and in which phases there is something to do or to see.
_FROM_OPENING = frozenset(Phase) - {Phase.PREPARING, Phase.WITHDRAWN}
WORK = (
    ("consultations_answers.enter", N_("Nhập ý kiến nhận bằng giấy, thư, cuộc họp"), "consultations:comment:enter",
     frozenset({Phase.OPEN, Phase.CLOSED})),
    ("consultations_answers.inbox", N_("Ý kiến đã nhận"), "consultations:comment:view", _FROM_OPENING),
    ("consultations_answers.groups", N_("Gộp ý kiến giống nhau"), "consultations:comment:view", _FROM_OPENING),
    ("consultations_answers.table", N_("Bảng tiếp thu, giải trình"), "consultations:comment:view", _FROM_OPENING),
    ("consultations_drafts.draft", N_("Các bản dự thảo"), PREPARE, _FROM_OPENING),
)  # fmt: skip


@bp.get("/")
@require(VIEW)
def index() -> Any:
    """Consultations within reach, by phase."""
    session, actor = current.session(), current.actor()
    now = database_now(session)
    wanted = request.args.get("giai-doan", "")
    chosen = Phase(wanted) if wanted in set(Phase) else None
    return render_template(
        "consultations/staff/index.html",
        found=staff_consultations(session, actor, now, phase=chosen, page=number_asked("page") or 1),
        chosen=chosen,
        names=PHASE_NAMES,
        tags=PHASE_KINDS,
        phase_of=lambda consultation: phase(consultation, now),
        may_prepare=actor.holds_anywhere(PREPARE),
        late=lateness(session, actor.places(VIEW), clock.today()),
    )


@bp.route("/moi", methods=["GET", "POST"])
@require(PREPARE)
def new() -> Any:
    """Begin a consultation: of which commune, and what the draft is called."""
    session, actor = current.session(), current.actor()
    places = places_for(session, actor, PREPARE, level="commune", day=clock.today())
    if not places:
        raise Forbidden(N_("Ông/Bà không phụ trách xã, phường nào nên không lấy ý kiến được."))
    form = NewConsultationForm()
    choose = [("", _("Chọn địa bàn"))] if len(places) > 1 else []
    form.area.choices = [*choose, *((place.code, place.label) for place in places)]
    if form.validate_on_submit():
        made = _create(form)
        if made is not None:
            return redirect(url_for("consultations_staff.subject", consultation_id=made.id), 303)
    return render_template("consultations/staff/new.html", form=form)


@bp.get("/<int:consultation_id>")
@require(VIEW, load=reached)
def hub(found: Reached) -> Any:
    """Where the consultation stands, what is still to do, and the way to every other page of it."""
    session, actor, consultation = current.session(), current.actor(), found.consultation
    preparing_now = consultation.status == "preparing"
    problems = queries.problems(session, consultation) if preparing_now else []
    may_prepare = actor.may(PREPARE, consultation.area.path)
    return page(
        "hub",
        consultation,
        tasks=_tasks(consultation, problems, may_prepare=may_prepare) if preparing_now else [],
        work=_work(found, phase(consultation, database_now(session))),
        problems=shown_problems(consultation, problems),
        changes=queries.changes_of(session, consultation),
        places=queries.places_of(session, consultation),
        audience=AUDIENCE_NAMES[consultation.audience],
        correction=queries.waiting_version(session, consultation) if consultation.opened_at else None,
        opened_by=_name(consultation.opened_by),
        may_prepare=may_prepare,
        may_publish=actor.may(PUBLISH, consultation.area.path),
        inside=actor.sees(consultation.area.path),
    )


def _tasks(consultation: Consultation, found: list[Any], *, may_prepare: bool) -> list[dict[str, Any]]:
    items = []
    for task in queries.tasks(current.session(), consultation, found):
        status, kind = STATES[task.state]
        count = len(task.problems)
        items.append(
            {
                "title": _(STEP_NAMES[task.step]),
                "status": _(status),
                "kind": kind,
                "href": step_url(consultation, task.step) if may_prepare else "",
                "hint": _("Còn %(n)s việc", n=count) if count else "",
            }
        )
    return items


def _work(found: Reached, in_phase: Phase) -> list[dict[str, str]]:
    """The pages of comments and answers that the asker may open in this phase."""
    actor, consultation = current.actor(), found.consultation
    return [
        {"label": _(label), "href": url_for(endpoint, consultation_id=consultation.id)}
        for endpoint, label, permission, phases in WORK
        if in_phase in phases and endpoint in current_app.view_functions and actor.may(permission, found.path)
    ]


def _create(form: NewConsultationForm) -> Consultation | None:
    """The consultation begun, or None with the reason standing in the form."""
    session, actor = current.session(), current.actor()
    try:
        with session.begin_nested():
            area = area_in_scope(session, actor, form.area.data)
            if area is None:
                raise Refusal(N_("Chọn địa bàn trong danh sách."), field="area")
            return preparing.create(session, actor, area, title=form.title.data)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


def _name(account_id: int | None) -> str:
    account = current.session().get(Account, account_id) if account_id else None
    return account.full_name if account else ""
