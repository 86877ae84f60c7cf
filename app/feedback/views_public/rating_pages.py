"""What the pages of rating share: the ways to a point, the guard of its form, and the pages themselves."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from app.core import clock
from app.core.errors import NotFound, Refusal, TooMany
from app.feedback import rating_ticket
from app.feedback.forms_rating import NoteForm
from app.feedback.models import RatingPoint
from app.feedback.operations.rating import Rated
from app.feedback.queries.rating import Place, place_lately
from app.feedback.rating_ticket import Ticket
from app.feedback.rules.rating import LEVELS, UNDO
from app.feedback.rules.trust import read_dossier_code
from app.lib.codes import normalise
from app.lib.i18n import N_
from app.visitors import token
from app.visitors.forms import client_uuid, form_token
from app.web import current
from app.web.headers import let_style
from app.web.steady import Holes, filled_page, steady_page

bp = Blueprint("feedback_rating", __name__)
POINT, SLOT, DOSSIER, KIOSK = "point", "slot", "dossier", "kiosk"
RESET_SECONDS = 30
_LARGE = "125"
NO_POINT = N_("Không có điểm đánh giá này. Mời Ông/Bà xem lại mã in ở quầy.")


@bp.after_request
def _style(response: Response) -> Response:
    return let_style(response, "rating.css")


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to a point. ``key``: the turning code, the dossier's code, or the tablet's secret."""

    place: Place
    kind: str = POINT
    key: str = ""

    @property
    def action(self) -> str:
        """Where the page is, and where a tap is sent."""
        if self.kind == DOSSIER:
            return url_for("feedback_rating.dossier_page", dossier_code=self.key)
        if self.kind == KIOSK:
            return kiosk_url("page", self.key)
        if self.kind == SLOT:
            return url_for("feedback_rating.slot_page", point_code=self.place.code, slot_code=self.key)
        return url_for("feedback_rating.page", point_code=self.place.code)

    @property
    def purpose(self) -> str:
        """Of the guard of its five faces. A dossier's is its own: with it a rating stands for this dossier alone."""
        return purpose(self.place) + (f":{self.key}" if self.kind == DOSSIER else "")

    @property
    def add(self) -> str:
        """Where what is added to a rating is sent."""
        if self.kind == KIOSK:
            return kiosk_url("add", self.key)
        return url_for("feedback_rating.add_note", point_code=self.place.code)

    @property
    def thanks(self) -> str:
        """Where its page of thanks is asked for once more."""
        return url_for("feedback_rating.thanks_again", point_code=self.place.code)

    @property
    def undo(self) -> str:
        if self.kind == DOSSIER:
            return url_for("feedback_rating.dossier_undo", dossier_code=self.key)
        if self.kind == KIOSK:
            return kiosk_url("undo", self.key)
        return url_for("feedback_rating.undo_tap", point_code=self.place.code)

    @property
    def point(self) -> RatingPoint:
        if self.place.point is None:
            raise LookupError("a place that came from no point")
        return self.place.point


def kiosk_url(page: str, secret: str) -> str:
    """A page of a tablet, in the language and letters chosen by whoever stands before it.

    They stand in the address and nowhere else: the tablet has forgotten them as soon as it begins anew.
    """
    english, large = g.get("language") == "en", g.get("display") == _LARGE
    chosen: dict[str, Any] = {"lang": "en" if english else None, "size": _LARGE if large else None}
    return url_for(f"feedback_rating.kiosk_{page}", kiosk_secret=secret, **chosen)


def kiosk_start() -> str:
    """Where the tablet that asks begins anew; empty for anybody else."""
    secret = (request.view_args or {}).get("kiosk_secret")
    return url_for("feedback_rating.kiosk_page", kiosk_secret=secret) if secret else ""


@bp.before_request
def _choose() -> None:
    """A tablet shows what its address asks for: Vietnamese in usual letters, unless the person before it chose."""
    if kiosk_start():
        g.language = "en" if request.args.get("lang") == "en" else "vi"
        g.display = _LARGE if request.args.get("size") == _LARGE else "100"


def found_place(point_code: str) -> Place:
    """The point of an address; raises ``NotFound``."""
    with current.services().database.session(write=False) as session:
        place = place_lately(session, point_code)
    if place is None:
        raise NotFound(NO_POINT)
    return place


def purpose(place: Place) -> str:
    """Of the guard of the five faces."""
    return f"rating:{place.code}"


def note_purpose(place: Place) -> str:
    return f"note:{place.code}"


def guard_of(way: Way) -> str:
    """The token of a page with five faces. A tablet is many people: its page leaves no cookie, and is always new."""
    if way.kind != KIOSK:
        return form_token(way.purpose)
    g.private = True
    return token.write(current.services().keyring, way.purpose, token.new(clock.now()))


def shown_at(sent: token.FormToken) -> datetime:
    """When the page was shown."""
    return datetime.fromtimestamp(sent.shown / 1000, UTC)


