"""Drafts put before the people: comment, answer, final version (Law Đ25–29)."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice, and let comments be moderated."""
    from app.consultations import moderated, views_answers, views_draft, views_public, views_staff

    moderated.register()
    views_public.init_app(app)
    views_staff.init_app(app)
    app.register_blueprint(views_draft.bp)
    views_answers.init_app(app)
