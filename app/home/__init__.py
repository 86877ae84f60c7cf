"""Home pages of places, for residents and for staff: reads every slice, changes nothing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.home import views_public, views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    app.register_blueprint(views_public.bp)
    app.register_blueprint(views_staff.bp)
    navigation.add(app, N_("Tổng quan"), "home_staff.index", None, 0)
