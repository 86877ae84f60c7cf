"""Votes of residential areas: preparation, slips, casting, counting and the decision (Law Đ15–22, NĐ59 Đ5)."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.polls import (
        views_ballot,
        views_documents,
        views_papers,
        views_public,
        views_result,
        views_staff,
        views_voting,
    )

    views_ballot.init_app(app)
    views_staff.init_app(app)
    for views in (views_public, views_voting, views_result, views_papers, views_documents):
        app.register_blueprint(views.bp)
