"""Staff pages of preparing, opening and changing a poll; those of voting and of the result stand beside them."""

import importlib

from flask import Flask

from app.lib.i18n import N_
from app.web import navigation

PAGES = ("hub", "steps", "files", "conditions", "opening", "changing")


def init_app(app: Flask) -> None:
    """Register the pages and their entry in the menu."""
    from app.polls.views_staff import common

    for name in PAGES:
        importlib.import_module(f"app.polls.views_staff.{name}")
    app.register_blueprint(common.bp)
    navigation.add(app, N_("Biểu quyết, lấy ý kiến"), "polls_staff.index", "polls:poll:view", 10)
