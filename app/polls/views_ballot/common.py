"""What the household's pages share: the sealed cookie, the pages that say why not, the frame of every page."""

from collections.abc import Hashable
from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for

from app.core import clock
from app.core.errors import Refusal
from app.core.scope import code_of_path
from app.core.tokens import BadToken
from app.polls import wording
from app.polls.errors import AlreadyVoted
from app.polls.queries.ballots import SlipView
from app.polls.ticket import AFTER, LIFE, Ticket, pack, unpack
from app.web import current
from app.web.templating import say

bp = Blueprint("polls_ballot", __name__)

COOKIE = "phieu"
COOKIE_PATH = "/phieu"
RECEIPTS = "/bien-nhan"
UNKEPT = (("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex, nofollow, noarchive"))


def ticket_held() -> Ticket | None:
    """The ticket in the cookie of this request; None when there is none, or its life is over."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    try:
        return unpack(current.services().keyring, cookie, clock.now())
    except BadToken:
        return None


def keep(response: Response, ticket: Ticket) -> Response:
    """Put the ticket into the cookie. Its name, size and life tell nothing of what is in it."""
    services = current.services()
    life = int((AFTER if ticket.receipt else LIFE).total_seconds())
    secure = "; Secure" if services.settings.secure_cookies else ""
    # Letters, digits, hyphens and underlines alone: written as it is, which takes a tenth of the time.
    value = f"{COOKIE}={pack(services.keyring, ticket)}"
    attributes = f"; Max-Age={life}; Path={COOKIE_PATH}; HttpOnly; SameSite=Lax{secure}"
    response.headers.add("Set-Cookie", value + attributes)
    return response


def forget(response: Response) -> Response:
    """Take the ticket off this phone."""
    secure = current.services().settings.secure_cookies
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=secure, httponly=True, samesite="Lax")
    return unkept(response)


def unkept(response: Response) -> Response:
    """An answer that nothing between the service and the eye may keep, and no search engine may list."""
    for name, value in UNKEPT:
        response.headers[name] = value
    return response


def see_other(path: str) -> Response:
    """Go on with GET at a path of this site; the answer itself is empty, so that there is nothing in it to tell."""
    return Response(status=303, headers=[("Location", path), *UNKEPT])


def ticket_of(slip: SlipView, assisted_by: int | None = None) -> Ticket:
    """A ticket for what the household is about to do with its slip; nothing is chosen yet."""
    return Ticket(
        slip_id=slip.slip_id,
        poll_id=slip.poll_id,
        public_id=slip.public_id,
        definition=bytes.fromhex(slip.definition_sha256),
        slot_tag=slip.slot_tag,
        public_key=slip.public_key or b"" if slip.level == "sealed" else b"",
        may_change=slip.may_change,
        base_version=slip.version or 0,
        assisted_by=assisted_by,
    ).opened(clock.now())


def frame(slip: SlipView) -> dict[str, Any]:
    """What the layout and every page of a slip show."""
    return {
        "slip": slip,
        "words": wording.words(slip.kind),
        "secrecy": wording.LEVEL_SENTENCES[slip.level],
        "commune": slip.commune_name or "",
        "home_url": url_for("home.place", code=code_of_path(slip.area_path)),
        "help_line": help_line(slip),
    }


def face(slip: SlipView) -> tuple[Hashable, ...]:
    """Everything ``frame`` shows of a slip's poll: pages of one face differ in the household alone."""
    options = tuple((option["key"], option["label"]) for option in slip.options)
    poll = (slip.public_id, slip.kind, slip.title, slip.question, options, slip.level, slip.may_change, slip.closes_at)
    place = (slip.area_path, slip.area_name, slip.area_phone, slip.commune_name)
    return (*poll, *place, slip.help_name, slip.help_phone, slip.audio_id)


def household(slip: SlipView) -> dict[str, str]:
    """Whose slip it is, as its pages show it."""
    return {"number": slip.number, "household": slip.household}


def help_line(slip: SlipView) -> dict[str, str] | None:
    if slip.help_phone:
        return {"name": slip.help_name or "", "phone": slip.help_phone}
    return {"name": slip.area_name, "phone": slip.area_phone} if slip.area_phone else None


def stopped(refusal: Refusal, slip: SlipView | None = None, status: int | None = None) -> Response:
    """The page that says why the household cannot go on, and where it can."""
    status = status or (409 if refusal.status == 422 else refusal.status)
    if request.method != "GET":
        g.here = url_for("polls_ballot.check")
    page = render_template(
        "ballot/stopped.html",
        sentence=say(refusal),
        voted=isinstance(refusal, AlreadyVoted),
        **(frame(slip) if slip else {"slip": None}),
    )
    return unkept(Response(page, status, content_type="text/html; charset=utf-8"))
