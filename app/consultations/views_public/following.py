"""Following an opinion by its code: where it stands, why it is not shown, a second look, what was answered."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from app.consultations.forms_comment import FollowForm, SecondLookForm
from app.consultations.models import Comment, Consultation
from app.consultations.operations.commenting import KIND
from app.consultations.queries.answered import answer_to
from app.consultations.queries.comments import by_code
from app.consultations.queries.reading import article_heading
from app.consultations.rules.saying import code_typed
from app.consultations.views_public import bp
from app.consultations.views_public.frame import WHOLE, frame
from app.consultations.views_public.receipts import printed
from app.core.errors import Refusal
from app.lib.i18n import N_
from app.moderation.operations.appeals import appeal
from app.moderation.queries.authors import for_author
from app.visitors import guesses
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.web import current
from app.web.access import public
from app.web.forms import show_refusal
from app.web.headers import unkept

SECOND_LOOK = "appeal"
_UNKNOWN = N_("Không có góp ý nào mang mã này. Mời Ông/Bà xem lại từng chữ.")


@bp.get("/ma")
@public
def follow() -> Response:
    """Where the code is typed."""
    return _form_page(FollowForm(formdata=None))


@bp.post("/ma")
@public
def followed() -> Response:
    """What became of the opinion. The code came in the body of the request and goes into no address."""
    # Counted in a transaction of its own, before the request's.
    allow("lookup")
    form = FollowForm()
    if not form.validate():
        return _form_page(form)
    found = _found(form.code.data)
    if found is None:
        show_refusal(form, Refusal(_UNKNOWN, field="code"))
        return _form_page(form)
    return _state_page(*found, SecondLookForm(formdata=None, code=printed(found[0].code)))


@bp.post("/ma/xem-lai")
@public
def look_again() -> Response:
    """The author asks, once, that somebody else looks at the decision."""
    allow("lookup")
    form = SecondLookForm()
    found = _found(form.code.data)
    if found is None:
        return unkept(redirect(url_for("consultations_public.follow"), 303))  # type: ignore[arg-type]
    comment, consultation = found
    view = for_author(current.session(), KIND, comment.id)
    if form.validate() and view is not None:
        try:
            with current.session().begin_nested():
                if not check_form(SECOND_LOOK, request.form).repeated:
                    allow(SECOND_LOOK)
                    appeal(current.session(), view.item_id, form.text.data)
            form = SecondLookForm(formdata=None, code=printed(comment.code))
        except Refusal as refusal:
            show_refusal(form, refusal)
    return _state_page(comment, consultation, form)


def _found(typed: str | None) -> tuple[Comment, Consultation] | None:
    code = code_typed(typed or "")
    if not code:
        return None
    guesses.check(guesses.OPINION)
    found = by_code(current.session(), code)
    if found is None:
        # Nothing is written yet, and what the count writes must not wait for this transaction.
        current.rollback()
        guesses.note(guesses.OPINION)
    return found


def _state_page(comment: Comment, consultation: Consultation, form: SecondLookForm) -> Response:
    session = current.session()
    heading = article_heading(session, comment.version_id, comment.article_anchor) if comment.article_anchor else None
    values: dict[str, Any] = {
        **frame(consultation),
        "form": form,
        "code": printed(comment.code),
        "comment": comment,
        "title": heading,
        "article": comment.article_anchor or WHOLE,
        "view": for_author(session, KIND, comment.id),
        "answer": answer_to(session, consultation, comment),
        "second_look": SECOND_LOOK,
    }
    page = render_template("consultations/public/state.html", **values)
    return unkept(make_response(page, 422 if form.errors else 200))


def _form_page(form: FollowForm) -> Response:
    page = render_template("consultations/public/follow.html", form=form)
    return unkept(make_response(page, 422 if form.errors else 200))
