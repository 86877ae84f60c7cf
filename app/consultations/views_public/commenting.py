"""Saying something, without an account: the text, how to be named, a last look, a code. Every step works without a
script; what was entered travels in the forms themselves, so that going back or loading again loses nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, make_response, render_template, request

from app.areas.models import Area
from app.consultations.forms_comment import NamingForm, SayForm, SendForm
from app.consultations.models import Comment, Consultation
from app.consultations.operations import residency
from app.consultations.operations.commenting import comment_at
from app.consultations.queries.comments import by_uuid
from app.consultations.queries.loading import must_take_comments
from app.consultations.queries.reading import article_heading, place_read, version_with
from app.consultations.resident_proof import read as read_note
from app.consultations.resident_proof import write as write_note
from app.consultations.rules.saying import NAMINGS, STANCES, Saying, clean, clean_text
from app.consultations.views_public import bp
from app.consultations.views_public.files import sent_files
from app.consultations.views_public.frame import WHOLE, frame, go_back_to, published, purpose
from app.consultations.views_public.reading import article_values
from app.consultations.views_public.receipts import give_receipt
from app.core import clock
from app.core.db import database_now
from app.core.errors import NotFound, Refusal
from app.lib.i18n import N_
from app.visitors.asking import ProofAsked
from app.visitors.forms import check_form, client_uuid
from app.visitors.limits import allow
from app.visitors.uploads import CleanFile
from app.web import current
from app.web.access import public
from app.web.forms import show_refusal, tidy

SUSPICIOUS = 40
"""Risk of a sending from which nothing is shown before somebody has looked, whatever the consultation's mode."""
Read = Callable[[str], str]
_NO_BODY = N_("Dự thảo này lấy ý kiến của cơ quan, tổ chức. Ghi tên cơ quan, tổ chức.")
_NO_SLIP = N_("Dự thảo này lấy ý kiến người dân của một số khu dân cư. Nhập số hộ và mã trên phiếu của hộ.")


@bp.post("/<public_id>/dong-y")
@public
def agree(public_id: str) -> Response:
    """Agree with the whole draft: one tap, one request, no name."""
    go_back_to(public_id, WHOLE)
    return give_receipt(_record(public_id, Saying(stance="agree")))


@bp.post("/<public_id>/<anchor>")
@public
def say(public_id: str, anchor: str) -> Response:
    """The first step: take the text and ask how to be named. Nothing is recorded."""
    consultation = _asked(public_id, anchor)
    form = SayForm()
    if not (form.validate() and _sound(form, consultation, _first(_entered(form), anchor))):
        return _say_page(consultation, anchor, form)
    following = NamingForm(formdata=None)
    _carry(form, following)
    return _naming_page(consultation, anchor, following)


@bp.post("/<public_id>/<anchor>/ten")
@public
def name(public_id: str, anchor: str) -> Response:
    """The second step: take the name, and show everything once more."""
    form = NamingForm()
    if form.code.data and "back" not in request.form:
        # Before the request's own transaction: the count stays whatever becomes of the request.
        residency.count_try(current.services().database, f"{public_id} {form.area.data}", form.number.data or "")
    consultation = _asked(public_id, anchor)
    if "back" in request.form:
        return _say_page(consultation, anchor, SayForm(formdata=request.form))
    note = None
    if form.validate() and _sound(form, consultation, _second(_entered(form), anchor)):
        note = _proved(consultation, form)
    if note is None:
        return _naming_page(consultation, anchor, form)
    following = SendForm(formdata=None)
    _carry(form, following)
    following.resident.data = note
    return _check_page(consultation, anchor, following)


@bp.post("/<public_id>/<anchor>/gui")
@public
def send(public_id: str, anchor: str) -> Response:
    """The last step: record it, and give its code."""
    go_back_to(public_id, anchor)
    if "back" in request.form:
        return _naming_page(published(public_id), anchor, NamingForm(formdata=request.form))
    files, wrong = _washed()
    try:
        if wrong is not None:
            raise wrong
        # Read without a form: building one takes as long as recording what it holds.
        return give_receipt(_record(public_id, _last(_sent, anchor, public_id), files))
    except Refusal as refusal:
        # The whole request made nothing else, and what is shown instead only reads.
        current.rollback()
        form = SendForm()
        show_refusal(form, refusal)
        return _check_page(published(public_id), anchor, form, refusal)


def _asked(public_id: str, anchor: str) -> Consultation:
    """The consultation of an address, once what it is about is known to be in the draft."""
    consultation, session = published(public_id), current.session()
    version = version_with(session, consultation.id, anchor) if anchor != WHOLE else None
    if anchor != WHOLE and not (version and article_heading(session, version.id, anchor)):
        raise NotFound(N_("Dự thảo không có điều này."))
    go_back_to(public_id, anchor)
    return consultation


def _washed() -> tuple[list[CleanFile], Refusal | None]:
    """The files just sent, or what is wrong with them; said once the page around it is known."""
    try:
        return sent_files(), None
    except Refusal as refusal:
        return [], refusal


