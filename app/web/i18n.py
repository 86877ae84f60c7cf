"""Languages: Vietnamese is the source; the reader chooses with a cookie."""

from flask import Flask, has_request_context, request
from flask_babel import Babel

from app.core.schema import ROOT

LANGUAGES = ("vi", "en")


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(app, locale_selector=chosen, timezone_selector=lambda: "Asia/Ho_Chi_Minh")
    app.jinja_env.globals.update(language=chosen)


def chosen() -> str:
    """The reader's language."""
    if not has_request_context():
        return "vi"
    cookie = request.cookies.get("lang", "vi")
    return cookie if cookie in LANGUAGES else "vi"
