"""Groups of opinions: suggestions to decide about, and those that stand."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.consultations.forms_answers import MergeForm, TitleForm
from app.consultations.models import Consultation, OpinionGroup
from app.consultations.operations import grouping
from app.consultations.queries import inbox as inbox_queries
from app.consultations.queries import opinions as queries
from app.consultations.queries.inbox import Search
from app.consultations.queries.loading import in_scope
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import FoundGroup, articles, found_group, page
from app.consultations.views_answers.inbox import VIEW, line_words, may_group
from app.core.errors import NotFound
from app.jobs.queries import latest
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.forms import StaffForm, done

WHY = {
    "same_text": N_("Nội dung giống hệt nhau"),
    "similar_text": N_("Nội dung gần giống nhau"),
    "person": N_("Do cán bộ lập"),
}


@bp.get("/nhom")
@require(VIEW, load=in_scope)
def groups(consultation: Consultation) -> Any:
    """All groups by article, suggestions first, and how far the search for them is."""
    session = current.session()
    counts = queries.group_tallies(session, consultation.id)
    kept = [group for group in queries.groups(session, consultation.id) if group.id in counts]
    kept.sort(key=lambda group: -counts[group.id].total.people)
    return page(
        "groups",
        consultation,
        suggested=[group for group in kept if group.status == "suggested"],
        accepted=[group for group in kept if group.status == "accepted"],
        counts=counts,
        excerpts=queries.excerpts(session, [group.id for group in kept if group.status == "suggested"]),
        names=articles(consultation),
        why=WHY,
        job=latest(session, grouping.job_key(consultation.id)),
        may_group=may_group(consultation),
    )


@bp.post("/nhom/tim")
@require(grouping.DECIDE, load=in_scope)
def seek(consultation: Consultation) -> Any:
    """Ask for suggestions."""
    grouping.ask(current.session(), current.actor(), consultation)
    flash(_("Đang tìm các ý kiến giống nhau. Mở lại trang này sau ít phút."), "info")
    return _to_groups(consultation)


@bp.get("/nhom/<int:group_id>")
@require(VIEW, load=found_group)
def group(found: FoundGroup) -> Any:
    """The opinions of one group, and what may be done with it."""
    return _group_page(found, TitleForm(formdata=None), MergeForm(formdata=None))


@bp.post("/nhom/<int:group_id>")
@require(grouping.DECIDE, load=found_group)
def accept(found: FoundGroup) -> Any:
    """Let a suggested group stand, or name it anew."""
    form, actor = TitleForm(), current.actor()
    title = form.title.data or ""
    if form.validate_on_submit() and done(
        form, lambda: grouping.accept(current.session(), actor, found.consultation, found.group, title)
    ):
        flash(_("Đã lưu nhóm."), "good")
        return _to_groups(found.consultation)
    return _group_page(found, form, MergeForm(formdata=None)), 422


@bp.post("/nhom/<int:group_id>/bo")
@require(grouping.DECIDE, load=found_group)
def dissolve(found: FoundGroup) -> Any:
    """Let the opinions stand alone again."""
    form, actor = StaffForm(), current.actor()
    if form.validate_on_submit() and done(
        form, lambda: grouping.dissolve(current.session(), actor, found.consultation, found.group)
    ):
        flash(_("Đã bỏ nhóm. Các ý kiến đứng riêng."), "good")
        return _to_groups(found.consultation)
    return _group_page(found, TitleForm(formdata=None), MergeForm(formdata=None), form), 409


@bp.post("/nhom/<int:group_id>/gop")
@require(grouping.DECIDE, load=found_group)
def merge(found: FoundGroup) -> Any:
    """Bring the opinions of another group into this one."""
    form = MergeForm()
    if form.validate_on_submit() and done(form, lambda: _merge(found, form)):
        flash(_("Đã gộp hai nhóm."), "good")
        where = url_for(".group", consultation_id=found.consultation.id, group_id=found.group.id)
        return redirect(where, 303)
    return _group_page(found, TitleForm(formdata=None), form), 422


def _merge(found: FoundGroup, form: MergeForm) -> None:
    session = current.session()
    other = queries.group_of(session, found.consultation, form.other.data or 0)
    if other is None:
        raise NotFound(N_("Không tìm thấy nhóm này. Có thể người khác vừa gộp hoặc bỏ."))
    grouping.merge(session, current.actor(), found.consultation, found.group, other)


def _group_page(found: FoundGroup, form: TitleForm, merge_form: MergeForm, faulty: StaffForm | None = None) -> Any:
    session, consultation, shown = current.session(), found.consultation, found.group
    excerpt = queries.excerpts(session, [shown.id]).get(shown.id, "")
    if not form.is_submitted():
        form.title.data = shown.title or excerpt[: grouping.LONGEST_TITLE]
    others = _others(consultation, shown)
    merge_form.other.choices = others
    before = request.args.get("truoc", "")
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    lines = inbox_queries.page(session, current.actor(), consultation, Search(group_id=shown.id), last)
    forms: list[StaffForm] = [one for one in (faulty, form, merge_form) if one is not None and one.errors]
    return page(
        "group",
        consultation,
        group=shown,
        excerpt=excerpt,
        tally=queries.group_tallies(session, consultation.id).get(shown.id, queries.Tally()),
        found=lines,
        names=articles(consultation),
        why=WHY,
        form=form,
        merge_form=merge_form,
        faults=forms[0] if forms else form,
        may_group=may_group(consultation),
        **line_words(),
    )


def _others(consultation: Consultation, shown: OpinionGroup) -> list[tuple[int, str]]:
    session = current.session()
    found = [
        group
        for group in queries.groups(session, consultation.id)
        if group.article_anchor == shown.article_anchor and group.id != shown.id
    ]
    said = queries.excerpts(session, [group.id for group in found if not group.title])
    return [(group.id, (group.title or said.get(group.id, ""))[:90]) for group in found]


def _to_groups(consultation: Consultation) -> Any:
    return redirect(url_for(".groups", consultation_id=consultation.id), 303)