def _record(public_id: str, saying: Saying, files: Sequence[CleanFile] = ()) -> Comment:
    """Record what was sent; the same sending again gives what it made before."""
    session, services = current.session(), current.services()
    try:
        verdict = check_form(purpose(public_id), request.form)
    except ProofAsked:
        # Nobody reckons for a draft that is not there.
        published(public_id)
        raise
    if not (verdict.repeated and by_uuid(session, verdict.client_uuid)):
        allow("comment")
    said = replace(saying, client_uuid=verdict.client_uuid, device_hash=verdict.visitor.device_hash)
    held = verdict.risk >= SUSPICIOUS
    return comment_at(session, services.keyring, services.storage, public_id, said, files=files, held=held)


def _carry(form: Any, following: Any) -> None:
    """Let what was entered go on to the form of the next step."""
    for field in form:
        if field.name in following:
            following[field.name].data = field.data


def _sound(form: Any, consultation: Consultation, saying: Saying) -> bool:
    """Whether what was entered so far may be said; what is wrong is shown in the form."""
    must_take_comments(consultation, database_now(current.session()))
    try:
        clean(saying)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _proved(consultation: Consultation, form: NamingForm) -> str | None:
    """The sealed note of the area whose slip was shown, empty where none is needed; None where something is wrong."""
    if consultation.audience == "bodies" and not form.body.data:
        show_refusal(form, Refusal(_NO_BODY, field="body"))
        return None
    if not form.code.data:
        kept = form.resident.data if _resident(form.resident.data or "", consultation.public_id) else ""
        if kept or consultation.audience != "areas":
            return kept
        show_refusal(form, Refusal(_NO_SLIP, field="code"))
        return None
    given = {"area": form.area.data or "", "number": form.number.data or "", "typed": form.code.data}
    try:
        area_id = residency.area_of_slip(current.session(), consultation, **given)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None
    return write_note(current.services().keyring, area_id, _about(consultation.public_id), clock.now())


def _about(public_id: str) -> str:
    """The form that a note is worth something for."""
    return f"{public_id} {client_uuid(purpose(public_id))}"


def _resident(note: str, public_id: str) -> int | None:
    """The area that a sealed note vouches for."""
    return read_note(current.services().keyring, note, _about(public_id), clock.now()) if note else None


def _entered(form: Any) -> Read:
    return lambda field: form[field].data or ""


def _sent(field: str) -> str:
    """A field of the form just sent, as forms clean it."""
    return str(tidy(request.form.get(field, "")))


def _first(read: Read, anchor: str) -> Saying:
    number = read("version_no")
    return Saying(
        stance=read("stance"),
        text=read("text"),
        anchor="" if anchor == WHOLE else anchor,
        version_no=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None,
    )


def _second(read: Read, anchor: str) -> Saying:
    names: dict[str, Any] = {field: read(field) for field in ("naming", "name", "body", "phone")}
    return replace(_first(read, anchor), **names)


def _last(read: Read, anchor: str, public_id: str) -> Saying:
    resident = _resident(read("resident"), public_id)
    return replace(_second(read, anchor), resident_of=resident, resident_by="slip" if resident else "")


def _say_page(consultation: Consultation, anchor: str, form: SayForm) -> Response:
    shown = article_values(consultation, anchor)
    if isinstance(shown, Response):
        return shown
    return _answer(render_template("consultations/public/article.html", form=form, **shown), form)


def _naming_page(consultation: Consultation, anchor: str, form: NamingForm) -> Response:
    areas = residency.areas_with_slips(current.session(), consultation)
    form.offer([(str(area.id), area.label) for area in areas])
    proved = _resident(form.resident.data or "", consultation.public_id)
    values = {
        "areas": areas,
        "form": form,
        "anchor": anchor,
        "purpose": purpose(consultation.public_id),
        "proved": next((area.label for area in areas if area.id == proved), ""),
    }
    return _answer(render_template("consultations/public/naming.html", **frame(consultation), **values), form)


def _check_page(consultation: Consultation, anchor: str, form: SendForm, refusal: Refusal | None = None) -> Response:
    session = current.session()
    said = _last(_entered(form), anchor, consultation.public_id)
    place = place_read(session, consultation.id, said.version_no, said.anchor)
    area = session.get(Area, said.resident_of) if said.resident_of else None
    values: dict[str, Any] = {
        "form": form,
        "anchor": anchor,
        "purpose": purpose(consultation.public_id),
        "title": place[1] if place else None,
        "stance": STANCES.get(said.stance, ""),
        "text": clean_text(said.text),
        "naming": NAMINGS.get(said.naming, ""),
        "name": said.name if said.naming != "none" else "",
        "resident": area.label if area else "",
    }
    page = render_template("consultations/public/check.html", **frame(consultation), **values)
    return _answer(page, form, refusal.status if refusal else None)


def _answer(page: str, form: Any, status: int | None = None) -> Response:
    """A page that answers a POST. The browser's way back shows it again without asking to send anything anew."""
    response = make_response(page, status or (422 if form.errors else 200))
    response.headers["Cache-Control"] = "private, no-cache"
    return response