def frame(place: Place) -> dict[str, Any]:
    """What the layout and every page of a point show."""
    return {
        "place": place,
        "start": kiosk_start(),
        "commune": place.commune,
        "home_url": url_for("home.place", code=place.home),
        "help_line": {"name": place.center, "phone": place.hotline} if place.hotline else None,
    }


def faces_page(way: Way, *, said: str = "", status: int = 200) -> Response:
    """The page with five faces; ``said``: a sentence above them."""
    g.here = way.action
    values = {**frame(way.place), "way": way, "token": guard_of(way), "levels": LEVELS, "today": clock.today()}
    kiosk = way.kind == KIOSK
    template = "feedback/rating/kiosk.html" if kiosk else "feedback/rating/page.html"
    # What one person chose, or was told, is gone when the next one comes.
    own = kiosk and (bool(said) or way.action != kiosk_start())
    response = make_response(render_template(template, said=said, reset=RESET_SECONDS if own else 0, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def over_page(place: Place, status: int = 410) -> Response:
    """The page of a point that takes no ratings any more, and where to go instead."""
    g.here = url_for("feedback_rating.page", point_code=place.code)
    template = "feedback/rating/kiosk_over.html" if kiosk_start() else "feedback/rating/over.html"
    return make_response(render_template(template, reset=RESET_SECONDS, **frame(place)), status)


def stopped_page(place: Place | None, refusal: Refusal, again: str = "", status: int = 0) -> Response:
    """The page that says why something was not done; ``again``: where to try otherwise."""
    g.here = again or "/"
    shown = frame(place) if place else {"place": None, "start": kiosk_start()}
    template = "feedback/rating/kiosk_stopped.html" if kiosk_start() else "feedback/rating/stopped.html"
    page = render_template(template, refusal=refusal, again=again, reset=RESET_SECONDS, **shown)
    response = make_response(page, status or refusal.status)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def thanks_page(way: Way, rated: Rated, dossier_id: int | None = None) -> Response:
    """Saved already: thanks, what may be added, and the way back for two minutes."""
    held = rating_ticket.ticket(rated.rating_id, rated.level, rated.at, dossier_id)
    g.here = way.thanks
    if way.kind in (KIOSK, DOSSIER):
        return _told(noted_page(way, held, NoteForm(formdata=None, level=rated.level)))
    slot, way = way.key, replace(way, key="")
    about = note_purpose(way.place)
    holes = {
        "ticket": rating_ticket.write(current.services().keyring, held),
        "token": form_token(about),
        "client": client_uuid(about),
        "slot": slot,
    }

    def context(holes: Holes) -> dict[str, Any]:
        form = NoteForm(formdata=None, level=rated.level)
        return _thanks(replace(way, kind=POINT), form, rated.level, holes)

    return _told(filled_page("feedback/rating/thanks.html", (way.place, rated.level), holes, context))


def _told(response: Response) -> Response:
    """Let the script say that the rating is saved before the whole page has come over a slow line."""
    response.headers["X-Rating"] = "saved"
    return response


def noted_page(way: Way, held: Ticket, form: NoteForm, status: int = 200) -> Response:
    """The page of thanks with what was entered in its form, or on a tablet."""
    about = note_purpose(way.place)
    kiosk = way.kind == KIOSK
    holes = {
        "ticket": rating_ticket.write(current.services().keyring, held),
        "token": "" if kiosk else form_token(about),
        "client": "" if kiosk else client_uuid(about),
        "slot": way.key if way.kind == SLOT else "",
    }
    g.here = way.thanks
    template = "feedback/rating/kiosk_thanks.html" if kiosk else "feedback/rating/thanks.html"
    shown = _thanks(way, form, held.level, holes, may_undo=still_undone(held))
    return steady_page(template, status, reset=RESET_SECONDS, **shown)


def still_undone(held: Ticket) -> bool:
    """Whether its two minutes still run."""
    return held.age(clock.now()) <= UNDO


def way_of_thanks(place: Place) -> Way:
    """How somebody came to the point whose page of thanks sent this form; its undo leads back there."""
    slot, dossier = request.form.get("slot", ""), request.form.get("dossier", "")
    if normalise(slot, 5):
        return Way(place, SLOT, slot)
    return Way(place, DOSSIER, dossier) if read_dossier_code(dossier) else Way(place)


def _thanks(way: Way, form: NoteForm, level: int, holes: Holes, *, may_undo: bool = True) -> dict[str, Any]:
    photo = request.files.get("photo")
    carried = {name: holes[name] for name in ("ticket", "slot")}
    return {
        **frame(way.place),
        "way": way,
        "form": form,
        "level": level,
        "level_name": LEVELS[level],
        "holes": holes,
        "may_undo": may_undo,
        "photo_lost": bool(photo and photo.filename),
        "carried": carried | ({"dossier": way.key} if way.kind == DOSSIER else {}),
    }


def ticket_sent() -> Ticket:
    """The signed ticket of the thanks page that sent this form; raises ``BadToken``."""
    return rating_ticket.read(current.services().keyring, request.form.get("ticket", ""))
