"""A tablet at the counter: five large faces, a few reasons to tap, and half a minute later the next person's page.

No cookie is given, no text is asked for, and whoever comes next finds nothing of who was there before.
"""

from flask import Response

from app.core.errors import Refusal, WrongMoment
from app.core.tokens import BadToken
from app.feedback.forms_rating import NoteForm
from app.feedback.operations.notes import Added, add
from app.feedback.operations.trust import DisplayEnded
from app.feedback.queries.rating import place_of
from app.feedback.queries.trust import display_of, present_point
from app.feedback.rating_ticket import Ticket
from app.feedback.views_public.rating import taken, undone
from app.feedback.views_public.rating_pages import (
    KIOSK,
    RESET_SECONDS,
    Way,
    bp,
    faces_page,
    kiosk_start,
    over_page,
    still_undone,
    stopped_page,
    ticket_sent,
)
from app.lib.i18n import N_
from app.web import current
from app.web.access import public

_ENDED = N_("Máy tính bảng này đã ngừng nhận đánh giá. Mời Ông/Bà quét mã in tại quầy.")
ADDED = N_("Đã ghi nhận. Cảm ơn Ông/Bà. Mời người tiếp theo đánh giá.")


@bp.after_request
def _come_back(response: Response) -> Response:
    """Let a tablet that was refused something show its faces again by itself: nobody stands by to press a button."""
    start = kiosk_start()
    if start and response.status_code >= 400:
        response.headers["Refresh"] = f"{RESET_SECONDS}; url={start}"
    return response


@bp.get("/quay/<kiosk_secret>")
@public
def kiosk_page(kiosk_secret: str) -> Response:
    """The faces, for whoever stands before the tablet."""
    way = _way(kiosk_secret)
    if isinstance(way, Response):
        return way
    return faces_page(way) if way.place.open else over_page(way.place)


@bp.post("/quay/<kiosk_secret>")
@public
def kiosk_tap(kiosk_secret: str) -> Response:
    way = _way(kiosk_secret)
    return way if isinstance(way, Response) else taken(way)


@bp.post("/quay/<kiosk_secret>/bam-nham")
@public
def kiosk_undo(kiosk_secret: str) -> Response:
    way = _way(kiosk_secret)
    return way if isinstance(way, Response) else undone(way)


@bp.post("/quay/<kiosk_secret>/them")
@public
def kiosk_add(kiosk_secret: str) -> Response:
    """Keep the reasons tapped, and be ready for the next person; nothing to keep is no fault here."""
    way = _way(kiosk_secret)
    if isinstance(way, Response):
        return way
    try:
        held = ticket_sent()
        if not still_undone(held):
            raise BadToken("kiosk")
    except BadToken:
        return faces_page(way)
    try:
        _add(held)
    except WrongMoment:
        current.rollback()
        return faces_page(way)
    except Refusal as refusal:
        current.rollback()
        return stopped_page(way.place, refusal, way.action)
    return faces_page(way, said=ADDED)


def _add(held: Ticket) -> None:
    form, services = NoteForm(level=held.level), current.services()
    if form.reasons.data:
        added = Added(reasons=tuple(form.reasons.data))
        add(current.session(), services.keyring, services.storage, held.rating_id, added)


def _way(secret: str) -> Way | Response:
    """The tablet's point; the page that says so where the tablet was never paired, or is no more."""
    with current.services().database.session(write=False) as session:
        display = display_of(session, secret, "kiosk")
        if display is not None and display.ended_at is None:
            place = place_of(session, present_point(session, display.point).code)
            if place is not None:
                return Way(place, KIOSK, secret)
    return stopped_page(None, DisplayEnded(_ENDED), status=410)
