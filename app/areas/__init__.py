"""Places: province, commune, residential area (Law Đ2.3), their validity and succession."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.areas import views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    app.register_blueprint(views_staff.bp)
    navigation.add(app, N_("Địa bàn"), "areas_staff.places", "areas:area:view", 30)
