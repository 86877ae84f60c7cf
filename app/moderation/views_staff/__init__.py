"""Staff pages of the moderation queue."""

import importlib

from flask import Flask

from app.lib.i18n import N_
from app.web import navigation

PAGES = ("queue", "items", "appeals", "words")


def init_app(app: Flask) -> None:
    """Register the pages and their entry in the menu."""
    from app.moderation.queries.queue import waiting_for
    from app.moderation.rules.rights import VIEW
    from app.moderation.views_staff import common

    for name in PAGES:
        importlib.import_module(f"app.moderation.views_staff.{name}")
    app.register_blueprint(common.bp)
    navigation.add(app, N_("Kiểm duyệt"), "moderation_staff.queue", VIEW, 14, count=waiting_for)
