"""Headers of every answer, compression, and the check of where a POST comes from."""

import gzip
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from app.core.errors import Forbidden
from app.lib.i18n import N_
from app.web import current
from app.web.assets import inline_css_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

COMPRESSED = ("text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "application/atom+xml")
SMALL = 600
CONTENT_POLICY, NO_FRAMES = "Content-Security-Policy", "X-Frame-Options"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' {style}; img-src 'self' data:; media-src 'self';"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page that any other page may show in a frame has a style sheet and links, and nothing that could be clicked away.
FRAMED_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    NO_FRAMES: "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

SECRET_PATHS = re.compile(r"/(?:v|bien-nhan|h|man-hinh|quay)/|/r/[^/]+/")
"""Addresses that are secrets of slips, receipts, dossiers, screens and tablets, whatever is answered: a code with one
letter wrong is nearly a secret too."""


def init_app(app: Flask) -> None:
    app.before_request(refuse_foreign_posts)
    app.after_request(finish)


def refuse_foreign_posts() -> None:
    """A form of another site cannot post here; browsers say where a POST comes from."""
    if request.method in current.SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or _is_foreign(request.headers.get("Origin")):
        raise Forbidden(N_("Yêu cầu này đến từ một trang khác và không được nhận."))


def _is_foreign(origin: str | None) -> bool:
    if origin in (None, "null"):
        return False
    try:
        return urlsplit(origin or "").netloc != request.host
    except ValueError:
        # No browser writes what cannot be read.
        return True


def unkept(response: Response) -> Response:
    """An answer that nothing between the service and the eye may keep, and no search engine may list."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def finish(response: Response) -> Response:
    """Say who may keep the answer, where the view has not, and make it small."""
    if SECRET_PATHS.match(request.path):
        unkept(response)
    # ``no-cache`` is what Flask says of every file by itself.
    elif response.headers.get("Cache-Control", "no-cache") == "no-cache":
        private = g.get("private") or request.method not in current.SAFE_METHODS
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
    return compress(response)


def completing(start_response: "StartResponse", *, secure: bool) -> "StartResponse":
    """Add the headers that every answer has to those it brings, at the very edge, where they are plain pairs."""

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        said = {name.lower() for name, _value in headers}
        if (CONTENT_POLICY, FRAMED_POLICY) in headers:
            said.add(NO_FRAMES.lower())
        headers += [pair for name, pair in _always(secure) if name not in said]
        return start_response(status, headers, exc_info)

    return start


def let_be_framed(response: Response) -> Response:
    """Let other sites show this answer in a frame; for pages that hold no form, no script and nothing of a person."""
    response.headers[CONTENT_POLICY] = FRAMED_POLICY
    return response


def let_style(response: Response, name: str) -> Response:
    """Let one more style sheet of ours stand inside the page: one that a few pages have besides the residents'."""
    response.headers[CONTENT_POLICY] = POLICY.format(style=f"{inline_css_hash()} {inline_css_hash(name)}")
    return response


@cache
def _always(secure: bool) -> list[tuple[str, tuple[str, str]]]:
    """Headers of every answer, each with its name in small letters."""
    pairs = [*FIXED.items(), (CONTENT_POLICY, POLICY.format(style=inline_css_hash()))]
    if secure:
        pairs.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return [(pair[0].lower(), pair) for pair in pairs]


def compress(response: Response) -> Response:
    """Small answers on a slow line: the one cost that matters to a phone."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or response.mimetype not in COMPRESSED
        or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    data = response.get_data()
    if len(data) >= SMALL:
        response.set_data(gzip.compress(data, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
