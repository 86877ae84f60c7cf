"""Views of no slice: display, language, information pages, assets, health."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from sqlalchemy import text

from app.core.errors import NotFound
from app.lib.i18n import N_
from app.web import assets, current
from app.web.access import public
from app.web.pagecache import everybody_alike
from app.web.templating import DISPLAYS

bp = Blueprint("web", __name__)
PAGES = ("contact", "feedback", "privacy", "terms", "accessibility")
YEAR = 365 * 24 * 3600


@bp.post("/hien-thi")
@public
def set_display() -> Any:
    """Keep the chosen text size and contrast in a cookie."""
    size = request.form.get("size", "100")
    value = size if size in DISPLAYS else "100"
    return _remember("display", value + (".c" if request.form.get("contrast") else ""))


@bp.post("/ngon-ngu")
@public
def set_language() -> Any:
    """Keep the chosen language in a cookie."""
    return _remember("lang", "en" if request.form.get("lang") == "en" else "vi")


@bp.get("/thong-tin/<name>")
@public
@everybody_alike
def page(name: str) -> Any:
    if name not in PAGES:
        raise NotFound(N_("Không tìm thấy trang này."))
    return render_template(f"pages/{name}.html")


@bp.get("/assets/<digest>/<name>")
@public
def asset(digest: str, name: str) -> Response:
    return assets.serve(name, digest)


@bp.get("/healthz")
@public
def health() -> Any:
    """Whether this process can reach its database."""
    current.session().execute(text("SELECT 1"))
    return {"status": "ok"}


@bp.get("/favicon.ico")
@public
def icon() -> Any:
    mark = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" '
        'fill="#9b1c1c"/><path d="M4 8.5 7 11.5 12.5 5" fill="none" stroke="#fff" stroke-width="2"/></svg>'
    )
    response = Response(mark, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def safe_next(target: str | None) -> str:
    """A path of this site to go on to; anything else becomes the home page."""
    # Browsers and libraries drop tabs and line breaks: what is left of "/<tab>/elsewhere" is another site.
    ours = target and target.isprintable() and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if ours and target else "/"


def _remember(cookie: str, value: str) -> Any:
    # A page that only a POST shows is asked for once more with what its form carried along.
    status = 307 if request.form.get("again") else 303
    response = make_response(redirect(safe_next(request.form.get("next")), status))
    secure = current.services().settings.secure_cookies
    response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    return response
