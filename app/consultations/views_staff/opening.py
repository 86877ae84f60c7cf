"""From preparation to a published draft: everything on one page, and the button that publishes."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.consultations.models import Consultation
from app.consultations.operations import opening
from app.consultations.operations.editing import PREPARE, PUBLISH
from app.consultations.queries import preparation as queries
from app.consultations.queries.loading import in_scope
from app.consultations.rules.opening import AUDIENCE_NAMES, MODE_NAMES, Step, summary_lines
from app.consultations.views_staff.common import bp, page, shown_problems, step_url, to_hub
from app.polls.rules.plain import MOST_WORDS, long_sentences
from app.web import current
from app.web.access import require
from app.web.forms import VersionForm, done


@bp.get("/<int:consultation_id>/kiem-tra")
@require("consultations:consultation:view", load=in_scope)
def check(consultation: Consultation) -> Any:
    """Everything about the consultation on one page, with what is still in the way."""
    return _check(consultation, VersionForm(version=consultation.version))


@bp.route("/<int:consultation_id>/dang", methods=["GET", "POST"], endpoint="open")
@require(PUBLISH, load=in_scope)
def publish(consultation: Consultation) -> Any:
    """Publish the draft; the button stands on the page that shows everything."""
    if request.method == "GET":
        return redirect(url_for("consultations_staff.check", consultation_id=consultation.id))
    form = VersionForm()
    seen, session = form.seen, current.session()
    if form.validate_on_submit() and done(form, lambda: opening.publish(session, current.actor(), consultation, seen)):
        flash(_("Đã đăng dự thảo. Nội dung từ nay được giữ cố định."), "good")
        return to_hub(consultation)
    session.refresh(consultation)
    form.version.data = str(consultation.version)
    return _check(consultation, form)


def _check(consultation: Consultation, form: VersionForm) -> Any:
    session, actor = current.session(), current.actor()
    waiting = consultation.status == "preparing"
    found = queries.problems(session, consultation) if waiting else []
    may_edit = waiting and actor.may(PREPARE, consultation.area.path)
    draft = queries.waiting_version(session, consultation)
    return page(
        "check",
        consultation,
        form=form,
        problems=shown_problems(consultation, found),
        may_edit=may_edit,
        may_open=waiting and actor.may(PUBLISH, consultation.area.path),
        steps={step.value: step_url(consultation, step) for step in Step} if may_edit else {},
        hard=_hard_to_read(consultation) if may_edit else [],
        lines=summary_lines(consultation.summary),
        places=queries.places_of(session, consultation),
        files=queries.files_of(session, consultation, "draft", "reading", "plan"),
        articles=queries.count_articles(session, draft),
        audience=AUDIENCE_NAMES.get(consultation.audience, ""),
        mode=MODE_NAMES.get(consultation.moderation, ""),
    )


def _hard_to_read(consultation: Consultation) -> list[str]:
    """What residents will find hard to read; advice, never a reason to refuse."""
    return [
        _("Câu này dài hơn %(n)s chữ, khó nghe khi đọc loa: “%(sentence)s”", n=MOST_WORDS, sentence=sentence[:120])
        for sentence in long_sentences(consultation.summary)
    ]
