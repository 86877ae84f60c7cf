"""The append-only record of who did what, when and where."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.audit import views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    app.register_blueprint(views_staff.bp)
    navigation.add(app, N_("Nhật ký"), "audit_staff.entries", "audit:entry:view", 90)
