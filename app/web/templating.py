"""What every template may use: dates and numbers as Vietnam writes them, addresses of assets, translation."""

from datetime import date, datetime

from flask import Flask, g, request, url_for
from flask_babel import gettext
from jinja2 import StrictUndefined

from app.core.errors import Refusal
from app.lib.calendar import format_date, format_moment, format_number
from app.lib.filetypes import readable_size
from app.lib.i18n import Term
from app.web import assets

DISPLAYS = ("100", "125", "150")


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        inline_css=assets.inline_css, asset=asset, say=say, display_classes=display_classes, here=here
    )
    app.jinja_env.filters.update(
        moment=show_moment, day=show_day, translated=gettext, number=format_number, filesize=readable_size
    )


def say(refusal: Refusal) -> str:
    """The sentence of a refusal in the reader's language."""
    sentence = str(gettext(refusal.message))
    values = {key: gettext(value) if isinstance(value, Term) else value for key, value in refusal.params.items()}
    return sentence % values if values else sentence


def asset(name: str) -> str:
    """The address of a bundle."""
    return url_for("web.asset", digest=assets.fingerprint(name), name=name)


def here() -> str:
    """The path being shown, to come back to when letters were made larger; a page that answers a POST may name one."""
    named = g.get("here")
    return str(named) if named else ("/" if request.method != "GET" else request.path)


def display_classes() -> str:
    """Classes of ``<html>`` for the chosen text size and contrast; the page may name them, as it may its language."""
    size, _, contrast = str(g.get("display") or request.cookies.get("display", "100")).partition(".")
    classes = [f"text-{size if size in DISPLAYS else '100'}"]
    return " ".join([*classes, "contrast"] if contrast == "c" else classes)


def show_moment(value: datetime | None) -> str:
    return "" if value is None else format_moment(value)


def show_day(value: date | None) -> str:
    return "" if value is None else format_date(value)
