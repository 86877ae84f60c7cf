"""Entering opinions that came on paper, by e-mail or at a meeting."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.areas.queries import residential_areas
from app.consultations.forms_answers import EnterForm
from app.consultations.models import Comment, Consultation
from app.consultations.operations import entering
from app.consultations.queries.loading import Reached, reached
from app.consultations.rules.answering import WHOLE
from app.consultations.rules.saying import CODE_PREFIX, Saying
from app.consultations.views_answers import bp
from app.consultations.views_answers.common import articles, page
from app.consultations.views_public.files import sent_files
from app.core import clock
from app.core.db import database_now
from app.core.errors import Refusal, WrongMoment
from app.lib.codes import grouped
from app.lib.i18n import N_
from app.web import current
from app.web.access import require
from app.web.forms import done


@bp.route("/nhap", methods=["GET", "POST"])
@require(entering.ENTER, load=reached)
def enter(found: Reached) -> Any:
    """Enter one opinion with where it came from; the form is empty again for the next one."""
    consultation = found.consultation
    if consultation.status != "opened":
        raise WrongMoment(N_("Chỉ nhập ý kiến khi dự thảo đã đăng và chưa công bố tiếp thu, giải trình."))
    form = EnterForm()
    form.offer([(anchor or WHOLE, name) for anchor, name in articles(consultation).items()], _areas(found))
    made: list[Comment] = []
    if form.validate_on_submit() and done(form, lambda: made.append(_enter(consultation, form))):
        code = f"{CODE_PREFIX}-{grouped(made[0].code)}"
        flash(_("Đã ghi ý kiến. Mã để người góp ý theo dõi: %(code)s", code=code), "good")
        return redirect(url_for(".enter", consultation_id=consultation.id), 303)
    everywhere = current.actor().may("consultations:comment:view", consultation.area.path)
    return page("enter", consultation, form=form, may_read=everywhere), 422 if form.errors else 200


def _areas(found: Reached) -> list[tuple[int, str]]:
    """Areas to choose from: where the one who asks may enter; nobody's where they may for the whole place."""
    consultation, actor = found.consultation, current.actor()
    area = consultation.area
    here = [area] if area.level == "residential" else residential_areas(current.session(), area, clock.today())
    areas = [(one.id, one.label) for one in here if actor.may(entering.ENTER, one.path)]
    whole = actor.may(entering.ENTER, area.path) and consultation.audience != "areas"
    return [(0, _("Không rõ, hoặc nơi khác")), *areas] if whole else areas


def _enter(consultation: Consultation, form: EnterForm) -> Comment:
    services, session = current.services(), current.session()
    files = sent_files()
    written_at = entering.moment_of(consultation, form.written_on.data, database_now(session))
    if written_at is None:
        raise Refusal(N_("Ghi ngày viết, gửi hoặc họp."), field="written_on")
    anchor = form.anchor.data or ""
    area = form.resident_of.data or None
    saying = Saying(
        stance=form.stance.data or "",
        text=form.text.data or "",
        anchor="" if anchor == WHOLE else anchor,
        naming=form.naming.data or "none",
        name=form.name.data or "",
        body=form.body.data or "",
        resident_of=area,
        resident_by="staff" if area else "",
        source=form.source.data or "",
        source_detail=form.source_detail.data or "",
        weight=form.weight.data or 1,
        written_at=written_at,
    )
    return entering.enter(
        session, services.keyring, services.storage, current.actor(), consultation, saying, files=files
    )
