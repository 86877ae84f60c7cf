"""One queue for whatever residents write: suggestions by rules, decisions by people, one appeal (Law Đ9, Đ34)."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.moderation import views_public, views_staff

    views_staff.init_app(app)
    app.register_blueprint(views_public.bp)
