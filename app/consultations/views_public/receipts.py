"""The receipt of an opinion: its code, shown once on the phone that sent it, and never in an address."""

from flask import Response, make_response, redirect, render_template, request, url_for

from app.consultations.models import Comment
from app.consultations.queries.comments import by_code
from app.consultations.rules.saying import CODE_PREFIX
from app.consultations.views_public import bp
from app.consultations.views_public.frame import WHOLE, frame
from app.core import clock
from app.core.tokens import BadToken, bytes_of, text_of
from app.lib.codes import grouped
from app.web import current
from app.web.access import public
from app.web.headers import unkept

COOKIE, COOKIE_PATH = "gop-y", "/gop-y"
SECONDS = 600
_PURPOSE = "comment receipt"


@bp.get("/da-gui")
@public
def receipt() -> Response:
    """What was sent from this phone a moment ago; after ten minutes only its code finds it."""
    found = by_code(current.session(), _held())
    if found is None:
        return unkept(redirect(url_for("consultations_public.follow"), 303))  # type: ignore[arg-type]
    comment, consultation = found
    page = render_template(
        "consultations/public/receipt.html",
        **frame(consultation),
        code=printed(comment.code),
        comment=comment,
        article=comment.article_anchor or WHOLE,
        address=f"{current.services().settings.base_url}{url_for('consultations_public.follow')}",
    )
    return unkept(make_response(page))


@bp.post("/da-gui/xong")
@public
def leave() -> Response:
    """Let whoever uses the phone next see nothing of it."""
    response = unkept(redirect(url_for("consultations_public.follow"), 303))  # type: ignore[arg-type]
    secure = current.services().settings.secure_cookies
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=secure, httponly=True, samesite="Lax")
    return response


def give_receipt(comment: Comment) -> Response:
    """Go on to the receipt; the code travels in a sealed cookie, so that no address and no log holds it."""
    services = current.services()
    response = unkept(redirect(url_for("consultations_public.receipt"), 303))  # type: ignore[arg-type]
    note = services.keyring.seal(_PURPOSE, f"{int(clock.now().timestamp()) + SECONDS} {comment.code}".encode())
    response.set_cookie(
        COOKIE,
        text_of(note),
        max_age=SECONDS,
        path=COOKIE_PATH,
        secure=services.settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


def printed(code: str) -> str:
    """The code as people keep it: "GY-7K3M-9QTR"."""
    return f"{CODE_PREFIX}-{grouped(code)}"


def _held() -> str:
    """The code in this phone's cookie; empty where there is none, or its minutes are over."""
    try:
        note = current.services().keyring.open(_PURPOSE, bytes_of(request.cookies.get(COOKIE, ""))).decode()
    except BadToken:
        return ""
    until, _, code = note.partition(" ")
    return code if int(until) > clock.now().timestamp() else ""
