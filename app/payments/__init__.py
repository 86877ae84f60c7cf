"""Payment codes (VietQR) for utilities and community contributions: a white list of accounts, and never any money."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.payments import views_public, views_staff

    app.register_blueprint(views_public.bp)
    views_staff.init_app(app)
