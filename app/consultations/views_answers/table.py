"""The answer table: each row given to somebody, drafted, approved by somebody else."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.consultations.forms_answers import AnswerForm, AssignForm, ReasonForm, VersionForm, version_of
from app.consultations.models import Answer, Consultation
from app.consultations.operations import answering
from app.consultations.operations.publishing_answers import PUBLISH
from app.consultations.queries import answers as queries
from app.consultations.queries import inbox as inbox_queries
from app.consultations.queries.inbox import Search
from app.consultations.queries.loading import in_scope
from app.consultations.queries.opinions import tallies, total
from app.consultations.rules import answering as rules
from app.consultations.rules.answering import Draft, count_late, late_days
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import FoundRow, articles, found_row, page
from app.consultations.views_answers.inbox import VIEW, line_words
from app.core import clock
from app.core.errors import WrongMoment
from app.identity.models import Account
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, done

READ_WITH = 10
"""Opinions shown beside a row while it is written."""


@bp.get("/tra-loi")
@require(VIEW, load=in_scope)
def table(consultation: Consultation) -> Any:
    """Every row with where it stands, and what keeps the table from being published."""
    session, today = current.session(), clock.today()
    rows = queries.table(session, consultation)
    found = queries.problems(session, consultation, rows) if consultation.status == "opened" else []
    answered_on = clock.local(consultation.answered_at).date() if consultation.answered_at else None
    return page(
        "table",
        consultation,
        rows=rows,
        problems=[one.refusal() for one in found],
        people=_names([row.answer for row in rows]),
        today=today,
        late_rows=count_late((row.section for row in rows), today),
        days_late=late_days(consultation.answer_due_on, answered_on, today),
        statuses=rules.STATUS_NAMES,
        status_kinds=rules.STATUS_KINDS,
        total=total(tallies(session, consultation.id)),
        may_publish=current.actor().may(PUBLISH, consultation.area.path),
    )


@bp.get("/tra-loi/<section>")
@require(VIEW, load=found_row)
def row(found: FoundRow) -> Any:
    """One row: what was said, what is answered, and what may be done next."""
    return _row_page(found, VersionForm(formdata=None))


@bp.route("/tra-loi/<section>/soan", methods=["GET", "POST"])
@require(answering.DRAFT, load=found_row)
def draft(found: FoundRow) -> Any:
    """Write the answer beside the opinions it answers."""
    _refuse_published(found.consultation)
    answer = found.row.answer
    form = AnswerForm(obj=answer)
    form.offer()
    if form.validate_on_submit() and done(form, lambda: _draft(found, form)):
        flash(_("Đã lưu. Câu trả lời chờ người thứ hai duyệt."), "good")
        return _to_row(found)
    if not form.is_submitted():
        form.version.data = str(answer.version if answer else 0)
    return page("draft", found.consultation, form=form, **_beside(found)), 422 if form.errors else 200


@bp.route("/tra-loi/<section>/giao", methods=["GET", "POST"])
@require(answering.DRAFT, load=found_row)
def assign(found: FoundRow) -> Any:
    """Give the row to somebody, with a day."""
    _refuse_published(found.consultation)
    form = AssignForm(obj=found.row.answer)
    people = queries.drafters(current.session(), found.consultation)
    form.assigned_to.choices = [(one.id, one.full_name) for one in people]
    if form.validate_on_submit() and done(form, lambda: _assign(found, form)):
        flash(_("Đã giao việc soạn trả lời."), "good")
        return redirect(url_for(".table", consultation_id=found.consultation.id), 303)
    return page("assign", found.consultation, form=form, row=found.row), 422 if form.errors else 200


@bp.post("/tra-loi/<section>/duyet")
@require(answering.APPROVE, load=found_row)
def approve(found: FoundRow) -> Any:
    """Approve exactly what was read; the drafter cannot."""
    form, args = VersionForm(), _args(found)
    if form.validate_on_submit() and done(form, lambda: answering.approve(*args, version=version_of(form))):
        flash(_("Đã duyệt câu trả lời."), "good")
        return redirect(url_for(".table", consultation_id=found.consultation.id), 303)
    return _row_page(found, form), 409


@bp.route("/tra-loi/<section>/tra-lai", methods=["GET", "POST"])
@require(answering.APPROVE, load=found_row)
def send_back(found: FoundRow) -> Any:
    """Send a draft back with what is missing."""
    return _with_reason(found, "send_back", answering.send_back, _("Đã trả lại để soạn tiếp."))


@bp.route("/tra-loi/<section>/go-duyet", methods=["GET", "POST"])
@require(answering.APPROVE, load=found_row)
def unapprove(found: FoundRow) -> Any:
    """Take an approval back before the table is published."""
    return _with_reason(found, "unapprove", answering.unapprove, _("Đã gỡ duyệt. Câu trả lời chờ duyệt lại."))


def _with_reason(found: FoundRow, name: str, act: Callable[..., None], said: str) -> Any:
    _refuse_published(found.consultation)
    answer = found.row.answer
    if answer is None or not answer.text:
        raise WrongMoment(N_("Mục này chưa có câu trả lời."))
    form = ReasonForm()
    args, reason = _args(found), form.reason.data or ""
    if form.validate_on_submit() and done(form, lambda: act(*args, version=version_of(form), reason=reason)):
        flash(said, "good")
        return _to_row(found)
    if not form.is_submitted():
        form.version.data = str(answer.version)
    return page("reason", found.consultation, form=form, row=found.row, act=name), 422 if form.errors else 200


def _draft(found: FoundRow, form: AnswerForm) -> None:
    written = Draft(
        summary=form.summary.data or "",
        outcome=form.outcome.data or "",
        text=form.text.data or "",
        final_place=form.final_place.data or "",
    )
    session, actor, consultation, key = _args(found)
    answering.draft(session, actor, consultation, key, written, version=version_of(form))


def _assign(found: FoundRow, form: AssignForm) -> None:
    session, actor, consultation, key = _args(found)
    account_id, due_on = form.assigned_to.data or 0, form.due_on.data
    answering.assign(session, actor, consultation, key, account_id=account_id, due_on=due_on)


def _args(found: FoundRow) -> Any:
    return current.session(), current.actor(), found.consultation, found.row.section.key


def _row_page(found: FoundRow, form: StaffForm) -> Any:
    answer, actor, path = found.row.answer, current.actor(), found.area.path
    answerable = found.consultation.status == "opened"
    return page(
        "row",
        found.consultation,
        form=form,
        answer=answer,
        people=_names([answer]),
        statuses=rules.STATUS_NAMES,
        status_kinds=rules.STATUS_KINDS,
        may_draft=answerable and actor.may(answering.DRAFT, path),
        may_approve=answerable and actor.may(answering.APPROVE, path),
        mine=answer is not None and answer.drafted_by == actor.account_id,
        late=found.row.section.late(clock.today()),
        **_beside(found),
    )


def _beside(found: FoundRow) -> dict[str, Any]:
    """The row and the first opinions it is about."""
    section = found.row.section
    search = Search(anchor=section.anchor, state="shown", group_id=section.group_id)
    if section.group_id is None:
        search = Search(anchor=section.anchor, state="shown", grouped="ungrouped")
    lines = inbox_queries.page(current.session(), current.actor(), found.consultation, search)
    names = articles(found.consultation)
    return {"row": found.row, "lines": lines.lines[:READ_WITH], "names": names, **line_words()}


def _names(answers: list[Answer | None]) -> dict[int, str]:
    """Names of everybody who has to do with the answers, by account."""
    ids = {
        account_id
        for one in answers
        if one is not None
        for account_id in (one.assigned_to, one.drafted_by, one.approved_by)
        if account_id is not None
    }
    query = select(Account.id, Account.full_name).where(Account.id.in_(ids))
    return {row[0]: row[1] for row in current.session().execute(query)} if ids else {}


def _refuse_published(consultation: Consultation) -> None:
    if consultation.status != "opened":
        raise WrongMoment(N_("Bảng tiếp thu, giải trình đã công bố hoặc dự thảo đã rút, nên không sửa được."))


def _to_row(found: FoundRow) -> Any:
    where = url_for(".row", consultation_id=found.consultation.id, section=found.row.section.key)
    return redirect(where, 303)
