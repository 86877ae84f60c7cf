"""The answer table for everybody: what people said about each article, what became of it, and why (Law Đ28)."""

from itertools import groupby
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.consultations.queries import comments
from app.consultations.queries.answers import WHOLE_DRAFT, answers_of
from app.consultations.queries.opinions import article_names
from app.consultations.rules.answering import OUTCOME_KINDS, OUTCOME_NAMES, late_days
from app.consultations.views_public import bp
from app.consultations.views_public.frame import WHOLE, frame, published
from app.core import clock
from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import current
from app.web.access import public
from app.web.pagecache import everybody_alike


@bp.get("/<public_id>/tra-loi")
@public
@everybody_alike
def answers(public_id: str) -> Any:
    """The whole table, once it is published; before that nothing of it is there."""
    session, consultation = current.session(), published(public_id)
    if consultation.status not in ("answered", "adopted") or consultation.answered_at is None:
        raise NotFound(N_("Phần tiếp thu, giải trình của dự thảo này chưa công bố."))
    names = article_names(session, consultation.id)
    counts = comments.counts(session, consultation.id)
    # What was not published with the table (a row begun and then without opinions) has no place in it.
    found = [answer for answer in answers_of(session, consultation.id) if answer.position and answer.text]
    parts = [
        {
            "anchor": anchor or WHOLE,
            "title": names[anchor].title if anchor in names else (anchor or _(WHOLE_DRAFT)),
            "counts": counts[anchor],
            "answers": list(answers),
        }
        for anchor, answers in groupby(found, key=lambda answer: answer.article_anchor)
    ]
    answered_on = clock.local(consultation.answered_at).date()
    return render_template(
        "consultations/public/answers.html",
        **frame(consultation),
        parts=parts,
        people=sum(one.total for one in counts.values()),
        agree=sum(one.agree for one in counts.values()),
        outcomes=OUTCOME_NAMES,
        outcome_kinds=OUTCOME_KINDS,
        days_late=late_days(consultation.answer_due_on, answered_on, answered_on),
    )
