"""Households, their representatives (Law Đ18.2) and the roll of an area."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.households import views_import, views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    app.register_blueprint(views_staff.bp)
    app.register_blueprint(views_import.bp)
    navigation.add(app, N_("Hộ gia đình"), "households_staff.index", "households:household:view", 20)
