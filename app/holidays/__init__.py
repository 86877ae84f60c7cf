"""The editable calendar of days off behind every deadline in working days."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.holidays import views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    app.register_blueprint(views_staff.bp)
    navigation.add(app, N_("Lịch nghỉ"), "holidays_staff.year", "holidays:day:view", 80)
