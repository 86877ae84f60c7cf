"""The list, taking the next item, and approving many harmless ones."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import Forbidden
from app.core.permissions import Actor
from app.lib.i18n import N_
from app.moderation import kinds
from app.moderation.forms import BulkForm, QueueForm
from app.moderation.models import ModerationItem
from app.moderation.operations import bulk, claiming
from app.moderation.queries import items, queue
from app.moderation.rules.rights import DECIDE, EDIT_WORDS, ESCALATED, HEAR, LOW_RISK, VIEW
from app.moderation.views_staff import common
from app.moderation.views_staff.common import bp
from app.web import current
from app.web.access import require
from app.web.addresses import LARGEST, number_asked
from app.web.forms import done, form_page
from app.web.templating import say

BULK = 30


@bp.get("/", endpoint="queue")
@require(VIEW)
def queue_page() -> Any:
    """What waits, in order of age or risk."""
    session, actor = current.session(), current.actor()
    search = common.search_asked(actor)
    form = QueueForm(None, obj=search, meta={"csrf": False})
    form.collection.choices = [("", _("Mọi nội dung")), *queue.collections(session, actor)]
    found = queue.page(session, actor, search, after=number_asked("after"))
    return render_template(
        "moderation/queue.html",
        form=form,
        rows=found.rows,
        after=found.after,
        args=common.search_args(search),
        paged="after" in request.args,
        tags=common.tags,
        kind_label=common.kind_label,
        day_alone=lambda name: kinds.get(name).day_alone,
        held=_held,
        appeals=len(items.appeals(session, actor)),
        staff_decides=actor.holds_anywhere(DECIDE) or actor.holds_anywhere(ESCALATED),
        bulk=actor.holds_anywhere(DECIDE),
        hears=actor.holds_anywhere(HEAR),
        edits_words=actor.holds_anywhere(EDIT_WORDS),
    )


@bp.post("/tiep")
@require(VIEW)
def take_next() -> Any:
    """Hold the next item that nobody holds, and go to it."""
    actor = current.actor()
    if not (actor.holds_anywhere(DECIDE) or actor.holds_anywhere(ESCALATED)):
        raise Forbidden(N_("Ông/Bà không có quyền làm việc này."))
    return go_on(actor, common.search_asked(actor))


def go_on(actor: Actor, search: queue.Search, *, after: ModerationItem | None = None) -> Any:
    """To the next item, which is held at once; to the list when nothing waits any more."""
    session, args = current.session(), common.search_args(search)
    following = queue.next_item(session, actor, search, after=after)
    if following is None:
        flash(_("Không còn nội dung nào chờ Ông/Bà."), "info")
        return redirect(url_for("moderation_staff.queue", **args), 303)
    claiming.claim(session, actor, following)
    return redirect(url_for("moderation_staff.item", item_id=following.id, **args), 303)


@bp.route("/duyet-nhieu", methods=["GET", "POST"])
@require(DECIDE)
def bulk_page() -> Any:
    """Harmless items, each shown, approved with one press."""
    session, actor = current.session(), current.actor()
    form, outcome = BulkForm(), bulk.Outcome()

    def act() -> None:
        chosen = [one for one in form.chosen.data or () if 0 < one <= LARGEST]
        found = bulk.approve(session, actor, chosen)
        outcome.approved, outcome.left = found.approved, found.left

    if form.validate_on_submit() and done(form, act):
        flash(_("Đã duyệt %(n)s nội dung.", n=len(outcome.approved)), "good")
        for item_id, refusal in outcome.left:
            flash(_("Chưa duyệt số %(number)s: %(why)s", number=item_id, why=say(refusal)), "warn")
        return redirect(url_for("moderation_staff.bulk_page"), 303)
    rows = queue.low_risk(session, actor, BULK, LOW_RISK)
    form.chosen.choices = [(row.id, f"{row.id} · {row.about}") for row in rows]
    if request.method == "GET":
        form.chosen.data = [row.id for row in rows]
    return form_page("moderation/bulk.html", form, rows=rows)


def _held(row: Any) -> str:
    """Who holds the item of a row; empty for nobody."""
    held = row.holder is not None and row.claimed_until is not None and row.claimed_until > clock.now()
    return str(row.holder) if held else ""
