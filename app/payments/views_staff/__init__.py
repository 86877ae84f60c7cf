"""Staff pages of payment codes: the white list, what is collected, the weekly look at printed codes."""

import importlib

from flask import Flask

from app.lib.i18n import N_
from app.web import navigation

PAGES = ("accounts", "collections")


def init_app(app: Flask) -> None:
    """Register the pages and their entries in the menu."""
    from app.payments.views_staff import checks, common

    for name in PAGES:
        importlib.import_module(f"app.payments.views_staff.{name}")
    app.register_blueprint(common.bp)
    app.register_blueprint(checks.bp)
    navigation.add(app, N_("Thanh toán"), "payments_staff.index", "payments:account:view", 28)
    navigation.add(app, N_("Kiểm tra mã thanh toán"), "payments_checks.index", "payments:check:record", 29)
