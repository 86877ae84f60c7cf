"""Following what was said at a counter by its code: where it stands, the answer, whether it helps, another answer."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from app.core import clock
from app.core.errors import Refusal
from app.feedback.forms_cases import CodeForm, ReopenForm
from app.feedback.models import RestrictedReport
from app.feedback.operations.cases import KIND
from app.feedback.operations.coming_back import rate_answer, reopen
from app.feedback.queries.cases import CaseView, answers_of, by_code
from app.feedback.queries.restricted import report_by_code
from app.feedback.rules import cases as rules
from app.feedback.rules import restricted as kept
from app.feedback.rules.rating import LEVELS, REASONS
from app.holidays.queries import calendar_lately
from app.lib.i18n import N_
from app.moderation.queries.authors import for_author
from app.visitors import guesses
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.web import current
from app.web.access import public
from app.web.files import forget_later
from app.web.forms import show_refusal
from app.web.headers import unkept

bp = Blueprint("feedback_cases", __name__, url_prefix="/y-kien-quay")
# Counted together with what other authors ask for once more.
AGAIN = "appeal:case"
_UNKNOWN = N_("Không có phản ánh nào mang mã này. Mời Ông/Bà xem lại từng chữ.")
_SAID = {"yes": True, "no": False}


@bp.get("")
@public
def follow() -> Response:
    """Where the code is typed."""
    return _form_page(CodeForm(formdata=None))


@bp.post("")
@public
def followed() -> Response:
    """Where it stands. The code came in the body of the request and goes into no address."""
    # Counted in a transaction of its own, before the request's.
    allow("lookup")
    form = CodeForm()
    if not form.validate():
        return _form_page(form)
    case, report = _found(form.code.data)
    if case is not None:
        return _case_page(case, ReopenForm(formdata=None, code=_shown(form.code.data)))
    if report is not None:
        return _report_page(report, _shown(form.code.data))
    show_refusal(form, Refusal(_UNKNOWN, field="code"))
    return _form_page(form)


@bp.post("/y-kien-ve-tra-loi")
@public
def rate() -> Response:
    """Whether the answer helps."""
    allow("lookup")
    code, said = request.form.get("code", ""), _SAID.get(request.form.get("said", ""))
    case, _report = _found(code)
    if case is None or said is None:
        return _away()
    form = ReopenForm(formdata=None, code=_shown(code))
    try:
        with current.session().begin_nested():
            rate_answer(current.session(), case.case, said)
    except Refusal as refusal:
        show_refusal(form, refusal)
    return _case_page(case, form)


@bp.post("/hoi-lai")
@public
def ask_again() -> Response:
    """Another answer is wanted."""
    allow("lookup")
    form, gone = ReopenForm(), None
    case, report = _found(form.code.data)
    if report is not None:
        return _report_page(report, _shown(form.code.data))
    if case is None:
        return _away()
    if form.validate():
        try:
            with current.session().begin_nested():
                if not check_form(AGAIN, request.form).repeated:
                    allow("appeal")
                    gone = _reopen(case, form.reason.data or "")
            if gone is not None:
                forget_later(*gone)
                return _sealed_page(form.code.data)
            form = ReopenForm(formdata=None, code=_shown(form.code.data))
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _case_page(case, form)


def _reopen(found: CaseView, reason: str) -> tuple[str, ...] | None:
    services = current.services()
    return reopen(current.session(), services.keyring, services.storage, found.case, reason)


def _sealed_page(typed: str | None) -> Response:
    """What the case has become by what was just written."""
    report = report_by_code(current.session(), current.services().keyring, rules.typed_code(typed))
    return _report_page(report, _shown(typed)) if report is not None else _away()


def _found(typed: str | None) -> tuple[CaseView | None, RestrictedReport | None]:
    session, keyring, code = current.session(), current.services().keyring, rules.typed_code(typed)
    if not code:
        return None, None
    guesses.check(guesses.CASE)
    case = by_code(session, keyring, code)
    report = None if case is not None else report_by_code(session, keyring, code)
    if case is None and report is None:
        # Nothing is written yet, and what the count writes must not wait for this transaction.
        current.rollback()
        guesses.note(guesses.CASE)
    return case, report


def _shown(typed: str | None) -> str:
    return rules.shown_code(rules.typed_code(typed))


def _case_page(found: CaseView, form: ReopenForm) -> Response:
    session, case = current.session(), found.case
    values: dict[str, Any] = {
        "form": form,
        "code": form.code.data,
        "case": case,
        "found": found,
        "level": LEVELS[found.level],
        "reasons": [REASONS[slug] for slug in found.reasons if slug in REASONS],
        "status": rules.PERSON_STATUS[case.status],
        "kind": "info" if case.status in rules.WAITING else rules.STATUS_KINDS[case.status],
        "late": rules.is_late(case.status, case.due_at, clock.now()),
        "said_so_far": answers_of(session, case.id),
        "may_reopen": rules.may_reopen(case.status, case.answered_at, clock.now(), calendar_lately(session)),
        "reopen_days": rules.WORKING_DAYS["reopen"],
        "moderation": for_author(session, KIND, case.note_id),
        "explain": kept.own_procedure(case.note.text),
        "again": AGAIN,
    }
    return unkept(make_response(render_template("feedback/cases/state.html", **values), 422 if form.errors else 200))


def _report_page(report: RestrictedReport, code: str) -> Response:
    """Where the report stands; not a word of it, whoever holds the slip of paper with the code."""
    status = kept.PERSON_STATUS[report.status]
    destroyed = kept.is_destroyed(report.status, report.outcome)
    page = render_template(
        "feedback/restricted/state.html", report=report, code=code, status=status, destroyed=destroyed
    )
    return unkept(make_response(page))


def _form_page(form: CodeForm) -> Response:
    page = render_template("feedback/cases/follow.html", form=form)
    return unkept(make_response(page, 422 if form.errors else 200))


def _away() -> Response:
    return unkept(redirect(url_for("feedback_cases.follow"), 303))  # type: ignore[arg-type]
