"""Staff pages of cases: what waits, one case with its history, giving it to somebody, answering."""

from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.feedback.forms_cases import AnswerForm, AssignForm
from app.feedback.models import RatingNote
from app.feedback.operations import answering
from app.feedback.operations.cases import KIND
from app.feedback.queries import cases as queries
from app.feedback.queries.cases import CaseView, in_scope_case, in_scope_note
from app.feedback.queries.restricted import told_before
from app.feedback.rules import cases as rules
from app.feedback.rules.rating import LEVELS, REASONS
from app.feedback.rules.restricted import own_procedure
from app.feedback.rules.rights import HANDLE, LEAD, VIEW
from app.feedback.sealing import phone_of
from app.feedback.views_staff.photos import photo_response
from app.lib.i18n import N_
from app.moderation.queries.authors import for_author
from app.web import current, navigation
from app.web.access import require
from app.web.addresses import number_asked
from app.web.forms import done

bp = Blueprint("feedback_cases_staff", __name__, url_prefix="/staff/danh-gia/phan-anh")
FILTER_NAMES = {
    queries.OPEN: N_("Đang chờ trả lời"),
    queries.MINE: N_("Của tôi"),
    queries.NEW: N_("Mới"),
    queries.LATE: N_("Quá hạn"),
    queries.REOPENED: N_("Hỏi lại"),
    queries.ALL: N_("Tất cả"),
}


def init_app(app: Flask) -> None:
    """Register these pages and their place in the menu."""
    app.register_blueprint(bp)
    navigation.add(app, N_("Phản ánh tại quầy"), "feedback_cases_staff.cases", VIEW, 25, count=queries.waiting)


@bp.get("")
@require(VIEW)
def cases() -> Any:
    """What people wait for, the one due first on top."""
    which = request.args.get("loc", "")
    which = which if which in queries.FILTERS else queries.OPEN
    found = queries.listed(
        current.session(), current.actor(), clock.now(), which=which, page=number_asked("page") or 1
    )  # fmt: skip
    return render_template(
        "feedback/cases/list.html", found=found, which=which, filters=FILTER_NAMES, statuses=rules.STATUS_NAMES,
        kinds=rules.STATUS_KINDS, levels=LEVELS, sealed=_sealed(),
    )  # fmt: skip


@bp.get("/<int:case_id>")
@require(VIEW, load=in_scope_case)
def case(found: CaseView) -> Any:
    """One case: what was written, what was done, and what may be done next."""
    return _page(found)


@bp.post("/<int:case_id>/giao")
@require(VIEW, load=in_scope_case)
def assign(found: CaseView) -> Any:
    """Take a case, hand one's own over, or, for the leader, give any to somebody."""
    answering.must_give(current.actor(), found.case)
    answering.must_wait(found.case)
    form = AssignForm()
    form.offer(_people(found))

    def act() -> None:
        session, actor = current.session(), current.actor()
        answering.assign(session, actor, found.case, account_id=form.assigned_to.data or 0, version=form.seen)

    if form.validate_on_submit() and done(form, act):
        flash(_("Đã giao xử lý."), "good")
        return _to(found)
    return _page(found, assigning=form)


@bp.post("/<int:case_id>/tra-loi")
@require(HANDLE, load=in_scope_case)
def answer(found: CaseView) -> Any:
    """Keep a draft, or send the answer, as the button says."""
    form, session, actor = AnswerForm(), current.session(), current.actor()
    answering.must_handle(actor, found.case)
    send = request.form.get("act") == "send"
    text = form.text.data or ""

    def act() -> None:
        if send:
            answering.answer(session, actor, current.services().keyring, found.case, text, version=form.seen)
        else:
            answering.draft(session, actor, found.case, text, version=form.seen)

    if form.validate_on_submit() and done(form, act):
        flash(_("Đã gửi trả lời.") if send else _("Đã lưu bản soạn. Người dân chưa thấy."), "good")
        return _to(found)
    return _page(found, answer_form=form)


@bp.post("/<int:case_id>/so-dien-thoai")
@require(HANDLE, load=in_scope_case)
def phone(found: CaseView) -> Any:
    """The number, on this answer alone; that it was read is kept."""
    number = answering.show_phone(current.session(), current.actor(), current.services().keyring, found.case)
    return _page(found, phone=number)


@bp.get("/<int:case_id>/anh")
@require(VIEW, load=in_scope_case)
def photo(found: CaseView) -> Response:
    """The photo that came with it."""
    return photo_response(found.case.note.photo_key)


@bp.get("/loi-gop-y/<int:note_item_id>/anh")
@require("moderation:item:view", load=lambda session, actor, note_item_id: in_scope_note(session, actor, note_item_id))
def note_photo(note: RatingNote) -> Response:
    """The photo of a note, for those who moderate it."""
    return photo_response(note.photo_key)


def _page(found: CaseView, *, phone: str = "", **forms: Any) -> Any:
    session, actor, kept = current.session(), current.actor(), found.case
    session.refresh(kept)
    waiting = kept.status in rules.WAITING
    mine = waiting and kept.assigned_to == actor.account_id and actor.may(HANDLE, found.path)
    gives = waiting and answering.may_give(actor, kept)
    answer_form = forms.get("answer_form") or AnswerForm(formdata=None, text=kept.draft)
    assigning = forms.get("assigning") or _assign_form(found)
    for form in (answer_form, assigning):
        form.version.data = str(kept.version)
    number = phone_of(current.services().keyring, kept.note) if mine else ""
    page = render_template(
        "feedback/cases/case.html",
        found=found,
        case=kept,
        level=LEVELS[found.level],
        reasons=[REASONS[slug] for slug in found.reasons if slug in REASONS],
        status=rules.STATUS_NAMES[kept.status],
        kind=rules.STATUS_KINDS[kept.status],
        late=rules.is_late(kept.status, kept.due_at, clock.now()),
        history=queries.acts_of(session, kept.id),
        verbs=rules.VERBS,
        handler=queries.name_of(session, kept.assigned_to),
        mine=mine,
        gives=gives,
        me=actor.account_id,
        people_ids=[value for value, _name in assigning.assigned_to.choices],
        leads=actor.may(LEAD, found.path),
        has_phone=kept.note.phone is not None,
        masked=rules.masked(number),
        phone=phone,
        answer_form=answer_form,
        assigning=assigning,
        explain=own_procedure(kept.note.text),
        moderation=for_author(session, KIND, kept.note_id),
    )
    return page, 422 if answer_form.errors or assigning.errors else 200


def _sealed() -> int:
    """How many reports went to the inspectors in the months of this year that are over."""
    midnight = clock.local(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return told_before(current.session(), current.actor().places(VIEW), midnight.replace(month=1), midnight)


def _assign_form(found: CaseView) -> AssignForm:
    form = AssignForm(formdata=None)
    form.offer(_people(found))
    form.assigned_to.data = found.case.assigned_to or 0
    return form


def _people(found: CaseView) -> list[tuple[int, str]]:
    return [(one.id, one.full_name) for one in queries.handlers(current.session(), found.case)]


def _to(found: CaseView) -> Any:
    return redirect(url_for("feedback_cases_staff.case", case_id=found.case.id), 303)
