"""One item at a time: reading it, holding it, deciding, taking back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core.errors import Refusal
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.forms import VERBS, DecideForm
from app.moderation.kinds import Vault
from app.moderation.models import ModerationItem
from app.moderation.operations import claiming, common, deciding, sealing
from app.moderation.queries import items, queue
from app.moderation.queries.state import may_decide
from app.moderation.rules import covering, reasons
from app.moderation.rules.rights import ORIGINAL, VIEW
from app.moderation.views_staff import common as shared
from app.moderation.views_staff.common import bp
from app.moderation.views_staff.queue import go_on
from app.web import current
from app.web.access import require
from app.web.files import forget_later
from app.web.forms import show_refusal

NEARBY = 8
LONGEST_QUOTE = 60
DONE = {
    "approve": N_("Đã duyệt."),
    "reject": N_("Đã từ chối."),
    "redact": N_("Đã che và duyệt."),
    "refer": N_("Đã chuyển."),
    "escalate": N_("Đã chuyển công chức cấp xã."),
    "seal": N_("Đã chuyển vào hộp kín. Ở đây không ai thấy nội dung này nữa."),
}


@bp.get("/<int:item_id>")
@require(VIEW, load=items.in_scope)
def item(found: ModerationItem) -> Any:
    """The text, why rules point at it, what surrounds it, and the decision."""
    return _page(found, DecideForm())


@bp.post("/<int:item_id>/quyet-dinh")
@require(VIEW, load=items.in_scope)
def decide(found: ModerationItem) -> Any:
    """Carry out one decision and go on to the next item; or show what would be covered."""
    actor = current.actor()
    common.must_decide(actor, found)
    form = DecideForm()
    form.offer(kinds.get(found.kind).boxes)
    form.spans.choices = _tickable(found)
    if form.validate():
        if "preview" in request.form and form.verb.data == "redact":
            return _page(found, form, preview=_previewed(found, form))
        if _carried_out(found, form):
            return go_on(actor, shared.search_asked(actor), after=found)
    return _page(found, form)


@bp.post("/<int:item_id>/giu")
@require(VIEW, load=items.in_scope)
def claim(found: ModerationItem) -> Any:
    """Hold the item for ten minutes."""
    actor = current.actor()
    claiming.claim(current.session(), actor, found)
    return redirect(_address(found), 303)


@bp.post("/<int:item_id>/thoi-giu")
@require(VIEW, load=items.in_scope)
def release(found: ModerationItem) -> Any:
    """Let go of the item."""
    claiming.release(current.session(), current.actor(), found)
    return redirect(_address(found), 303)


@bp.post("/<int:item_id>/hoan-tac")
@require(VIEW, load=items.in_scope)
def undo(found: ModerationItem) -> Any:
    """Take the last decision on the item back."""
    deciding.undo(current.session(), current.actor(), found)
    flash(_("Đã hoàn tác. Nội dung trở lại như trước quyết định."), "good")
    return redirect(_address(found), 303)


def _carried_out(found: ModerationItem, form: DecideForm) -> bool:
    session, actor, version = current.session(), current.actor(), form.version.data or 0
    acts: dict[str, Any] = {
        "approve": lambda: deciding.approve(session, actor, found, version),
        "reject": lambda: deciding.reject(
            session, actor, found, version, reason_key=form.reason_key.data or "", reason=form.reason.data or ""
        ),
        "redact": lambda: deciding.redact(
            session, actor, found, version, spans=_chosen(found, form), words=form.words.data or ""
        ),
        "refer": lambda: deciding.refer(
            session, actor, found, version, reason_key=form.refer_key.data or "",
            referred_to=form.referred_to.data or "", reason=form.refer_note.data or "",
        ),
        "escalate": lambda: deciding.escalate(
            session, actor, found, version, reason=form.escalate_note.data or ""
        ),
        "seal": lambda: forget_later(
            *sealing.seal(session, actor, found, version, vault=_vault(), box=form.box.data or "")
        ),
    }  # fmt: skip
    if not kinds.get(found.kind).boxes:
        del acts["seal"]
    act = acts.get(form.verb.data or "")
    if act is None:
        form.verb.errors = [_("Chọn một quyết định.")]
        return False
    try:
        with session.begin_nested():
            act()
    except Refusal as refusal:
        shared.unless_shown(refusal)
        show_refusal(form, refusal)
        return False
    flash(_(DONE[form.verb.data]), "good")
    return True


def _vault() -> Vault:
    services = current.services()
    return Vault(services.keyring, services.storage)


def _previewed(found: ModerationItem, form: DecideForm) -> str | None:
    """What others would see; None, with the reason in the form, when nothing is to cover."""
    try:
        deciding.must_see_original(current.actor(), found)
        places = deciding.to_cover(found, _chosen(found, form), form.words.data or "")
    except Refusal as refusal:
        shared.unless_shown(refusal)
        show_refusal(form, refusal)
        return None
    return covering.cover(found.original, places)


def _chosen(found: ModerationItem, form: DecideForm) -> list[list[int]]:
    spans = items.spans_of(found)
    return [spans[place] for place in form.spans.data or () if 0 <= place < len(spans)]


def _tickable(found: ModerationItem) -> list[tuple[int, str]]:
    """Each place that rules point out, quoted; what is covered already needs no tick."""
    if not items.sees_original(current.actor(), found):
        return []
    return [
        (place, f"“{quote[:LONGEST_QUOTE]}”") for one in items.findings(found) for place, quote in one.places
    ]  # fmt: skip


def _address(found: ModerationItem) -> str:
    args = shared.search_args(shared.search_asked(current.actor()))
    return url_for("moderation_staff.item", item_id=found.id, **args)


def _page(found: ModerationItem, form: DecideForm, *, preview: str | None = None) -> Any:
    session, actor = current.session(), current.actor()
    search = shared.search_asked(actor)
    before, after = queue.neighbours(session, actor, search, found)
    whole = items.sees_original(actor, found)
    form.version.data = found.version
    form.version.raw_data = None
    form.offer(kinds.get(found.kind).boxes)
    form.spans.choices = _tickable(found)
    if form.verb.data not in VERBS:
        form.verb.data = None
    status = 422 if form.errors else 200
    return render_template(
        "moderation/item.html",
        form=form,
        item=found,
        title=shared.title_of(found),
        tags=shared.tags(found),
        nearby=queue.page(session, actor, search, after=before, size=NEARBY).rows,
        before=before,
        after=after,
        parts=items.parts(found) if whole else [],
        findings=items.findings(found) if whole else [],
        sentence=shared.sentence,
        preview=preview,
        context=items.context(session, found),
        history=items.history(session, found),
        verbs=shared.VERBS,
        reason_label=reasons.label_of,
        report_counts=[(reasons.REPORT[key], count) for key, count in items.report_counts(session, found)],
        report_texts=items.report_texts(session, found) if may_decide(actor, found) else [],
        holder=items.holder(session, found),
        me=actor.account_id,
        may_decide=may_decide(actor, found),
        may_cover=found.shown_text is None or actor.may(ORIGINAL, found.path),
        undoable=items.undoable(session, actor, found),
        last_decided=items.last_decided(session, actor),
        appeal=items.appeal_of(session, found),
        args=shared.search_args(search),
    ), status
