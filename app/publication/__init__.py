"""What must be made public: the catalogue of 14 heads, plans, postings with proof, the quarterly list (Law Đ11–14)."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.publication import views_public, views_staff

    app.register_blueprint(views_public.bp)
    views_staff.init_app(app)
