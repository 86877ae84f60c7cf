"""Telling people: messages written in the transaction of the event, delivered by a job through a channel."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice. Residents have none: messages reach them on their phones."""
    from app.lib.i18n import N_
    from app.notifications import views_staff
    from app.web import navigation

    app.register_blueprint(views_staff.bp)
    navigation.add(app, N_("Tin nhắn"), "notifications_staff.messages", "notifications:message:view", 85)
