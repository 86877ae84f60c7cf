"""Second looks: the list, and hearing one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.moderation.forms import HearingForm
from app.moderation.operations import appeals
from app.moderation.queries import items
from app.moderation.queries.items import Heard
from app.moderation.rules import reasons
from app.moderation.rules.rights import HEAR
from app.moderation.views_staff import common
from app.moderation.views_staff.common import bp
from app.web import current
from app.web.access import require
from app.web.forms import done, form_page


@bp.get("/de-nghi-xem-lai")
@require(HEAR)
def appeals_page() -> Any:
    """The second looks asked for, by their day; those heard below."""
    session, actor = current.session(), current.actor()
    return render_template(
        "moderation/appeals.html",
        waiting=items.appeals(session, actor),
        heard=items.appeals(session, actor, waiting=False, most=20),
        title_of=common.title_of,
    )


@bp.route("/de-nghi-xem-lai/<int:appeal_id>", methods=["GET", "POST"])
@require(HEAR, load=items.appeal_in_scope)
def hearing(found: Heard) -> Any:
    """Hear one, with everything that was decided before; never by who decided."""
    session, actor = current.session(), current.actor()
    form = HearingForm()
    if request.method == "POST":
        appeals.must_hear(session, actor, found.item)
    if form.validate_on_submit():
        act = appeals.uphold if form.outcome.data == "uphold" else appeals.dismiss
        if done(form, lambda: act(session, actor, found.item, reason=form.reason.data or "")):
            flash(_("Đã ghi kết quả xem lại. Người gửi sẽ đọc được bằng mã của mình."), "good")
            return redirect(url_for("moderation_staff.appeals_page"), 303)
    whole = items.sees_original(actor, found.item)
    return form_page(
        "moderation/hearing.html",
        form,
        item=found.item,
        appeal=found.appeal,
        title=common.title_of(found.item),
        parts=items.parts(found.item) if whole else [],
        findings=items.findings(found.item) if whole else [],
        sentence=common.sentence,
        context=items.context(session, found.item),
        history=items.history(session, found.item),
        verbs=common.VERBS,
        reason_label=reasons.label_of,
        took_part=items.took_part(session, actor, found.item),
    )
