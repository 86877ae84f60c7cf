"""Languages: Vietnamese is the source; the reader chooses with a cookie."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from app.core.schema import ROOT

LANGUAGES = ("vi", "en")


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(app, locale_selector=chosen, timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    app.jinja_env.globals.update(language=chosen)


def chosen() -> str:
    """The reader's language. A page that many people read by turns names it for itself, whatever a cookie says."""
    if not has_request_context():
        return "vi"
    named = str(g.get("language") or request.cookies.get("lang", "vi"))
    return named if named in LANGUAGES else "vi"
