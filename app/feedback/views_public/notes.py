"""Adding to a rating that is saved already: reasons, words, a photo, a wish for an answer."""

import re

from flask import Response, make_response, render_template, request

from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.core.tokens import BadToken
from app.feedback.forms_rating import NoteForm
from app.feedback.models import Rating
from app.feedback.operations.cases import TakenIn
from app.feedback.operations.notes import Added, add
from app.feedback.rating_ticket import Ticket
from app.feedback.rules.cases import WORKING_DAYS
from app.feedback.rules.rating import ADD, LONGEST_TEXT, UNDO, may_add
from app.feedback.views_public.rating_pages import (
    Way,
    bp,
    faces_page,
    found_place,
    frame,
    note_purpose,
    noted_page,
    stopped_page,
    ticket_sent,
    way_of_thanks,
)
from app.lib.i18n import N_
from app.visitors.device import visitor
from app.visitors.forms import check_form
from app.visitors.limits import allow
from app.visitors.uploads import clean_image
from app.web import current
from app.web.access import public
from app.web.forms import show_refusal

_REPEAT_KEY = re.compile(r"[0-9a-f]{32}")
_NO_TICKET = N_("Trang này không còn gửi thêm được. Đánh giá của Ông/Bà vẫn được ghi nhận.")
_TOO_OLD = N_(
    "Đã quá %(days)d ngày nên không gửi thêm vào đánh giá này được. Phần Ông/Bà viết còn ở dưới: mời chép lại, rồi"
    " đánh giá lần mới để gửi."
)
_AT_A_TABLET = N_(
    "Đánh giá này được bấm trên máy ở quầy và đã quá %(minutes)d phút nên không gửi thêm được. Phần Ông/Bà viết còn ở"
    " dưới: mời chép lại, rồi đánh giá lần mới để gửi."
)


class TooLateToAdd(Refusal):
    """The page of thanks is older than it may be; what was typed is shown again."""

    status = 409


@bp.post("/r/<point_code>/cam-on")
@public
def thanks_again(point_code: str) -> Response:
    """The page of thanks once more: in larger letters, or in another language. Changes nothing."""
    way = way_of_thanks(found_place(point_code))
    try:
        held = ticket_sent()
    except BadToken:
        return faces_page(way)
    rating = current.session().get(Rating, held.rating_id)
    if rating is None or rating.undone_at is not None or rating.point_id != way.place.id:
        return faces_page(way)
    return noted_page(way, held, NoteForm(formdata=None, level=held.level))


@bp.post("/r/<point_code>/them")
@public
def add_note(point_code: str) -> Response:
    """Take what is added; what is wrong with it is said beside what was typed."""
    way = way_of_thanks(found_place(point_code))
    try:
        held = ticket_sent()
    except BadToken:
        return stopped_page(way.place, WrongMoment(_NO_TICKET))
    form = NoteForm(level=held.level)
    if not form.validate():
        return noted_page(way, held, form, 422)
    try:
        # Washing takes seconds: it comes before the request's transaction.
        photo = _photo()
        taken = _taken(way, held, form, photo)
    except WrongMoment as refusal:
        current.rollback()
        return stopped_page(way.place, refusal)
    except Refusal as refusal:
        current.rollback()
        show_refusal(form, refusal)
        return noted_page(way, held, form, refusal.status)
    return done_page(way, taken)


def done_page(way: Way, taken: TakenIn) -> Response:
    """Thanks for what was added, with its code where somebody will answer."""
    values = {**frame(way.place), "taken": taken, "answer_days": WORKING_DAYS["answer"]}
    page = render_template("feedback/rating/added.html", way=way, **values)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    # For the script: whether there is something on the page that the person must have seen.
    response.headers["X-Rating"] = "told" if taken.code or taken.explain else "noted"
    return response


def _photo() -> bytes:
    file = request.files.get("photo")
    if file is None or not file.filename:
        return b""
    return clean_image(file.read(), field="photo").data


def _taken(way: Way, held: Ticket, form: NoteForm, photo: bytes) -> TakenIn:
    session, services = current.session(), current.services()
    rating = session.get(Rating, held.rating_id)
    if rating is None or rating.point_id != way.place.id:
        raise WrongMoment(_NO_TICKET)
    _refuse_late(rating, held)
    verdict = check_form(note_purpose(way.place), request.form)
    if not verdict.repeated:
        allow("note")
    key = request.form.get("repeat_key", "")
    added = Added(
        reasons=tuple(form.reasons.data or ()),
        text=(form.text.data or "")[: LONGEST_TEXT + 1],
        photo=photo,
        wants_answer=bool(form.answer.data),
        phone=form.phone.data or "",
        device_hash=visitor().device_hash,
        repeat_key=key if _REPEAT_KEY.fullmatch(key) else "",
    )
    return add(session, services.keyring, services.storage, held.rating_id, added, repeated=verdict.repeated)


def _refuse_late(rating: Rating, held: Ticket) -> None:
    if may_add(held.age(clock.now()), kiosk=rating.kiosk):
        return
    if rating.kiosk:
        raise TooLateToAdd(_AT_A_TABLET, minutes=UNDO.seconds // 60)
    raise TooLateToAdd(_TOO_OLD, days=ADD.days)
