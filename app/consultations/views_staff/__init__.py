"""Staff pages of preparing, publishing, changing and adopting; those of answers stand beside them."""

import importlib

from flask import Flask

from app.lib.i18n import N_
from app.web import navigation

PAGES = ("hub", "steps", "files", "opening", "changing")


def init_app(app: Flask) -> None:
    """Register the pages and their entry in the menu."""
    from app.consultations.views_staff import common

    for name in PAGES:
        importlib.import_module(f"app.consultations.views_staff.{name}")
    app.register_blueprint(common.bp)
    navigation.add(app, N_("Lấy ý kiến dự thảo"), "consultations_staff.index", "consultations:consultation:view", 12)
