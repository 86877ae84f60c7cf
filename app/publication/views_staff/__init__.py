"""Staff pages of publication: postings, where they hung, the plan, the list of a quarter."""

import importlib

from flask import Flask

from app.lib.i18n import N_
from app.web import navigation

PAGES = ("lists", "writing", "hanging", "planning", "quarterly")


def init_app(app: Flask) -> None:
    """Register the pages and their entry in the menu."""
    from app.publication.views_staff import common

    for name in PAGES:
        importlib.import_module(f"app.publication.views_staff.{name}")
    app.register_blueprint(common.bp)
    navigation.add(app, N_("Công khai"), "publication_staff.index", "publication:posting:view", 16)
