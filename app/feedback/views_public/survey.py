"""The slip of six questions, and the yearly survey of 19 items."""

from flask import Response, g, make_response, render_template, request, url_for

from app.core.errors import Refusal, TooMany, WrongMoment
from app.core.tokens import BadToken
from app.feedback.forms_rating import SlipForm, SurveyForm
from app.feedback.operations.rating import PointOver, answer_slip
from app.feedback.operations.survey import Answers, take
from app.feedback.queries.rating import Place
from app.feedback.rules.rating import SLIP, TRIPS
from app.feedback.views_public.rating import OLD_PAGE, page_sent, saved
from app.feedback.views_public.rating_pages import (
    Way,
    bp,
    faces_page,
    found_place,
    frame,
    over_page,
    purpose,
    thanks_page,
)
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.web import current
from app.web.access import public
from app.web.forms import show_refusal


@bp.get("/r/<point_code>/phieu")
@public
def slip(point_code: str) -> Response:
    """Six questions about this time."""
    place = found_place(point_code)
    return _slip_page(place, SlipForm(formdata=None)) if place.open else over_page(place)


@bp.post("/r/<point_code>/phieu")
@public
def send_slip(point_code: str) -> Response:
    """Keep a rating with the answers beside it; then the same thanks as after one tap."""
    way = Way(found_place(point_code))
    form = SlipForm()
    try:
        sent = page_sent(way)
    except BadToken:
        show_refusal(form, WrongMoment(OLD_PAGE))
        return _slip_page(way.place, form, 409)
    if not form.validate():
        return _slip_page(way.place, form, 422)
    try:
        rated, _none = saved(way, int(form.level.data), sent, several=True)
    except PointOver:
        current.rollback()
        return over_page(way.place, 409)
    if rated.undone:
        return faces_page(way)
    answers = {name: int(form[name].data) for name in (*SLIP, TRIPS) if form[name].data}
    answer_slip(current.session(), rated, answers)
    return thanks_page(way, rated)


@bp.get("/r/<point_code>/khao-sat")
@public
def survey(point_code: str) -> Response:
    """The survey of the whole year."""
    place = found_place(point_code)
    return _survey_page(place, SurveyForm(formdata=None)) if place.open else over_page(place)


@bp.post("/r/<point_code>/khao-sat")
@public
def send_survey(point_code: str) -> Response:
    """Keep a survey, once."""
    place = found_place(point_code)
    form = SurveyForm()
    if not form.validate():
        return _survey_page(place, form, 422)
    session = current.session()
    try:
        verdict = check_form(survey_purpose(place), request.form)
        if not verdict.repeated:
            allow("survey")
        take(session, place, Answers(form.levels(), verdict.client_uuid, verdict.visitor.device_hash))
    except TooMany:
        raise
    except PointOver:
        current.rollback()
        return over_page(place, 409)
    except Refusal as refusal:
        current.rollback()
        show_refusal(form, refusal)
        return _survey_page(place, form, refusal.status)
    g.here = url_for("feedback_rating.survey", point_code=place.code)
    return make_response(render_template("feedback/rating/surveyed.html", **frame(place)))


def survey_purpose(place: Place) -> str:
    return f"survey:{place.code}"


def _slip_page(place: Place, form: SlipForm, status: int = 200) -> Response:
    g.here = url_for("feedback_rating.slip", point_code=place.code)
    page = render_template("feedback/rating/slip.html", form=form, purpose=purpose(place), **frame(place))
    return make_response(page, status)


def _survey_page(place: Place, form: SurveyForm, status: int = 200) -> Response:
    g.here = url_for("feedback_rating.survey", point_code=place.code)
    page = render_template("feedback/rating/survey.html", form=form, purpose=survey_purpose(place), **frame(place))
    return make_response(page, status)
